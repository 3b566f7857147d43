/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-backoff.h"
#include "benk-doorbell.h"
#include "benk-feeds.h"
#include "benk-fhir-client.h"
#include "benk-session-private.h"
#include "benk-table-feed.h"

G_BEGIN_DECLS

/* Asked every 15 s; a source that says nothing for eight rounds is silent. */
#define BENK_FEED_POLL_MS (15 * 1000)
/* One that fails is asked less often, up to this. */
#define BENK_FEED_MAX_POLL_MS (60 * 1000)
/* After a longer time without an answer, what was taken away meanwhile is looked for. */
#define BENK_FEED_GAP_MS (10 * 60 * 1000)
/* What was handed out is not urgent; whether a source tells of it at all is asked once a
 * day. */
#define BENK_FEED_DISPENSES_MS (60 * 1000)
#define BENK_FEED_DISPENSES_AGAIN_MS (24 * 60 * 60 * 1000)
#define BENK_FEED_SILENT_MS (2 * 60 * 1000)

/* Kinds of rows of the log of the watch; stored. The detail is when the source answered
 * last, UTC ms; of a jump of the clock by how much, ms. */
#define BENK_WATCH_BEGINS "begins"
#define BENK_WATCH_ENDS "ends"
#define BENK_WATCH_SILENT "silent"
#define BENK_WATCH_ANSWERS "answers"
#define BENK_WATCH_LATE "late"
#define BENK_WATCH_CLOCK_JUMP "clock-jump"

gboolean benk_feed_log (
  BenkDb *db, const char *kind, const BenkId *feed, gint64 detail, GError **error);

/* What leads to a source: made once, so that the token and the server's wishes are kept.
 */
typedef struct
{
  char *url;
  char *followup_url;
  BenkFhirClient *source;
  BenkFhirClient *target;
  BenkDoorbell *door;   /* NULL until it is watched */
  gint64 not_before_ms; /* boot clock */
  gint64 made_ms;       /* boot clock */
  gint64 answered_ms;   /* boot clock; 0: never */
  gint64 dispenses_ms;  /* boot clock: not to be asked for before */
  gboolean dispenses_unsaved;
  gboolean told_silent;
  gboolean reconcile; /* something may have been missed */
  char *unnoted;      /* the failure that could not be written down; NULL: none */
  BenkBackoff backoff;
} BenkFeedLink;

BenkFeed *benk_feed_new (BenkClock *clock);
void benk_feed_set_way (BenkFeed *self, const char *way);
void benk_feed_set_row (BenkFeed *self, const BenkFeedRow *row);

BenkFeedLink *
benk_feeds_get_link (BenkFeeds *self, const BenkFeedRow *row, GError **error);
BenkFeedLink *benk_feeds_find_link (BenkFeeds *self, const BenkId *feed);
BenkSession *benk_feeds_dup_session (BenkFeeds *self);
void benk_feeds_emit_alarm (BenkFeeds *self, BenkAlarm *alarm, BenkFeedNews news);
void benk_feeds_emit_silence (BenkFeeds *self, BenkFeed *feed, gboolean begins);
void benk_feeds_emit_late (BenkFeeds *self, gint64 late_ms);
void benk_feeds_judge (BenkFeeds *self, BenkTroubleNote *note);
void benk_feeds_forget_waits (BenkFeeds *self);
void benk_feeds_set_rows (BenkFeeds *self, GPtrArray *rows);
void benk_feeds_note_round (BenkFeeds *self);
void benk_feeds_hurry (BenkFeeds *self);
gboolean benk_feeds_is_watching (BenkFeeds *self);
void benk_feeds_note_ring (BenkFeeds *self);
GRand *benk_feeds_get_random (BenkFeeds *self);
void benk_feeds_open_doors (BenkFeeds *self, GPtrArray *rows, GRand *random);
BenkFeedLink *
benk_feed_link_new (const BenkFeedRow *row, BenkClock *clock, GError **error);
void benk_feed_link_free (BenkFeedLink *link);
void benk_feed_link_shut (BenkFeedLink *link);

/* Asks every source once, one after the other; with @patient those that asked to be left
 * alone are skipped. */
void benk_feeds_ask_async (BenkFeeds *self,
                           gboolean patient,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Whether it did not answer; what is wrong may be another thing. */
gboolean benk_feed_row_is_silent (const BenkFeedRow *row);

/* Keeps why a source did not answer, and asks it less often. */
void benk_feeds_note_failure_async (BenkFeeds *self,
                                    const BenkFeedRow *row,
                                    const GError *failure,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void benk_feeds_note_failure_finish (BenkFeeds *self, GAsyncResult *result);

/* Takes one alarm in, as it was just read at its source. */
void benk_feeds_take_in_async (BenkFeeds *self,
                               const BenkId *feed,
                               BenkFhirClient *client,
                               BenkFhirPage *page,
                               gint64 cursor_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean benk_feeds_take_in_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error);

/* Asks a source what was handed out, if it is time and it tells of that at all. That it
 * does not answer that is no fault of it: nothing is missed. */
void benk_feeds_ask_dispenses_async (BenkFeeds *self,
                                     const BenkFeedRow *row,
                                     BenkFeedLink *link,
                                     gboolean patient,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void
benk_feeds_ask_dispenses_finish (BenkFeeds *self, GAsyncResult *result, guint *n_changed);

/* Asks for every open alarm of a source by name. */
void benk_feeds_reconcile_async (BenkFeeds *self,
                                 const BenkId *feed,
                                 BenkFhirClient *client,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean benk_feeds_reconcile_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error);

G_END_DECLS

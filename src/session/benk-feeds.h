/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-alarm.h"
#include "benk-feed-fault.h"
#include "benk-reading.h"
#include "benk-session.h"
#include "benk-trouble.h"

G_BEGIN_DECLS

/* A source of alarms. Properties: "name", "url", "answered-ms" (0 = never), "silent",
 * "problem" (what happened, what was kept and what to do, or NULL), "way" (how it tells
 * that something is new, or NULL). */
#define BENK_TYPE_FEED (benk_feed_get_type ())
G_DECLARE_FINAL_TYPE (BenkFeed, benk_feed, BENK, FEED, GObject)
const BenkId *benk_feed_get_id (BenkFeed *self);
const char *benk_feed_get_name (BenkFeed *self);
const char *benk_feed_get_url (BenkFeed *self);
const char *benk_feed_get_followup_url (BenkFeed *self);
gint64 benk_feed_get_answered_ms (BenkFeed *self);
gboolean benk_feed_is_silent (BenkFeed *self);
const char *benk_feed_get_problem (BenkFeed *self);
BenkTrouble benk_feed_get_trouble (BenkFeed *self);
gint64 benk_feed_get_trouble_number (BenkFeed *self);
const char *benk_feed_get_way (BenkFeed *self);
const char *benk_feed_get_dispenses (BenkFeed *self);
guint benk_feed_get_n_unread (BenkFeed *self);
guint benk_feed_get_n_in_part (BenkFeed *self);
GPtrArray *benk_feed_get_faults (BenkFeed *self);
char *benk_feed_describe_faults (BenkFeed *self);
gboolean benk_feed_has_new_faults (BenkFeed *self);

#define BENK_TYPE_FEEDS (benk_feeds_get_type ())
G_DECLARE_FINAL_TYPE (BenkFeeds, benk_feeds, BENK, FEEDS, GObject)

GListModel *benk_feeds_get_list (BenkFeeds *self);
BenkReading *benk_feeds_get_reading (BenkFeeds *self);
void benk_feeds_load_async (BenkFeeds *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_feeds_load_finish (BenkFeeds *self, GAsyncResult *result, GError **error);

/**
 * BenkNewFeed:
 * @name: what people call it
 * @url: the FHIR R4 base address; https, or http on this machine
 * @followup_url: (nullable): where follow-up documents go; %NULL = @url
 * @token: (nullable): the bearer token, kept in the keyring
 * @token_file: (nullable): a file that holds the token instead, only when asked for
 *
 * A source to add.
 */
typedef struct
{
  const char *name;
  const char *url;
  const char *followup_url;
  const char *token;
  const char *token_file;
} BenkNewFeed;

void benk_feeds_add_async (BenkFeeds *self,
                           const BenkNewFeed *feed,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
BenkFeed *benk_feeds_add_finish (BenkFeeds *self, GAsyncResult *result, GError **error);

/* One delta query of every feed; @n_new and @n_changed count alarms. A feed that fails is
 * an error that names it; the others are asked all the same. */
void benk_feeds_sync_async (BenkFeeds *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_feeds_sync_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error);

/**
 * BenkFeedNews:
 * @BENK_FEED_NEWS_CHANGED: it was known before.
 * @BENK_FEED_NEWS_NEW: it was not.
 * @BENK_FEED_NEWS_UNWATCHED: it was not, and was raised while no source was watched by
 *   this program.
 *
 * What is new of an alarm that came.
 */
typedef enum
{
  BENK_FEED_NEWS_CHANGED,
  BENK_FEED_NEWS_NEW,
  BENK_FEED_NEWS_UNWATCHED,
} BenkFeedNews;

/* Asks again and again; only the engine does. Signal "alarm" (BenkAlarm, BenkFeedNews)
 * comes when the alarm is kept, never before. */
gboolean benk_feeds_start (BenkFeeds *self, GError **error);
void benk_feeds_stop (BenkFeeds *self);
void benk_feeds_set_network (BenkFeeds *self, GNetworkMonitor *network);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-feed-fault.h"

G_BEGIN_DECLS

/* Whether a source tells of what was handed out; stored. */
#define BENK_DISPENSES_TOLD "told"
#define BENK_DISPENSES_NOT_TOLD "not-told"
#define BENK_DISPENSES_FAILED "failed"
/* Never stored: that is what went wrong. */
#define BENK_DISPENSES_UNSAVED "unsaved"

/**
 * BenkFeedRow:
 * @id: the feed
 * @name: what people call it
 * @url: base address
 * @followup_url: (nullable): where follow-up documents go
 * @token_file: (nullable): file with the token; %NULL = the keyring
 * @cursor: (nullable): how far it was read, in the server's words
 * @polled_ms: UTC milliseconds it was asked last; 0 = never
 * @answered_ms: UTC milliseconds it last answered; 0 = never
 * @clock_skew_ms: server time minus ours, milliseconds
 * @last_error: (nullable): why it did not answer
 * @dispense_cursor: (nullable): how far what was handed out was read
 * @dispenses: (nullable): whether it tells of that, one of BENK_DISPENSES_; %NULL = not
 *   asked yet
 * @dispenses_asked_ms: UTC milliseconds it was asked for that last; 0 = never
 * @faults: (nullable) (element-type BenkFeedFault): the newest of what is wrong with what
 *   it gave, newest first; %NULL = not read
 * @n_unread: how many alarms could not be read
 * @n_in_part: how many could be read only in part
 *
 * A source of alarms, as this laptop knows it.
 */
typedef struct
{
  BenkId id;
  char *name;
  char *url;
  char *followup_url;
  char *token_file;
  char *cursor;
  gint64 polled_ms;
  gint64 answered_ms;
  gint64 clock_skew_ms;
  char *last_error;
  char *dispense_cursor;
  char *dispenses;
  gint64 dispenses_asked_ms;
  GPtrArray *faults;
  guint n_unread;
  guint n_in_part;
} BenkFeedRow;

void benk_feed_row_free (BenkFeedRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFeedRow, benk_feed_row_free)

gboolean benk_table_feed_insert (BenkDb *db, BenkFeedRow *feed, GError **error);
gboolean benk_table_feed_update (BenkDb *db, const BenkFeedRow *feed, GError **error);
gboolean benk_table_feed_delete (BenkDb *db, const BenkId *id, GError **error);
BenkFeedRow *benk_table_feed_get (BenkDb *db, const BenkId *id, GError **error);
BenkFeedRow *benk_table_feed_find (BenkDb *db, const char *name, GError **error);
GPtrArray *benk_table_feed_list (BenkDb *db, GError **error);

gboolean benk_table_feed_fault_set (BenkDb *db,
                                    const BenkId *feed,
                                    const char *remote_id,
                                    const char *version,
                                    const BenkId *alarm,
                                    const char *fault,
                                    GError **error);
GPtrArray *benk_table_feed_list_with_faults (BenkDb *db, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkOutboxRow:
 * @id: id of the step it is about = Bundle.identifier
 * @alarm: the alarm
 * @feed: where it goes
 * @kind: "take", "close" or "followup"
 * @state: queued, sent, accepted or refused
 * @made_ms: UTC milliseconds
 * @attempts: how often it was sent
 * @next_ms: not before, UTC milliseconds
 * @sent_ms: UTC milliseconds of the last attempt; 0 = none
 * @location: (nullable): where the receiver has put it
 * @etag: (nullable): version the receiver gave it
 * @last_error: (nullable): why the last attempt failed
 *
 * Something that is to be sent. Composed when it is sent, so it holds no document.
 */
typedef struct
{
  BenkId id;
  BenkId alarm;
  BenkId feed;
  char *kind;
  BenkFollowup state;
  gint64 made_ms;
  gint64 attempts;
  gint64 next_ms;
  gint64 sent_ms;
  char *location;
  char *etag;
  char *last_error;
} BenkOutboxRow;

void benk_outbox_row_free (BenkOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkOutboxRow, benk_outbox_row_free)

gboolean benk_table_outbox_insert (BenkDb *db,
                                   const BenkId *id,
                                   const BenkId *alarm,
                                   const BenkId *feed,
                                   const char *kind,
                                   GError **error);
gboolean benk_table_outbox_update (BenkDb *db, const BenkOutboxRow *row, GError **error);
BenkOutboxRow *benk_table_outbox_claim (BenkDb *db,
                                        const BenkId *alarm,
                                        gint64 lease_ms,
                                        gboolean *sent_before,
                                        GError **error);
GPtrArray *benk_table_outbox_list_waiting (BenkDb *db, gint64 now_ms, GError **error);
GPtrArray *benk_table_outbox_list_alarm (BenkDb *db, const BenkId *alarm, GError **error);
gboolean benk_table_outbox_count_unsent (BenkDb *db, guint *count, GError **error);

G_END_DECLS

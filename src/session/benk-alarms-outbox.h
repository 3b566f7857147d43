/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"

G_BEGIN_DECLS

/**
 * BenkOutboxItem:
 * @kind: "take", "close", "reopen" or "followup", the document
 * @state: queued, sent (no answer yet), accepted or refused
 * @feed: (nullable): name of where it goes
 * @made_ms: UTC milliseconds
 * @sent_ms: UTC milliseconds it was sent last; 0 = not yet
 * @attempts: how often it was sent
 * @location: (nullable): where the receiver has put it
 * @words: (nullable): why the last attempt failed
 *
 * Something that was to be sent about an alarm. A plain struct.
 */
typedef struct
{
  char *kind;
  BenkFollowup state;
  char *feed;
  gint64 made_ms;
  gint64 sent_ms;
  gint64 attempts;
  char *location;
  char *words;
} BenkOutboxItem;

void benk_outbox_item_free (BenkOutboxItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkOutboxItem, benk_outbox_item_free)

const char *benk_outbox_item_get_title (const BenkOutboxItem *self);
char *benk_outbox_item_describe (const BenkOutboxItem *self, gint64 now_ms);

/* Oldest first. */
void benk_alarms_load_outbox_async (BenkAlarms *self,
                                    const BenkId *alarm,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *
benk_alarms_load_outbox_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

void benk_alarms_retry_async (BenkAlarms *self,
                              const BenkId *alarm,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
benk_alarms_retry_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

G_END_DECLS

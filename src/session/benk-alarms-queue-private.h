/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session-private.h"

G_BEGIN_DECLS

/**
 * BenkQueueJob:
 * @models: of #BenkModel
 * @initials: (nullable): who is at work here
 * @shown: of #BenkId: what stands in the queue
 * @skew_ms: what the sources' time is more than this computer's
 *
 * What a reading of the queue needs.
 */
typedef struct
{
  GPtrArray *models;
  char *initials;
  GArray *shown;
  gint64 skew_ms;
} BenkQueueJob;

/**
 * BenkQueue:
 * @alarms: of #BenkAlarm: those that are open, in their order
 * @gone: of #BenkAlarm: no longer open, as they ended
 * @spent: for what is not needed any more, to be freed with it
 * @n_urgent: how many are technical and critical, or overdue and not another's
 * @n_unsent: how much waits to be told to a source
 *
 * What one reading of the store brings.
 */
typedef struct
{
  GPtrArray *alarms;
  GPtrArray *gone;
  GPtrArray *spent;
  guint n_urgent;
  guint n_unsent;
} BenkQueue;

void benk_queue_read_async (BenkSession *session,
                            GPtrArray *models,
                            GListModel *shown,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void benk_queue_free (BenkQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkQueue, benk_queue_free)

G_END_DECLS

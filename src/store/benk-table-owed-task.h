/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkOwedTask:
 * @id: the task
 * @device: the device it is about
 * @guard: id of the guard that was put off
 * @to: the state that was entered without it
 * @opened_ms: UTC ms it was put off
 * @due_ms: UTC ms it is due
 * @done_ms: UTC ms it was done; 0 = not
 * @reason: (nullable): why it was put off; "" if that is erased
 *
 * Something that was put off with a reason.
 */
typedef struct
{
  BenkId id;
  BenkId device;
  char *guard;
  BenkDeviceState to;
  gint64 opened_ms;
  gint64 due_ms;
  gint64 done_ms;
  char *reason;
} BenkOwedTask;

void benk_owed_task_free (BenkOwedTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkOwedTask, benk_owed_task_free)

gboolean benk_table_owed_task_insert (BenkDb *db,
                                      const BenkId *device,
                                      const char *guard,
                                      BenkDeviceState to,
                                      gint64 due_ms,
                                      const char *reason,
                                      GError **error);
gboolean benk_table_owed_task_set_done (BenkDb *db, const BenkId *id, GError **error);
GPtrArray *benk_table_owed_task_list (BenkDb *db, const BenkId *device, GError **error);

G_END_DECLS

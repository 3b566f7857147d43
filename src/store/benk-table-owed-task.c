/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-owed-task.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT o.id, o.device_id, o.guard, o.to_state, o.opened_ms, o.due_ms, o.done_ms,"     \
  " iif (o.reason_id IS NULL, NULL, ifnull (n.text, ''))"                                \
  " FROM owed_task o LEFT JOIN note n ON n.id = o.reason_id"

/**
 * benk_owed_task_free:
 * @self: (nullable) (transfer full): a task
 */
void
benk_owed_task_free (BenkOwedTask *self)
{
  if (self == NULL)
    return;

  g_free (self->guard);
  g_free (self->reason);
  g_free (self);
}

/**
 * benk_table_owed_task_insert:
 * @db: a connection with an open scope
 * @device: a device
 * @guard: id of the guard that is put off
 * @to: the state that is entered without it
 * @due_ms: UTC milliseconds
 * @reason: why
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_owed_task_insert (BenkDb *db,
                             const BenkId *device,
                             const char *guard,
                             BenkDeviceState to,
                             gint64 due_ms,
                             const char *reason,
                             GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  BenkId person, note;
  const BenkChange *change;

  if (!benk_scope_require (db, error) ||
      !benk_table_get_person (db, device, &person, error) ||
      !benk_table_note_add (db, BENK_NOTE_REASON, reason, &person, &note, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));

  return benk_table_change (
    db, error,
    "INSERT INTO owed_task (id, device_id, guard, to_state, opened_ms, due_ms, staff_id,"
    " reason_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "iittnnii", &id, device, guard, benk_device_state_to_name (to),
    benk_db_get_wall_ms (db), due_ms, &change->actor_staff, &note);
}

/**
 * benk_table_owed_task_set_done:
 * @db: a connection with an open scope
 * @id: a task
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_owed_task_set_done (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE owed_task SET done_ms = ?2 WHERE id = ?1 AND done_ms IS NULL", "in",
           id, benk_db_get_wall_ms (db)) &&
         benk_table_require_change (db, _ ("The task"), error);
}

static GPtrArray *
read_tasks (BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) tasks =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_owed_task_free);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkOwedTask *task = g_new0 (BenkOwedTask, 1);

      benk_stmt_get_id (stmt, 0, &task->id);
      benk_stmt_get_id (stmt, 1, &task->device);
      task->guard = benk_stmt_dup_text (stmt, 2);
      benk_device_state_from_name (benk_stmt_get_text (stmt, 3), &task->to);
      task->opened_ms = benk_stmt_get_int64 (stmt, 4);
      task->due_ms = benk_stmt_get_int64 (stmt, 5);
      task->done_ms = benk_stmt_get_int64 (stmt, 6);
      task->reason = benk_stmt_dup_text (stmt, 7);
      g_ptr_array_add (tasks, task);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&tasks) : NULL;
}

/**
 * benk_table_owed_task_list:
 * @db: a connection
 * @device: (nullable): a device, or %NULL for all
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkOwedTask): what is not done yet, the
 *   soonest due first, and of what is due at one instant by its name
 */
GPtrArray *
benk_table_owed_task_list (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    device != NULL
      ? benk_table_select (db, error,
                           SELECT_SQL " WHERE o.done_ms IS NULL AND o.device_id = ?"
                                      " ORDER BY o.due_ms, o.guard, o.id",
                           "i", device)
      : benk_table_select (db, error,
                           SELECT_SQL " WHERE o.done_ms IS NULL"
                                      " ORDER BY o.due_ms, o.guard, o.device_id, o.id",
                           "");

  return read_tasks (stmt, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-checklist-work.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-checklist.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-table-private.h"

typedef gpointer (*ReadRow) (BenkStmt *stmt);

static gpointer
read_member (BenkStmt *stmt)
{
  BenkChecklistMember *self = g_new0 (BenkChecklistMember, 1);

  benk_stmt_get_id (stmt, 0, &self->id);
  benk_stmt_get_id (stmt, 1, &self->device);
  self->serial = benk_stmt_dup_text (stmt, 2);
  self->asset = benk_stmt_dup_text (stmt, 3);
  benk_device_state_from_name (benk_stmt_get_text (stmt, 4), &self->state);
  self->left_out = benk_stmt_get_int64 (stmt, 5) != 0;
  self->reason = benk_stmt_dup_text (stmt, 6);
  benk_stmt_get_id (stmt, 7, &self->run);
  return self;
}

static gpointer
read_tick (BenkStmt *stmt)
{
  BenkChecklistTick *self = g_new0 (BenkChecklistTick, 1);

  self->step = benk_stmt_dup_text (stmt, 0);
  benk_stmt_get_id (stmt, 1, &self->member);
  self->done = benk_stmt_get_int64 (stmt, 2) != 0;
  self->at_ms = benk_stmt_get_int64 (stmt, 3);
  benk_stmt_get_id (stmt, 4, &self->staff);
  self->initials = benk_stmt_dup_text (stmt, 5);
  self->value = benk_stmt_dup_text (stmt, 6);
  self->stated_by = benk_stmt_dup_text (stmt, 7);
  self->note = benk_stmt_dup_text (stmt, 8);
  return self;
}

static gpointer
read_photo (BenkStmt *stmt)
{
  BenkChecklistPhoto *self = g_new0 (BenkChecklistPhoto, 1);

  benk_stmt_get_id (stmt, 0, &self->id);
  self->step = benk_stmt_dup_text (stmt, 1);
  benk_stmt_get_id (stmt, 2, &self->member);
  self->file = benk_stmt_dup_text (stmt, 3);
  self->size = benk_stmt_get_int64 (stmt, 4);
  self->digest = benk_stmt_get_bytes (stmt, 5);
  self->at_ms = benk_stmt_get_int64 (stmt, 6);
  self->initials = benk_stmt_dup_text (stmt, 7);
  self->erased_ms = benk_stmt_get_int64_or (stmt, 8, 0);
  return self;
}

static gboolean
read_rows (BenkDb *db,
           const BenkId *work,
           const char *sql,
           ReadRow read,
           GPtrArray *rows,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, sql, "i", work);

  if (stmt == NULL)
    return FALSE;
  while (benk_stmt_step (stmt, &local))
    g_ptr_array_add (rows, read (stmt));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_parts (BenkDb *db, BenkChecklistWork *self, GError **error)
{
  return read_rows (db, &self->id,
                    "SELECT m.id, m.device_id, d.serial, d.asset, d.state, m.left_out,"
                    " iif (m.reason_id IS NULL, NULL, ifnull (n.text, '')), m.run_id"
                    " FROM checklist_member m JOIN device d ON d.id = m.device_id"
                    " LEFT JOIN note n ON n.id = m.reason_id"
                    " WHERE m.work_id = ? ORDER BY d.serial_key, m.id",
                    read_member, self->members, error) &&
         read_rows (db, &self->id,
                    "SELECT t.step, t.member_id, t.done, t.at_ms, t.staff_id, s.initials,"
                    " iif (t.value_id IS NULL, NULL, ifnull (v.text, '')),"
                    " iif (t.stated_by_id IS NULL, NULL, ifnull (b.text, '')), n.text"
                    " FROM checklist_tick t LEFT JOIN staff s ON s.id = t.staff_id"
                    " LEFT JOIN note v ON v.id = t.value_id"
                    " LEFT JOIN note b ON b.id = t.stated_by_id"
                    " LEFT JOIN note n ON n.id = t.note_id WHERE t.work_id = ?"
                    " ORDER BY " BENK_TABLE_ROW_SEQ ("checklist_tick", "t") ", t.id",
                    read_tick, self->ticks, error) &&
         read_rows (db, &self->id,
                    "SELECT p.id, p.step, p.member_id, p.file, p.size, p.digest, p.at_ms,"
                    " s.initials, p.erased_ms FROM checklist_photo p"
                    " LEFT JOIN staff s ON s.id = p.staff_id WHERE p.work_id = ?"
                    " ORDER BY p.at_ms, p.id",
                    read_photo, self->photos, error);
}

static gboolean
read_version (BenkDb *db, BenkChecklistWork *self, GError **error)
{
  g_autoptr (BenkChecklistVersion) version =
    benk_table_checklist_get (db, &self->version, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;
  BenkId current = BENK_ID_NIL;

  if (version == NULL)
    return FALSE;
  stmt = benk_table_select (
    db, error,
    "SELECT version_id FROM checklist_decision WHERE model_id = ? AND task = ?"
    " ORDER BY at_ms DESC, id DESC LIMIT 1",
    "tt", version->model_id, benk_task_to_name (version->form->task));
  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local) && benk_stmt_get_id (stmt, 0, &current))
    self->newer = !benk_id_equal (&current, &self->version);
  else
    self->newer = g_strcmp0 (version->origin, BENK_VERSION_PROGRAM) != 0;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->number = version->number;
  self->origin = g_steal_pointer (&version->origin);
  self->model_id = g_steal_pointer (&version->model_id);
  self->proposed = benk_checklist_version_is_proposed (version);
  benk_checklist_form_free (self->form);
  self->form = g_steal_pointer (&version->form);
  return TRUE;
}

static gboolean
read_plan (BenkDb *db, BenkChecklistWork *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanRow) plan = NULL;
  g_autoptr (BenkPlanRow) newest = NULL;

  if (benk_id_is_nil (&self->person))
    return TRUE;
  self->reference = benk_table_person_get_reference (db, &self->person, NULL, &local);
  if (local == NULL && !benk_id_is_nil (&self->plan))
    plan = benk_table_plan_get (db, &self->plan, &local);
  if (local == NULL)
    newest = benk_table_plan_get_of_person (db, &self->person, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (plan != NULL)
    self->plan_body = g_steal_pointer (&plan->body);
  if (newest != NULL)
    self->newest_plan = newest->id;
  return TRUE;
}

/**
 * benk_table_checklist_work_get:
 * @id: a list
 * @error: return location for an error
 *
 * Returns: (transfer full): all there is of it, or %NULL with %BENK_ERROR_NOT_FOUND or
 *   another error
 */
BenkChecklistWork *
benk_table_checklist_work_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkChecklistWork) self = benk_checklist_work_new (BENK_TASK_RECEIVE);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT w.version_id, w.state, w.started_ms, s.initials, w.person_id, w.plan_id,"
    " w.ended_ms FROM checklist_work w LEFT JOIN staff s ON s.id = w.staff_id"
    " WHERE w.id = ?",
    "i", id);

  if (stmt == NULL || !benk_table_find (stmt, _ ("The checklist"), NULL, error))
    return NULL;
  self->id = *id;
  benk_stmt_get_id (stmt, 0, &self->version);
  self->state = benk_stmt_dup_text (stmt, 1);
  self->started_ms = benk_stmt_get_int64 (stmt, 2);
  self->initials = benk_stmt_dup_text (stmt, 3);
  benk_stmt_get_id (stmt, 4, &self->person);
  benk_stmt_get_id (stmt, 5, &self->plan);
  self->ended_ms = benk_stmt_get_int64_or (stmt, 6, 0);
  return read_version (db, self, error) && read_parts (db, self, error) &&
             read_plan (db, self, error)
           ? g_steal_pointer (&self)
           : NULL;
}

/* Every id of a column, then every list: a list needs statements of its own. */
static GPtrArray *
get_all (BenkDb *db, BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_work_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GError) local = NULL;
  BenkId id;

  if (stmt == NULL)
    return NULL;
  while (benk_stmt_step (stmt, &local))
    if (benk_stmt_get_id (stmt, 0, &id))
      g_array_append_val (ids, id);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      BenkChecklistWork *one =
        benk_table_checklist_work_get (db, &g_array_index (ids, BenkId, i), error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (lists, one);
    }
  return g_steal_pointer (&lists);
}

/**
 * benk_table_checklist_work_list:
 * @all: whether those that have ended are wanted too
 *
 * Returns: (transfer full) (element-type BenkChecklistWork): the lists, newest first
 */
GPtrArray *
benk_table_checklist_work_list (BenkDb *db, gboolean all, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT id FROM checklist_work WHERE ?1 OR state = 'open'"
                       " ORDER BY started_ms DESC, id DESC",
                       "n", (gint64) all);

  return get_all (db, stmt, error);
}

/**
 * benk_table_checklist_work_get_of_run:
 * @run: a run
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the list that gave it; %NULL without @error when
 *   none did
 */
BenkChecklistWork *
benk_table_checklist_work_get_of_run (BenkDb *db, const BenkId *run, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT work_id FROM checklist_member WHERE run_id = ?",
                       "i", run);
  g_autoptr (GPtrArray) lists = get_all (db, stmt, error);

  return lists != NULL && lists->len > 0 ? g_ptr_array_steal_index (lists, 0) : NULL;
}

/**
 * benk_table_checklist_work_find_open:
 * @device: a device
 * @task: a task
 * @out_id: (out): its open list for @task; nil if there is none
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_work_find_open (
  BenkDb *db, const BenkId *device, BenkTask task, BenkId *out_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT w.id FROM checklist_work w JOIN checklist_member m ON m.work_id = w.id"
    " JOIN checklist_version v ON v.id = w.version_id"
    " WHERE w.state = 'open' AND m.left_out = 0 AND m.device_id = ? AND v.task = ?",
    "it", device, benk_task_to_name (task));

  *out_id = BENK_ID_NIL;
  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, out_id);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

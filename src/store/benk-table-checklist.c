/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-checklist.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-table-model.h"
#include "benk-table-note.h"
#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT v.id, v.model_id, v.task, v.number, v.origin, v.body, v.based_on_id,"          \
  " v.made_ms, s.initials FROM checklist_version v"                                      \
  " LEFT JOIN staff s ON s.id = v.staff_id"

/* Two laptops give the same proposal the same row. */
static BenkId
name_proposal (const char *model_id, const BenkChecklistForm *form)
{
  g_autoptr (GBytes) digest = benk_checklist_form_digest (form);
  gsize length;
  const guint8 *octets = g_bytes_get_data (digest, &length);
  GString *name = g_string_new (model_id);
  g_autofree char *text = NULL;

  g_string_append_printf (name, "/%s/", benk_task_to_name (form->task));
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (name, "%02x", octets[i]);
  text = g_string_free (name, FALSE);
  return benk_id_new_named ("checklist-proposal", text);
}

static gboolean
get_number (
  BenkDb *db, const char *model_id, BenkTask task, gint64 *number, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT ifnull (max (number), 0) FROM checklist_version"
                       " WHERE model_id = ? AND task = ?",
                       "tt", model_id, benk_task_to_name (task));

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  *number = benk_stmt_get_int64 (stmt, 0);
  return TRUE;
}

static gboolean
insert (BenkDb *db,
        const BenkId *id,
        const char *model_id,
        const BenkChecklistForm *form,
        const char *origin,
        const BenkId *based_on,
        GError **error)
{
  g_autoptr (GBytes) digest = benk_checklist_form_digest (form);
  g_autofree char *body = benk_checklist_form_to_body (form);
  const BenkChange *change;
  gint64 number;

  if (!benk_scope_require (db, error) ||
      !get_number (db, model_id, form->task, &number, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO checklist_version (id, model_id, task, number, origin, body, digest,"
    " based_on_id, made_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "ittnttbini", id, model_id, benk_task_to_name (form->task), number + 1, origin, body,
    digest, based_on, benk_db_get_wall_ms (db),
    strcmp (origin, BENK_VERSION_PROGRAM) == 0 ? NULL : &change->actor_staff);
}

static gboolean
exists (BenkDb *db, const BenkId *id, gboolean *found, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT 1 FROM checklist_version WHERE id = ?", "i",
                       id);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;
  *found = benk_stmt_step (stmt, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Own words that are kept nowhere yet become notes. */
static gboolean
keep_words (BenkDb *db, BenkChecklistForm *form, GError **error)
{
  for (guint i = 0; i < form->steps->len; i++)
    {
      BenkFormStep *step = g_ptr_array_index (form->steps, i);

      if (step->text != NULL && benk_id_is_nil (&step->text_id) &&
          !benk_table_note_add (db, BENK_NOTE_CHECKLIST, step->text, NULL, &step->text_id,
                                error))
        return FALSE;
    }
  return TRUE;
}

/**
 * benk_table_checklist_ensure_proposed:
 * @db: a connection with an open scope
 * @model_id: the make
 * @form: what the program proposes
 * @out_id: (out): its version, made when nobody has used it before
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_ensure_proposed (BenkDb *db,
                                      const char *model_id,
                                      const BenkChecklistForm *form,
                                      BenkId *out_id,
                                      GError **error)
{
  g_autoptr (BenkChecklistForm) kept = NULL;
  gboolean found;

  *out_id = name_proposal (model_id, form);
  if (!exists (db, out_id, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  kept = benk_checklist_form_copy (form);
  return keep_words (db, kept, error) &&
         insert (db, out_id, model_id, kept, BENK_VERSION_PROGRAM, &BENK_ID_NIL, error);
}

/**
 * benk_table_checklist_insert:
 * @db: a connection with an open scope
 * @model_id: the make
 * @form: the steps; own words that are kept nowhere yet become notes
 * @origin: where it comes from
 * @based_on: (nullable): what it was changed from
 * @out_id: (out): the version
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_insert (BenkDb *db,
                             const char *model_id,
                             BenkChecklistForm *form,
                             const char *origin,
                             const BenkId *based_on,
                             BenkId *out_id,
                             GError **error)
{
  if (!benk_table_model_get_kind (db, model_id, &form->kind, error) ||
      !benk_checklist_form_check (form, error) || !keep_words (db, form, error))
    return FALSE;
  *out_id = benk_id_new (benk_db_get_clock (db));
  return insert (db, out_id, model_id, form, origin, based_on, error);
}

/**
 * benk_table_checklist_decide:
 * @db: a connection with an open scope
 * @version: (nullable): what counts from now on; %NULL or nil = what the program proposes
 * @decided_by: (nullable): the named person of the district who decided it
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_checklist_decide (BenkDb *db,
                             const char *model_id,
                             BenkTask task,
                             const BenkId *version,
                             const char *decided_by,
                             GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change;
  BenkId note;

  if (!benk_scope_require (db, error) ||
      !benk_table_note_add (db, BENK_NOTE_STATED_BY, decided_by, NULL, &note, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO checklist_decision (id, model_id, task, version_id, at_ms, staff_id,"
    " decided_by_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "ittinii", &id, model_id, benk_task_to_name (task), version, benk_db_get_wall_ms (db),
    &change->actor_staff, &note);
}

static gboolean
read_words (BenkDb *db, BenkChecklistForm *form, GError **error)
{
  for (guint i = 0; i < form->steps->len; i++)
    {
      BenkFormStep *step = g_ptr_array_index (form->steps, i);
      g_autoptr (GError) local = NULL;

      step->text = benk_table_note_get (db, &step->text_id, NULL, &local);
      if (local == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* The newest decision that names the version. */
static gboolean
read_decision (BenkDb *db, BenkChecklistVersion *version, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT d.at_ms, s.initials, ifnull (n.text, '') FROM checklist_decision d"
    " LEFT JOIN staff s ON s.id = d.staff_id LEFT JOIN note n ON n.id = d.decided_by_id"
    " WHERE d.version_id = ? ORDER BY d.at_ms DESC, d.id DESC LIMIT 1",
    "i", &version->id);

  if (stmt == NULL)
    return FALSE;
  if (benk_stmt_step (stmt, &local))
    {
      version->decided_ms = benk_stmt_get_int64 (stmt, 0);
      version->decided_initials = benk_stmt_dup_text (stmt, 1);
      version->decided_by = benk_stmt_dup_text (stmt, 2);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static BenkChecklistVersion *
read_version (BenkDb *db, BenkStmt *stmt, GError **error)
{
  g_autoptr (BenkChecklistVersion) self = NULL;
  BenkTask task = BENK_TASK_RECEIVE;

  benk_task_from_name (benk_stmt_get_text (stmt, 2), &task);
  self = benk_checklist_version_new (benk_stmt_get_text (stmt, 1), task);
  benk_stmt_get_id (stmt, 0, &self->id);
  self->number = benk_stmt_get_int64 (stmt, 3);
  g_free (self->origin);
  self->origin = benk_stmt_dup_text (stmt, 4);
  g_clear_pointer (&self->form, benk_checklist_form_free);
  self->form = benk_checklist_form_from_body (task, benk_stmt_get_text (stmt, 5), error);
  if (self->form == NULL)
    return NULL;
  benk_stmt_get_id (stmt, 6, &self->based_on);
  self->made_ms = benk_stmt_get_int64 (stmt, 7);
  self->initials = benk_stmt_dup_text (stmt, 8);
  return read_words (db, self->form, error) && read_decision (db, self, error)
           ? g_steal_pointer (&self)
           : NULL;
}

/**
 * benk_table_checklist_get:
 * @id: a version
 * @error: return location for an error
 *
 * Returns: (transfer full): the version, or %NULL with %BENK_ERROR_NOT_FOUND or another
 *   error
 */
BenkChecklistVersion *
benk_table_checklist_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE v.id = ?", "i", id);

  if (stmt == NULL ||
      !benk_table_find (stmt, _ ("The version of the checklist"), NULL, error))
    return NULL;
  return read_version (db, stmt, error);
}

/* nil when what the program proposes counts. */
static gboolean
find_current (BenkDb *db,
              const char *model_id,
              const BenkChecklistForm *proposed,
              BenkId *current,
              GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT version_id FROM checklist_decision WHERE model_id = ? AND task = ?"
    " ORDER BY at_ms DESC, id DESC LIMIT 1",
    "tt", model_id, benk_task_to_name (proposed->task));

  if (stmt == NULL)
    return FALSE;
  *current = BENK_ID_NIL;
  if (benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, current);
  if (benk_id_is_nil (current))
    *current = name_proposal (model_id, proposed);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_table_checklist_list:
 * @model_id: a make
 * @task: a task
 * @proposed: what the program proposes for it
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkChecklistVersion): every version, newest
 *   first; the program's proposal is among them even when nobody has used it, with an id
 *   that is nil then
 */
GPtrArray *
benk_table_checklist_list (BenkDb *db,
                           const char *model_id,
                           BenkTask task,
                           const BenkChecklistForm *proposed,
                           GError **error)
{
  g_autoptr (GPtrArray) versions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_version_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL
    " WHERE v.model_id = ? AND v.task = ? ORDER BY v.number DESC, v.made_ms DESC",
    "tt", model_id, benk_task_to_name (task));
  BenkId own = name_proposal (model_id, proposed);
  gboolean own_seen = FALSE;
  BenkId current;

  if (stmt == NULL || !find_current (db, model_id, proposed, &current, error))
    return NULL;
  while (benk_stmt_step (stmt, &local))
    {
      BenkChecklistVersion *version = read_version (db, stmt, error);

      if (version == NULL)
        return NULL;
      version->current = benk_id_equal (&version->id, &current);
      own_seen = own_seen || benk_id_equal (&version->id, &own);
      g_ptr_array_add (versions, version);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!own_seen)
    {
      BenkChecklistVersion *version = benk_checklist_version_new (model_id, task);

      benk_checklist_form_free (version->form);
      version->form = benk_checklist_form_copy (proposed);
      version->current = benk_id_equal (&own, &current);
      g_ptr_array_add (versions, version);
    }
  return g_steal_pointer (&versions);
}

/**
 * benk_table_checklist_get_current:
 * @model_id: a make
 * @task: a task
 * @proposed: what the program proposes for it
 * @error: return location for an error
 *
 * Returns: (transfer full): the version that counts; with an id that is nil when it is
 * the program's proposal, which nobody has used yet
 */
BenkChecklistVersion *
benk_table_checklist_get_current (BenkDb *db,
                                  const char *model_id,
                                  BenkTask task,
                                  const BenkChecklistForm *proposed,
                                  GError **error)
{
  g_autoptr (GPtrArray) versions =
    benk_table_checklist_list (db, model_id, task, proposed, error);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (((BenkChecklistVersion *) versions->pdata[i])->current)
      return g_ptr_array_steal_index (versions, i);
  if (versions != NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                 _ (
                   "The version of the checklist that was decided is not in the store."));
  return NULL;
}

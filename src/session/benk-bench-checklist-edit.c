/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-table-checklist.h"
#include "benk-text-check.h"

typedef struct
{
  char *model_id;
  BenkTask task;
  BenkChecklistForm *proposed;
  BenkChecklistForm *form;
  char *origin;
  BenkId based_on;
  gint64 number;
  char *decided_by;
} Edit;

static void
edit_free (Edit *self)
{
  g_free (self->model_id);
  g_free (self->origin);
  g_free (self->decided_by);
  g_clear_pointer (&self->proposed, benk_checklist_form_free);
  g_clear_pointer (&self->form, benk_checklist_form_free);
  g_free (self);
}

static Edit *
edit_new (BenkSession *session,
          const char *model_id,
          BenkTask task,
          const char *decided_by,
          GError **error)
{
  g_autofree char *who =
    decided_by != NULL ? g_strstrip (g_strdup (decided_by)) : g_strdup ("");
  BenkChecklistForm *proposed = NULL;
  Edit *self;

  if (!benk_text_check_name (who, error) || !benk_text_check_note (who, error) ||
      !benk_checklist_load_proposed (session, model_id, task, &proposed, error))
    return NULL;
  self = g_new0 (Edit, 1);
  self->model_id = g_strdup (model_id);
  self->task = task;
  self->proposed = proposed;
  if (*who != '\0')
    self->decided_by = g_steal_pointer (&who);
  return self;
}

static gpointer
read_versions (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *self = data;

  return benk_table_checklist_list (db, self->model_id, self->task, self->proposed,
                                    error);
}

static void
on_versions (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *versions = benk_session_read_finish (source, result, &error);

  if (versions == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, versions, (GDestroyNotify) g_ptr_array_unref);
}

/** benk_checklist_versions_async: every version of the list of a make for a task */
void
benk_checklist_versions_async (BenkSession *session,
                               const char *model_id,
                               BenkTask task,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) answer = g_task_new (session, cancellable, callback, user_data);
  GError *error = NULL;
  Edit *self = edit_new (session, model_id, task, NULL, &error);

  g_task_set_source_tag (answer, benk_checklist_versions_async);
  if (self == NULL)
    g_task_return_error (answer, error);
  else
    benk_session_read_async (session, session, read_versions, self,
                             (GDestroyNotify) edit_free,
                             (GDestroyNotify) g_ptr_array_unref, cancellable, on_versions,
                             g_object_ref (answer));
}

/** benk_checklist_versions_finish: Returns: (element-type BenkChecklistVersion): newest
 * first; the one that counts has `current` */
GPtrArray *
benk_checklist_versions_finish (BenkSession *session,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Somebody else may have saved meanwhile; then theirs is not lost by being passed over
 * unseen. */
static gboolean
check_base (BenkDb *db, const Edit *self, GError **error)
{
  g_autoptr (GPtrArray) versions =
    benk_table_checklist_list (db, self->model_id, self->task, self->proposed, error);
  g_autoptr (GBytes) digest = benk_checklist_form_digest (self->form);

  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    {
      const BenkChecklistVersion *one = g_ptr_array_index (versions, i);
      g_autoptr (GBytes) other = benk_checklist_form_digest (one->form);

      if (!g_bytes_equal (digest, other))
        continue;
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("Nothing is different from version %d, so no version was made."),
                   (int) one->number);
      return FALSE;
    }
  return TRUE;
}

static gboolean
save (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Edit *self = data;
  BenkId base = self->based_on;
  BenkId id;

  self->form->kind = self->proposed->kind;
  if (!benk_checklist_form_check (self->form, error) || !check_base (db, self, error))
    return FALSE;
  /* What it was changed from stays to be compared with. */
  if (benk_id_is_nil (&base) &&
      !benk_table_checklist_ensure_proposed (db, self->model_id, self->proposed, &base,
                                             error))
    return FALSE;
  if (!benk_table_checklist_insert (db, self->model_id, self->form, self->origin, &base,
                                    &id, error))
    return FALSE;
  benk_scope_set_subject (scope, &id);
  return self->decided_by == NULL ||
         benk_table_checklist_decide (db, self->model_id, self->task, &id,
                                      self->decided_by, error);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_session_change_finish (source, result, NULL, &error) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * benk_checklist_save_async:
 * @model_id: the make
 * @form: the steps as they are to be
 * @origin: %BENK_VERSION_DISTRICT or %BENK_VERSION_IMPORTED
 * @based_on: (nullable): the version it was changed from
 * @decided_by: (nullable): the named person who has decided it; without, the version is
 *   kept but does not count yet
 *
 * Keeps a new version. A list that is open goes on by the version it was started with.
 */
void
benk_checklist_save_async (BenkSession *session,
                           const char *model_id,
                           const BenkChecklistForm *form,
                           const char *origin,
                           const BenkId *based_on,
                           const char *decided_by,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) answer = g_task_new (session, cancellable, callback, user_data);
  GError *error = NULL;
  Edit *self = edit_new (session, model_id, form->task, decided_by, &error);

  g_task_set_source_tag (answer, benk_checklist_save_async);
  if (self == NULL)
    {
      g_task_return_error (answer, error);
      return;
    }
  self->form = benk_checklist_form_copy (form);
  self->origin = g_strdup (origin);
  self->based_on = based_on != NULL ? *based_on : BENK_ID_NIL;
  benk_session_change_async (session, session, BENK_VERB_CHECKLIST_EDIT, &BENK_ID_NIL,
                             save, self, (GDestroyNotify) edit_free, cancellable,
                             on_changed, g_object_ref (answer));
}

static gboolean
decide (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Edit *self = data;
  g_autoptr (GPtrArray) versions =
    benk_table_checklist_list (db, self->model_id, self->task, self->proposed, error);
  BenkId id = BENK_ID_NIL;
  gboolean found = self->number == 0;

  if (versions == NULL)
    return FALSE;
  for (guint i = 0; !found && i < versions->len; i++)
    {
      const BenkChecklistVersion *one = g_ptr_array_index (versions, i);

      found = one->number == self->number;
      id = one->id;
    }
  if (!found)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("There is no version %d of this checklist."), (int) self->number);
      return FALSE;
    }
  if (self->number != 0 && benk_id_is_nil (&id) &&
      !benk_table_checklist_ensure_proposed (db, self->model_id, self->proposed, &id,
                                             error))
    return FALSE;
  benk_scope_set_subject (scope, &id);
  return benk_table_checklist_decide (db, self->model_id, self->task, &id,
                                      self->decided_by, error);
}

/**
 * benk_checklist_decide_async:
 * @model_id: the make
 * @task: the task
 * @number: the version that counts from now on; 0 = back to what the program proposes,
 *   which nobody has decided then
 * @decided_by: the named person of the district who has decided it
 *
 * Records the decision, with the chosen staff as who recorded it.
 */
void
benk_checklist_decide_async (BenkSession *session,
                             const char *model_id,
                             BenkTask task,
                             gint64 number,
                             const char *decided_by,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) answer = g_task_new (session, cancellable, callback, user_data);
  GError *error = NULL;
  Edit *self = edit_new (session, model_id, task, decided_by, &error);

  g_task_set_source_tag (answer, benk_checklist_decide_async);
  if (self != NULL && number != 0 && self->decided_by == NULL)
    {
      g_clear_pointer (&self, edit_free);
      g_set_error_literal (&error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("Who has decided it? A name is needed."));
    }
  if (self == NULL)
    {
      g_task_return_error (answer, error);
      return;
    }
  self->number = number;
  benk_session_change_async (session, session, BENK_VERB_CHECKLIST_DECIDE, &BENK_ID_NIL,
                             decide, self, (GDestroyNotify) edit_free, cancellable,
                             on_changed, g_object_ref (answer));
}

/** benk_checklist_versions_change_finish: Returns: %FALSE with @error set */
gboolean
benk_checklist_versions_change_finish (BenkSession *session,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

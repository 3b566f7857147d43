/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-models.h"
#include "benk-table-checklist-work.h"
#include "benk-table-checklist.h"
#include "benk-table-device.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-text-check.h"

typedef struct
{
  char *model_id;
  BenkTask task;
  GArray *devices; /* BenkId */
  char *reference;
  gboolean resume;
  BenkChecklistForm *proposed;
  BenkChecklistWork *work; /* answer */
} Start;

static void
start_free (Start *self)
{
  g_free (self->model_id);
  g_array_unref (self->devices);
  g_free (self->reference);
  g_clear_pointer (&self->proposed, benk_checklist_form_free);
  g_clear_pointer (&self->work, benk_checklist_work_free);
  g_free (self);
}

/** benk_checklist_load_proposed: what the program proposes for a make and task */
gboolean
benk_checklist_load_proposed (BenkSession *session,
                              const char *model_id,
                              BenkTask task,
                              BenkChecklistForm **form,
                              GError **error)
{
  BenkModel *model = benk_models_find (benk_session_get_models (session), model_id);
  GPtrArray *steps = model != NULL ? benk_model_get_checklist (model, task) : NULL;

  if (steps == NULL || steps->len == 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("There is no such checklist for “%s”."), model_id);
      return FALSE;
    }
  *form = benk_checklist_form_new_proposed (benk_model_get_kind (model), task, steps);
  return TRUE;
}

/** benk_checklist_get_run_kind: Returns: what a list for @task counts as */
BenkRunKind
benk_checklist_get_run_kind (BenkTask task)
{
  switch (task)
    {
    case BENK_TASK_SETTINGS:
      return BENK_RUN_KIND_SETTINGS;
    case BENK_TASK_RESET:
      return BENK_RUN_KIND_RESET;
    case BENK_TASK_MAKE_READY:
    case BENK_TASK_SWAP:
      return BENK_RUN_KIND_PROVISION;
    case BENK_TASK_RECEIVE:
    case BENK_TASK_COLLECT:
    case BENK_TASK_NO_ANSWER:
    default:
      return BENK_RUN_KIND_CHECKLIST;
    }
}

/**
 * benk_checklist_allow:
 * @error: %BENK_ERROR_REFUSED
 *
 * Whether a list for @task makes sense with a device in @state.
 */
gboolean
benk_checklist_allow (BenkTask task, BenkDeviceState state, GError **error)
{
  const guint dead = BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_FAULTY) |
                     BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_QUARANTINE) |
                     BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED);

  if ((task == BENK_TASK_MAKE_READY || task == BENK_TASK_SWAP) &&
      state == BENK_DEVICE_STATE_STOCK)
    return TRUE;
  if (task == BENK_TASK_NO_ANSWER && (dead & BENK_DEVICE_STATE_MASK (state)) == 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("“%s” is for a device that is faulty, in quarantine or just "
                      "received. This one is “%s”."),
                   benk_task_get_label (task), benk_device_state_get_label (state, TRUE));
      return FALSE;
    }
  return benk_lifecycle_allow_run (state, benk_checklist_get_run_kind (task), error);
}

static gboolean
check_device (BenkDb *db, const Start *self, const BenkId *id, GError **error)
{
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, error);
  BenkId open;

  if (device == NULL ||
      !benk_table_checklist_work_find_open (db, id, self->task, &open, error))
    return FALSE;
  if (g_strcmp0 (benk_device_get_model_id (device), self->model_id) != 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("%s is of another make. One list is for devices of one make."),
                 benk_device_get_serial (device));
  else if (!benk_id_is_nil (&open))
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("%s has such a checklist already, which is not finished. Resume or "
                    "drop it."),
                 benk_device_get_serial (device));
  else if (benk_checklist_allow (self->task, benk_device_get_state (device), error))
    return TRUE;
  else
    g_prefix_error (error, "%s: ", benk_device_get_serial (device));
  return FALSE;
}

static gboolean
find_user (BenkDb *db, const Start *self, BenkId *person, BenkId *plan, GError **error)
{
  gboolean named = self->reference != NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanRow) row = NULL;
  g_autoptr (BenkDevice) device = NULL;

  *person = *plan = BENK_ID_NIL;
  if (named && !benk_table_person_ensure (db, self->reference, person, error))
    return FALSE;
  if (!named && self->task == BENK_TASK_SETTINGS)
    {
      device =
        benk_table_device_get (db, &g_array_index (self->devices, BenkId, 0), error);
      if (device == NULL)
        return FALSE;
      *person = *benk_device_get_person_id (device);
    }
  if (benk_id_is_nil (person))
    return TRUE;
  row = benk_table_plan_get_of_person (db, person, &local);
  if (row != NULL)
    *plan = row->id;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
find_version (BenkDb *db, const Start *self, BenkId *version, GError **error)
{
  g_autoptr (BenkChecklistVersion) current =
    benk_table_checklist_get_current (db, self->model_id, self->task, self->proposed,
                                      error);

  if (current == NULL)
    return FALSE;
  *version = current->id;
  return !benk_id_is_nil (version) ||
         benk_table_checklist_ensure_proposed (db, self->model_id, self->proposed,
                                               version, error);
}

static gboolean
start_list (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Start *self = data;
  BenkId version, person, plan, work;

  if (self->resume &&
      !benk_table_checklist_work_find_open (db, &g_array_index (self->devices, BenkId, 0),
                                            self->task, &work, error))
    return FALSE;
  if (self->resume && !benk_id_is_nil (&work))
    {
      self->work = benk_table_checklist_work_get (db, &work, error);
      return self->work != NULL;
    }

  for (guint i = 0; i < self->devices->len; i++)
    if (!check_device (db, self, &g_array_index (self->devices, BenkId, i), error))
      return FALSE;
  if (!find_version (db, self, &version, error) ||
      !find_user (db, self, &person, &plan, error) ||
      !benk_table_checklist_work_insert (db, &version, &person, &plan, &work, error))
    return FALSE;
  for (guint i = 0; i < self->devices->len; i++)
    if (!benk_table_checklist_work_add_member (db, &work,
                                               &g_array_index (self->devices, BenkId, i),
                                               error))
      return FALSE;
  benk_scope_set_subject (scope, self->devices->len == 1
                                   ? &g_array_index (self->devices, BenkId, 0)
                                   : &work);
  self->work = benk_table_checklist_work_get (db, &work, error);
  return self->work != NULL;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Start *done = benk_session_change_finish (source, result, NULL, &error);

  if (done == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           benk_checklist_new (BENK_SESSION (source),
                                               g_steal_pointer (&done->work)),
                           g_object_unref);
}

/* With one user a list is for one device. */
static gboolean
check_start (const BenkChecklistStart *start, char **reference, GError **error)
{
  gboolean ready = start->task == BENK_TASK_MAKE_READY || start->task == BENK_TASK_SWAP;

  if (start->n_devices == 0)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("Choose the device first."));
  else if (start->n_devices > 1 && (ready || start->task == BENK_TASK_SETTINGS ||
                                    start->task == BENK_TASK_NO_ANSWER))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("This list is for one device at a time."));
  else if (!ready)
    return TRUE;
  else
    *reference = benk_text_take_reference (start->reference, error);
  return *reference != NULL;
}

/**
 * benk_checklist_start_async:
 * @session: the session
 * @start: what is to be done
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Starts a list with nothing ticked, by the version that counts now. Nothing of a device
 * is changed by starting.
 */
void
benk_checklist_start_async (BenkSession *session,
                            const BenkChecklistStart *start,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_autofree char *reference = NULL;
  BenkChecklistForm *proposed = NULL;
  GError *error = NULL;
  Start *self;

  g_task_set_source_tag (task, benk_checklist_start_async);
  if (!check_start (start, &reference, &error) ||
      !benk_checklist_load_proposed (session, start->model_id, start->task, &proposed,
                                     &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_new0 (Start, 1);
  self->model_id = g_strdup (start->model_id);
  self->task = start->task;
  self->devices = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (self->devices, start->devices, start->n_devices);
  self->reference = g_steal_pointer (&reference);
  self->resume = start->resume && start->n_devices == 1;
  self->proposed = proposed;
  benk_session_change_async (session, session, BENK_VERB_CHECKLIST, &start->devices[0],
                             start_list, self, (GDestroyNotify) start_free, cancellable,
                             on_started, g_object_ref (task));
}

static gpointer
read_work (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_checklist_work_get (db, data, error);
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BenkChecklistWork *work = benk_session_read_finish (source, result, &error);

  if (work == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, benk_checklist_new (BENK_SESSION (source), work),
                           g_object_unref);
}

/**
 * benk_checklist_resume_async:
 * @work: a list, also one that has ended, for looking
 *
 * Takes a list up again where it was left.
 */
void
benk_checklist_resume_async (BenkSession *session,
                             const BenkId *work,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_checklist_resume_async);
  benk_session_read_async (session, session, read_work, benk_id_copy (work),
                           (GDestroyNotify) benk_id_free,
                           (GDestroyNotify) benk_checklist_work_free, cancellable,
                           on_resumed, g_object_ref (task));
}

/** benk_checklist_start_finish: Returns: (transfer full): the list, or %NULL */
BenkChecklist *
benk_checklist_start_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_list (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_checklist_work_list (db, GPOINTER_TO_INT (data), error);
}

/** benk_checklist_list_async: the lists that are open, or @all there ever were */
void
benk_checklist_list_async (BenkSession *session,
                           gboolean all,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  benk_session_read_async (session, session, read_list, GINT_TO_POINTER (all), NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/** benk_checklist_list_finish: Returns: (element-type BenkChecklistWork): newest first */
GPtrArray *
benk_checklist_list_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (session, result, error);
}

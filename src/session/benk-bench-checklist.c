/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-inventory.h"
#include "benk-photo.h"
#include "benk-plan-file.h"
#include "benk-table-checklist-work.h"

struct _BenkChecklist
{
  GObject parent_instance;

  BenkSession *session;
  BenkChecklistWork *work;
  char *title;
  gboolean reading;
  gboolean overtaken;  /* what is being read is no longer the newest */
  BenkReading *behind; /* how it goes with that */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklist, benk_checklist, G_TYPE_OBJECT)

static void
take_work (BenkChecklist *self, BenkChecklistWork *work)
{
  g_clear_pointer (&self->work, benk_checklist_work_free);
  self->work = work;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
benk_checklist_dispose (GObject *object)
{
  BenkChecklist *self = BENK_CHECKLIST (object);

  g_clear_object (&self->session);
  g_clear_object (&self->behind);
  g_clear_pointer (&self->work, benk_checklist_work_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (benk_checklist_parent_class)->dispose (object);
}

static void
benk_checklist_class_init (BenkChecklistClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_checklist_dispose;

  /**
   * BenkChecklist::changed:
   *
   * What is known of the list is newer.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_CHECKLIST, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_checklist_init (BenkChecklist *self)
{
  self->behind = benk_reading_new ();
}

static gpointer
read_work (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_checklist_work_get (db, data, error);
}

static void on_store_changed (BenkChecklist *self);

/* What was read may be older than what was written or told meanwhile. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklist) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklistWork) work = benk_session_read_finish (source, result, &error);

  self->reading = FALSE;
  if (self->behind == NULL)
    return;
  benk_reading_end (self->behind, error);
  if (work == NULL)
    return;
  if (self->overtaken)
    on_store_changed (self);
  else
    take_work (self, g_steal_pointer (&work));
}

/* Another window, or another program, has written. */
static void
on_store_changed (BenkChecklist *self)
{
  self->overtaken = self->reading;
  if (self->reading || self->work == NULL || !benk_checklist_work_is_open (self->work))
    return;
  self->reading = TRUE;
  benk_session_read_async (self->session, self, read_work, benk_id_copy (&self->work->id),
                           (GDestroyNotify) benk_id_free,
                           (GDestroyNotify) benk_checklist_work_free, NULL, on_read,
                           g_object_ref (self));
}

/** benk_checklist_compose_title: Returns: (transfer full): make and task, translated */
char *
benk_checklist_compose_title (BenkSession *session, const char *model_id, BenkTask task)
{
  BenkInventory *inventory = benk_session_get_inventory (session);

  return g_strdup_printf ("%s · %s", benk_inventory_get_model_name (inventory, model_id),
                          benk_task_get_label (task));
}

/** benk_checklist_new: Returns: (transfer full): @work (transfer full), live */
BenkChecklist *
benk_checklist_new (BenkSession *session, BenkChecklistWork *work)
{
  BenkChecklist *self = g_object_new (BENK_TYPE_CHECKLIST, NULL);

  self->session = g_object_ref (session);
  self->work = work;
  self->title = benk_checklist_compose_title (session, work->model_id, work->form->task);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->behind, "again", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/** benk_checklist_get_work: Returns: (transfer none): all of it, until `changed` */
const BenkChecklistWork *
benk_checklist_get_work (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return self->work;
}

/** benk_checklist_get_reading: Returns: (transfer none): how it goes with keeping it new
 */
BenkReading *
benk_checklist_get_reading (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return self->behind;
}

/** benk_checklist_get_session: Returns: (transfer none): whose list it is */
BenkSession *
benk_checklist_get_session (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return self->session;
}

/** benk_checklist_get_title: Returns: make and task, translated */
const char *
benk_checklist_get_title (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return self->title;
}

/**
 * benk_checklist_describe_plan:
 * @self: a list
 *
 * Returns: (transfer full) (nullable): user and dose times that the settings are compared
 *   with, a sentence; %NULL when the list is for no user
 */
char *
benk_checklist_describe_plan (BenkChecklist *self)
{
  const BenkChecklistWork *work = self->work;
  const char *who = work->reference != NULL ? work->reference : _ ("(erased)");
  g_autoptr (BenkPlan) plan = NULL;
  g_autoptr (GString) times = g_string_new (NULL);

  if (benk_id_is_nil (&work->person))
    return NULL;
  if (work->plan_body != NULL)
    plan = benk_plan_file_parse (work->plan_body, strlen (work->plan_body), NULL);
  if (plan == NULL)
    return g_strdup_printf (
      _ ("For user %s. No plan is kept for the user: compare with the decision."), who);
  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      guint minute = benk_plan_get_dose (plan, i)->minute;

      g_string_append_printf (times, "%s%02u:%02u", i > 0 ? " · " : "", minute / 60,
                              minute % 60);
    }
  return g_strdup_printf (_ ("For user %s. Compare with the plan: %s"), who, times->str);
}

/**
 * benk_checklist_is_complete:
 * @error: (optional): what is missing
 *
 * Returns: whether it can be completed as far as this window knows
 */
gboolean
benk_checklist_is_complete (BenkChecklist *self, GError **error)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), FALSE);

  return benk_checklist_work_check (self->work, error);
}

/** benk_checklist_get_photo_file: Returns: (transfer full): where a picture lies */
GFile *
benk_checklist_get_photo_file (BenkChecklist *self, const BenkChecklistPhoto *photo)
{
  g_autofree char *path =
    benk_photo_get_path (benk_session_get_path (self->session), photo->file);

  return g_file_new_for_path (path);
}

/* --- one change --- */

static void
list_change_free (BenkListChange *self)
{
  g_clear_pointer (&self->tick, benk_checklist_tick_free);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->after, benk_checklist_work_free);
  g_free (self->reason);
  g_free (self->sentence);
  g_free (self);
}

/** benk_list_change_new: Returns: (transfer full): a change of @list by @func */
BenkListChange *
benk_list_change_new (BenkChecklist *list, BenkListWork func)
{
  BenkListChange *self = g_new0 (BenkListChange, 1);

  self->func = func;
  self->work = list->work->id;
  return self;
}

/* What is changed is what the store holds now, not what a window shows. */
static gboolean
change_list (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkListChange *self = data;
  g_autoptr (BenkChecklistWork) work =
    benk_table_checklist_work_get (db, &self->work, error);

  if (work == NULL || !self->func (db, scope, self, work, error))
    return FALSE;
  self->after = benk_table_checklist_work_get (db, &self->work, error);
  return self->after != NULL;
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkChecklist *self = BENK_CHECKLIST (source);
  GError *error = NULL;
  BenkListChange *done = benk_session_change_finish (source, result, NULL, &error);

  if (done == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->overtaken = self->reading;
  take_work (self, g_steal_pointer (&done->after));
  g_task_return_pointer (task, g_strdup (done->sentence != NULL ? done->sentence : ""),
                         g_free);
}

/** benk_list_change_run: makes @change (transfer full), then calls back */
void
benk_list_change_run (BenkChecklist *list,
                      BenkVerb verb,
                      BenkListChange *change,
                      gpointer tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (list, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  benk_session_change_async (list->session, list, verb, &list->work->id, change_list,
                             change, (GDestroyNotify) list_change_free, cancellable,
                             on_changed, g_object_ref (task));
}

/**
 * benk_checklist_change_finish:
 * @sentence: (out) (optional) (nullable): after completing, what is kept, for a person
 *
 * Returns: %FALSE with @error set; then nothing was changed
 */
gboolean
benk_checklist_change_finish (BenkChecklist *self,
                              GAsyncResult *result,
                              char **sentence,
                              GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  text = g_task_propagate_pointer (G_TASK (result), error);
  if (text == NULL)
    return FALSE;
  if (sentence != NULL)
    *sentence = *text != '\0' ? g_steal_pointer (&text) : NULL;
  return TRUE;
}

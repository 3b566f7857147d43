/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-swap-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-models.h"
#include "benk-plan-file.h"
#include "benk-plan.h"
#include "benk-record-text.h"
#include "benk-session-change.h"

struct _BenkSwap
{
  GObject parent_instance;

  BenkSession *session;
  BenkSwapView *view;
  BenkSwapChoice *chosen;
  GListStore *lines;
  gboolean by_checklist;
  BenkChecklist *checklist;
  BenkPlan *plan;
  BenkBenchJob *job;
  char *medicine_by;
  gboolean running;
};

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_CHOSEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkSwap, benk_swap, G_TYPE_OBJECT)

static void
benk_swap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkSwap *self = BENK_SWAP (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_CHOSEN:
      g_value_set_object (value, self->chosen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_swap_finalize (GObject *object)
{
  BenkSwap *self = BENK_SWAP (object);

  g_clear_pointer (&self->view, benk_swap_view_free);
  g_clear_pointer (&self->plan, benk_plan_unref);
  g_clear_object (&self->chosen);
  g_clear_object (&self->lines);
  g_clear_object (&self->checklist);
  g_clear_object (&self->job);
  g_clear_object (&self->session);
  g_free (self->medicine_by);
  G_OBJECT_CLASS (benk_swap_parent_class)->finalize (object);
}

static void
benk_swap_class_init (BenkSwapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_swap_get_property;
  object_class->finalize = benk_swap_finalize;

  /** BenkSwap:running: whether something is being done */
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  /** BenkSwap:chosen: the #BenkSwapChoice that takes over, or %NULL */
  properties[PROP_CHOSEN] =
    g_param_spec_object ("chosen", NULL, NULL, BENK_TYPE_SWAP_CHOICE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_swap_init (BenkSwap *self)
{
  self->lines = g_list_store_new (BENK_TYPE_SWAP_LINE);
  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    {
      g_autoptr (BenkSwapLine) line = benk_swap_line_new ((BenkSwapPart) i);

      g_list_store_append (self->lines, line);
    }
}

/* --- what the sheet is about --- */

BenkSwapView *
benk_swap_get_view (BenkSwap *self)
{
  return self->view;
}

BenkSession *
benk_swap_get_session (BenkSwap *self)
{
  return self->session;
}

void
benk_swap_set_running (BenkSwap *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

void
benk_swap_set_job (BenkSwap *self, BenkBenchJob *job)
{
  g_set_object (&self->job, job);
}

const char *
benk_swap_get_medicine_by (BenkSwap *self)
{
  return self->medicine_by;
}

BenkChecklist *
benk_swap_peek_checklist (BenkSwap *self)
{
  return self->checklist;
}

void
benk_swap_set_checklist (BenkSwap *self, BenkChecklist *list)
{
  g_set_object (&self->checklist, list);
}

/* Returns: (transfer full): what goes into the new device */
BenkPlan *
benk_swap_load_plan (BenkSwap *self, GError **error)
{
  const char *body = self->view->plan_body;

  if (self->plan != NULL)
    return benk_plan_copy (self->plan);
  if (body != NULL)
    return benk_plan_file_parse (body, strlen (body), error);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                       _ ("No settings of this user were ever verified here. Use the "
                          "checklist, or choose a plan."));
  return NULL;
}

guint
benk_swap_get_mask (BenkSwap *self)
{
  guint mask = 0;

  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    if (benk_swap_line_is_ticked (benk_swap_get_line (self, (BenkSwapPart) i)))
      mask |= BENK_SWAP_BIT (i);

  return mask;
}

static BenkSwapChoice *
find_choice (BenkSwap *self, const BenkId *id)
{
  GListModel *choices = G_LIST_MODEL (self->view->choices);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (BenkSwapChoice) choice = g_list_model_get_item (choices, i);
      BenkDevice *device = benk_swap_choice_get_device (choice);

      if (id != NULL ? benk_id_equal (benk_device_get_id (device), id)
                     : benk_swap_choice_is_possible (choice))
        return choice;
    }

  return NULL;
}

/** benk_swap_take: @view: (transfer full): what was read */
void
benk_swap_take (BenkSwap *self, BenkSwapView *view)
{
  BenkId before = BENK_ID_NIL;
  BenkSwapChoice *choice = NULL;

  if (self->chosen != NULL)
    before = *benk_device_get_id (benk_swap_choice_get_device (self->chosen));
  g_clear_pointer (&self->view, benk_swap_view_free);
  self->view = view;
  if (!benk_id_is_nil (&before))
    choice = find_choice (self, &before);
  else if (!benk_id_is_nil (&view->named))
    choice = find_choice (self, &view->named);
  if (choice == NULL)
    choice = find_choice (self, NULL);
  g_set_object (&self->chosen, choice);
  benk_swap_update_lines (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

/* A swap that was begun goes on as it was begun. */
static void
resume (BenkSwap *self)
{
  const BenkVisitRow *row = self->view->row;

  if (row == NULL)
    return;
  self->by_checklist = g_strcmp0 (row->way, "checklist") == 0;
  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    benk_swap_line_set_ticked (benk_swap_get_line (self, (BenkSwapPart) i),
                               (row->lines & BENK_SWAP_BIT (i)) != 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BenkSwapView *view = benk_session_read_finish (source, result, &error);
  BenkSwap *self;

  if (view == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_object_new (BENK_TYPE_SWAP, NULL);
  self->session = g_object_ref (BENK_SESSION (source));
  benk_swap_take (self, view);
  resume (self);
  benk_swap_update_lines (self);
  g_task_return_pointer (task, self, g_object_unref);
}

/**
 * benk_swap_open_async:
 * @session: an open session
 * @old: the device that is to go out
 * @wanted: (nullable): the device that is to take over; %NULL proposes one
 * @cancellable: (nullable): a cancellable
 * @callback: called when the sheet is read
 * @user_data: for @callback
 *
 * Reads what a swap of @old would do. Nothing is changed.
 */
void
benk_swap_open_async (BenkSession *session,
                      const BenkId *old,
                      const BenkId *wanted,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  benk_session_read_async (session, session, benk_swap_load,
                           benk_swap_question_new (session, old, wanted),
                           (GDestroyNotify) benk_swap_question_free,
                           (GDestroyNotify) benk_swap_view_free, cancellable, on_read,
                           task);
}

/**
 * benk_swap_open_finish:
 * @result: what the callback was given
 * @error: return location for a %BENK_ERROR_REFUSED or another error
 *
 * Returns: (transfer full): the sheet, or %NULL
 */
BenkSwap *
benk_swap_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** benk_swap_get_old: Returns: (transfer none): the device that goes out */
BenkDevice *
benk_swap_get_old (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return self->view->old;
}

/** benk_swap_get_old_name: Returns: its short number, or else its serial */
const char *
benk_swap_get_old_name (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return benk_visit_name_device (self->view->old);
}

/** benk_swap_get_reference: Returns: (nullable): the user's reference; "" if erased */
const char *
benk_swap_get_reference (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return self->view->reference;
}

/** benk_swap_is_begun: Returns: whether anything was done of it before */
gboolean
benk_swap_is_begun (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), FALSE);

  return self->view->row != NULL;
}

/** benk_swap_is_running: Returns: whether something is being done now */
gboolean
benk_swap_is_running (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), FALSE);

  return self->running;
}

/** benk_swap_is_finished: Returns: whether all that is ticked is done */
gboolean
benk_swap_is_finished (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), FALSE);

  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    {
      BenkSwapLine *line = benk_swap_get_line (self, (BenkSwapPart) i);
      BenkSwapState state = benk_swap_line_get_state (line);

      if (benk_swap_line_is_ticked (line) && state != BENK_SWAP_DONE &&
          state != BENK_SWAP_NOTHING && state != BENK_SWAP_OWED)
        return FALSE;
    }

  return TRUE;
}

/** benk_swap_get_lines: Returns: (transfer none): a list of #BenkSwapLine */
GListModel *
benk_swap_get_lines (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return G_LIST_MODEL (self->lines);
}

/** benk_swap_get_line: Returns: (transfer none): the line of a part */
BenkSwapLine *
benk_swap_get_line (BenkSwap *self, BenkSwapPart part)
{
  g_autoptr (BenkSwapLine) line =
    g_list_model_get_item (G_LIST_MODEL (self->lines), part);

  return line;
}

/** benk_swap_get_choices: Returns: (transfer none): a list of #BenkSwapChoice */
GListModel *
benk_swap_get_choices (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return G_LIST_MODEL (self->view->choices);
}

/** benk_swap_get_chosen: Returns: (transfer none) (nullable): what takes over */
BenkSwapChoice *
benk_swap_get_chosen (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return self->chosen;
}

/**
 * benk_swap_choose:
 * @self: a swap
 * @choice: one of its choices
 *
 * Lets another device take over.
 */
void
benk_swap_choose (BenkSwap *self, BenkSwapChoice *choice)
{
  g_return_if_fail (BENK_IS_SWAP (self));
  g_return_if_fail (BENK_IS_SWAP_CHOICE (choice));

  if (self->running || !g_set_object (&self->chosen, choice))
    return;
  g_clear_object (&self->checklist);
  benk_swap_update_lines (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

/** benk_swap_get_by_checklist: Returns: whether the settings go in by checklist */
gboolean
benk_swap_get_by_checklist (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), FALSE);

  return self->by_checklist;
}

/** benk_swap_set_by_checklist: by checklist, or by cable */
void
benk_swap_set_by_checklist (BenkSwap *self, gboolean by_checklist)
{
  g_return_if_fail (BENK_IS_SWAP (self));

  if (self->by_checklist == by_checklist)
    return;
  self->by_checklist = by_checklist;
  benk_swap_update_lines (self);
}

/** benk_swap_find_plugged: Returns: (transfer none) (nullable): the new device, plugged
 * in */
BenkBenchDevice *
benk_swap_find_plugged (BenkSwap *self)
{
  GListModel *devices;

  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  devices = benk_bench_get_devices (benk_session_get_bench (self->session));
  for (guint i = 0; self->chosen != NULL && i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (benk_id_equal (benk_bench_device_get_card_id (device),
                         benk_device_get_id (benk_swap_choice_get_device (self->chosen))))
        return device;
    }

  return NULL;
}

/** benk_swap_get_job: Returns: (transfer none) (nullable): the newest job on the new
 * device */
BenkBenchJob *
benk_swap_get_job (BenkSwap *self)
{
  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  return self->job;
}

/**
 * benk_swap_set_medicine_by:
 * @self: a swap
 * @who: (nullable): role and name of the health personnel who moves the medicine
 */
void
benk_swap_set_medicine_by (BenkSwap *self, const char *who)
{
  g_return_if_fail (BENK_IS_SWAP (self));

  g_free (self->medicine_by);
  self->medicine_by = who != NULL ? g_strstrip (g_strdup (who)) : NULL;
}

/** benk_swap_set_plan: @plan: (nullable): another plan than the last verified one */
void
benk_swap_set_plan (BenkSwap *self, BenkPlan *plan)
{
  g_return_if_fail (BENK_IS_SWAP (self));

  g_clear_pointer (&self->plan, benk_plan_unref);
  self->plan = plan != NULL ? benk_plan_copy (plan) : NULL;
  benk_swap_update_lines (self);
}

static char *
describe_device (BenkSwap *self, BenkDevice *device)
{
  BenkModels *models = benk_session_get_models (self->session);

  return benk_visit_describe_device (benk_models_find (models,
                                                       benk_device_get_model_id (device)),
                                     device);
}

/**
 * benk_swap_dup_record_text:
 * @self: a swap
 *
 * Returns: (transfer full) (nullable): the text for the patient record about what was
 *   done; %NULL before anything was
 */
char *
benk_swap_dup_record_text (BenkSwap *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *old = NULL;
  g_autofree char *other = NULL;
  BenkRecordText text = { .kind = BENK_RECORD_SWAP, .zone = zone };
  BenkVisitSettings *settings;
  BenkDevice *device;

  g_return_val_if_fail (BENK_IS_SWAP (self), NULL);

  if (!benk_swap_is_out (self) && !benk_swap_has_taken_over (self, self->chosen))
    return NULL;
  old = describe_device (self, self->view->old);
  text.device = old;
  text.at_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  if (benk_swap_has_taken_over (self, self->chosen))
    {
      device = benk_swap_choice_get_device (self->chosen);
      settings = benk_swap_choice_get_settings (self->chosen);
      other = describe_device (self, device);
      text.other = other;
      text.times = settings->times;
      text.known = settings->known;
      text.medicine = TRUE;
      text.at_ms = benk_device_get_state_since_ms (device);
      text.goes_on = benk_device_describe_state (device);
    }

  return benk_record_text_compose (&text);
}

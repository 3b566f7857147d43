/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-job-private.h"

#include "benk-checklist.h"
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-model.h"
#include "benk-proof.h"
#include "benk-session-change.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-proof.h"
#include "benk-table-run.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* One step as it crosses to the store: the staff row, never the initials, so that a name
 * stays erasable. */
typedef struct
{
  const BenkChecklistStep *step;
  gint64 at_ms;
  BenkId staff;
} Tick;

struct _BenkChecklist
{
  GObject parent_instance;

  BenkSession *session; /* weak */
  BenkId device;
  char *model_id;
  BenkTask task;
  char *title;
  gint64 started_ms;
  GListStore *steps;
  GArray *ticks; /* Tick, at_ms 0 = not ticked */
};

G_DEFINE_FINAL_TYPE (BenkChecklist, benk_checklist, G_TYPE_OBJECT)

static void
benk_checklist_finalize (GObject *object)
{
  BenkChecklist *self = BENK_CHECKLIST (object);

  g_clear_weak_pointer (&self->session);
  g_free (self->model_id);
  g_free (self->title);
  g_clear_object (&self->steps);
  g_array_unref (self->ticks);

  G_OBJECT_CLASS (benk_checklist_parent_class)->finalize (object);
}

static void
benk_checklist_class_init (BenkChecklistClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = benk_checklist_finalize;
}

static void
benk_checklist_init (BenkChecklist *self)
{
  self->steps = g_list_store_new (BENK_TYPE_STEP);
  self->ticks = g_array_new (FALSE, TRUE, sizeof (Tick));
}

/** benk_checklist_get_steps: Returns: (transfer none): a list of #BenkStep */
GListModel *
benk_checklist_get_steps (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return G_LIST_MODEL (self->steps);
}

/** benk_checklist_get_title: Returns: make and task, translated */
const char *
benk_checklist_get_title (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), NULL);

  return self->title;
}

/** benk_checklist_is_proposed: Returns: whether the district has not decided it yet */
gboolean
benk_checklist_is_proposed (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), TRUE);

  return TRUE;
}

/**
 * benk_checklist_tick:
 * @self: a checklist
 * @step: which step
 * @done: whether it is done
 *
 * Ticks a step off as the chosen staff, or takes the tick back.
 */
void
benk_checklist_tick (BenkChecklist *self, guint step, gboolean done)
{
  g_autoptr (BenkStep) shown = NULL;
  BenkStaff *staff;
  Tick *tick;

  g_return_if_fail (BENK_IS_CHECKLIST (self));

  staff = self->session != NULL ? benk_session_get_staff (self->session) : NULL;
  if (step >= self->ticks->len || staff == NULL)
    return;
  tick = &g_array_index (self->ticks, Tick, step);
  tick->at_ms =
    done ? benk_clock_get_wall_ms (benk_session_get_clock (self->session)) : 0;
  tick->staff = *benk_staff_get_id (staff);
  shown = g_list_model_get_item (G_LIST_MODEL (self->steps), step);
  benk_step_set (shown, done ? BENK_BENCH_STEP_DONE : BENK_BENCH_STEP_WAITING,
                 done ? benk_staff_get_initials (staff) : NULL, NULL);
}

/** benk_checklist_is_complete: Returns: whether every step is ticked */
gboolean
benk_checklist_is_complete (BenkChecklist *self)
{
  g_return_val_if_fail (BENK_IS_CHECKLIST (self), FALSE);

  for (guint i = 0; i < self->ticks->len; i++)
    if (g_array_index (self->ticks, Tick, i).at_ms == 0)
      return FALSE;
  return self->ticks->len > 0;
}

static void
add_steps (BenkChecklist *self, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkChecklistStep *step = g_ptr_array_index (steps, i);
      g_autoptr (BenkStep) shown =
        benk_step_new (step->id, benk_checklist_step_get_text (step));
      Tick tick = { .step = step };

      g_list_store_append (self->steps, shown);
      g_array_append_val (self->ticks, tick);
    }
}

/**
 * benk_bench_start_checklist:
 * @self: the bench
 * @device: the device it is done with
 * @model_id: its make
 * @task: "receive", "make-ready", "settings", "reset" or "collect"
 * @error: %BENK_ERROR_USAGE for a task, %BENK_ERROR_NOT_FOUND for a make or a list it
 * does not have
 *
 * Returns: (transfer full) (nullable): the make's checklist, with nothing ticked
 */
BenkChecklist *
benk_bench_start_checklist (BenkBench *self,
                            const BenkId *device,
                            const char *model_id,
                            const char *task,
                            GError **error)
{
  BenkSession *session = benk_bench_get_session (self);
  g_autoptr (GPtrArray) models = benk_model_load_builtin (error);
  GPtrArray *steps;
  BenkModel *model = models != NULL ? benk_model_find (models, model_id) : NULL;
  BenkChecklist *list;
  BenkTask which;

  if (models == NULL)
    return NULL;
  if (session == NULL || !benk_task_from_name (task, &which))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not the task of a checklist."), task);
      return NULL;
    }
  steps = model != NULL ? benk_model_get_checklist (model, which) : NULL;
  if (steps == NULL || steps->len == 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                   _ ("There is no such checklist for “%s”."), model_id);
      return NULL;
    }

  list = g_object_new (BENK_TYPE_CHECKLIST, NULL);
  g_set_weak_pointer (&list->session, session);
  list->device = *device;
  list->model_id = g_strdup (model_id);
  list->task = which;
  list->title =
    g_strdup_printf ("%s · %s", benk_model_get_name (model), benk_task_get_label (which));
  list->started_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  add_steps (list, steps);
  return list;
}

/* --- keeping it --- */

typedef struct
{
  BenkId device;
  char *model_id;
  BenkTask task;
  gint64 started_ms;
  GArray *ticks;
  char *missing; /* answer: why the state did not follow */
} Completion;

static void
completion_free (Completion *self)
{
  g_free (self->model_id);
  g_array_unref (self->ticks);
  g_free (self->missing);
  g_free (self);
}

static BenkRunKind
get_run_kind (BenkTask task)
{
  switch (task)
    {
    case BENK_TASK_MAKE_READY:
      return BENK_RUN_KIND_PROVISION;
    case BENK_TASK_SETTINGS:
      return BENK_RUN_KIND_SETTINGS;
    case BENK_TASK_RESET:
      return BENK_RUN_KIND_RESET;
    case BENK_TASK_RECEIVE:
    case BENK_TASK_COLLECT:
    default:
      return BENK_RUN_KIND_CHECKLIST;
    }
}

static char *
compose_reading (const Completion *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "model");
  json_builder_add_string_value (builder, self->model_id);
  json_builder_set_member_name (builder, "task");
  json_builder_add_string_value (builder, benk_task_to_name (self->task));
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->ticks->len; i++)
    {
      const Tick *tick = &g_array_index (self->ticks, Tick, i);
      g_autofree char *staff = benk_id_to_string (&tick->staff);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "step");
      json_builder_add_string_value (builder, tick->step->id);
      json_builder_set_member_name (builder, "at_ms");
      json_builder_add_int_value (builder, tick->at_ms);
      json_builder_set_member_name (builder, "staff");
      json_builder_add_string_value (builder, staff);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* A tick attests its fact, unless that asks for a name or a document which a tick has
 * not. */
static gboolean
keep_facts (BenkDb *db, const Completion *self, GError **error)
{
  for (guint i = 0; i < self->ticks->len; i++)
    {
      BenkFactKind kind = g_array_index (self->ticks, Tick, i).step->fact;
      g_autoptr (BenkFactRecord) fact = NULL;

      if (kind == BENK_FACT_NONE || benk_fact_kind_needs_ref (kind) ||
          benk_fact_kind_needs_stated_by (kind))
        continue;
      fact = benk_fact_record_new ();
      benk_fact_record_set_device_id (fact, &self->device);
      benk_fact_record_set_kind (fact, kind);
      if (!benk_table_fact_insert (db, fact, error))
        return FALSE;
    }
  return TRUE;
}

/* Goes where the guards let it; where they do not, the list stands all the same. */
static gboolean
try_state (BenkDb *db, Completion *self, BenkDeviceState to, GError **error)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local = NULL;

  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) _ ("Not done at the bench."));
  if (benk_device_change_state (db, &self->device, to, reasons, 0, NULL, &local))
    return TRUE;
  if (g_error_matches (local, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      self->missing = g_strdup (local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
follow_state (BenkDb *db, Completion *self, BenkDeviceState state, GError **error)
{
  switch (self->task)
    {
    case BENK_TASK_RECEIVE:
      return state != BENK_DEVICE_STATE_RECEIVED ||
             try_state (db, self, BENK_DEVICE_STATE_STOCK, error);
    case BENK_TASK_MAKE_READY:
      return try_state (db, self, BENK_DEVICE_STATE_READY, error);
    case BENK_TASK_RESET:
      return (state != BENK_DEVICE_STATE_QUARANTINE &&
              state != BENK_DEVICE_STATE_FAULTY) ||
             try_state (db, self, BENK_DEVICE_STATE_RESET, error);
    case BENK_TASK_COLLECT:
      return state != BENK_DEVICE_STATE_TO_COLLECT ||
             try_state (db, self, BENK_DEVICE_STATE_QUARANTINE, error);
    case BENK_TASK_SETTINGS:
    default:
      return TRUE;
    }
}

static gboolean
keep_run (
  BenkDb *db, const Completion *self, BenkScope *scope, BenkId *id, GError **error)
{
  g_autoptr (BenkRun) run = benk_run_new ();
  g_autofree char *reading = compose_reading (self);

  benk_run_set_device_id (run, &self->device);
  benk_run_set_kind (run, get_run_kind (self->task));
  benk_run_set_link_kind (run, BENK_LINK_KIND_CHECKLIST);
  benk_run_set_outcome (run, BENK_RUN_OUTCOME_VERIFIED);
  benk_run_set_started_ms (run, self->started_ms);
  benk_run_set_ended_ms (run, benk_scope_get_wall_ms (scope));
  benk_run_set_detail (run, _ ("Done by checklist, not read from the dispenser"));
  if (!benk_table_run_insert (db, run, reading, error))
    return FALSE;
  *id = *benk_run_get_id (run);
  return TRUE;
}

static gboolean
keep_proof (BenkDb *db, const Completion *self, const BenkId *run, GError **error)
{
  g_autoptr (BenkProof) proof = NULL;

  if (self->task != BENK_TASK_MAKE_READY && self->task != BENK_TASK_RESET)
    return TRUE;
  proof = benk_proof_new ();
  benk_proof_set_device_id (proof, &self->device);
  benk_proof_set_kind (proof, self->task == BENK_TASK_RESET ? BENK_PROOF_KIND_RESET
                                                            : BENK_PROOF_KIND_READY);
  benk_proof_set_link_kind (proof, BENK_LINK_KIND_CHECKLIST);
  benk_proof_set_run_id (proof, run);
  return benk_table_proof_insert (db, proof, error);
}

static gboolean
complete (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Completion *self = data;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, &self->device, error);
  BenkDeviceState state;
  BenkId run;

  if (device == NULL || !keep_facts (db, self, error))
    return FALSE;
  state = benk_device_get_state (device);
  if (self->task == BENK_TASK_MAKE_READY && state == BENK_DEVICE_STATE_STOCK)
    {
      if (!benk_device_change_state (db, &self->device, BENK_DEVICE_STATE_PREPARING, NULL,
                                     0, NULL, error))
        return FALSE;
    }
  else if (!benk_lifecycle_allow_run (state, get_run_kind (self->task), error))
    return FALSE;
  return keep_run (db, self, scope, &run, error) && keep_proof (db, self, &run, error) &&
         follow_state (db, self, state, error);
}

static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Completion *done = benk_session_change_finish (source, result, NULL, &error);
  const char *kept = _ ("Done by checklist, not read from the dispenser");

  if (done == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           done->missing != NULL
                             ? g_strdup_printf ("%s. %s", kept, done->missing)
                             : g_strdup (kept),
                           g_free);
}

/**
 * benk_bench_complete_checklist_async:
 * @self: the bench
 * @checklist: a checklist with every step ticked
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Keeps the run, the facts that the ticks attest, and the proof of making ready or reset,
 * with link kind checklist; then the state follows as far as its guards let it.
 */
void
benk_bench_complete_checklist_async (BenkBench *self,
                                     BenkChecklist *checklist,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkSession *session = benk_bench_get_session (self);
  Completion *completion;

  g_task_set_source_tag (task, benk_bench_complete_checklist_async);
  if (session == NULL || !benk_checklist_is_complete (checklist))
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_REFUSED,
                               _ ("Not every step is ticked."));
      return;
    }
  completion = g_new0 (Completion, 1);
  completion->device = checklist->device;
  completion->model_id = g_strdup (checklist->model_id);
  completion->task = checklist->task;
  completion->started_ms = checklist->started_ms;
  completion->ticks = g_array_copy (checklist->ticks);
  benk_session_change_async (session, self,
                             checklist->task == BENK_TASK_RESET ? BENK_VERB_PROOF
                                                                : BENK_VERB_RUN,
                             &checklist->device, complete, completion,
                             (GDestroyNotify) completion_free, cancellable, on_completed,
                             g_object_ref (task));
}

/**
 * benk_bench_complete_checklist_finish:
 * @sentence: (out) (optional): what is kept now, for a person
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_bench_complete_checklist_finish (BenkBench *self,
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
    *sentence = g_steal_pointer (&text);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

struct _BenkBenchJob
{
  GObject parent_instance;

  BenkRunKind kind;
  guint id;
  guint station;
  BenkBus *bus; /* while it runs there */
  GListStore *steps;
  double progress;
  gboolean running;
  gboolean proven;
  gboolean touched;
  BenkRunOutcome outcome;
  char *sentence;
  char *reason;
  BenkId run_id;
  char *dialogue;
  char *dialogue_problem;
  GError *error;
  GPtrArray *waiting; /* GTask */
};

enum
{
  PROP_0,
  PROP_STEPS,
  PROP_PROGRESS,
  PROP_RUNNING,
  PROP_OUTCOME,
  PROP_PROVEN,
  PROP_SENTENCE,
  PROP_REASON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkBenchJob, benk_bench_job, G_TYPE_OBJECT)

static void
benk_bench_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkBenchJob *self = BENK_BENCH_JOB (object);

  switch (id)
    {
    case PROP_STEPS:
      g_value_set_object (value, self->steps);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_OUTCOME:
      g_value_set_uint (value, self->outcome);
      break;
    case PROP_PROVEN:
      g_value_set_boolean (value, self->proven);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_bench_job_finalize (GObject *object)
{
  BenkBenchJob *self = BENK_BENCH_JOB (object);

  g_clear_object (&self->bus);
  g_clear_object (&self->steps);
  g_free (self->sentence);
  g_free (self->reason);
  g_free (self->dialogue);
  g_free (self->dialogue_problem);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (benk_bench_job_parent_class)->finalize (object);
}

static void
benk_bench_job_class_init (BenkBenchJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_bench_job_get_property;
  object_class->finalize = benk_bench_job_finalize;

  /** BenkBenchJob:steps: a #GListModel of #BenkStep */
  properties[PROP_STEPS] =
    g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  /** BenkBenchJob:progress: 0.0 to 1.0 */
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  /** BenkBenchJob:running: until its end is kept */
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  /** BenkBenchJob:outcome: a #BenkRunOutcome, final when it runs no more */
  properties[PROP_OUTCOME] =
    g_param_spec_uint ("outcome", NULL, NULL, 0, BENK_N_RUN_OUTCOMES, 0, flags);
  /** BenkBenchJob:proven: whether the outcome may be used in this store */
  properties[PROP_PROVEN] = g_param_spec_boolean ("proven", NULL, NULL, FALSE, flags);
  /** BenkBenchJob:sentence: how it ended, for a person */
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  /** BenkBenchJob:reason: what stopped it, or %NULL */
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_bench_job_init (BenkBenchJob *self)
{
  self->steps = g_list_store_new (BENK_TYPE_STEP);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = TRUE;
  self->outcome = BENK_RUN_OUTCOME_UNKNOWN;
}

/** benk_bench_job_new: Returns: (transfer full): a job that runs and has no steps yet */
BenkBenchJob *
benk_bench_job_new (BenkRunKind kind, guint id, guint station)
{
  BenkBenchJob *self = g_object_new (BENK_TYPE_BENCH_JOB, NULL);

  self->kind = kind;
  self->id = id;
  self->station = station;
  return self;
}

guint
benk_bench_job_get_id (BenkBenchJob *self)
{
  return self->id;
}

guint
benk_bench_job_get_station (BenkBenchJob *self)
{
  return self->station;
}

/** benk_bench_job_set_bus: @bus: (nullable): where it can be cancelled */
void
benk_bench_job_set_bus (BenkBenchJob *self, BenkBus *bus)
{
  g_set_object (&self->bus, bus);
}

void
benk_bench_job_set_run_id (BenkBenchJob *self, const BenkId *run)
{
  self->run_id = *run;
}

static BenkBenchStepState
map_state (BenkJobStepState state)
{
  switch (state)
    {
    case BENK_STEP_ACTIVE:
      return BENK_BENCH_STEP_RUNNING;
    case BENK_STEP_DONE:
      return BENK_BENCH_STEP_DONE;
    case BENK_STEP_SKIPPED:
      return BENK_BENCH_STEP_SKIPPED;
    case BENK_STEP_FAILED:
      return BENK_BENCH_STEP_FAILED;
    case BENK_STEP_PENDING:
    default:
      return BENK_BENCH_STEP_WAITING;
    }
}

static void
update_progress (BenkBenchJob *self, guint n_steps)
{
  guint n_over = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->steps)); i++)
    {
      g_autoptr (BenkStep) step = g_list_model_get_item (G_LIST_MODEL (self->steps), i);

      n_over += benk_step_get_state (step) > BENK_BENCH_STEP_RUNNING;
    }
  self->progress = n_steps > 0 ? MIN ((double) n_over / n_steps, 1.0) : 0.0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/** benk_bench_job_take_step: the steps come in order when the job starts */
void
benk_bench_job_take_step (BenkBenchJob *self, const BenkBusEvent *event)
{
  g_autoptr (BenkStep) step = NULL;

  if (event->step == g_list_model_get_n_items (G_LIST_MODEL (self->steps)))
    {
      step = benk_step_new (event->step_id, event->step_label);
      g_list_store_append (self->steps, step);
    }
  else
    step = g_list_model_get_item (G_LIST_MODEL (self->steps), event->step);
  if (step == NULL)
    return;
  benk_step_set (step, map_state (event->step_state), NULL, event->detail);
  update_progress (self, event->n_steps);
}

/**
 * benk_bench_job_end:
 * @error: (nullable) (transfer full): why it never began or its end is not kept
 *
 * Ends the job for everybody who waits for it.
 */
void
benk_bench_job_end (BenkBenchJob *self,
                    BenkRunOutcome outcome,
                    gboolean proven,
                    const char *sentence,
                    const char *reason,
                    GError *error)
{
  g_autoptr (BenkBenchJob) alive = g_object_ref (self);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = FALSE;
  self->outcome = outcome;
  self->proven = proven;
  self->progress = 1.0;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  g_free (self->reason);
  self->reason = g_strdup (reason);
  g_clear_error (&self->error);
  self->error = error;
  g_clear_object (&self->bus);

  for (guint i = PROP_PROGRESS; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  for (guint i = 0; i < waiting->len; i++)
    benk_bench_job_wait (self, g_object_ref (g_ptr_array_index (waiting, i)));
}

void
benk_bench_job_set_dialogue (BenkBenchJob *self, const BenkBusEvent *event)
{
  self->dialogue = g_strdup (event->dialogue);
  self->dialogue_problem = g_strdup (event->dialogue_problem);
}

const GError *
benk_bench_job_get_error (BenkBenchJob *self)
{
  return self->error;
}

/** benk_bench_job_wait: @task: (transfer full): answered when the job has ended */
void
benk_bench_job_wait (BenkBenchJob *self, GTask *task)
{
  g_autoptr (GTask) owned = task;

  if (self->running)
    g_ptr_array_add (self->waiting, g_steal_pointer (&owned));
  else if (self->error != NULL)
    g_task_return_error (owned, g_error_copy (self->error));
  else
    g_task_return_boolean (owned, TRUE);
}

/** benk_bench_job_set_touched: @touched: something besides the plan was, or may be,
 * changed
 */
void
benk_bench_job_set_touched (BenkBenchJob *self, gboolean touched)
{
  self->touched = touched;
}

/** benk_bench_job_is_touched: Returns: whether it changed, or may have changed, anything
 * but the plan in force
 */
gboolean
benk_bench_job_is_touched (BenkBenchJob *self)
{
  return self->touched;
}

/** benk_bench_outcome: the claim of a job as it stands in a run */
BenkRunOutcome
benk_bench_outcome (BenkJobOutcome outcome)
{
  switch (outcome)
    {
    case BENK_JOB_VERIFIED:
      return BENK_RUN_OUTCOME_VERIFIED;
    case BENK_JOB_UNTOUCHED:
      return BENK_RUN_OUTCOME_UNTOUCHED;
    case BENK_JOB_REDO:
      return BENK_RUN_OUTCOME_REDO;
    case BENK_JOB_UNKNOWN:
    default:
      return BENK_RUN_OUTCOME_UNKNOWN;
    }
}

/** benk_bench_job_get_kind: Returns: what it does */
BenkRunKind
benk_bench_job_get_kind (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), BENK_RUN_KIND_READ);

  return self->kind;
}

/** benk_bench_job_get_steps: Returns: (transfer none): a list of #BenkStep */
GListModel *
benk_bench_job_get_steps (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return G_LIST_MODEL (self->steps);
}

/** benk_bench_job_get_progress: Returns: 0.0 to 1.0 */
double
benk_bench_job_get_progress (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), 0.0);

  return self->progress;
}

/** benk_bench_job_is_running: Returns: %FALSE once its end is kept */
gboolean
benk_bench_job_is_running (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), FALSE);

  return self->running;
}

/** benk_bench_job_get_outcome: Returns: the claim; final when it runs no more */
BenkRunOutcome
benk_bench_job_get_outcome (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), BENK_RUN_OUTCOME_UNKNOWN);

  return self->outcome;
}

/** benk_bench_job_is_proven: Returns: whether the outcome may be used in this store */
gboolean
benk_bench_job_is_proven (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), FALSE);

  return self->proven;
}

/** benk_bench_job_get_sentence: Returns: (nullable): how it ended, for a person */
const char *
benk_bench_job_get_sentence (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return self->sentence;
}

/** benk_bench_job_get_reason: Returns: (nullable): what stopped it, for a person */
const char *
benk_bench_job_get_reason (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return self->reason;
}

/** benk_bench_job_get_run_id: Returns: (transfer none): the kept run; nil if none is */
const BenkId *
benk_bench_job_get_run_id (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return &self->run_id;
}

/**
 * benk_bench_job_get_dialogue:
 * @self: a job
 *
 * Returns: (nullable): what was said to the device and by it, as text without payloads;
 *   %NULL before the job has ended, or when it never came to the device
 */
const char *
benk_bench_job_get_dialogue (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return self->dialogue;
}

/** benk_bench_job_get_dialogue_problem: Returns: (nullable): why the file of
 * benk_bench_record_async() does not have all of it */
const char *
benk_bench_job_get_dialogue_problem (BenkBenchJob *self)
{
  g_return_val_if_fail (BENK_IS_BENCH_JOB (self), NULL);

  return self->dialogue_problem;
}

/**
 * benk_bench_job_cancel:
 * @self: a job
 *
 * Asks it to stop. It goes on where it must first find out how far it came.
 */
void
benk_bench_job_cancel (BenkBenchJob *self)
{
  g_return_if_fail (BENK_IS_BENCH_JOB (self));

  if (self->bus != NULL)
    benk_bus_cancel (self->bus, self->station);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-runner-private.h"

#include "benk-association-private.h"
#include "benk-plan.h"

/* A device that heard no host offers to associate three times, ten seconds apart (20601,
 * TO_assoc and RC_assoc); two rounds are enough to meet one of them. */
#define PATIENCE_MS 21000
/* A device that is back but cannot be opened yet gets a moment. */
#define RETRY_MS 500

struct _BenkJobRunner
{
  GObject parent_instance;

  BenkClock *clock;
  GTimeZone *zone;
  BenkJobRunnerLinkFunc func;
  gpointer func_data;

  BenkJob *job;
  BenkAssociation *association;
  GSource *timer;
  GSource *retry;
  GQueue events;
  gboolean pumping;
  gboolean waiting;
  gboolean done;
  GError *loss;
};

/* What the job is to hear, kept while it is busy with something else. */
typedef struct
{
  BenkJobEventKind kind;
  const BenkApdu *apdu; /* not owned: responses are never kept */
  gboolean timed_out;
  char *text;
} Event;

enum
{
  STEP,
  CONFIRM,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkJobRunner, benk_job_runner, G_TYPE_OBJECT)

static void try_open (BenkJobRunner *self);
static void tell (BenkJobRunner *self, Event event);

static void
event_free (Event *event)
{
  g_free (event->text);
  g_free (event);
}

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
start_timer (BenkJobRunner *self, guint delay_ms, GSourceFunc func)
{
  GSource *source = benk_clock_create_timer (self->clock, delay_ms);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, context);
  return source;
}

static gboolean
on_timer (gpointer user_data)
{
  g_autoptr (BenkJobRunner) self = g_object_ref (BENK_JOB_RUNNER (user_data));

  stop_source (&self->timer);
  tell (self, (Event){ .kind = BENK_JOB_EV_TIMER });
  return G_SOURCE_REMOVE;
}

static gboolean
on_retry (gpointer user_data)
{
  g_autoptr (BenkJobRunner) self = g_object_ref (BENK_JOB_RUNNER (user_data));

  stop_source (&self->retry);
  if (!self->done && !benk_association_has_link (self->association))
    try_open (self);
  return G_SOURCE_REMOVE;
}

static void
take_down (BenkJobRunner *self, const GError *error)
{
  if (self->loss == NULL && error != NULL)
    self->loss = g_error_copy (error);
  if (self->waiting && self->retry == NULL)
    self->retry = start_timer (self, RETRY_MS, on_retry);
  tell (self, (Event){ .kind = BENK_JOB_EV_DOWN });
}

static void
on_association (BenkAssociation *association,
                const BenkAssociationEvent *event,
                gpointer user_data)
{
  g_autoptr (BenkJobRunner) self = g_object_ref (BENK_JOB_RUNNER (user_data));

  switch (event->kind)
    {
    case BENK_ASSOCIATION_UP:
      self->waiting = FALSE;
      tell (self, (Event){ .kind = BENK_JOB_EV_ASSOCIATED });
      break;
    case BENK_ASSOCIATION_RESPONSE:
      tell (self, (Event){ .kind = BENK_JOB_EV_RESPONSE, .apdu = event->apdu });
      break;
    case BENK_ASSOCIATION_REPORT:
      tell (self, (Event){ .kind = BENK_JOB_EV_EVENT, .apdu = event->apdu });
      break;
    case BENK_ASSOCIATION_ENDED:
      tell (self, (Event){ .kind = BENK_JOB_EV_ENDED, .timed_out = event->timed_out });
      break;
    case BENK_ASSOCIATION_DOWN:
    default:
      take_down (self, event->error);
      break;
    }
}

static void
try_open (BenkJobRunner *self)
{
  BenkLink *link = self->func (self->func_data);

  if (link != NULL)
    benk_association_open (self->association, link, self->waiting ? 0 : PATIENCE_MS);
  else if (!self->waiting)
    tell (self, (Event){ .kind = BENK_JOB_EV_DOWN });
}

static void
finish (BenkJobRunner *self)
{
  self->done = TRUE;
  stop_source (&self->timer);
  stop_source (&self->retry);
  benk_association_stop (self->association);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
run_action (BenkJobRunner *self, const BenkJobAction *action)
{
  switch (action->kind)
    {
    case BENK_JOB_ACT_REQUEST:
      benk_association_request (self->association, action->request, action->delay_ms);
      break;
    case BENK_JOB_ACT_START_TIMER:
      stop_source (&self->timer);
      self->timer = start_timer (self, action->delay_ms, on_timer);
      break;
    case BENK_JOB_ACT_STOP_TIMER:
      stop_source (&self->timer);
      break;
    case BENK_JOB_ACT_CONFIRM:
      g_signal_emit (self, signals[CONFIRM], 0, action->text);
      break;
    case BENK_JOB_ACT_STEP:
      g_signal_emit (self, signals[STEP], 0, action->step);
      break;
    case BENK_JOB_ACT_RELEASE:
      benk_association_release (self->association);
      break;
    case BENK_JOB_ACT_AWAIT:
      self->waiting = TRUE;
      if (!benk_association_has_link (self->association))
        try_open (self);
      break;
    case BENK_JOB_ACT_FINISHED:
      finish (self);
      break;
    default:
      break;
    }
}

static gint32
get_offset_s (BenkJobRunner *self, gint64 now_s)
{
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, now_s);

  return g_time_zone_get_offset (self->zone, interval);
}

static void
handle (BenkJobRunner *self, const Event *event)
{
  g_autoptr (GPtrArray) actions = benk_job_actions_new ();
  gint64 now_s = benk_clock_get_wall_ms (self->clock) / 1000;
  gint32 offset_s = get_offset_s (self, now_s);
  BenkJobEvent told = { .kind = event->kind,
                        .local_s = now_s + offset_s,
                        .utc_offset_min = (gint16) (offset_s / 60),
                        .apdu = event->apdu,
                        .timed_out = event->timed_out,
                        .text = event->text,
                        .config_id = benk_association_get_config_id (self->association),
                        .pm_handle = benk_association_get_pm_handle (self->association) };

  benk_job_handle (self->job, &told, actions);
  for (guint i = 0; i < actions->len; i++)
    run_action (self, g_ptr_array_index (actions, i));
}

/* The job hears one thing after the other, also of what its own actions cause. */
static void
tell (BenkJobRunner *self, Event event)
{
  Event *next;

  if (self->pumping)
    {
      g_queue_push_tail (&self->events, g_memdup2 (&event, sizeof event));
      return;
    }

  self->pumping = TRUE;
  if (!self->done)
    handle (self, &event);
  g_free (event.text);
  while ((next = g_queue_pop_head (&self->events)) != NULL)
    {
      if (!self->done)
        handle (self, next);
      event_free (next);
    }
  self->pumping = FALSE;
}

static void
benk_job_runner_dispose (GObject *object)
{
  benk_job_runner_stop (BENK_JOB_RUNNER (object));
  G_OBJECT_CLASS (benk_job_runner_parent_class)->dispose (object);
}

static void
benk_job_runner_finalize (GObject *object)
{
  BenkJobRunner *self = BENK_JOB_RUNNER (object);

  g_queue_clear_full (&self->events, (GDestroyNotify) event_free);
  g_clear_pointer (&self->job, benk_job_free);
  g_clear_object (&self->association);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->clock);
  g_clear_error (&self->loss);

  G_OBJECT_CLASS (benk_job_runner_parent_class)->finalize (object);
}

static void
benk_job_runner_class_init (BenkJobRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = benk_job_runner_dispose;
  object_class->finalize = benk_job_runner_finalize;

  /** BenkJobRunner::step: @index: a step of the job whose state changed */
  signals[STEP] = g_signal_new ("step", BENK_TYPE_JOB_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /** BenkJobRunner::confirm: @serial: what the person has to type to go on */
  signals[CONFIRM] = g_signal_new ("confirm", BENK_TYPE_JOB_RUNNER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** BenkJobRunner::finished: once; the result of the job is final and the link closed */
  signals[FINISHED] = g_signal_new ("finished", BENK_TYPE_JOB_RUNNER, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_job_runner_init (BenkJobRunner *self)
{
  g_queue_init (&self->events);
}

/**
 * benk_job_runner_new:
 * @clock: a clock
 * @setup: what to do; copied
 * @zone: (nullable): IANA name of the zone the device's clock shows, its plan's; %NULL =
 *   the district's
 * @func: makes links to the device
 * @user_data: given to @func
 *
 * Drives one job over links of one device. Lives in the thread that starts it; timers and
 * links run in that thread's default main context.
 *
 * Returns: (transfer full): a runner that has not started
 */
BenkJobRunner *
benk_job_runner_new (BenkClock *clock,
                     const BenkJobSetup *setup,
                     const char *zone,
                     BenkJobRunnerLinkFunc func,
                     gpointer user_data)
{
  BenkJobRunner *self = g_object_new (BENK_TYPE_JOB_RUNNER, NULL);

  self->clock = g_object_ref (clock);
  self->zone = zone != NULL ? benk_time_zone_find (zone) : NULL;
  if (self->zone == NULL)
    self->zone = benk_time_zone_new_district ();
  self->func = func;
  self->func_data = user_data;
  self->job = benk_job_new (setup);
  self->association = benk_association_new (clock, on_association, self);
  return self;
}

/**
 * benk_job_runner_start:
 * @self: a runner
 *
 * Opens a link and lets the job run. The signals come from the main context, or from this
 * call when nothing is plugged in.
 */
void
benk_job_runner_start (BenkJobRunner *self)
{
  g_return_if_fail (BENK_IS_JOB_RUNNER (self));
  g_return_if_fail (!self->done);

  try_open (self);
}

/**
 * benk_job_runner_attached:
 * @self: a runner
 *
 * Says that the device is on the bus again. Only a job that waits for it takes notice.
 */
void
benk_job_runner_attached (BenkJobRunner *self)
{
  g_return_if_fail (BENK_IS_JOB_RUNNER (self));

  if (self->done || !self->waiting)
    return;
  benk_association_close (self->association);
  try_open (self);
}

/**
 * benk_job_runner_confirm:
 * @self: a runner that asked for it
 * @text: what the person typed
 */
void
benk_job_runner_confirm (BenkJobRunner *self, const char *text)
{
  g_return_if_fail (BENK_IS_JOB_RUNNER (self));

  tell (self, (Event){ .kind = BENK_JOB_EV_CONFIRM, .text = g_strdup (text) });
}

/**
 * benk_job_runner_cancel:
 * @self: a runner
 *
 * Asks the job to stop. It goes on where it must find out how far it came.
 */
void
benk_job_runner_cancel (BenkJobRunner *self)
{
  g_return_if_fail (BENK_IS_JOB_RUNNER (self));

  tell (self, (Event){ .kind = BENK_JOB_EV_CANCEL });
}

/**
 * benk_job_runner_stop:
 * @self: a runner
 *
 * Drops everything at once, as when the program ends; emits nothing more.
 */
void
benk_job_runner_stop (BenkJobRunner *self)
{
  g_return_if_fail (BENK_IS_JOB_RUNNER (self));

  self->done = TRUE;
  stop_source (&self->timer);
  stop_source (&self->retry);
  if (self->association != NULL)
    benk_association_stop (self->association);
}

/**
 * benk_job_runner_get_job:
 * @self: a runner
 *
 * Returns: (transfer none): its job, for steps and result
 */
const BenkJob *
benk_job_runner_get_job (BenkJobRunner *self)
{
  g_return_val_if_fail (BENK_IS_JOB_RUNNER (self), NULL);

  return self->job;
}

/**
 * benk_job_runner_get_loss:
 * @self: a runner
 *
 * Returns: (transfer none) (nullable): why the first link was lost or never opened
 */
const GError *
benk_job_runner_get_loss (BenkJobRunner *self)
{
  g_return_val_if_fail (BENK_IS_JOB_RUNNER (self), NULL);

  return self->loss;
}

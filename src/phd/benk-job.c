/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void enter (BenkJob *self, guint index);

static void
action_free (gpointer data)
{
  BenkJobAction *action = data;

  g_clear_pointer (&action->request, benk_apdu_free);
  g_free (action->text);
  g_free (action);
}

/** benk_job_actions_new: Returns: (transfer full): an array for actions */
GPtrArray *
benk_job_actions_new (void)
{
  return g_ptr_array_new_with_free_func (action_free);
}

static BenkJobAction *
add_action (BenkJob *self, BenkJobActionKind kind)
{
  BenkJobAction *action = g_new0 (BenkJobAction, 1);

  action->kind = kind;
  g_ptr_array_add (self->actions, action);
  return action;
}

static void
set_step (BenkJob *self, guint index, BenkJobStepState state)
{
  if (self->steps[index].state == state)
    return;
  self->steps[index].state = state;
  add_action (self, BENK_JOB_ACT_STEP)->step = index;
}

void
benk_job_note (BenkJob *self, const char *detail)
{
  g_free (self->steps[self->current].detail);
  self->steps[self->current].detail = g_strdup (detail);
}

void
benk_job_request (BenkJob *self, BenkApdu *request, guint timeout_ms)
{
  BenkJobAction *action = add_action (self, BENK_JOB_ACT_REQUEST);

  self->asked = TRUE;
  action->request = request;
  action->delay_ms = timeout_ms;
}

void
benk_job_timer (BenkJob *self, guint delay_ms)
{
  add_action (self, BENK_JOB_ACT_START_TIMER)->delay_ms = delay_ms;
}

void
benk_job_stop_timer (BenkJob *self)
{
  add_action (self, BENK_JOB_ACT_STOP_TIMER);
}

void
benk_job_add_release (BenkJob *self)
{
  add_action (self, BENK_JOB_ACT_RELEASE);
}

void
benk_job_add_confirm (BenkJob *self, const char *text)
{
  add_action (self, BENK_JOB_ACT_CONFIRM)->text = g_strdup (text);
}

static void
finish (BenkJob *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].state == BENK_STEP_PENDING)
      set_step (self, i, BENK_STEP_SKIPPED);
    else if (self->steps[i].state == BENK_STEP_ACTIVE)
      set_step (self, i, BENK_STEP_FAILED);
  self->finished = TRUE;
  self->waiting = FALSE;
  benk_job_conclude (self);
  add_action (self, BENK_JOB_ACT_STOP_TIMER);
  add_action (self, BENK_JOB_ACT_FINISHED);
}

/* Waits for the device to come back; what is claimed meanwhile stands if it does not. */
void
benk_job_await (BenkJob *self, guint delay_ms)
{
  self->waiting = TRUE;
  add_action (self, BENK_JOB_ACT_AWAIT)->delay_ms = delay_ms;
  benk_job_timer (self, delay_ms);
}

/* What a wipe and coming back may take at most. */
guint
benk_job_get_wipe_ms (const BenkJob *self)
{
  return (MIN (self->eta_secs, BENK_JOB_LONGEST_S) + BENK_JOB_REENUMERATION_S) * 1000u;
}

/* After a failure only the steps that put things back run. */
static void
advance (BenkJob *self)
{
  guint index = self->current + 1;

  while (index < self->n_steps && self->failing && !self->defs[index].cleanup)
    {
      set_step (self, index, BENK_STEP_SKIPPED);
      index++;
    }
  if (index >= self->n_steps || !self->associated)
    finish (self);
  else
    enter (self, index);
}

static void
enter (BenkJob *self, guint index)
{
  self->current = index;
  self->sub = 0;
  self->polls = 0;
  set_step (self, index, BENK_STEP_ACTIVE);
  self->defs[index].enter (self);
}

void
benk_job_next (BenkJob *self)
{
  set_step (self, self->current, BENK_STEP_DONE);
  advance (self);
}

void
benk_job_skip (BenkJob *self, const char *detail)
{
  if (detail != NULL)
    benk_job_note (self, detail);
  set_step (self, self->current, BENK_STEP_SKIPPED);
  advance (self);
}

/* The first failure is the one that is told. */
static void
record_failure (BenkJob *self, const char *reason)
{
  benk_job_note (self, reason);
  set_step (self, self->current, BENK_STEP_FAILED);
  if (self->defs[self->current].optional ||
      (self->defs[self->current].cleanup && self->phase == BENK_PHASE_PROVEN))
    return;
  if (self->result.reason == NULL)
    {
      self->result.reason = g_strdup (reason);
      self->result.failed_step = self->defs[self->current].id;
    }
}

void
benk_job_fail (BenkJob *self, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  record_failure (self, reason);
  self->failing = TRUE;
  advance (self);
}

/* The device is known to hold something else than was wanted. */
void
benk_job_miss (BenkJob *self, const char *what)
{
  self->phase = BENK_PHASE_DIFFERS;
  benk_job_fail (self, "%s", what);
}

static void
choose_steps (BenkJob *self)
{
  switch (self->kind)
    {
    case BENK_JOB_READ:
      self->defs = benk_job_read_steps;
      self->n_steps = benk_job_n_read_steps;
      break;
    case BENK_JOB_RESET:
      self->defs = benk_job_reset_steps;
      self->n_steps = benk_job_n_reset_steps;
      break;
    case BENK_JOB_PROVISION:
    case BENK_JOB_SETTINGS:
    default:
      self->defs = benk_job_provision_steps;
      self->n_steps = benk_job_n_provision_steps;
      break;
    }
  self->steps = g_new0 (BenkJobStep, self->n_steps);
  for (guint i = 0; i < self->n_steps; i++)
    {
      self->steps[i].id = self->defs[i].id;
      self->steps[i].label = _ (self->defs[i].label);
    }
}

/**
 * benk_job_new:
 * @setup: copied
 */
BenkJob *
benk_job_new (const BenkJobSetup *setup)
{
  BenkJob *self = g_new0 (BenkJob, 1);

  self->kind = setup->kind;
  self->demo_store = setup->demo_store;
  self->serial = g_strdup (setup->serial);
  self->wanted_set = setup->set_id;
  self->nonce = setup->nonce;
  self->challenge = setup->challenge;
  self->salt = setup->salt != NULL ? g_bytes_ref (setup->salt) : g_bytes_new (NULL, 0);
  self->reattach_ms = setup->reattach_ms;
  self->default_config = setup->default_config;
  self->models = setup->models != NULL ? g_ptr_array_ref (setup->models) : NULL;
  if (setup->plan != NULL)
    {
      self->has_plan = TRUE;
      self->plan = *setup->plan;
      for (guint i = 0; i < G_N_ELEMENTS (self->plan.tables); i++)
        if (self->plan.tables[i] != NULL)
          g_bytes_ref (self->plan.tables[i]);
      self->plan.language = g_strdup (setup->plan->language);
      self->plan.zone = g_strdup (setup->plan->zone);
    }
  self->result.link_kind = setup->link_kind;
  self->result.simulated = setup->link_kind == BENK_LINK_KIND_SIMULATED;
  self->result.clock_drift_s = G_MININT64;
  self->result.log_entries = -1;
  self->result.log_first_s = -1;
  self->result.log_last_s = -1;
  self->result.next_dose_s = BENK_SCHEDULE_NONE;
  self->result.mode = -1;
  self->result.outcome = BENK_JOB_UNTOUCHED;
  benk_mds_init (&self->result.mds);

  choose_steps (self);
  return self;
}

void
benk_job_free (BenkJob *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    g_free (self->steps[i].detail);
  g_free (self->steps);
  g_free (self->serial);
  g_free (self->first_serial);
  g_bytes_unref (self->salt);
  benk_job_plan_clear (&self->plan);
  benk_ext_message_clear (&self->profile);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  benk_ext_message_clear (&self->state);
  benk_ext_message_clear (&self->old_zone);
  g_clear_pointer (&self->old_schedule, benk_ext_table_free);
  g_clear_pointer (&self->read_schedule, benk_ext_table_free);
  g_clear_pointer (&self->segments, g_array_unref);
  g_clear_pointer (&self->got, g_byte_array_unref);
  g_free (self->result.sentence);
  g_free (self->result.reason);
  g_free (self->result.next_dose);
  g_free (self->result.extension_reason);
  benk_mds_clear (&self->result.mds);
  g_free (self);
}

/* A reset that was sent is only checked again; everything else starts anew. */
static guint
find_start (const BenkJob *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (self->kind == BENK_JOB_RESET && self->phase != BENK_PHASE_CLEAN &&
        g_str_equal (self->defs[i].id, "identity-after"))
      return i;
  return 0;
}

static void
handle_associated (BenkJob *self, const BenkJobEvent *event)
{
  guint first;

  self->associated = TRUE;
  self->config_id = event->config_id;
  self->pm_handle = event->pm_handle;
  if (self->started && !self->waiting)
    return;
  if (self->waiting)
    add_action (self, BENK_JOB_ACT_STOP_TIMER);
  self->waiting = FALSE;
  self->started = TRUE;
  self->identified = FALSE;
  if (self->restarting)
    {
      self->restarting = FALSE;
      benk_job_next (self);
      return;
    }
  self->attempt++;
  self->asked = FALSE;
  self->xfer_open = FALSE;
  self->maintenance = FALSE;
  self->result.failed_step = NULL;
  g_clear_pointer (&self->result.reason, g_free);
  first = find_start (self);
  for (guint i = first; i < self->n_steps; i++)
    set_step (self, i, BENK_STEP_PENDING);
  enter (self, first);
}

static const char *
get_loss (BenkJobEventKind kind, gboolean timed_out)
{
  if (kind == BENK_JOB_EV_DOWN)
    return _ ("The dispenser was unplugged.");
  return timed_out ? _ ("The dispenser did not answer.")
                   : _ ("The dispenser ended the conversation.");
}

static gboolean
is_releasing (const BenkJob *self)
{
  return self->started && g_str_equal (self->defs[self->current].id, "release");
}

/* A dispenser that is being wiped leaves the bus when it is done, maybe after it was
   found again. */
static gboolean
is_expected (const BenkJob *self)
{
  return self->wiping && self->attempt < BENK_JOB_ATTEMPTS && !self->failing &&
         !is_releasing (self);
}

static void
handle_lost (BenkJob *self, const BenkJobEvent *event)
{
  self->associated = FALSE;
  self->asked = FALSE;
  if (self->waiting)
    return;
  if (is_expected (self))
    {
      set_step (self, self->current, BENK_STEP_PENDING);
      benk_job_await (self, benk_job_get_wipe_ms (self));
      return;
    }
  if (self->started && self->defs[self->current].optional)
    {
      record_failure (self, get_loss (event->kind, event->timed_out));
      finish (self);
      return;
    }
  if (is_releasing (self))
    {
      set_step (self, self->current, BENK_STEP_DONE);
      finish (self);
      return;
    }
  if (self->started)
    {
      self->silent_gate |=
        event->timed_out && g_str_equal (self->defs[self->current].id, "extension");
      record_failure (self, get_loss (event->kind, event->timed_out));
    }
  else if (self->result.reason == NULL)
    self->result.reason = g_strdup (get_loss (event->kind, event->timed_out));
  if (!self->started || self->failing || self->cancelled || self->reattach_ms == 0 ||
      self->attempt >= BENK_JOB_ATTEMPTS || self->phase == BENK_PHASE_PROVEN ||
      (self->kind == BENK_JOB_RESET && self->phase == BENK_PHASE_CLEAN))
    finish (self);
  else
    benk_job_await (self, self->reattach_ms);
}

static void
handle_answer (BenkJob *self, const BenkApdu *apdu)
{
  const BenkJobStepDef *def = &self->defs[self->current];

  if (!self->asked || self->waiting)
    return;
  self->asked = FALSE;
  if (self->cancelled && !self->failing)
    benk_job_fail (self, "%s", _ ("Cancelled."));
  else if (def->answer != NULL)
    def->answer (self, apdu);
}

static void
handle_timer (BenkJob *self)
{
  if (self->waiting)
    {
      if (self->restarting || self->wiping)
        record_failure (self, _ ("The dispenser did not come back."));
      finish (self);
    }
  else if (self->started && self->defs[self->current].timer != NULL)
    self->defs[self->current].timer (self);
}

static void
handle_event (BenkJob *self, const BenkApdu *apdu)
{
  if (self->started && !self->waiting && self->defs[self->current].event != NULL)
    self->defs[self->current].event (self, apdu);
}

static void
handle_confirm (BenkJob *self, const char *text)
{
  if (!self->started || self->waiting ||
      !g_str_equal (self->defs[self->current].id, "confirm") || self->asked)
    return;
  add_action (self, BENK_JOB_ACT_STOP_TIMER);
  if (benk_job_same_serial (text, self->result.mds.serial))
    {
      self->confirmed = TRUE;
      benk_job_next (self);
    }
  else
    benk_job_fail (self, "%s", _ ("Another serial number was typed."));
}

static void
handle_cancel (BenkJob *self)
{
  if (!benk_job_can_cancel (self))
    return;
  self->cancelled = TRUE;
  if (!self->started || self->waiting)
    {
      if (self->result.reason == NULL)
        self->result.reason = g_strdup (_ ("Cancelled."));
      finish (self);
    }
  else if (!self->asked && !self->failing)
    {
      add_action (self, BENK_JOB_ACT_STOP_TIMER);
      benk_job_fail (self, "%s", _ ("Cancelled."));
    }
}

/**
 * benk_job_handle:
 * @event: what happened
 * @actions: (element-type BenkJobAction): gets what is to be done, in order
 *
 * After BENK_JOB_ACT_FINISHED nothing more comes.
 */
void
benk_job_handle (BenkJob *self, const BenkJobEvent *event, GPtrArray *actions)
{
  if (self->finished)
    return;
  self->actions = actions;
  self->local_s = event->local_s;
  self->utc_offset_min = event->utc_offset_min;
  switch (event->kind)
    {
    case BENK_JOB_EV_ASSOCIATED:
      handle_associated (self, event);
      break;
    case BENK_JOB_EV_RESPONSE:
      handle_answer (self, event->apdu);
      break;
    case BENK_JOB_EV_ENDED:
    case BENK_JOB_EV_DOWN:
      handle_lost (self, event);
      break;
    case BENK_JOB_EV_TIMER:
      handle_timer (self);
      break;
    case BENK_JOB_EV_CONFIRM:
      handle_confirm (self, event->text);
      break;
    case BENK_JOB_EV_CANCEL:
      handle_cancel (self);
      break;
    case BENK_JOB_EV_EVENT:
      handle_event (self, event->apdu);
      break;
    default:
      break;
    }
  self->actions = NULL;
}

guint
benk_job_get_n_steps (const BenkJob *self)
{
  return self->n_steps;
}

const BenkJobStep *
benk_job_get_step (const BenkJob *self, guint index)
{
  return index < self->n_steps ? &self->steps[index] : NULL;
}

gboolean
benk_job_is_finished (const BenkJob *self)
{
  return self->finished;
}

/**
 * benk_job_can_cancel:
 *
 * Returns: %TRUE until activation or wipe was sent, and while an unplugged device is
 *   waited for; in between the job has to find out how it went
 */
gboolean
benk_job_can_cancel (const BenkJob *self)
{
  return !self->finished && (self->phase == BENK_PHASE_CLEAN || self->waiting);
}

/**
 * benk_job_get_result:
 *
 * Returns: (transfer none): final when the job is finished
 */
const BenkJobResult *
benk_job_get_result (const BenkJob *self)
{
  return &self->result;
}

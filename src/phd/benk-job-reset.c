/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/* The device is confirmed before it disarms itself. */
#define ARMED_MARGIN_S 2
#define POLL_MS 2000
#define CHECKED_TABLES 4

static void
get_wipe_state (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_WIPE_STATE };

  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
step_wipe_state_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) state = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state,
                           &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  self->counter_before = state.counter;
  self->result.wipe_counter = state.counter;
  if (state.state == BENK_EXT_WIPE_RUNNING)
    benk_job_fail (self, "%s", _ ("The dispenser is being reset already. Wait."));
  else
    benk_job_next (self);
}

static void
send_reset (BenkJob *self, BenkExtResetOp op)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_RESET_REQUEST);
  message.op = op;
  message.scope = BENK_EXT_SCOPE_ALL;
  message.token = self->token;
  message.nonce = self->nonce;
  benk_job_act (self, BENK_EXT_ACT_RESET, &message);
}

static void
step_arm (BenkJob *self)
{
  self->token = 0;
  send_reset (self, BENK_EXT_RESET_ARM);
}

static void
step_arm_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take (self, apdu, BENK_EXT_RESET_RESPONSE, &answer, &why))
    benk_job_fail (self, "%s", why);
  else if (answer.result != BENK_EXT_OK || answer.op != BENK_EXT_RESET_ARM)
    benk_job_fail (self, _ ("The dispenser refused (%s)."),
                   benk_ext_result_get_text (answer.result));
  else
    {
      self->armed = TRUE;
      self->token = answer.token;
      self->armed_secs = answer.armed_secs;
      self->eta_secs = answer.eta_secs;
      benk_job_next (self);
    }
}

static void
step_confirm (BenkJob *self)
{
  guint armed = MIN (self->armed_secs, BENK_JOB_LONGEST_S);
  guint seconds = armed > ARMED_MARGIN_S ? armed - ARMED_MARGIN_S : 1;

  if (self->result.mds.serial == NULL)
    {
      benk_job_fail (self, "%s", _ ("The dispenser does not tell its serial number."));
      return;
    }
  benk_job_add_confirm (self, self->result.mds.serial);
  benk_job_timer (self, seconds * 1000);
}

static void
step_confirm_timer (BenkJob *self)
{
  benk_job_fail (self, "%s", _ ("Not confirmed in time."));
}

static void
step_wipe (BenkJob *self)
{
  self->phase = BENK_PHASE_SENT;
  send_reset (self, BENK_EXT_RESET_CONFIRM);
}

/* A refusal leaves the device as it was, if the counter says so and the log is there. */
static void
take_refusal (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) state = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *refusal = g_strdup (self->steps[self->current].detail);

  if (benk_job_take_attr (apdu, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state,
                          &why) &&
      state.counter == self->counter_before && state.state <= BENK_EXT_WIPE_ARMED)
    self->phase = self->log_cleared ? BENK_PHASE_DIFFERS : BENK_PHASE_CLEAN;
  benk_job_fail (self, "%s", refusal);
}

static void
step_wipe_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (self->sub == 1)
    {
      take_refusal (self, apdu);
      return;
    }
  if (benk_job_take (self, apdu, BENK_EXT_RESET_RESPONSE, &answer, &why))
    {
      if (answer.result == BENK_EXT_OK)
        {
          self->eta_secs = MAX (self->eta_secs, answer.eta_secs);
          self->wiping = TRUE;
          benk_job_next (self);
          return;
        }
      why = g_strdup_printf (_ ("The dispenser refused (%s)."),
                             benk_ext_result_get_text (answer.result));
    }
  benk_job_note (self, why);
  self->sub = 1;
  get_wipe_state (self);
}

static void
step_restart (BenkJob *self)
{
  self->restarting = TRUE;
  benk_job_add_release (self);
  benk_job_await (self, benk_job_get_wipe_ms (self));
}

/* After a reset it is the same dispenser, as it left the factory. */
static void
step_identity_after_answer (BenkJob *self, const BenkApdu *apdu)
{
  if (!benk_job_identify (self, apdu))
    return;
  if (self->default_config != 0 && self->config_id != self->default_config &&
      self->result.mds.config_id != self->default_config)
    benk_job_miss (self, _ ("The dispenser still offers its old configuration."));
  else
    benk_job_next (self);
}

static void
check_wiped (BenkJob *self, const BenkExtMessage *state)
{
  if (state->state != BENK_EXT_WIPE_WIPED || state->error != 0)
    benk_job_miss (self, _ ("The dispenser does not say that it is wiped."));
  else if (state->counter != self->counter_before + 1)
    benk_job_miss (self, _ ("The dispenser's counter of resets did not rise by one."));
  else if (state->nonce != self->nonce)
    benk_job_miss (self, _ ("The dispenser answers for another reset."));
  else if (state->regions != 0)
    benk_job_miss (self, _ ("The dispenser says that regions remain."));
  else
    benk_job_next (self);
}

static void
step_wiped_answer (BenkJob *self, const BenkApdu *apdu)
{
  guint limit = benk_job_get_wipe_ms (self) / POLL_MS;
  g_auto (BenkExtMessage) state = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state,
                           &why))
    {
      benk_job_miss (self, why);
      return;
    }
  self->result.wipe_counter = state.counter;
  if (state.state != BENK_EXT_WIPE_RUNNING)
    {
      self->wiping = FALSE;
      check_wiped (self, &state);
    }
  else if (++self->polls > limit)
    benk_job_fail (self, "%s", _ ("The dispenser is still being wiped."));
  else
    benk_job_timer (self, POLL_MS);
}

static void
step_verify (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_VERIFY_REQUEST);
  message.challenge = self->challenge;
  message.regions = BENK_EXT_SCOPE_ALL;
  benk_job_act (self, BENK_EXT_ACT_VERIFY, &message);
}

static void
step_verify_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *regions = NULL;

  if (!benk_job_take (self, apdu, BENK_EXT_VERIFY_RESPONSE, &answer, &why))
    {
      benk_job_miss (self, why);
      return;
    }
  regions = g_strdup_printf (_ ("Regions are not blank (0x%04x)."), answer.regions);
  if (answer.challenge != self->challenge || answer.result != BENK_EXT_OK)
    benk_job_miss (self, _ ("The dispenser did not answer the challenge."));
  else if (answer.regions != 0)
    benk_job_miss (self, regions);
  else if (answer.counter != self->counter_before + 1)
    benk_job_miss (self, _ ("The dispenser's counter of resets did not rise by one."));
  else
    benk_job_next (self);
}

static void
step_empty (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_PROV_STATE };

  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
step_empty_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_autofree char *why = NULL;

  benk_ext_message_clear (&self->state);
  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE,
                           &self->state, &why))
    {
      benk_job_miss (self, why);
      return;
    }
  self->result.set_id = self->state.set_id;
  self->result.set_id_known = TRUE;
  self->result.status = self->state.status;
  for (guint i = 0; i < self->state.n_tables; i++)
    if (self->state.tables[i].id <= CHECKED_TABLES &&
        (self->state.tables[i].length != 0 || self->state.tables[i].rev != 0))
      {
        g_autofree char *text =
          g_strdup_printf (_ ("%s: still on the dispenser."),
                           benk_ext_table_get_label (self->state.tables[i].id));

        benk_job_miss (self, text);
        return;
      }
  benk_job_next (self);
}

static void
step_clock_after (BenkJob *self)
{
  const BenkMds *mds = &self->result.mds;

  if ((self->state.status & BENK_EXT_STATUS_CLOCK_UNSET) == 0 &&
      (mds->time_state & BENK_TIME_SETTABLE) == 0)
    benk_job_miss (self, _ ("The clock can neither be set nor is it unset."));
  else if (mds->battery < 0 && !mds->has_power)
    benk_job_miss (self, _ ("The battery could not be read."));
  else
    benk_job_next (self);
}

/* Best effort: the device disarms itself in time. */
static void
step_disarm (BenkJob *self)
{
  if (self->armed && self->phase == BENK_PHASE_CLEAN)
    send_reset (self, BENK_EXT_RESET_CANCEL);
  else
    benk_job_skip (self, NULL);
}

const BenkJobStepDef benk_job_reset_steps[] = {
  BENK_STEP_IDENTITY,
  BENK_STEP_EXTENSION,
  BENK_STEP_STATE,
  { .id = "wipe-state",
    .label = N_ ("Read the counter of resets"),
    .enter = get_wipe_state,
    .answer = step_wipe_state_answer },
  BENK_STEP_INTERLOCK,
  { .id = "arm",
    .label = N_ ("Prepare the reset"),
    .enter = step_arm,
    .answer = step_arm_answer },
  { .id = "confirm",
    .label = N_ ("Confirm by serial number"),
    .enter = step_confirm,
    .timer = step_confirm_timer },
  { .id = "clear-log",
    .label = N_ ("Clear the dose log"),
    .enter = benk_step_clear_log,
    .answer = benk_step_clear_log_answer },
  { .id = "wipe",
    .label = N_ ("Wipe the dispenser"),
    .enter = step_wipe,
    .answer = step_wipe_answer },
  { .id = "restart",
    .label = N_ ("Wait for the dispenser to come back"),
    .enter = step_restart },
  { .id = "identity-after",
    .label = N_ ("See that it is the same dispenser"),
    .enter = benk_step_identify,
    .answer = step_identity_after_answer },
  { .id = "wiped",
    .label = N_ ("Check that it says wiped"),
    .enter = get_wipe_state,
    .answer = step_wiped_answer,
    .timer = get_wipe_state },
  { .id = "verify",
    .label = N_ ("Check that every region is blank"),
    .enter = step_verify,
    .answer = step_verify_answer },
  { .id = "empty",
    .label = N_ ("Check that every table is empty"),
    .enter = step_empty,
    .answer = step_empty_answer },
  { .id = "log-after",
    .label = N_ ("Check that the dose log is empty"),
    .enter = benk_step_log_empty,
    .answer = benk_step_log_empty_answer },
  { .id = "clock-after",
    .label = N_ ("Check clock and battery"),
    .enter = step_clock_after },
  { .id = "disarm",
    .label = N_ ("Call the reset off"),
    .cleanup = TRUE,
    .enter = step_disarm,
    .answer = benk_step_ignore_answer },
  BENK_STEP_RELEASE,
};

const guint benk_job_n_reset_steps = G_N_ELEMENTS (benk_job_reset_steps);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

static void
send_mode (BenkJob *self, BenkExtMode mode)
{
  g_auto (BenkExtMessage) message = { 0 };

  benk_ext_message_init (&message, BENK_EXT_NUMBER);
  message.number = (guint16) mode;
  benk_job_set (self, BENK_EXT_ATTR_MODE, &message);
}

static void
step_maintenance (BenkJob *self)
{
  benk_job_try (self, BENK_TOUCH_PAUSE);
  send_mode (self, BENK_EXT_MODE_MAINTENANCE);
}

static void
step_maintenance_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;

  if (benk_job_wants_param (self, apdu))
    {
      self->by_param = TRUE;
      send_mode (self, BENK_EXT_MODE_MAINTENANCE);
      return;
    }
  benk_job_refused (self, BENK_TOUCH_PAUSE, apdu);
  if (!benk_job_take_setting (self, apdu, BENK_EXT_ATTR_MODE, BENK_EXT_NUMBER, &value,
                              &why))
    benk_job_fail (self, "%s", why);
  else if (value.number != BENK_EXT_MODE_MAINTENANCE)
    benk_job_fail (self, "%s", _ ("The dispenser did not pause."));
  else
    {
      self->maintenance = TRUE;
      self->done |= BENK_TOUCH_PAUSE;
      benk_job_next (self);
    }
}

/* From the moment this is sent until F101 or an answer says otherwise, nobody knows. */
static void
step_activate (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  if (self->in_force)
    {
      benk_job_skip (self, _ ("Already in force."));
      return;
    }
  benk_ext_message_init (&message, BENK_EXT_ACTIVATE_REQUEST);
  message.set_id = self->wanted_set;
  message.n_tables = G_N_ELEMENTS (self->plan.tables);
  for (guint i = 0; i < message.n_tables; i++)
    {
      message.tables[i].id = (guint16) (i + 1);
      message.tables[i].crc = benk_crc32_bytes (self->plan.tables[i]);
    }
  self->phase = BENK_PHASE_SENT;
  benk_job_act (self, BENK_EXT_ACT_ACTIVATE, &message);
}

/* A refusal is believed only after F101 confirms that the old plan is in force. */
static void
take_settled (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) state = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *refusal = g_strdup (self->steps[self->current].detail);

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state,
                           &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  self->result.set_id = state.set_id;
  if (state.set_id == self->wanted_set)
    {
      benk_job_next (self);
      return;
    }
  self->phase = BENK_PHASE_CLEAN;
  benk_job_fail (self, "%s", refusal);
}

static void
step_activate_answer (BenkJob *self, const BenkApdu *apdu)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_PROV_STATE };
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (self->sub == 1)
    {
      take_settled (self, apdu);
      return;
    }
  if (benk_job_take (self, apdu, BENK_EXT_ACTIVATE_RESPONSE, &answer, &why))
    {
      if (answer.result == BENK_EXT_OK && answer.set_id == self->wanted_set)
        {
          benk_job_next (self);
          return;
        }
      why = g_strdup_printf (_ ("The dispenser did not put the plan in force (%s)."),
                             benk_ext_result_get_text (answer.result));
    }
  benk_job_note (self, why);
  self->sub = 1;
  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
step_check (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_PROV_STATE, BENK_EXT_ATTR_ZONE,
                                 BENK_EXT_ATTR_LANGUAGE, BENK_EXT_ATTR_VOLUME };

  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static gboolean
tables_match (BenkJob *self, const BenkExtMessage *state)
{
  for (guint i = 0; i < self->result.n_tables; i++)
    {
      const BenkJobTable *read = &self->result.tables[i];
      const BenkExtTableState *told = benk_ext_find_table (state, read->id);

      if (told == NULL || told->rev != read->rev || told->length != read->length ||
          told->crc != read->crc)
        return FALSE;
    }
  return state->set_id == self->wanted_set;
}

static void
step_check_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) state = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state,
                           &why))
    {
      benk_job_fail (self, "%s", why);
      return;
    }
  self->result.set_id = state.set_id;
  self->result.status = state.status;
  if (!tables_match (self, &state))
    {
      self->other_plan = TRUE;
      benk_job_miss (self, _ ("The dispenser says that another plan is in force."));
    }
  else if (!benk_job_settings_match (self, apdu))
    benk_job_miss (self, _ ("Zone, language or volume differ."));
  else
    benk_job_next (self);
}

/* Everything is proven once this begins; maintenance ends by itself if it cannot be. */
static void
step_leave (BenkJob *self)
{
  if (!self->failing && self->phase == BENK_PHASE_SENT)
    self->phase = BENK_PHASE_PROVEN;
  if (self->maintenance)
    {
      self->done |= BENK_TOUCH_GO_ON;
      send_mode (self, BENK_EXT_MODE_IDLE);
    }
  else
    benk_job_skip (self, NULL);
}

const BenkJobStepDef benk_job_provision_steps[] = {
  BENK_STEP_IDENTITY,
  BENK_STEP_EXTENSION,
  BENK_STEP_STATE,
  { .id = "old-plan",
    .label = N_ ("Read the dose times in force"),
    .enter = benk_step_old_schedule,
    .answer = benk_step_read_tables_answer },
  BENK_STEP_INTERLOCK,
  { .id = "clock",
    .label = N_ ("Set the clock"),
    .enter = benk_step_clock,
    .answer = benk_step_clock_answer },
  { .id = "zone",
    .label = N_ ("Set the time zone"),
    .enter = benk_step_zone,
    .answer = benk_step_zone_answer },
  { .id = "maintenance",
    .label = N_ ("Pause the dispenser"),
    .enter = step_maintenance,
    .answer = step_maintenance_answer },
  { .id = "write",
    .label = N_ ("Write the plan"),
    .enter = benk_step_write_tables,
    .answer = benk_step_write_tables_answer },
  { .id = "activate",
    .label = N_ ("Put the whole plan in force"),
    .enter = step_activate,
    .answer = step_activate_answer },
  { .id = "read-back",
    .label = N_ ("Read back and compare"),
    .enter = benk_step_read_tables,
    .answer = benk_step_read_tables_answer },
  { .id = "settings",
    .label = N_ ("Set language and volume"),
    .enter = benk_step_settings,
    .answer = benk_step_settings_answer },
  { .id = "check",
    .label = N_ ("Check which plan is in force"),
    .enter = step_check,
    .answer = step_check_answer },
  { .id = "self-test",
    .label = N_ ("Run the self-test"),
    .enter = benk_step_self_test,
    .answer = benk_step_self_test_answer,
    .timer = benk_step_self_test_timer },
  { .id = "test-alarm",
    .label = N_ ("Raise a test alarm"),
    .enter = benk_step_test_alarm },
  { .id = "abort-upload",
    .label = N_ ("Drop what was written"),
    .cleanup = TRUE,
    .enter = benk_step_abort_upload,
    .answer = benk_step_ignore_answer },
  { .id = "zone-back",
    .label = N_ ("Put the time zone back"),
    .cleanup = TRUE,
    .enter = benk_step_zone_back,
    .answer = benk_step_zone_back_answer },
  { .id = "leave",
    .label = N_ ("Let the dispenser go on"),
    .cleanup = TRUE,
    .enter = step_leave,
    .answer = benk_step_ignore_answer },
  BENK_STEP_RELEASE,
};

const guint benk_job_n_provision_steps = G_N_ELEMENTS (benk_job_provision_steps);

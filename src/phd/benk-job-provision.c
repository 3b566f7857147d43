/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

/* A clock just set may be read a few seconds later. */
#define CLOCK_SLACK_S 5
#define ALL_TESTS 0xffff
#define TEST_DONE 2
#define POLLS 20

/* The clock: 0 set it, 1 read it again. */
static void
step_clock (BenkJob *self)
{
  const BenkMds *mds = &self->result.mds;
  gint64 drift = self->result.clock_drift_s;
  gboolean settable = (mds->time_state & BENK_TIME_SETTABLE) != 0;
  gboolean wrong = !mds->has_time || ABS (drift) > BENK_JOB_CLOCK_LIMIT_S ||
                   (mds->time_state & BENK_TIME_MUST_BE_SET) != 0 ||
                   (self->state.status & BENK_EXT_STATUS_CLOCK_UNSET) != 0;
  BenkMderTime now = benk_mder_time_from_seconds (self->local_s);
  g_autoptr (GBytes) info = benk_set_time_compose (&now);

  if (!wrong)
    benk_job_skip (self, _ ("The clock is right."));
  else if (!settable)
    benk_job_fail (self, "%s", _ ("The clock is wrong and cannot be set from here."));
  else
    benk_job_request (self,
                      benk_apdu_new_action (0, BENK_HANDLE_MDS, BENK_ACT_SET_TIME, info),
                      0);
}

static void
step_clock_answer (BenkJob *self, const BenkApdu *apdu)
{
  static const guint16 ids[] = { BENK_ATTR_TIME_INFO, BENK_ATTR_DATE_TIME };
  BenkMds *mds = &self->result.mds;
  gint64 shown;

  if (self->sub == 0)
    {
      if (apdu->choice != BENK_CHOICE_ACTION_RESPONSE)
        {
          g_autofree char *why = benk_job_describe (apdu);

          benk_job_fail (self, "%s", why);
          return;
        }
      self->sub = 1;
      benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
      return;
    }
  mds->has_time = FALSE;
  benk_mds_update (mds, apdu->attrs);
  shown = mds->has_time ? benk_mder_time_to_seconds (&mds->time) : -1;
  if (shown < 0 || ABS (shown - self->local_s) > CLOCK_SLACK_S)
    {
      benk_job_fail (self, "%s", _ ("The clock was set but does not show it."));
      return;
    }
  self->result.clock_set = TRUE;
  benk_job_next (self);
}

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
  self->by_param = (self->profile.caps & BENK_EXT_CAP_SET) == 0;
  send_mode (self, BENK_EXT_MODE_MAINTENANCE);
}

/* Takes the value now in force out of a SET or Param-Write answer. */
static gboolean
take_setting (BenkJob *self,
              const BenkApdu *apdu,
              guint16 attr,
              BenkExtKind kind,
              BenkExtMessage *value,
              char **why)
{
  g_auto (BenkExtMessage) param = { 0 };
  g_autoptr (BenkApdu) inner = NULL;

  if (!self->by_param)
    return benk_job_take_attr (apdu, attr, kind, value, why);
  benk_ext_message_init (value, kind);
  if (!benk_job_take (self, apdu, BENK_EXT_PARAM, &param, why))
    return FALSE;
  if (param.number == attr && benk_ext_message_parse (value, kind, param.data, NULL))
    return TRUE;
  *why = g_strdup (_ ("The dispenser gave an answer that does not fit."));
  return FALSE;
}

/* ROER 2 and 24 are what a device answers that cannot be SET. */
static gboolean
wants_param (const BenkJob *self, const BenkApdu *apdu)
{
  return !self->by_param && apdu->choice == BENK_CHOICE_ERROR &&
         (apdu->type == BENK_ROER_ACCESS_DENIED ||
          (apdu->type == BENK_ROER_NOT_ALLOWED && benk_apdu_return_code (apdu) == 0));
}

static void
step_maintenance_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;

  if (wants_param (self, apdu))
    {
      self->by_param = TRUE;
      send_mode (self, BENK_EXT_MODE_MAINTENANCE);
      return;
    }
  if (!take_setting (self, apdu, BENK_EXT_ATTR_MODE, BENK_EXT_NUMBER, &value, &why))
    benk_job_fail (self, "%s", why);
  else if (value.number != BENK_EXT_MODE_MAINTENANCE)
    benk_job_fail (self, "%s", _ ("The dispenser did not pause."));
  else
    {
      self->maintenance = TRUE;
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

/* Language, volume and zone follow the activation, so that before it the device is as it
   was. */
static gboolean
compose_setting (BenkJob *self, guint index, guint16 *attr, BenkExtMessage *message)
{
  static const guint16 attrs[] = { BENK_EXT_ATTR_ZONE, BENK_EXT_ATTR_LANGUAGE,
                                   BENK_EXT_ATTR_VOLUME };
  const BenkJobPlan *plan = &self->plan;

  *attr = attrs[index];
  benk_ext_message_init (message, index == 0   ? BENK_EXT_ZONE
                                  : index == 1 ? BENK_EXT_TEXT
                                               : BENK_EXT_NUMBER);
  if (index == 2)
    {
      message->number = (guint16) MAX (plan->volume, 0);
      return plan->volume >= 0;
    }
  if ((index == 0 ? plan->zone : plan->language) == NULL)
    return FALSE;
  benk_ext_message_set_text (message, index == 0 ? plan->zone : plan->language);
  if (index == 0)
    {
      message->offset_min = plan->zone_offset_min;
      message->number = plan->zone_dst_rule;
    }
  return TRUE;
}

static void
send_setting (BenkJob *self)
{
  for (; self->sub < 3; self->sub++)
    {
      g_auto (BenkExtMessage) message = { 0 };
      guint16 attr;

      if (!compose_setting (self, self->sub, &attr, &message))
        continue;
      benk_job_set (self, attr, &message);
      return;
    }
  benk_job_next (self);
}

static gboolean
same_setting (const BenkExtMessage *one, const BenkExtMessage *other)
{
  g_autoptr (GBytes) left = benk_ext_message_compose (one);
  g_autoptr (GBytes) right = benk_ext_message_compose (other);

  return g_bytes_equal (left, right);
}

static void
step_settings_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) wanted = { 0 };
  g_auto (BenkExtMessage) value = { 0 };
  g_autofree char *why = NULL;
  guint16 attr;

  if (wants_param (self, apdu))
    {
      self->by_param = TRUE;
      send_setting (self);
      return;
    }
  compose_setting (self, self->sub, &attr, &wanted);
  if (!take_setting (self, apdu, attr, wanted.kind, &value, &why) ||
      !same_setting (&wanted, &value))
    {
      self->phase = BENK_PHASE_DIFFERS;
      benk_job_fail (self, "%s", why != NULL ? why : _ ("A setting was not taken over."));
      return;
    }
  self->sub++;
  send_setting (self);
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

static gboolean
settings_match (BenkJob *self, const BenkApdu *apdu)
{
  for (guint i = 0; i < 3; i++)
    {
      g_auto (BenkExtMessage) wanted = { 0 };
      g_auto (BenkExtMessage) value = { 0 };
      g_autofree char *why = NULL;
      guint16 attr;

      if (compose_setting (self, i, &attr, &wanted) &&
          (!benk_job_take_attr (apdu, attr, wanted.kind, &value, &why) ||
           !same_setting (&wanted, &value)))
        return FALSE;
    }
  return TRUE;
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
      self->phase = BENK_PHASE_DIFFERS;
      benk_job_fail (self, "%s", _ ("The dispenser says that another plan is in force."));
    }
  else if (!settings_match (self, apdu))
    {
      self->phase = BENK_PHASE_DIFFERS;
      benk_job_fail (self, "%s", _ ("Zone, language or volume differ."));
    }
  else
    benk_job_next (self);
}

/* The self-test: 0 start it, 1 ask for its result until it is done. */
static void
step_selftest (BenkJob *self)
{
  g_auto (BenkExtMessage) message = { 0 };

  if ((self->profile.caps & BENK_EXT_CAP_SELFTEST) == 0)
    {
      benk_job_skip (self, _ ("The dispenser has no self-test."));
      return;
    }
  benk_ext_message_init (&message, BENK_EXT_SELFTEST_REQUEST);
  message.tests = ALL_TESTS;
  benk_job_act (self, BENK_EXT_ACT_SELFTEST, &message);
}

static void
step_selftest_timer (BenkJob *self)
{
  static const guint16 ids[] = { BENK_EXT_ATTR_SELFTEST };

  self->sub = 1;
  benk_job_get (self, BENK_HANDLE_MDS, ids, G_N_ELEMENTS (ids));
}

static void
take_test_result (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) result = { 0 };
  g_autofree char *why = NULL;

  if (!benk_job_take_attr (apdu, BENK_EXT_ATTR_SELFTEST, BENK_EXT_SELFTEST_RESULT,
                           &result, &why))
    benk_job_fail (self, "%s", why);
  else if (result.state == TEST_DONE && result.run_id == self->run_id)
    {
      if (result.failed == 0)
        {
          benk_job_next (self);
          return;
        }
      self->phase = BENK_PHASE_DIFFERS;
      benk_job_fail (self, _ ("The self-test failed (0x%04x)."), result.failed);
    }
  else if (++self->polls >= POLLS)
    benk_job_fail (self, "%s", _ ("The self-test did not end."));
  else
    benk_job_timer (self, MAX (self->eta_secs, 1) * 2000 / POLLS);
}

static void
step_selftest_answer (BenkJob *self, const BenkApdu *apdu)
{
  g_auto (BenkExtMessage) answer = { 0 };
  g_autofree char *why = NULL;

  if (self->sub == 1)
    {
      take_test_result (self, apdu);
      return;
    }
  if (!benk_job_take (self, apdu, BENK_EXT_SELFTEST_RESPONSE, &answer, &why))
    benk_job_fail (self, "%s", why);
  else if (answer.result != BENK_EXT_OK)
    benk_job_fail (self, _ ("The self-test did not start (%s)."),
                   benk_ext_result_get_text (answer.result));
  else
    {
      self->run_id = answer.run_id;
      self->eta_secs = answer.eta_secs;
      benk_job_timer (self, MAX (self->eta_secs, 1) * 1000 / 2);
    }
}

/* Everything is proven once this begins; maintenance ends by itself if it cannot be. */
static void
step_leave (BenkJob *self)
{
  if (!self->failing && self->phase == BENK_PHASE_SENT)
    self->phase = BENK_PHASE_PROVEN;
  if (self->maintenance)
    send_mode (self, BENK_EXT_MODE_IDLE);
  else
    benk_job_skip (self, NULL);
}

const BenkJobStepDef benk_job_provision_steps[] = {
  { "identity", N_ ("Read identity, clock and battery"), FALSE, benk_step_identify,
    benk_step_identify_answer, NULL },
  { "extension", N_ ("Ask for the service extension"), FALSE, benk_step_gate,
    benk_step_gate_answer, NULL },
  { "state", N_ ("Read which plan is in force"), FALSE, benk_step_state,
    benk_step_state_answer, NULL },
  { "interlock", N_ ("Check battery, lid and doses"), FALSE, benk_step_interlock, NULL,
    NULL },
  { "clock", N_ ("Set the clock"), FALSE, step_clock, step_clock_answer, NULL },
  { "maintenance", N_ ("Pause the dispenser"), FALSE, step_maintenance,
    step_maintenance_answer, NULL },
  { "write", N_ ("Write the plan"), FALSE, benk_step_write_tables,
    benk_step_write_tables_answer, NULL },
  { "activate", N_ ("Put the whole plan in force"), FALSE, step_activate,
    step_activate_answer, NULL },
  { "settings", N_ ("Set zone, language and volume"), FALSE, send_setting,
    step_settings_answer, NULL },
  { "read-back", N_ ("Read back and compare"), FALSE, benk_step_read_tables,
    benk_step_read_tables_answer, NULL },
  { "check", N_ ("Check which plan is in force"), FALSE, step_check, step_check_answer,
    NULL },
  { "self-test", N_ ("Run the self-test"), FALSE, step_selftest, step_selftest_answer,
    step_selftest_timer },
  { "abort-upload", N_ ("Drop what was written"), TRUE, benk_step_abort_upload,
    benk_step_ignore_answer, NULL },
  { "leave", N_ ("Let the dispenser go on"), TRUE, step_leave, benk_step_ignore_answer,
    NULL },
  { "release", N_ ("Say goodbye"), TRUE, benk_step_release, NULL, NULL },
};

const guint benk_job_n_provision_steps = G_N_ELEMENTS (benk_job_provision_steps);

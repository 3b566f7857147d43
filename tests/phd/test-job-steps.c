/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#include "benk-pm.h"

#include <string.h>

#define OLD_SET 0x11110001
#define NEW_SET 0x22220002

typedef struct
{
  Rig *rig;
  BenkJobPlan old;
  BenkJobPlan plan;
} Fixture;

/* Its old dose times begin at 00:03 and come every four hours, the new ones at 00:05. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->rig = rig_new ();
  rig_plan (&self->old, 3);
  rig_plan (&self->plan, 5);
  rig_preset (self->rig, &self->old, OLD_SET);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  rig_free (self->rig);
  benk_job_plan_clear (&self->old);
  benk_job_plan_clear (&self->plan);
}

static const BenkJobResult *
run (Fixture *self, BenkJobKind kind)
{
  BenkJobSetup setup = rig_setup (kind, &self->plan, NEW_SET);

  return rig_run (self->rig, &setup);
}

static const BenkJobStep *
get_step (Fixture *self, const char *id)
{
  for (guint i = 0; i < benk_job_get_n_steps (self->rig->job); i++)
    if (g_str_equal (benk_job_get_step (self->rig->job, i)->id, id))
      return benk_job_get_step (self->rig->job, i);
  g_assert_not_reached ();
}

/* How many requests carried this action or wrote this attribute. */
static guint
count_requests (Fixture *self, guint16 choice, guint16 what)
{
  guint count = 0;

  for (guint i = 0; i < self->rig->requests->len; i++)
    {
      g_autoptr (BenkApdu) apdu =
        benk_apdu_parse (g_ptr_array_index (self->rig->requests, i), NULL);

      if (apdu->choice != choice)
        continue;
      if (choice == BENK_CHOICE_SET_CONFIRMED)
        count += ((BenkAttr *) g_ptr_array_index (apdu->attrs, 0))->id == what;
      else
        count += apdu->type == what;
    }
  return count;
}

static void
set_zone (Fixture *self, const char *zone, gint16 offset)
{
  g_free (self->rig->memory->zone);
  self->rig->memory->zone = g_strdup (zone);
  self->rig->memory->zone_offset = offset;
  self->rig->memory->dst_rule = 1;
}

/* --- what is said --- */

static void
test_ready_names_the_next_dose (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result = run (self, BENK_JOB_SETTINGS);

  g_assert_cmpint (result->in_force, ==, BENK_JOB_IN_FORCE_NEW);
  g_assert_cmpstr (result->sentence, ==,
                   "Settings changed. 4 dose times read back and equal, 10:30. "
                   "Next dose at 22 Nov 00:05.");
  g_assert_true (result->test_alarm_owed);
  g_assert_cmpint (get_step (self, "test-alarm")->state, ==, BENK_STEP_SKIPPED);
  g_assert_true (g_str_has_prefix (get_step (self, "test-alarm")->detail, "Owed:"));
  g_assert_cmpint (result->self_test, ==, BENK_JOB_SELF_TEST_PASSED);
  g_assert_cmpstr (get_step (self, "self-test")->detail, ==, "5 tests passed.");
}

/* Between two doses of today, by the old plan. */
static void
test_refusal_names_the_old_plan (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  self->rig->now_ms += 17 * 3600 * 1000;
  self->rig->memory->lid_open = TRUE;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  g_assert_cmpint (result->in_force, ==, BENK_JOB_IN_FORCE_OLD);
  g_assert_cmpstr (result->sentence, ==,
                   "Not finished. The dispenser still follows the old settings, next "
                   "dose at 04:03.");
  g_assert_cmpstr (result->reason, ==, "The lid is open. Close it.");
}

static void
test_refusal_without_a_plan (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  benk_agent_memory_wipe (self->rig->memory, BENK_AGENT_REGION_SCHEDULE,
                          self->rig->now_ms);
  self->rig->memory->set_id = 0;
  self->rig->memory->lid_open = TRUE;
  result = run (self, BENK_JOB_PROVISION);
  g_assert_cmpint (result->in_force, ==, BENK_JOB_IN_FORCE_NONE);
  g_assert_cmpstr (result->sentence, ==, "Not finished. The dispenser has no plan.");
}

static void
test_lost_before_anything_is_known (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  self->rig->cut_at = 3;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpstr (result->sentence, ==,
                   "Not finished. The dispenser still follows the old settings. Plug it "
                   "in again.");
}

static void
test_unknown_names_both (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;
  guint at = 0;

  run (self, BENK_JOB_SETTINGS);
  for (guint i = 0; i < self->rig->requests->len && at == 0; i++)
    {
      g_autoptr (BenkApdu) apdu =
        benk_apdu_parse (g_ptr_array_index (self->rig->requests, i), NULL);

      if (apdu->type == BENK_EXT_ACT_ACTIVATE)
        at = i + 1;
    }
  rig_preset (self->rig, &self->old, OLD_SET);
  set_zone (self, "Europe/Oslo", 60);
  /* The manager's response and its answer to the configuration come before. */
  self->rig->cut_at = at + 2;
  self->rig->cut_after = TRUE;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNKNOWN);
  g_assert_cmpint (result->in_force, ==, BENK_JOB_IN_FORCE_UNKNOWN);
  g_assert_cmpstr (result->sentence, ==,
                   "Not known yet. Plug the dispenser in again so that it can be read. "
                   "The next dose is at 22 Nov 00:03 by the old settings, at 22 Nov "
                   "00:05 by the new ones.");
}

static void
test_redo_names_what_is_in_force (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  benk_agent_set_quirks (self->rig->agent, BENK_AGENT_QUIRK_CRC_LIE, 1);
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
  g_assert_cmpint (result->in_force, ==, BENK_JOB_IN_FORCE_OTHER);
  g_assert_nonnull (strstr (result->sentence, "other settings than were written"));
}

static GBytes *
fail_self_test (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  g_auto (BenkExtMessage) told = { 0 };
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  g_autoptr (GBytes) value = NULL;
  g_autoptr (BenkApdu) changed = NULL;
  GBytes *found = benk_attrs_find (apdu->attrs, BENK_EXT_ATTR_SELFTEST);

  if (found == NULL ||
      !benk_ext_message_parse (&told, BENK_EXT_SELFTEST_RESULT, found, NULL) ||
      told.state != 2)
    return g_bytes_ref (bytes);
  told.failed = 0x2800;
  told.n_rows = 1;
  told.rows[0] = (BenkExtTestRow){ .test = 3, .code = 7 };
  value = benk_ext_message_compose (&told);
  benk_attrs_add (attrs, BENK_EXT_ATTR_SELFTEST, value);
  changed = benk_apdu_new_get_response (apdu->invoke_id, apdu->handle, attrs);
  return benk_apdu_compose (changed);
}

static void
test_failed_self_test (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  self->rig->spoil = fail_self_test;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
  g_assert_cmpint (result->self_test, ==, BENK_JOB_SELF_TEST_FAILED);
  g_assert_cmphex (result->tests_failed, ==, 0x2800);
  g_assert_cmpstr (result->sentence, ==,
                   "Must be redone: The self-test failed (test/code 3/7, 5/0). The "
                   "dispenser follows the new settings, next dose at 22 Nov 00:05.");
  g_assert_cmpuint (self->rig->memory->mode, ==, BENK_EXT_MODE_IDLE);
}

/* --- clock and zone --- */

static void
test_zone_is_set (Fixture *self, gconstpointer data)
{
  set_zone (self, "Europe/Helsinki", 120);
  g_assert_cmpint (run (self, BENK_JOB_SETTINGS)->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpstr (self->rig->memory->zone, ==, "Europe/Oslo");
  g_assert_cmpint (self->rig->memory->zone_offset, ==, 60);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_SET_CONFIRMED, BENK_EXT_ATTR_ZONE),
                    ==, 1);
}

static void
test_right_zone_is_left_alone (Fixture *self, gconstpointer data)
{
  set_zone (self, "Europe/Oslo", 60);
  g_assert_cmpint (run (self, BENK_JOB_SETTINGS)->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpint (get_step (self, "zone")->state, ==, BENK_STEP_SKIPPED);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_SET_CONFIRMED, BENK_EXT_ATTR_ZONE),
                    ==, 0);
}

/* The old plan goes on in its own zone. */
static void
test_zone_is_put_back (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  set_zone (self, "Europe/Helsinki", 120);
  benk_agent_set_quirks (self->rig->agent, BENK_AGENT_QUIRK_FULL, 0);
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_UNTOUCHED);
  g_assert_cmpstr (self->rig->memory->zone, ==, "Europe/Helsinki");
  g_assert_cmpint (self->rig->memory->zone_offset, ==, 120);
  g_assert_cmpint (get_step (self, "zone-back")->state, ==, BENK_STEP_DONE);
  g_assert_cmpint (get_step (self, "leave")->state, ==, BENK_STEP_DONE);
}

/* Where it cannot be put back, nobody claims that the dispenser was not touched. */
static void
test_zone_that_stays_is_told (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  set_zone (self, "Europe/Helsinki", 120);
  run (self, BENK_JOB_SETTINGS);
  rig_preset (self->rig, &self->old, OLD_SET);
  set_zone (self, "Europe/Helsinki", 120);
  self->rig->cut_at = 16;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_true (rig_holds (self->rig, &self->old, OLD_SET));
  g_assert_cmpstr (self->rig->memory->zone, ==, "Europe/Oslo");
  g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
  g_assert_nonnull (strstr (result->sentence, "still follows the old settings"));
}

static void
test_base_offset_time (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  benk_agent_set_quirks (self->rig->agent, BENK_AGENT_QUIRK_BO_TIME, 0);
  self->rig->memory->clock_offset_ms -= 600000;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_true (result->mds.has_bo_time);
  g_assert_cmpint (result->clock_drift_s, ==, -600);
  g_assert_true (result->clock_set);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_ACTION_CONFIRMED,
                                    BENK_ACT_SET_BO_TIME),
                    ==, 1);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_ACTION_CONFIRMED,
                                    BENK_ACT_SET_TIME),
                    ==, 0);
  g_assert_cmpint (self->rig->memory->clock_offset_ms, ==, RIG_OFFSET_MS);
}

/* Shows its clock in the newer form as well, and takes the older only. */
static GBytes *
show_both_clocks (Rig *rig, GBytes *bytes)
{
  BenkMderTime now = benk_agent_memory_get_time (rig->memory, rig->now_ms);
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  g_autoptr (GBytes) value =
    benk_set_bo_time_compose (benk_mder_time_to_seconds (&now), 60);

  if (apdu->choice != BENK_CHOICE_GET_RESPONSE ||
      benk_attrs_find (apdu->attrs, BENK_ATTR_DATE_TIME) == NULL)
    return g_bytes_ref (bytes);
  benk_attrs_add (apdu->attrs, BENK_ATTR_BO_TIME, value);
  return benk_apdu_compose (apdu);
}

static void
test_clock_set_the_other_way (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  self->rig->spoil = show_both_clocks;
  self->rig->memory->clock_offset_ms -= 600000;
  result = run (self, BENK_JOB_SETTINGS);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_true (result->clock_set);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_ACTION_CONFIRMED,
                                    BENK_ACT_SET_BO_TIME),
                    ==, 1);
  g_assert_cmpuint (count_requests (self, BENK_CHOICE_ACTION_CONFIRMED,
                                    BENK_ACT_SET_TIME),
                    ==, 1);
  g_assert_cmpint (self->rig->memory->clock_offset_ms, ==, RIG_OFFSET_MS);
}

/* --- a device that cannot be SET --- */

static GBytes *
take_set_out_of_the_profile (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  GBytes *found = benk_attrs_find (apdu->attrs, BENK_EXT_ATTR_PROFILE);
  g_auto (BenkExtMessage) profile = { 0 };
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  g_autoptr (GBytes) value = NULL;
  g_autoptr (BenkApdu) changed = NULL;

  /* Among all attributes it is only mentioned. */
  if (found == NULL || apdu->attrs->len > 1 ||
      !benk_ext_message_parse (&profile, BENK_EXT_PROFILE, found, NULL))
    return g_bytes_ref (bytes);
  profile.caps &= ~(guint32) BENK_EXT_CAP_SET;
  value = benk_ext_message_compose (&profile);
  benk_attrs_add (attrs, BENK_EXT_ATTR_PROFILE, value);
  changed = benk_apdu_new_get_response (apdu->invoke_id, apdu->handle, attrs);
  return benk_apdu_compose (changed);
}

/* The answer to the first SET; the agent has taken it, which does no harm. */
static GBytes *
refuse_first_set (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  g_autoptr (BenkApdu) refusal = NULL;

  if (apdu->choice != BENK_CHOICE_SET_RESPONSE || rig->spoiled++ > 0)
    return g_bytes_ref (bytes);
  refusal = benk_apdu_new_roer (apdu->invoke_id, BENK_ROER_ACCESS_DENIED, NULL);
  return benk_apdu_compose (refusal);
}

/* Maintenance, zone, language, volume and the way out, all by action F230. */
static void
test_parameters_without_set (Fixture *self, gconstpointer data)
{
  GBytes *(*const spoils[]) (Rig *, GBytes *) = { take_set_out_of_the_profile,
                                                  refuse_first_set };
  const BenkJobResult *result;

  for (guint i = 0; i < G_N_ELEMENTS (spoils); i++)
    {
      rig_preset (self->rig, &self->old, OLD_SET);
      set_zone (self, "Europe/Helsinki", 120);
      self->rig->memory->volume = 10;
      self->rig->spoil = spoils[i];
      result = run (self, BENK_JOB_SETTINGS);
      g_assert_cmpstr (result->reason, ==, NULL);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
      g_assert_cmpuint (count_requests (self, BENK_CHOICE_ACTION_CONFIRMED,
                                        BENK_EXT_ACT_PARAM),
                        ==, 5);
      g_assert_cmpstr (self->rig->memory->zone, ==, "Europe/Oslo");
      g_assert_cmpuint (self->rig->memory->volume, ==, 40);
      g_assert_cmpuint (self->rig->memory->mode, ==, BENK_EXT_MODE_IDLE);
    }
}

/* --- the dose log --- */

static void
test_log_is_read (Fixture *self, gconstpointer data)
{
  const guint counts[] = { 0, 1, 39, 40, 41, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      const BenkJobResult *result;
      gint64 local_s = (self->rig->now_ms + RIG_OFFSET_MS) / 1000;

      g_array_set_size (self->rig->memory->doses, 0);
      for (guint dose = 0; dose < counts[i]; dose++)
        benk_agent_memory_add_dose (self->rig->memory, 1,
                                    self->rig->now_ms - 60000 * (counts[i] - dose));
      result = run (self, BENK_JOB_READ);
      g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
      g_assert_cmpint (result->log_entries, ==, counts[i]);
      g_assert_cmpuint (result->log_read, ==, counts[i]);
      g_assert_true (result->log_whole);
      g_assert_cmpint (result->log_first_s, ==,
                       counts[i] > 0 ? local_s - 60 * counts[i] : -1);
      g_assert_cmpint (result->log_last_s, ==, counts[i] > 0 ? local_s - 60 : -1);
    }
}

static GBytes *
lose_second_part (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);

  if (apdu->type == BENK_EVT_SEGMENT_DATA && ++rig->spoiled == 2)
    return NULL;
  return g_bytes_ref (bytes);
}

/* What was read is told as a part, and the reading stands. */
static void
test_log_that_stops (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  for (guint dose = 0; dose < 99; dose++)
    benk_agent_memory_add_dose (self->rig->memory, 1, self->rig->now_ms);
  self->rig->spoil = lose_second_part;
  result = run (self, BENK_JOB_READ);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_cmpint (result->log_entries, ==, 100);
  g_assert_cmpuint (result->log_read, ==, 40);
  g_assert_false (result->log_whole);
  g_assert_true (g_str_has_prefix (get_step (self, "log")->detail, "40 entries read."));
}

static GBytes *
claim_the_first_part (Rig *rig, GBytes *bytes)
{
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (bytes, NULL);
  g_auto (BenkPmData) data = { 0 };

  if (apdu->type != BENK_EVT_SEGMENT_DATA ||
      !benk_pm_data_parse (&data, apdu->info, NULL))
    return g_bytes_ref (bytes);
  data.index = 0;
  g_bytes_unref (apdu->info);
  apdu->info = benk_pm_data_compose (&data);
  return benk_apdu_compose (apdu);
}

static void
test_log_is_counted_once (Fixture *self, gconstpointer data)
{
  const BenkJobResult *result;

  for (guint dose = 0; dose < 99; dose++)
    benk_agent_memory_add_dose (self->rig->memory, 1, self->rig->now_ms);
  self->rig->spoil = claim_the_first_part;
  result = run (self, BENK_JOB_READ);
  g_assert_cmpuint (result->log_read, ==, 40);
  g_assert_false (result->log_whole);
}

/* --- another device --- */

static GBytes *
swap_serial (Rig *rig, GBytes *apdu)
{
  if (rig->sent >= rig->cut_at && g_str_equal (rig->memory->serial, "SN-0007"))
    {
      g_free (rig->memory->serial);
      rig->memory->serial = g_strdup ("SN-0008");
    }
  return g_bytes_ref (apdu);
}

/* What it says of itself is not taken for the first one's, and nothing is asked of it. */
static void
test_swapped_serial (Fixture *self, gconstpointer data)
{
  BenkJobSetup setup = rig_setup (BENK_JOB_SETTINGS, &self->plan, NEW_SET);
  const BenkJobResult *result;
  const BenkApdu *last;
  g_autoptr (BenkApdu) parsed = NULL;

  self->rig->cut_at = 20;
  self->rig->cut_after = TRUE;
  self->rig->back_ms = 5000;
  self->rig->spoil = swap_serial;
  setup.reattach_ms = 30000;
  result = rig_run (self->rig, &setup);
  g_assert_cmpstr (result->reason, ==, "Another dispenser was plugged in.");
  g_assert_cmpint (result->outcome, !=, BENK_JOB_VERIFIED);
  g_assert_cmpstr (result->mds.serial, ==, "SN-0007");
  parsed = benk_apdu_parse (g_ptr_array_index (self->rig->requests,
                                               self->rig->requests->len - 1),
                            NULL);
  last = parsed;
  g_assert_cmphex (last->choice, ==, BENK_CHOICE_GET);
  g_assert_cmpuint (last->ids != NULL ? last->ids->len : 0, ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/phd/job/steps/ready-names-the-next-dose", test_ready_names_the_next_dose);
  add ("/phd/job/steps/refusal-names-the-old-plan", test_refusal_names_the_old_plan);
  add ("/phd/job/steps/refusal-without-a-plan", test_refusal_without_a_plan);
  add ("/phd/job/steps/lost-before-anything-is-known",
       test_lost_before_anything_is_known);
  add ("/phd/job/steps/unknown-names-both", test_unknown_names_both);
  add ("/phd/job/steps/redo-names-what-is-in-force", test_redo_names_what_is_in_force);
  add ("/phd/job/steps/failed-self-test-is-told", test_failed_self_test);
  add ("/phd/job/steps/zone-is-set", test_zone_is_set);
  add ("/phd/job/steps/right-zone-is-left-alone", test_right_zone_is_left_alone);
  add ("/phd/job/steps/zone-is-put-back", test_zone_is_put_back);
  add ("/phd/job/steps/zone-that-stays-is-told", test_zone_that_stays_is_told);
  add ("/phd/job/steps/base-offset-time", test_base_offset_time);
  add ("/phd/job/steps/clock-set-the-other-way", test_clock_set_the_other_way);
  add ("/phd/job/steps/parameters-without-set", test_parameters_without_set);
  add ("/phd/job/steps/log-is-read", test_log_is_read);
  add ("/phd/job/steps/log-that-stops", test_log_that_stops);
  add ("/phd/job/steps/log-is-counted-once", test_log_is_counted_once);
  add ("/phd/job/steps/swapped-serial", test_swapped_serial);
  return g_test_run ();
}

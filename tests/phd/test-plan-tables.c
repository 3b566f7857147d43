/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-rig.h"

#include "benk-error.h"
#include "benk-ext-table.h"
#include "benk-plan-tables.h"

static BenkPlan *
make_plan (void)
{
  BenkPlan *plan = benk_plan_new ();
  const BenkDoseTime morning = { 480, BENK_WEEKDAYS_ALL, 15, 60, TRUE };
  const BenkDoseTime weekend = { 1200, 0x60, 0, 90, FALSE };

  benk_plan_add_dose (plan, &morning);
  benk_plan_add_dose (plan, &weekend);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 30);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_BATTERY_LOW, 0);
  benk_plan_add_recipient (plan, "coordinator", BENK_DUTY_PERIOD_DAY);
  benk_plan_add_recipient (plan, "charge-nurse",
                           BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND);
  benk_plan_set_zone (plan, "Europe/Oslo");
  benk_plan_set_language (plan, "nb-NO");
  benk_plan_set_volume (plan, 70);
  benk_plan_set_valid_from (plan, "2026-11-22");
  return plan;
}

static void
test_tables (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_auto (BenkJobPlan) job_plan = { 0 };
  g_autoptr (BenkExtTable) schedule = NULL;
  g_autoptr (BenkExtTable) rules = NULL;
  g_autoptr (BenkExtTable) recipients = NULL;
  g_autoptr (GError) error = NULL;
  const BenkDoseEntry *dose;
  const BenkRuleEntry *rule;
  const BenkRecipientEntry *recipient;

  benk_job_plan_from_plan (&job_plan, plan, &error);
  g_assert_no_error (error);
  schedule = benk_ext_table_parse (BENK_TABLE_SCHEDULE, job_plan.tables[0], &error);
  g_assert_no_error (error);
  rules = benk_ext_table_parse (BENK_TABLE_ALARM_RULES, job_plan.tables[1], &error);
  g_assert_no_error (error);
  recipients = benk_ext_table_parse (BENK_TABLE_RECIPIENTS, job_plan.tables[2], &error);
  g_assert_no_error (error);

  g_assert_cmpstr (schedule->order_ref, ==, "");
  g_assert_cmpuint (schedule->rows->len, ==, 2);
  dose = &g_array_index (schedule->rows, BenkDoseEntry, 0);
  g_assert_cmpuint (dose->minute, ==, 480);
  g_assert_cmpuint (dose->recurrence, ==, BENK_DOSE_EVERY_N_DAYS);
  g_assert_cmphex (dose->anchor, ==, 0x20261122);
  g_assert_cmphex (dose->flags, ==, BENK_DOSE_FLAG_ALARM);
  g_assert_cmpstr (dose->code, ==, "");
  g_assert_cmpstr (dose->label, ==, "");
  dose = &g_array_index (schedule->rows, BenkDoseEntry, 1);
  g_assert_cmpuint (dose->recurrence, ==, BENK_DOSE_WEEKDAYS);
  g_assert_cmphex (dose->recurrence_arg, ==, 0x60);
  g_assert_cmphex (dose->flags, ==, 0);

  rule = &g_array_index (rules->rows, BenkRuleEntry, 0);
  g_assert_cmpuint (rule->condition, ==, BENK_RULE_MISSED);
  g_assert_cmpuint (rule->delay_min, ==, 30);
  g_assert_cmpuint (rule->n_recipients, ==, 2);
  g_assert_cmpuint (rule->volume, ==, 70);

  recipient = &g_array_index (recipients->rows, BenkRecipientEntry, 1);
  g_assert_cmpstr (recipient->address, ==, "charge-nurse:evening+weekend");
  g_assert_cmpstr (recipient->name, ==, "");
}

static void
test_zone (void)
{
  static const struct
  {
    const char *zone;
    gint16 offset;
    guint16 rule;
  } rows[] = {
    { "Europe/Oslo", 60, 1 },
    { "Europe/London", 0, 1 },
    { "Australia/Sydney", 600, 2 },
    { "UTC", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkPlan) plan = make_plan ();
      g_auto (BenkJobPlan) job_plan = { 0 };

      benk_plan_set_zone (plan, rows[i].zone);
      g_assert_true (benk_job_plan_from_plan (&job_plan, plan, NULL));
      g_assert_cmpstr (job_plan.zone, ==, rows[i].zone);
      g_assert_cmpint (job_plan.zone_offset_min, ==, rows[i].offset);
      g_assert_cmpuint (job_plan.zone_dst_rule, ==, rows[i].rule);
    }
}

static void
test_refused (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_auto (BenkJobPlan) job_plan = { 0 };
  g_autoptr (GError) error = NULL;

  benk_plan_clear_doses (plan);
  g_assert_false (benk_job_plan_from_plan (&job_plan, plan, &error));
  g_assert_nonnull (error);
}

/* From a plan to a dispenser that holds it, read back. */
static void
test_to_the_device (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_auto (BenkJobPlan) job_plan = { 0 };
  g_autoptr (Rig) rig = rig_new ();
  BenkJobSetup setup;
  const BenkJobResult *result;

  g_assert_true (benk_job_plan_from_plan (&job_plan, plan, NULL));
  setup = rig_setup (BENK_JOB_PROVISION, &job_plan, 0x22220002);
  result = rig_run (rig, &setup);
  g_assert_cmpstr (result->reason, ==, NULL);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_true (rig_holds (rig, &job_plan, 0x22220002));
  g_assert_cmpuint (result->dose_times, ==, 2);
  g_assert_cmpstr (rig->memory->zone, ==, "Europe/Oslo");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phd/plan/tables", test_tables);
  g_test_add_func ("/phd/plan/zone", test_zone);
  g_test_add_func ("/phd/plan/invalid-plan-is-refused", test_refused);
  g_test_add_func ("/phd/plan/reaches-the-device", test_to_the_device);
  return g_test_run ();
}

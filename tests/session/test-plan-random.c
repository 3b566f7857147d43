/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-diff.h"
#include "benk-plan-file.h"
#include "benk-plan-tables.h"
#include "benk-plan-words.h"

#include <string.h>

#define N_PLANS 200

static guint
draw (guint most)
{
  return (guint) g_test_rand_int_range (0, (gint32) most + 1);
}

static void
draw_doses (BenkPlan *plan)
{
  guint n = 1 + draw (draw (3) == 0 ? BENK_PLAN_MAX_DOSES - 1 : 5);

  for (guint i = 0; i < n; i++)
    {
      BenkDoseTime dose = {
        .minute = i * (1440 / n) + draw (1440 / n - 1),
        .weekdays = draw (2) == 0 ? 1 + draw (126) : BENK_WEEKDAYS_ALL,
        .before_min = draw (720),
        .after_min = draw (720),
        .alarm = draw (1) == 1,
      };

      benk_plan_add_dose (plan, &dose);
    }
}

static void
draw_recipients (BenkPlan *plan)
{
  guint covered = 0;

  for (guint i = 0; i < 5 || covered != BENK_DUTY_PERIODS_ALL; i++)
    {
      g_autofree char *role = g_strdup_printf ("role-%u", i);
      guint periods = 1 + draw (6);

      benk_plan_add_recipient (plan, role, (BenkDutyPeriods) periods);
      covered |= periods;
      if (i == 14)
        {
          benk_plan_add_recipient (plan, "everybody", BENK_DUTY_PERIODS_ALL);
          break;
        }
    }
}

static BenkPlan *
draw_plan (void)
{
  static const char *const zones[] = { "Europe/Oslo", "UTC", "Australia/Sydney" };
  static const char *const languages[] = { NULL, "nb", "se-NO" };
  static const char *const days[] = { NULL, "2026-11-22", "2028-02-29" };
  BenkPlan *plan = benk_plan_new ();

  draw_doses (plan);
  draw_recipients (plan);
  for (guint condition = 1; condition <= 6; condition++)
    if (condition == 6 ? benk_plan_get_n_rules (plan) == 0 : draw (1) == 1)
      benk_plan_set_rule (plan, (BenkAlarmCondition) condition, TRUE, draw (1440));
  benk_plan_set_zone (plan, zones[draw (2)]);
  benk_plan_set_language (plan, languages[draw (2)]);
  benk_plan_set_valid_from (plan, days[draw (2)]);
  benk_plan_set_volume (plan, (int) draw (101) - 1);
  return plan;
}

static void
test_round_trips (void)
{
  guint n_doses = 0;

  for (guint i = 0; i < N_PLANS; i++)
    {
      g_autoptr (BenkPlan) plan = draw_plan ();
      g_autoptr (BenkPlan) from_json = NULL;
      g_autoptr (BenkPlan) from_tables = NULL;
      g_auto (BenkJobPlan) job_plan = { 0 };
      g_auto (GStrv) changes = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *json = NULL;

      benk_plan_set_proposed (plan, (BenkPlanParts) draw (7));
      json = benk_plan_file_compose (plan);
      from_json = benk_plan_file_parse (json, strlen (json), &error);
      g_assert_no_error (error);
      g_assert_true (benk_plan_equal (plan, from_json));

      benk_job_plan_from_plan (&job_plan, from_json, &error);
      g_assert_no_error (error);
      from_tables = benk_job_plan_to_plan (&job_plan, &error);
      g_assert_no_error (error);
      changes = benk_plan_diff (plan, from_tables);
      g_assert_cmpstr (changes[0], ==, NULL);

      /* What nobody has decided is not known to the dispenser. */
      benk_plan_set_proposed (plan, 0);
      g_assert_true (benk_plan_equal (plan, from_tables));
      n_doses += benk_plan_get_n_doses (plan);
    }
  g_test_message ("%d plans with %u dose times", N_PLANS, n_doses);
}

/* A difference is never empty when the dispenser would do something else, and says the
 * same way back. */
static void
test_differences (void)
{
  for (guint i = 0; i < N_PLANS; i++)
    {
      g_autoptr (BenkPlan) before = draw_plan ();
      g_autoptr (BenkPlan) after = draw (4) == 0 ? benk_plan_copy (before) : draw_plan ();
      g_auto (GStrv) there = benk_plan_diff (before, after);
      g_auto (GStrv) back = benk_plan_diff (after, before);

      g_assert_cmpint (there[0] == NULL, ==, benk_plan_equal (before, after));
      g_assert_cmpuint (g_strv_length (there), ==, g_strv_length (back));
    }
}

static void
test_not_over_usb (void)
{
  g_autoptr (BenkPlan) plan = draw_plan ();
  g_auto (BenkJobPlan) job_plan = { 0 };
  g_autoptr (GError) error = NULL;

  benk_plan_set_times_from_roll (plan, TRUE);
  g_assert_false (benk_job_plan_from_plan (&job_plan, plan, &error));
  g_assert_nonnull (error);
  g_assert_null (benk_job_plan_to_plan (&job_plan, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-random/json-and-tables-and-back", test_round_trips);
  g_test_add_func ("/plan-random/differences", test_differences);
  g_test_add_func ("/plan-random/roll-is-not-written", test_not_over_usb);
  return g_test_run ();
}

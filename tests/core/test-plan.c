/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-plan.h"

#include <string.h>

#define MINUTES(h, m) ((h) *60 + (m))

static void
add_dose (BenkPlan *plan, guint minute, guint weekdays)
{
  BenkDoseTime dose = { minute, weekdays, 15, 60, TRUE };

  benk_plan_add_dose (plan, &dose);
}

static BenkPlan *
make_plan (void)
{
  BenkPlan *plan = benk_plan_new ();

  add_dose (plan, MINUTES (20, 0), BENK_WEEKDAYS_ALL);
  add_dose (plan, MINUTES (8, 0), BENK_WEEKDAYS_ALL);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 45);
  benk_plan_add_recipient (plan, "coordinator", BENK_DUTY_PERIOD_DAY);
  benk_plan_add_recipient (plan, "charge-nurse",
                           BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND);
  benk_plan_set_language (plan, "nb");
  benk_plan_set_volume (plan, 60);
  benk_plan_set_valid_from (plan, "2026-11-22");

  return plan;
}

static gint64
ms (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);

  return g_date_time_to_unix (time) * 1000;
}

static void
assert_fault (const BenkPlan *plan, const char *sentence)
{
  g_auto (GStrv) faults = benk_plan_check (plan);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_strv_contains ((const char *const *) faults, sentence));
  g_assert_false (benk_plan_validate (plan, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, sentence));
}

static void
test_valid (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_autoptr (GError) error = NULL;

  benk_plan_validate (plan, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_plan_get_dose (plan, 0)->minute, ==, MINUTES (8, 0));
  g_assert_cmpuint (benk_plan_get_dose (plan, 1)->minute, ==, MINUTES (20, 0));
}

static void
test_empty_names_everything (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();

  assert_fault (plan, "The plan has no dose time.");
  assert_fault (plan, "No alarm is switched on.");
  assert_fault (plan, "Nobody receives the alarms by day.");
  assert_fault (plan, "Nobody receives the alarms in the evening.");
  assert_fault (plan, "Nobody receives the alarms in the weekend.");
}

static void
test_bad_doses (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  BenkDoseTime wide = { 600, 1, 0, 721, TRUE };

  add_dose (plan, 1440, 1);
  add_dose (plan, 100, 0);
  add_dose (plan, 100, 0x80);
  add_dose (plan, MINUTES (8, 0), 1);
  benk_plan_add_dose (plan, &wide);
  assert_fault (plan, "–: This is not a time of the day.");
  assert_fault (plan, "01:40: No day of the week is chosen.");
  assert_fault (plan, "08:00: This dose time is there twice on the same day.");
  assert_fault (plan, "10:00: The window is longer than half a day.");

  for (guint i = 0; i < BENK_PLAN_MAX_DOSES; i++)
    add_dose (plan, i, 1);
  assert_fault (plan, "The plan has too many dose times.");
  benk_plan_clear_doses (plan);
  assert_fault (plan, "The plan has no dose time.");
}

static void
test_bad_rules (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();

  benk_plan_add_rule (plan, 0, 1);
  benk_plan_add_rule (plan, 77, 1441);
  assert_fault (plan, "An alarm is of an unknown kind.");
  assert_fault (plan, "The delay of an alarm is longer than a day.");
}

static void
test_recipients_are_roles (void)
{
  static const char *const bad[] = {
    "Kari Nordmann", "kari@example.no", "+4791234567", "91234567", "", NULL,
    "coordinator\n"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (BenkPlan) plan = make_plan ();

      benk_plan_add_recipient (plan, bad[i], BENK_DUTY_PERIODS_ALL);
      assert_fault (plan,
                    "A recipient is not a role. Names and numbers do not belong here.");
    }
}

static void
test_bad_rest (void)
{
  static const char *const zones[] = { NULL,
                                       "",
                                       "Oslo",
                                       "+01:00",
                                       "../../etc/passwd",
                                       "/etc/localtime",
                                       "Europe/Nowhere",
                                       "CET-1CEST" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (BenkPlan) plan = make_plan ();

      benk_plan_set_zone (plan, zones[i]);
      benk_plan_set_language (plan, "norsk bokmål");
      benk_plan_set_volume (plan, 101);
      benk_plan_set_valid_from (plan, "2026-02-30");
      assert_fault (plan, "The time zone is unknown.");
      assert_fault (plan, "The language is not a language tag.");
      assert_fault (plan, "The volume is not between 0 and 100.");
      assert_fault (plan, "The first day is not a date.");
      g_assert_cmpint (benk_plan_next_dose (plan, 1000), ==, -1);
    }
}

static void
test_copy (void)
{
  g_autoptr (BenkPlan) plan = make_plan ();
  g_autoptr (BenkPlan) copy = benk_plan_copy (plan);

  g_assert_true (benk_plan_equal (plan, copy));
  benk_plan_set_volume (copy, 61);
  g_assert_false (benk_plan_equal (plan, copy));
  benk_plan_set_volume (copy, 60);
  benk_plan_clear_rules (copy);
  g_assert_false (benk_plan_equal (plan, copy));
  benk_plan_add_rule (copy, BENK_ALARM_CONDITION_MISSED, 46);
  g_assert_false (benk_plan_equal (plan, copy));
  benk_plan_clear_recipients (copy);
  g_assert_cmpuint (benk_plan_get_n_recipients (plan), ==, 2);
}

static void
test_next_dose (void)
{
  /* Wall time in UTC → next dose of 08:00 and 20:00 in Oslo, from 22 November 2026 on. */
  static const char *const rows[][2] = {
    { "2026-11-20T10:00:00Z", "2026-11-22T07:00:00Z" },
    { "2026-11-22T06:59:59Z", "2026-11-22T07:00:00Z" },
    { "2026-11-22T07:00:00Z", "2026-11-22T19:00:00Z" },
    { "2026-11-22T19:00:00Z", "2026-11-23T07:00:00Z" },
    { "2026-11-22T23:30:00Z", "2026-11-23T07:00:00Z" },
    { "2027-07-01T18:30:00Z", "2027-07-02T06:00:00Z" },
  };
  g_autoptr (BenkPlan) plan = make_plan ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (benk_plan_next_dose (plan, ms (rows[i][0])), ==, ms (rows[i][1]));
}

static void
test_next_dose_by_weekday (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();

  /* Only on Sundays; 22 November 2026 is one. */
  add_dose (plan, MINUTES (9, 0), 1u << 6);
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2026-11-22T08:00:00Z")), ==,
                   ms ("2026-11-29T08:00:00Z"));
  benk_plan_clear_doses (plan);
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2026-11-22T08:00:00Z")), ==, -1);
}

static void
test_spring_gap (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();

  /* On 28 March 2027 the clock goes from 02:00 to 03:00. */
  add_dose (plan, MINUTES (2, 30), BENK_WEEKDAYS_ALL);
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2027-03-27T12:00:00Z")), ==,
                   ms ("2027-03-28T01:00:00Z"));
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2027-03-28T01:00:00Z")), ==,
                   ms ("2027-03-29T00:30:00Z"));
}

static void
test_autumn_fold (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();

  /* On 31 October 2027 the hour from 02:00 to 03:00 comes twice. */
  add_dose (plan, MINUTES (2, 30), BENK_WEEKDAYS_ALL);
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2027-10-30T12:00:00Z")), ==,
                   ms ("2027-10-31T00:30:00Z"));
  g_assert_cmpint (benk_plan_next_dose (plan, ms ("2027-10-31T00:30:00Z")), ==,
                   ms ("2027-11-01T01:30:00Z"));
}

static void
test_dates (void)
{
  static const char *const bad[] = {
    NULL,         "",           "2026-1-01",  "2026-13-01",
    "2026-02-29", "26-02-2026", "2026/02/28", "2026-02-28 ",
    "1899-12-31", "2200-01-01", "२०२६-०१-०१"
  };
  GDate date;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (benk_date_parse (bad[i], &date));
  g_assert_true (benk_date_parse ("2028-02-29", &date));
  g_assert_cmpuint (g_date_get_day (&date), ==, 29);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/plan/complete-plan-is-valid", test_valid);
  g_test_add_func ("/core/plan/empty-plan-names-everything", test_empty_names_everything);
  g_test_add_func ("/core/plan/bad-dose-times", test_bad_doses);
  g_test_add_func ("/core/plan/bad-alarms", test_bad_rules);
  g_test_add_func ("/core/plan/recipients-are-roles", test_recipients_are_roles);
  g_test_add_func ("/core/plan/bad-zone-language-volume-day", test_bad_rest);
  g_test_add_func ("/core/plan/copy-is-its-own", test_copy);
  g_test_add_func ("/core/plan/next-dose", test_next_dose);
  g_test_add_func ("/core/plan/next-dose-by-weekday", test_next_dose_by_weekday);
  g_test_add_func ("/core/plan/spring-gap-dose-comes-after-it", test_spring_gap);
  g_test_add_func ("/core/plan/autumn-fold-dose-comes-once", test_autumn_fold);
  g_test_add_func ("/core/plan/dates", test_dates);

  return g_test_run ();
}

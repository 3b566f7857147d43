/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-followup-slice.h"
#include "benk-plan.h"

#include <locale.h>
#include <string.h>

/* 2026-11-19 is a Thursday. */
static gint64
local_ms (const char *clock)
{
  g_autofree char *text = g_strdup_printf ("2026-11-%s:00+01:00", clock);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time) * 1000;
}

/* What is late is counted in the hours in which its time ran out. */
static void
test_duty (void)
{
  static const struct
  {
    const char *raised;
    const char *take_by;
    const char *resolve_by;
    const char *taken;
    const char *closed;
    BenkDuty duty;
  } rows[] = {
    { "19 15:00", "19 15:15", "19 17:00", "19 15:10", "19 16:00", BENK_DUTY_DAY },
    { "19 15:20", "19 15:35", "19 17:00", "19 15:50", "19 16:00", BENK_DUTY_EVENING },
    { "19 15:00", "19 15:15", "19 17:00", "19 15:10", "19 17:01", BENK_DUTY_EVENING },
    { "19 15:00", "19 15:15", "19 17:00", "19 15:20", "19 17:01", BENK_DUTY_DAY },
    { "19 22:20", "19 22:35", "20 01:00", "19 22:40", "19 23:00", BENK_DUTY_NIGHT },
    { "20 23:50", "21 00:05", "21 01:00", "21 00:10", "21 00:30", BENK_DUTY_WEEKEND },
    { "21 12:00", "21 12:15", "21 13:00", "21 12:10", "21 12:30", BENK_DUTY_WEEKEND },
  };

  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkFollowupRow) row = g_new0 (BenkFollowupRow, 1);

      g_test_message ("raised %s", rows[i].raised);
      row->status = BENK_ALARM_STATUS_CLOSED;
      row->raised_ms = row->received.at_ms = local_ms (rows[i].raised);
      row->take_deadline_ms = local_ms (rows[i].take_by);
      row->resolve_deadline_ms = local_ms (rows[i].resolve_by);
      row->taken.at_ms = local_ms (rows[i].taken);
      row->closed.at_ms = local_ms (rows[i].closed);
      benk_followup_row_judge (row, NULL, local_ms ("25 12:00"));
      benk_followup_row_set_duty (row, roster);
      g_assert_cmpint (row->duty, ==, rows[i].duty);
      g_assert_true (row->hours_proposed);
      g_assert_cmpint (row->owner, ==,
                       rows[i].duty == BENK_DUTY_DAY ? BENK_DUTY_ROLE_TECHNICIAN
                                                     : BENK_DUTY_ROLE_CHARGE_NURSE);
    }
}

/* What the district has decided holds, and is not called a proposal. */
static void
test_decided_hours (void)
{
  g_autoptr (BenkDutyRoster) roster = benk_duty_roster_new ();
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);
  g_autofree char *proposed = NULL;
  g_autofree char *decided = NULL;

  g_ptr_array_add (report->rows, row);
  row->raised_ms = local_ms ("19 15:50");
  benk_followup_row_set_duty (row, roster);
  g_assert_cmpint (row->duty, ==, BENK_DUTY_EVENING);
  proposed = benk_followup_report_describe_duties (report);
  g_assert_nonnull (strstr (proposed, "proposed by the program"));
  roster->common->hours.day_end = 16 * 60;
  roster->common->hours.proposed = FALSE;
  roster->common->supporters[BENK_DUTY_DAY] = BENK_DUTY_ROLE_VENDOR;
  benk_followup_row_set_duty (row, roster);
  g_assert_cmpint (row->duty, ==, BENK_DUTY_DAY);
  g_assert_cmpint (row->owner, ==, roster->common->owners[BENK_DUTY_DAY]);
  decided = benk_followup_report_describe_duties (report);
  g_assert_null (strstr (decided, "proposed"));
}

/* One alarm of every kind there is. */
static BenkFollowupReport *
make_report (void)
{
  BenkFollowupReport *report = benk_followup_report_new ();

  for (guint i = 0; i < 2 * 3 * 4 * BENK_N_FOLLOWUP_VERDICTS; i++)
    {
      BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);
      guint rest = i;

      row->proposed = rest % 2 == 1;
      rest /= 2;
      row->responsibility = (BenkResponsibility) (rest % 3);
      rest /= 3;
      row->duty = (BenkDuty) (rest % 4);
      row->owner = BENK_DUTY_ROLE_COORDINATOR;
      row->verdict = (BenkFollowupVerdict) (rest / 4);
      row->status = row->verdict == BENK_FOLLOWUP_OPEN ? BENK_ALARM_STATUS_TAKEN
                    : i % 7 == 0                       ? BENK_ALARM_STATUS_SETTLED
                                                       : BENK_ALARM_STATUS_CLOSED;
      if (row->status == BENK_ALARM_STATUS_SETTLED)
        row->dispensed_ms = 1;
      row->received = (BenkFollowupTime){ 1, (BenkFollowupPlace) (i % 2 ? 0 : 2) };
      row->taken = (BenkFollowupTime){ i % 5, (BenkFollowupPlace) (i % 3) };
      row->closed = (BenkFollowupTime){ row->verdict == BENK_FOLLOWUP_OPEN ? 0 : 1,
                                        BENK_FOLLOWUP_PLACE_ELSEWHERE };
      row->n_reopened = i % 11 == 0;
      row->team = i % 13 == 0 ? NULL : g_strdup ("North");
      g_ptr_array_add (report->rows, row);
    }
  benk_followup_report_sum_up (report);
  return report;
}

/* However the alarms are cut, each is in one slice. */
static void
test_slices_share_out_all (void)
{
  g_autoptr (BenkFollowupReport) report = make_report ();
  guint all = report->sums.n_alarms;
  guint n_kinds = 0;
  guint n_steps = 0;

  for (int proposed = 0; proposed < 2; proposed++)
    for (int who = 0; who < 3; who++)
      for (int duty = 0; duty < 4; duty++)
        for (int verdict = 0; verdict < BENK_N_FOLLOWUP_VERDICTS; verdict++)
          {
            BenkFollowupSlice slice = BENK_FOLLOWUP_SLICE_ALL;

            slice.proposed = proposed;
            slice.responsibility = who;
            slice.duty = duty;
            slice.verdict = verdict;
            g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==, 1);
            n_kinds++;
          }
  g_assert_cmpuint (n_kinds, ==, all);
  for (int step = 0; step < BENK_N_FOLLOWUP_STEPS; step++)
    for (int where = 0; where < BENK_N_FOLLOWUP_WHERES; where++)
      {
        BenkFollowupSlice slice = BENK_FOLLOWUP_SLICE_ALL;

        slice.step = step;
        slice.where = where;
        n_steps += benk_followup_slice_count (&slice, report);
      }
  g_assert_cmpuint (n_steps, ==, BENK_N_FOLLOWUP_STEPS * all);
}

static void
test_slices_agree_with_sums (void)
{
  g_autoptr (BenkFollowupReport) report = make_report ();
  BenkFollowupSlice slice = BENK_FOLLOWUP_SLICE_ALL;

  g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==,
                    report->sums.n_alarms);
  slice.open = TRUE;
  g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==, report->sums.n_open);
  slice.open = FALSE;
  slice.reopened = TRUE;
  g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==,
                    report->sums.n_reopened);
  slice.reopened = FALSE;
  for (int i = 0; i < BENK_N_FOLLOWUP_VERDICTS; i++)
    {
      slice.verdict = i;
      slice.proposed = 0;
      g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==,
                        report->sums.decided[i]);
      slice.proposed = 1;
      g_assert_cmpuint (benk_followup_slice_count (&slice, report), ==,
                        report->sums.proposed[i]);
    }
}

static void
test_slices_say_what_they_are (void)
{
  BenkFollowupSlice slice = BENK_FOLLOWUP_SLICE_ALL;
  g_autofree char *all = benk_followup_slice_describe (&slice);
  g_autofree char *some = NULL;
  g_autofree char *step = NULL;

  g_assert_cmpstr (all, ==, "All alarms of the report");
  slice.proposed = 1;
  slice.responsibility = BENK_RESPONSIBILITY_CARE;
  slice.duty = BENK_DUTY_NIGHT;
  slice.verdict = BENK_FOLLOWUP_GAP;
  some = benk_followup_slice_describe (&slice);
  g_assert_cmpstr (some, ==,
                   "Not watched by this program · care · Night · proposed deadlines");
  slice = BENK_FOLLOWUP_SLICE_ALL;
  slice.step = BENK_FOLLOWUP_TAKEN;
  slice.where = BENK_FOLLOWUP_WHERE_NOWHERE;
  step = benk_followup_slice_describe (&slice);
  g_assert_cmpstr (step, ==, "Taken · not known to be done");
}

/* Each line of a table and each of its columns add up. */
static void
test_tables_add_up (void)
{
  g_autoptr (BenkFollowupReport) report = make_report ();

  for (int proposed = 0; proposed < 2; proposed++)
    {
      BenkFollowupSlice cuts[BENK_N_FOLLOWUP_CUTS];
      guint n_cuts = benk_followup_report_cut (report, proposed, cuts);
      guint n_all = benk_followup_slice_count (&cuts[0], report);
      guint n_who = 0;
      guint n_duty = 0;

      g_assert_cmpuint (n_cuts, ==, BENK_N_FOLLOWUP_CUTS);
      g_assert_cmpuint (n_all, ==,
                        proposed ? report->sums.n_proposed : report->sums.n_decided);
      for (guint i = 1; i < n_cuts; i++)
        {
          guint n = benk_followup_slice_count (&cuts[i], report);

          if (cuts[i].duty == BENK_FOLLOWUP_ANY)
            n_who += n;
          else
            n_duty += n;
        }
      g_assert_cmpuint (n_who, ==, n_all);
      g_assert_cmpuint (n_duty, ==, n_all);
    }
}

static void
test_text_says_what_it_rests_on (void)
{
  static const char *const parts[] = {
    "Against the deadlines of the district",
    "Proposed by the program, not decided by the district",
    "Deadlines decided by\tnot decided",
    "Responsible: care\t24",
    "Day · coordinator\t6",
    "Alarms\t144\n",
    "This program is not the alarm receiver",
    "Only alarms of 3 users",
  };
  g_autoptr (BenkFollowupReport) report = make_report ();
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *text = NULL;

  report->n_users = 3;
  text = benk_followup_report_write_text (report, zone);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("“%s” is not in “%s”", parts[i], text);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/followup-slice/late-is-counted-when-the-time-ran-out",
                   test_duty);
  g_test_add_func ("/core/followup-slice/decided-hours-hold", test_decided_hours);
  g_test_add_func ("/core/followup-slice/each-alarm-is-in-one-slice",
                   test_slices_share_out_all);
  g_test_add_func ("/core/followup-slice/slices-agree-with-the-sums",
                   test_slices_agree_with_sums);
  g_test_add_func ("/core/followup-slice/slices-say-what-they-are",
                   test_slices_say_what_they_are);

  g_test_add_func ("/core/followup-slice/tables-add-up", test_tables_add_up);
  g_test_add_func ("/core/followup-slice/text-says-what-it-rests-on",
                   test_text_says_what_it_rests_on);

  return g_test_run ();
}

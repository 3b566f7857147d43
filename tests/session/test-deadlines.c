/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-deadlines.h"
#include "benk-alarms-fixture.h"
#include "benk-db.h"
#include "benk-error.h"
#include "benk-reports.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define WHO "Kari Nesttun"

static const BenkDeadlineDecision kari = { .decided_by = (char *) WHO,
                                           .role = (char *) "head of home care",
                                           .decided_on = (char *) "2026-03-02" };

static GPtrArray *
load (BenkAlarmsFixture *f, const char *model, GPtrArray **versions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *current;

  benk_alarms_load_deadlines_async (f->alarms, model, NULL, benk_session_fixture_keep,
                                    &result);
  current =
    benk_alarms_load_deadlines_finish (f->alarms, BENK_AWAIT (result), versions, &error);
  g_assert_no_error (error);
  return current;
}

static const BenkDeadline *
find (const GPtrArray *deadlines, const char *code)
{
  for (guint i = 0; i < deadlines->len; i++)
    {
      const BenkDeadline *deadline = g_ptr_array_index (deadlines, i);

      if (g_str_equal (deadline->code, code))
        return deadline;
    }
  g_assert_not_reached ();
}

static gboolean
decide (BenkAlarmsFixture *f,
        const BenkDeadlineDecision *decision,
        const char *code,
        const char *model,
        BenkAllowance allowance,
        GError **error)
{
  g_autoptr (GPtrArray) deadlines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  g_autoptr (GAsyncResult) result = NULL;
  BenkDeadline *deadline;

  if (code)
    {
      deadline = benk_deadline_new (code, model);
      deadline->allowance = allowance;
      g_ptr_array_add (deadlines, deadline);
    }
  benk_alarms_decide_deadlines_async (f->alarms, decision, deadlines, NULL,
                                      benk_session_fixture_keep, &result);
  return benk_alarms_decide_deadlines_finish (f->alarms, BENK_AWAIT (result), NULL,
                                              error);
}

static void
must_decide (BenkAlarmsFixture *f,
             const char *code,
             const char *model,
             guint take_min,
             guint resolve_min)
{
  g_autoptr (GError) error = NULL;
  BenkAllowance allowance = { take_min, BENK_DEADLINE_MINUTES, resolve_min };

  decide (f, &kari, code, model, allowance, &error);
  g_assert_no_error (error);
}

static BenkAlarm *
raise_ (BenkAlarmsFixture *f, const char *serial, const char *code)
{
  g_autoptr (GError) error = NULL;
  BenkAlarm *alarm = benk_alarms_fixture_add (f, serial, code, 0, &error);

  g_assert_no_error (error);
  return alarm;
}

static void
check_deadlines (BenkAlarm *alarm, gint64 take_min, gint64 resolve_min, gboolean proposed)
{
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);

  g_assert_cmpint (benk_alarm_get_take_deadline_ms (alarm), ==,
                   raised_ms + take_min * MINUTE);
  g_assert_cmpint (benk_alarm_get_resolve_deadline_ms (alarm), ==,
                   raised_ms + resolve_min * MINUTE);
  g_assert_cmpint (benk_alarm_get_deadlines_proposed (alarm), ==, proposed);
}

static void
test_all_are_proposals_first (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) current = load (f, NULL, &versions);
  g_autoptr (BenkAlarm) alarm = raise_ (f, SERIAL, "1.1");
  gsize n_codes;

  benk_alarm_code_get_all (&n_codes);
  g_assert_cmpuint (current->len, ==, n_codes);
  for (guint i = 0; i < current->len; i++)
    g_assert_true (benk_deadline_is_proposed (g_ptr_array_index (current, i)));
  g_assert_cmpuint (versions->len, ==, 0);
  g_assert_cmpuint (find (current, "1.1")->allowance.take_min, ==, 15);
  check_deadlines (alarm, 15, 60, TRUE);
}

static void
test_new_alarms_get_what_was_decided (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) before = raise_ (f, SERIAL, "1.1");
  g_autoptr (BenkAlarm) after = NULL;
  g_autoptr (BenkAlarm) kept = NULL;
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GListModel) list = NULL;
  const BenkDeadline *decided;

  must_decide (f, "1.1", NULL, 10, 45);
  benk_session_fixture_advance (&f->base, 20 * MINUTE);
  after = raise_ (f, SERIAL, "1.1");
  check_deadlines (after, 10, 45, FALSE);
  current = load (f, NULL, NULL);
  decided = find (current, "1.1");
  g_assert_false (benk_deadline_is_proposed (decided));
  g_assert_cmpstr (decided->decision.decided_by, ==, WHO);
  g_assert_cmpstr (decided->decision.role, ==, kari.role);
  g_assert_cmpstr (decided->decision.decided_on, ==, "2026-03-02");
  g_assert_cmpstr (decided->decision.recorded_by, ==, "KA");
  g_assert_true (
    benk_id_equal (&decided->decision.id, benk_alarm_get_deadline_decision_id (after)));
  g_assert_true (benk_deadline_is_proposed (find (current, "1.2")));

  list = benk_alarms_fixture_list (f, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  kept = g_list_model_get_item (list, 1);
  g_assert_true (benk_id_equal (benk_alarm_get_id (kept), benk_alarm_get_id (before)));
  check_deadlines (kept, 15, 60, TRUE);
}

static void
test_alarms_of_a_source_too (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  must_decide (f, "1.8", NULL, 5, 25);
  id = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  check_deadlines (alarm, 5, 25, FALSE);
}

static void
test_make_comes_before_all_makes (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) medido = NULL;
  g_autoptr (BenkAlarm) unknown = NULL;
  g_autoptr (GPtrArray) evondos = NULL;

  must_decide (f, "1.8", "medido", 5, 20);
  must_decide (f, "1.8", NULL, 30, 40);
  medido = raise_ (f, SERIAL, "1.8");
  check_deadlines (medido, 5, 20, FALSE);
  evondos = load (f, "evondos-e300", NULL);
  g_assert_cmpuint (find (evondos, "1.8")->allowance.take_min, ==, 30);
  g_assert_null (find (evondos, "1.8")->model_id);
}

static void
test_proposal_differs_by_make (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) pilly = load (f, "pilly-sms", NULL);
  g_autoptr (GPtrArray) medido = load (f, "medido", NULL);

  g_assert_cmpuint (find (pilly, "1.17")->allowance.resolve_amount, ==, 3);
  g_assert_cmpuint (find (medido, "1.17")->allowance.resolve_amount, ==, 0);
}

static void
test_versions_are_kept (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) current = NULL;
  const BenkDeadline *newest, *oldest;

  must_decide (f, "1.1", NULL, 10, 45);
  must_decide (f, "1.1", NULL, 20, 50);
  current = load (f, NULL, &versions);
  g_assert_cmpuint (versions->len, ==, 2);
  newest = g_ptr_array_index (versions, 0);
  oldest = g_ptr_array_index (versions, 1);
  g_assert_cmpint (newest->decision.number, ==, 2);
  g_assert_cmpuint (newest->allowance.take_min, ==, 20);
  g_assert_cmpint (oldest->decision.number, ==, 1);
  g_assert_cmpuint (oldest->allowance.take_min, ==, 10);
  g_assert_cmpuint (find (current, "1.1")->allowance.take_min, ==, 20);
}

static void
test_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *who;
    const char *role;
    const char *on;
    const char *code;
    BenkAllowance allowance;
  } rows[] = {
    { NULL, "head", "2026-03-02", "1.1", { 1, 0, 0 } },
    { "", "head", "2026-03-02", "1.1", { 1, 0, 0 } },
    { WHO, NULL, "2026-03-02", "1.1", { 1, 0, 0 } },
    { WHO, "head", NULL, "1.1", { 1, 0, 0 } },
    { WHO, "head", "2 March", "1.1", { 1, 0, 0 } },
    { WHO, "head", "2026-03-03", "1.1", { 1, 0, 0 } },
    { WHO, "head", "2026-03-02", NULL, { 1, 0, 0 } },
    { WHO, "head", "2026-03-02", "1.1", { 20000, 0, 0 } },
    { WHO, "head", "2026-03-02", "1.1", { 10, BENK_DEADLINE_MINUTES, 0 } },
    { WHO, "head", "2026-03-02", "1.1", { 10, BENK_DEADLINE_MINUTES, 9 } },
    { WHO, "head", "2026-03-02", "1.1", { 10, BENK_DEADLINE_WORKDAYS, 31 } },
    { WHO, "head", "2026-03-02", "1.1", { 10, 99, 1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      BenkDeadlineDecision decision = { .decided_by = (char *) rows[i].who,
                                        .role = (char *) rows[i].role,
                                        .decided_on = (char *) rows[i].on };

      g_assert_false (
        decide (f, &decision, rows[i].code, NULL, rows[i].allowance, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM deadline_decision"),
                   ==, 0);
  g_test_message ("%zu cases refused", G_N_ELEMENTS (rows));
}

static void
test_undone_until_an_alarm_has_it (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 seq;

  must_decide (f, "1.1", NULL, 10, 45);
  benk_session_fixture_undo (&f->base, &error);
  g_assert_no_error (error);
  current = load (f, NULL, NULL);
  g_assert_true (benk_deadline_is_proposed (find (current, "1.1")));
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM note"),
                   ==, 0);

  must_decide (f, "1.1", NULL, 10, 45);
  alarm = raise_ (f, SERIAL, "1.1");
  seq =
    benk_session_fixture_count (&f->base,
                                "SELECT max (seq) FROM journal WHERE verb = 'deadlines'");
  benk_session_undo_async (f->base.session, seq, NULL, benk_session_fixture_keep,
                           &result);
  g_assert_false (
    benk_session_undo_finish (f->base.session, BENK_AWAIT (result), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Alarm registered"));
  check_deadlines (alarm, 10, 45, FALSE);
}

static void
test_name_is_personal (BenkAlarmsFixture *f, gconstpointer unused)
{
  must_decide (f, "1.1", NULL, 10, 45);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM note WHERE text = '" WHO "'"),
                   ==, 1);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM journal WHERE"
                                               " instr (changeset, CAST ('" WHO
                                               "' AS BLOB)) > 0"),
                   ==, 0);
}

static void
test_report_says_who_decided (BenkAlarmsFixture *f, gconstpointer unused)
{
  BenkFollowupQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkFollowupReport) report = NULL;
  g_autoptr (BenkAlarm) proposed = raise_ (f, SERIAL, "1.8");
  g_autoptr (BenkAlarm) decided = NULL;
  const BenkFollowupRow *row;

  must_decide (f, "1.1", NULL, 10, 45);
  benk_session_fixture_advance (&f->base, MINUTE);
  decided = raise_ (f, SERIAL, "1.1");
  g_assert_true (
    benk_report_period_set (&query.period, "2026-03-02", "2026-03-02", NULL));
  benk_reports_load_followup_async (f->base.session, &query, NULL, NULL, NULL,
                                    benk_session_fixture_keep, &result);
  report =
    benk_reports_load_followup_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->decided_by, ==, WHO ", head of home care, on 2 Mar 2026");
  g_assert_cmpuint (report->sums.n_decided, ==, 1);
  g_assert_cmpuint (report->sums.n_proposed, ==, 1);
  row = g_ptr_array_index (report->rows, 0);
  g_assert_true (row->proposed);
  g_assert_null (row->decided_by);
  row = g_ptr_array_index (report->rows, 1);
  g_assert_false (row->proposed);
  g_assert_cmpstr (row->decided_by, ==, report->decided_by);
}

#define HOUR (60 * MINUTE)

/* 22:58 where the district is, of an alarm of 19:10: its dose was at 20:00. */
static void
test_dose_is_the_one_after_it_was_raised (BenkAlarmsFixture *f, gconstpointer unused)
{
  gint64 raised_ms = FIXTURE_WALL_MS + 10 * HOUR + 10 * MINUTE;
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (BenkAlarm) by_hand = NULL;
  g_autoptr (BenkAlarm) of_source = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_fixture_write_plan (&f->base, device, "08:00 14:00 20:00");
  benk_session_fixture_advance (&f->base, 13 * HOUR + 58 * MINUTE);
  by_hand = benk_alarms_fixture_add (f, SERIAL, "1.6", raised_ms, &error);
  g_assert_no_error (error);
  check_deadlines (by_hand, 15, 50, TRUE);
  g_assert_cmpint (benk_alarm_get_next_dose_ms (by_hand), ==,
                   FIXTURE_WALL_MS + 23 * HOUR);

  g_free (benk_alarms_fixture_raise_at (f, "1.8", raised_ms + 10 * MINUTE));
  benk_alarms_fixture_must_sync (f);
  list = benk_alarms_fixture_list (f, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  of_source = g_list_model_get_item (list, 0);
  if (!g_str_equal (benk_alarm_get_code (of_source), "1.8"))
    {
      g_object_unref (of_source);
      of_source = g_list_model_get_item (list, 1);
    }
  check_deadlines (of_source, 15, 40, TRUE);
  g_assert_cmpint (benk_alarm_get_next_dose_ms (of_source), ==,
                   FIXTURE_WALL_MS + 23 * HOUR);
}

static void
decide_before_dose (BenkAlarmsFixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  BenkAllowance allowance = { 10, BENK_DEADLINE_NEXT_DOSE, 0 };

  decide (f, &kari, code, NULL, allowance, &error);
  g_assert_no_error (error);
}

static BenkFollowupReport *
load_report (BenkAlarmsFixture *f)
{
  BenkFollowupQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkFollowupReport *report;

  g_assert_true (
    benk_report_period_set (&query.period, "2026-03-01", "2026-03-02", NULL));
  benk_reports_load_followup_async (f->base.session, &query, NULL, NULL, NULL,
                                    benk_session_fixture_keep, &result);
  report =
    benk_reports_load_followup_finish (f->base.session, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return report;
}

/* Nobody decided the hour that the program puts in its place. */
static void
test_unknown_dose_is_decided_by_nobody (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (BenkAlarm) unknown = NULL;
  g_autoptr (BenkAlarm) known = NULL;
  g_autoptr (BenkFollowupReport) report = NULL;

  decide_before_dose (f, "1.8");
  unknown = raise_ (f, SERIAL, "1.8");
  check_deadlines (unknown, 10, 60, TRUE);
  g_assert_true (benk_id_is_nil (benk_alarm_get_deadline_decision_id (unknown)));
  benk_session_fixture_write_plan (&f->base, device, "08:00 14:00 20:00");
  benk_session_fixture_advance (&f->base, 20 * MINUTE);
  known = raise_ (f, SERIAL, "1.8");
  check_deadlines (known, 10, 280, FALSE);
  report = load_report (f);
  g_assert_cmpuint (report->sums.n_decided, ==, 1);
  g_assert_cmpuint (report->sums.n_proposed, ==, 1);
}

/* On 2 March was decided: the hours are minutes from 09:00 of that day. */
static void
test_decision_holds_from_its_day_on (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    int raised_min;
    gboolean decided;
  } rows[] = {
    { -24 * 60, FALSE }, { -9 * 60 - 20, FALSE }, { -9 * 60, TRUE }, { 0, TRUE }
  };

  must_decide (f, "1.1", NULL, 10, 45);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkAlarm) alarm =
        benk_alarms_fixture_add (f, SERIAL, "1.1",
                                 FIXTURE_WALL_MS + rows[i].raised_min * MINUTE, &error);

      g_assert_no_error (error);
      if (rows[i].decided)
        check_deadlines (alarm, 10, 45, FALSE);
      else
        check_deadlines (alarm, 15, 60, TRUE);
    }
}

static BenkAlarm *
find_queued (BenkAlarmsFixture *f, const char *code)
{
  GListModel *queue = benk_alarms_get_queue (f->alarms);

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (g_str_equal (benk_alarm_get_code (alarm), code))
        return g_steal_pointer (&alarm);
    }
  g_assert_not_reached ();
}

/* The queue is put in order anew as time goes by. */
static void
pass_to_severity (BenkAlarmsFixture *f, gint64 ms, BenkAlarm *alarm, int severity)
{
  benk_session_fixture_advance (&f->base, ms);
  benk_session_fixture_advance (&f->base, MINUTE / 2);
  while (benk_alarm_get_severity (alarm) != severity)
    g_main_context_iteration (NULL, TRUE);
}

/* No power for an hour; no contact when its dose comes. What is kept does not change. */
static void
test_two_grow_graver_in_the_queue (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&f->base, SERIAL);
  g_autoptr (BenkAlarm) power = NULL;
  g_autoptr (BenkAlarm) contact = NULL;
  g_autoptr (BenkAlarm) lid = NULL;

  benk_session_fixture_write_plan (&f->base, device, "08:00 14:00 20:00");
  g_object_unref (raise_ (f, SERIAL, "1.19"));
  g_object_unref (raise_ (f, SERIAL, "1.20"));
  g_object_unref (raise_ (f, SERIAL, "1.21"));
  benk_alarms_fixture_wait_queue (f, 3);
  power = find_queued (f, "1.19");
  contact = find_queued (f, "1.20");
  lid = find_queued (f, "1.21");
  pass_to_severity (f, 59 * MINUTE, power, 20);
  pass_to_severity (f, MINUTE, power, 30);
  g_assert_cmpint (benk_alarm_get_severity (contact), ==, 20);
  pass_to_severity (f, 4 * HOUR, contact, 30);
  g_assert_cmpint (benk_alarm_get_severity (power), ==, 30);
  g_assert_cmpint (benk_alarm_get_severity (lid), ==, 20);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM alarm WHERE severity = 20"),
                   ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/deadlines/all-are-proposals-first", NULL,
                    test_all_are_proposals_first);
  BENK_ALARMS_TEST ("/session/deadlines/new-alarms-get-what-was-decided", NULL,
                    test_new_alarms_get_what_was_decided);
  BENK_ALARMS_TEST ("/session/deadlines/alarms-of-a-source-too", NULL,
                    test_alarms_of_a_source_too);
  BENK_ALARMS_TEST ("/session/deadlines/make-comes-before-all-makes", NULL,
                    test_make_comes_before_all_makes);
  BENK_ALARMS_TEST ("/session/deadlines/proposal-differs-by-make", NULL,
                    test_proposal_differs_by_make);
  BENK_ALARMS_TEST ("/session/deadlines/versions-are-kept", NULL, test_versions_are_kept);
  BENK_ALARMS_TEST ("/session/deadlines/refused", NULL, test_refused);
  BENK_ALARMS_TEST ("/session/deadlines/undone-until-an-alarm-has-it", NULL,
                    test_undone_until_an_alarm_has_it);
  BENK_ALARMS_TEST ("/session/deadlines/name-is-personal", NULL, test_name_is_personal);
  BENK_ALARMS_TEST ("/session/deadlines/report-says-who-decided", NULL,
                    test_report_says_who_decided);
  BENK_ALARMS_TEST ("/session/deadlines/dose-is-the-one-after-it-was-raised", NULL,
                    test_dose_is_the_one_after_it_was_raised);
  BENK_ALARMS_TEST ("/session/deadlines/unknown-dose-is-decided-by-nobody", NULL,
                    test_unknown_dose_is_decided_by_nobody);
  BENK_ALARMS_TEST ("/session/deadlines/decision-holds-from-its-day-on", NULL,
                    test_decision_holds_from_its_day_on);
  BENK_ALARMS_TEST ("/session/deadlines/two-grow-graver-in-the-queue", NULL,
                    test_two_grow_graver_in_the_queue);
  return g_test_run ();
}

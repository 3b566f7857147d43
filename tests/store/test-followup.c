/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-table-alarm-step.h"
#include "benk-table-feed.h"
#include "benk-table-fixture.h"
#include "benk-table-followup.h"
#include "benk-table-local.h"
#include "benk-table-person.h"
#include "benk-table-place.h"

#include <string.h>

#define MIN_MS G_GINT64_CONSTANT (60000)
#define WHY "Kari Nesttun var utilgjengelig"

/* The day of the fixture's clock. */
static BenkFollowupReport *
load (BenkStoreFixture *fixture, const BenkId *team, gboolean with_reasons)
{
  g_autoptr (GError) error = NULL;
  BenkFollowupReport *report = benk_followup_report_new ();

  g_assert_true (
    benk_report_period_set (&report->period, "2026-03-02", "2026-03-02", NULL));
  report->made_ms = benk_clock_get_wall_ms (fixture->clock);
  report->with_reasons = with_reasons;
  benk_table_followup_load (fixture->db, report, team, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static void
step (BenkStoreFixture *fixture,
      BenkAlarm *alarm,
      const char *kind,
      const char *place,
      gint64 at_ms,
      const char *note)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_TAKE);

  benk_table_alarm_step_insert (fixture->db, benk_alarm_get_id (alarm), kind, place,
                                at_ms, note, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static void
end (BenkStoreFixture *fixture, BenkAlarm *alarm)
{
  g_autoptr (GError) error = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_CLOSE);

  benk_table_alarm_close (fixture->db, benk_alarm_get_id (alarm),
                          BENK_ALARM_STATUS_CLOSED, "roll", "visited", CONFIRMED_BY,
                          &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
}

static const BenkFollowupRow *
get_only (BenkFollowupReport *report)
{
  g_assert_cmpuint (report->rows->len, ==, 1);
  return g_ptr_array_index (report->rows, 0);
}

static void
test_tells_each_step_with_where (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "MD-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, device);
  g_autoptr (BenkFollowupReport) report = NULL;
  const BenkFollowupRow *row;

  g_assert_true (benk_table_alarm_set_opened (fixture->db, benk_alarm_get_id (alarm),
                                              FIXTURE_WALL_MS + 5, NULL));
  step (fixture, alarm, "taken", "other-system", FIXTURE_WALL_MS + 2 * MIN_MS, NULL);
  step (fixture, alarm, "closed", "phone", FIXTURE_WALL_MS + 3 * MIN_MS, NULL);
  step (fixture, alarm, "late", "here", FIXTURE_WALL_MS + 3 * MIN_MS, WHY);
  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), 3 * MIN_MS);
  end (fixture, alarm);
  report = load (fixture, NULL, FALSE);
  row = get_only (report);
  g_assert_cmpint (row->received.at_ms, ==, FIXTURE_WALL_MS);
  g_assert_cmpint (row->received.place, ==, BENK_FOLLOWUP_PLACE_HERE);
  g_assert_cmpint (row->opened.at_ms, ==, FIXTURE_WALL_MS + 5);
  g_assert_cmpint (row->taken.at_ms, ==, FIXTURE_WALL_MS + 2 * MIN_MS);
  g_assert_cmpint (row->taken.place, ==, BENK_FOLLOWUP_PLACE_ELSEWHERE);
  g_assert_cmpint (row->closed.at_ms, ==, FIXTURE_WALL_MS + 3 * MIN_MS);
  g_assert_cmpint (row->closed.place, ==, BENK_FOLLOWUP_PLACE_PHONE);
  g_assert_cmpint (row->verdict, ==, BENK_FOLLOWUP_LATE_WITH_REASON);
  g_assert_true (row->proposed);
  g_assert_cmpuint (report->sums.proposed[BENK_FOLLOWUP_LATE_WITH_REASON], ==, 1);
  g_assert_cmpuint (report->sums.n_decided, ==, 0);
}

static void
test_reason_is_read_only_where_asked (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, NULL);
  g_autoptr (BenkFollowupReport) without = NULL;
  g_autoptr (BenkFollowupReport) with = NULL;
  g_autoptr (BenkFollowupReport) erased = NULL;

  step (fixture, alarm, "late", "here", 0, WHY);
  without = load (fixture, NULL, FALSE);
  with = load (fixture, NULL, TRUE);
  benk_store_fixture_change (fixture->db, BENK_VERB_EDIT, "DELETE FROM note");
  erased = load (fixture, NULL, TRUE);
  g_assert_true (get_only (without)->has_reason);
  g_assert_null (get_only (without)->reason);
  g_assert_cmpstr (get_only (with)->reason, ==, WHY);
  g_assert_true (get_only (erased)->has_reason);
  g_assert_cmpstr (get_only (erased)->reason, ==, "");
}

static void
test_period_ends_before_its_last_instant (BenkStoreFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    gint64 raised_ms;
    gboolean inside;
  } rows[] = {
    { FIXTURE_WALL_MS - 9 * 60 * MIN_MS, TRUE }, /* 00:00 in Oslo */
    { FIXTURE_WALL_MS - 9 * 60 * MIN_MS - 1, FALSE },
    { FIXTURE_WALL_MS + 15 * 60 * MIN_MS - 1, TRUE },
    { FIXTURE_WALL_MS + 15 * 60 * MIN_MS, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, NULL);
      g_autofree char *sql =
        g_strdup_printf ("UPDATE alarm SET raised_ms = %" G_GINT64_FORMAT,
                         rows[i].raised_ms);
      g_autoptr (BenkFollowupReport) report = NULL;

      benk_store_fixture_change (fixture->db, BENK_VERB_INTAKE, sql);
      report = load (fixture, NULL, FALSE);
      g_assert_cmpuint (report->rows->len, ==, rows[i].inside ? i + 1 : 0);
    }
}

/* A device that went to another team later: the alarm stays with the first. */
static void
test_team_is_that_of_then (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "MD-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, device);
  g_autoptr (BenkAlarm) unknown = benk_table_fixture_add_alarm (fixture, NULL);
  g_autoptr (BenkFollowupReport) north = NULL;
  g_autoptr (BenkFollowupReport) south = NULL;
  g_autoptr (BenkFollowupReport) all = NULL;
  BenkId id[2];

  benk_store_fixture_change (
    fixture->db, BENK_VERB_EDIT,
    "INSERT INTO place VALUES (randomblob (16), 'team', 'North'),"
    " (randomblob (16), 'team', 'South');"
    "UPDATE device SET team_id = (SELECT id FROM place WHERE name = 'South');"
    "INSERT INTO placement SELECT randomblob (16), d.id, randomblob (16), p.id,"
    " 1, 1772438400000 FROM device d, place p WHERE p.name = 'North'");
  g_assert_true (benk_table_place_find (fixture->db, "North", &id[0], NULL));
  g_assert_true (benk_table_place_find (fixture->db, "South", &id[1], NULL));
  north = load (fixture, &id[0], FALSE);
  south = load (fixture, &id[1], FALSE);
  all = load (fixture, NULL, FALSE);
  g_assert_cmpstr (get_only (north)->team, ==, "North");
  g_assert_cmpuint (south->rows->len, ==, 0);
  g_assert_cmpuint (all->rows->len, ==, 2);
  g_assert_cmpuint (north->sums.n_without_team, ==, 1);
}

/* The source of one alarm was silent, of another it was never heard here. */
static void
test_gap_is_that_of_the_source (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, NULL);
  BenkFeedRow feed = { .name = (char *) "Hub", .url = (char *) "http://127.0.0.1/" };
  g_autoptr (GError) error = NULL;
  static const char *const updates[] = {
    "UPDATE alarm SET feed_id = NULL",
    "UPDATE alarm SET feed_id = (SELECT id FROM feed)",
    "UPDATE alarm SET feed_id = x'00112233445566778899aabbccddeeff'",
  };
  static const BenkFollowupVerdict verdicts[] = { BENK_FOLLOWUP_LATE_WITHOUT_REASON,
                                                  BENK_FOLLOWUP_GAP, BENK_FOLLOWUP_GAP };

  benk_table_feed_insert (fixture->db, &feed, &error);
  g_assert_no_error (error);
  benk_table_watch_log_add (fixture->db, benk_db_get_wall_ms (fixture->db), "begins",
                            &feed.id, "0", &error);
  benk_table_watch_log_add (fixture->db, benk_db_get_wall_ms (fixture->db), "silent",
                            &feed.id, "1772438400001", &error);
  benk_table_watch_log_add (fixture->db, benk_db_get_wall_ms (fixture->db),
                            "of-another-version", &feed.id, NULL, &error);
  g_assert_no_error (error);
  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), 5 * MIN_MS);
  benk_table_watch_log_add (fixture->db, benk_db_get_wall_ms (fixture->db), "answers",
                            &feed.id, "1772438400001", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (BenkFollowupReport) report = NULL;

      benk_store_fixture_change (fixture->db, BENK_VERB_INTAKE, updates[i]);
      report = load (fixture, NULL, FALSE);
      g_assert_cmpint (get_only (report)->verdict, ==, verdicts[i]);
    }
}

static gboolean
stop (guint n_done, guint n_all, gpointer data)
{
  *(guint *) data += 1;
  return FALSE;
}

static void
test_reading_can_be_stopped (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, NULL);
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  g_autoptr (GError) error = NULL;
  guint n_told = 0;

  g_assert_true (
    benk_report_period_set (&report->period, "2026-03-02", "2026-03-02", NULL));
  g_assert_false (
    benk_table_followup_load (fixture->db, report, NULL, NULL, stop, &n_told, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CANCELLED);
  g_assert_cmpuint (n_told, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (BenkStoreFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/store/followup/each-step-is-told-with-where", test_tells_each_step_with_where },
    { "/store/followup/reason-is-read-only-where-asked",
      test_reason_is_read_only_where_asked },
    { "/store/followup/a-period-is-half-open", test_period_ends_before_its_last_instant },
    { "/store/followup/team-is-that-of-then", test_team_is_that_of_then },
    { "/store/followup/a-gap-is-that-of-the-source", test_gap_is_that_of_the_source },
    { "/store/followup/reading-can-be-stopped", test_reading_can_be_stopped },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, BenkStoreFixture, NULL, benk_store_fixture_set_up,
                tests[i].func, benk_store_fixture_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-error.h"

/* What goes over the wire to a source, and what is kept when it breaks. */

static void
raise_many (BenkAlarmsFixture *f, guint n, gint64 apart_ms)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("X-%04u", i);
      const BenkVirtualAlarm alarm = { .serial = serial, .code = "1.20" };

      g_free (benk_virtual_hub_raise (f->hub, &alarm));
      if (apart_ms > 0)
        benk_session_fixture_advance (&f->base, apart_ms);
    }
}

static void
exec (BenkAlarmsFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = benk_db_open (f->base.path, 0, f->base.clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
test_idle_costs_nothing (BenkAlarmsFixture *f, gconstpointer data)
{
  guint64 whole;
  guint64 idle;
  BenkFeed *feed;

  raise_many (f, 100, 0);
  benk_alarms_fixture_must_sync (f);
  whole = benk_virtual_hub_get_n_octets (f->hub);
  benk_alarms_fixture_must_sync (f);
  idle = benk_virtual_hub_get_n_octets (f->hub);
  for (guint i = 0; i < 10; i++)
    {
      benk_session_fixture_advance (&f->base, 15 * 1000);
      benk_alarms_fixture_must_sync (f);
    }
  g_test_message ("100 alarms: %u octets, then ten times asked: %u", (guint) whole,
                  (guint) (benk_virtual_hub_get_n_octets (f->hub) - idle));
  g_assert_cmpuint (benk_virtual_hub_get_n_octets (f->hub), ==, idle);
  feed = g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
  g_assert_cmpint (benk_feed_get_answered_ms (feed), ==, FIXTURE_WALL_MS + 150 * 1000);
  g_object_unref (feed);
}

/* A page that was read but not kept is never told to be as it was. */
static void
test_not_saved_comes_again (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_new = 0;

  raise_many (f, 1, 0);
  benk_alarms_fixture_must_sync (f);
  raise_many (f, 5, 0);
  exec (f, "CREATE TRIGGER broken BEFORE UPDATE ON feed WHEN NEW.last_error IS NULL"
           " BEGIN SELECT RAISE (ABORT, 'no room'); END");
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 1);
  exec (f, "DROP TRIGGER broken");
  benk_alarms_fixture_sync (f, &n_new, NULL, NULL);
  g_assert_cmpuint (n_new, >, 0);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM alarm_version"),
                   ==, 6);
}

/* -- A walk that breaks ---------------------------------------------------------------
 */

#define N_ALARMS 100
#define N_PAGES 5

static const char *const breaks[] = {
  "drop", "lost",          "truncated",    "malformed",    "portal", "redirect",
  "401",  "404",           "410",          "429",          "500",    "503",
  "deep", "huge=20000000", "foreign-next", "endless-next",
};

/* What stands at or before the cursor is kept: all of it, each once. */
static void
check_cursor (BenkAlarmsFixture *f)
{
  gint64 cursor_ms = benk_session_fixture_count (
    &f->base, "SELECT ifnull (max (CAST (cursor AS INTEGER)), -1) FROM feed");
  gint64 n_before = cursor_ms < FIXTURE_WALL_MS
                      ? 0
                      : MIN ((cursor_ms - FIXTURE_WALL_MS) / 1000 + 1, N_ALARMS);
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM alarm_version WHERE updated_ms <= %" G_GINT64_FORMAT,
    cursor_ms);

  g_assert_cmpint (benk_session_fixture_count (&f->base, sql), ==, n_before);
}

static void
break_walk (BenkAlarmsFixture *f, const char *kind, guint page)
{
  g_autofree char *spec = g_strdup_printf ("%s:GET+%u@3", kind, page);
  g_autoptr (GError) error = NULL;
  guint asked;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, spec, NULL));
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  benk_virtual_hub_clear_faults (f->hub);
  check_cursor (f);

  asked = benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue");
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue") - asked,
                    <=, N_PAGES);
  check_cursor (f);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM alarm_version"),
                   ==, N_ALARMS);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, N_ALARMS);
}

static void
test_breaks (BenkAlarmsFixture *f, gconstpointer data)
{
  const char *kind = data;
  guint n = 0;

  for (guint page = 0; page < N_PAGES; page += g_test_slow () ? 1 : 2)
    for (guint sorts = 0; sorts < 2; sorts++)
      {
        if (n++ > 0)
          {
            benk_alarms_fixture_tear_down (f, NULL);
            benk_alarms_fixture_set_up (f, NULL);
          }
        benk_virtual_hub_set_manners (f->hub,
                                      BENK_HUB_MANNER_OWN_PAGE |
                                        (sorts ? 0 : BENK_HUB_MANNER_NEWEST_FIRST));
        raise_many (f, N_ALARMS, 1000);
        break_walk (f, kind, page);
      }
  g_test_message ("%s: %u breaks", kind, n);
}

/* It goes on where it stopped, and does not begin anew. */
static void
test_resumes (BenkAlarmsFixture *f, gconstpointer data)
{
  guint asked;

  benk_virtual_hub_set_manners (f->hub, BENK_HUB_MANNER_OWN_PAGE);
  raise_many (f, N_ALARMS, 1000);
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:GET+3", NULL));
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, NULL));
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 60);
  asked = benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue");
  benk_alarms_fixture_must_sync (f);
  /* 40 that are new and the 11 of the overlap, in pages of 20. */
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue") - asked,
                    ==, 3);
}

/* Pages that each look sorted and are not, among themselves: nothing is passed over. */
static void
test_looks_sorted (BenkAlarmsFixture *f, gconstpointer data)
{
  static const char *const text =
    "{\"resourceType\":\"DetectedIssue\",\"id\":\"s-%u\",\"status\":\"preliminary\","
    "\"code\":{\"coding\":[{\"code\":\"1.8\"}]},\"author\":{\"identifier\":{\"value\":"
    "\"Y-%u\"}},\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"2026-03-02T07:%02u:00Z\"}"
    "}";
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_set_manners (f->hub, BENK_HUB_MANNER_OWN_PAGE);
  for (guint i = 0; i < 80; i++)
    {
      guint minute = i < 40 ? 20 + i : i % 20;
      g_autofree char *one = g_strdup_printf (text, i, i, minute);

      g_free (benk_virtual_hub_put_text (f->hub, one));
    }
  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "503:GET+3", NULL));
  g_assert_false (benk_alarms_fixture_sync (f, NULL, NULL, &error));
  g_assert_cmpint (
    benk_session_fixture_count (&f->base, "SELECT CAST (cursor AS INTEGER) FROM feed"),
    ==, 0);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 80);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/wire/idle-costs-no-octets", NULL,
                    test_idle_costs_nothing);
  BENK_ALARMS_TEST ("/session/feeds/wire/not-saved-comes-again", NULL,
                    test_not_saved_comes_again);
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/feeds/wire/break/%s", breaks[i]);

      BENK_ALARMS_TEST (path, breaks[i], test_breaks);
    }
  BENK_ALARMS_TEST ("/session/feeds/wire/goes-on-where-it-stopped", NULL, test_resumes);
  BENK_ALARMS_TEST ("/session/feeds/wire/pages-that-only-look-sorted", NULL,
                    test_looks_sorted);
  return g_test_run ();
}

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
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (DISTINCT remote_id) FROM feed_seen"),
                   ==, 6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/wire/idle-costs-no-octets", NULL,
                    test_idle_costs_nothing);
  BENK_ALARMS_TEST ("/session/feeds/wire/not-saved-comes-again", NULL,
                    test_not_saved_comes_again);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-error.h"

/* Servers that were not written here: everything arrives, once, whatever they know. */

typedef struct
{
  const char *name;
  BenkHubManners manners;
} MannerRow;

#define LINKLESS BENK_HUB_MANNER_NO_LINK

static const MannerRow rows[] = {
  { "ours", BENK_HUB_MANNERS_OURS },
  { "no-etag", BENK_HUB_MANNER_NO_ETAG },
  { "newest-first", BENK_HUB_MANNER_NEWEST_FIRST },
  { "own-page", BENK_HUB_MANNER_OWN_PAGE },
  { "own-page-newest-first", BENK_HUB_MANNER_OWN_PAGE | BENK_HUB_MANNER_NEWEST_FIRST },
  { "no-page", BENK_HUB_MANNER_NO_PAGE },
  { "no-page-no-link", BENK_HUB_MANNER_NO_PAGE | LINKLESS },
  { "no-link", LINKLESS },
  { "own-page-no-link", BENK_HUB_MANNER_OWN_PAGE | LINKLESS },
  { "knows-time-only", BENK_HUB_MANNER_KNOWS_TIME_ONLY },
  { "knows-time-only-own-page",
    BENK_HUB_MANNER_KNOWS_TIME_ONLY | BENK_HUB_MANNER_OWN_PAGE },
  { "knows-time-only-no-link",
    BENK_HUB_MANNER_KNOWS_TIME_ONLY | BENK_HUB_MANNER_OWN_PAGE | LINKLESS },
  { "knows-nothing", BENK_HUB_MANNER_KNOWS_NOTHING },
  { "knows-nothing-no-page", BENK_HUB_MANNER_KNOWS_NOTHING | BENK_HUB_MANNER_NO_PAGE },
  { "knows-nothing-newest-first",
    BENK_HUB_MANNER_KNOWS_NOTHING | BENK_HUB_MANNER_NEWEST_FIRST },
  { "newest-first-no-link", BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
  { "own-page-newest-first-no-link",
    BENK_HUB_MANNER_OWN_PAGE | BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
  { "no-page-newest-first-no-link",
    BENK_HUB_MANNER_NO_PAGE | BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
  { "knows-time-only-newest-first-no-link", BENK_HUB_MANNER_KNOWS_TIME_ONLY |
                                              BENK_HUB_MANNER_OWN_PAGE |
                                              BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
  { "version-number", BENK_HUB_MANNER_VERSION_NUMBER },
  { "version-uuid", BENK_HUB_MANNER_VERSION_UUID },
  { "least-of-all", BENK_HUB_MANNER_NO_ETAG | LINKLESS | BENK_HUB_MANNER_NO_PAGE |
                      BENK_HUB_MANNER_NEWEST_FIRST | BENK_HUB_MANNER_KNOWS_NOTHING |
                      BENK_HUB_MANNER_VERSION_NUMBER },
};

static void
raise_more (BenkAlarmsFixture *f, guint n)
{
  static guint number;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("X-%04u", number++);
      const BenkVirtualAlarm alarm = { .serial = serial, .code = "1.20" };

      g_free (benk_virtual_hub_raise (f->hub, &alarm));
      benk_session_fixture_advance (&f->base, 700);
    }
}

static void
check_kept (BenkAlarmsFixture *f, gint64 n)
{
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, n);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM feed_seen WHERE fault IS NOT NULL"),
                   ==, 0);
}

static guint
sync_counted (BenkAlarmsFixture *f)
{
  guint before = benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue");

  benk_alarms_fixture_must_sync (f);
  return benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue") - before;
}

static void
test_manner (BenkAlarmsFixture *f, gconstpointer data)
{
  const MannerRow *row = data;
  guint first;
  guint idle;

  benk_virtual_hub_set_manners (f->hub, row->manners);
  benk_alarms_fixture_must_sync (f);
  check_kept (f, 0);
  raise_more (f, 90);
  benk_session_fixture_advance (&f->base, 11 * 60 * 1000);
  first = sync_counted (f);
  check_kept (f, 90);
  for (guint i = 1; i <= 3; i++)
    {
      raise_more (f, 1);
      benk_alarms_fixture_must_sync (f);
      check_kept (f, 90 + i);
    }
  idle = sync_counted (f);
  g_test_message ("%s: %u requests for 90 alarms, %u when nothing is new", row->name,
                  first, idle);
  g_assert_cmpuint (idle, <=, 5);
}

/* A laptop that was off begins from where it was, at a server that it does not know yet.
 */
static void
test_started_anew (BenkAlarmsFixture *f, gconstpointer data)
{
  const MannerRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) synced = NULL;
  g_autoptr (BenkSession) session = NULL;
  BenkFeeds *feeds;

  benk_virtual_hub_set_manners (f->hub, row->manners);
  raise_more (f, 45);
  benk_alarms_fixture_must_sync (f);
  benk_session_fixture_advance (&f->base, 11 * 60 * 1000);
  benk_alarms_fixture_must_sync (f);
  check_kept (f, 45);
  raise_more (f, 25);
  benk_session_open_async (f->base.path, 0, f->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  feeds = benk_session_get_feeds (session);
  benk_feeds_sync_async (feeds, NULL, benk_session_fixture_keep, &synced);
  benk_feeds_sync_finish (feeds, BENK_AWAIT (synced), NULL, NULL, &error);
  g_assert_no_error (error);
  check_kept (f, 70);
}

/* Whatever the server calls a version: taking and closing stand there. */
static void
test_taken (BenkAlarmsFixture *f, gconstpointer data)
{
  const MannerRow *row = data;
  g_autofree char *remote = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_set_manners (f->hub, row->manners);
  remote = benk_alarms_fixture_raise (f, "1.8");
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_alarms_fixture_take (f, alarm, &error));
  g_assert_no_error (error);
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  text = benk_virtual_hub_dup_issue (f->hub, remote);
  g_assert_nonnull (strstr (text, "\"final\""));
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
}

/* 410, and 404 in its place, of one that was taken away at its source. */
static void
test_gone (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autofree char *remote = benk_alarms_fixture_raise (f, "1.8");
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_set_manners (f->hub, GPOINTER_TO_UINT (data));
  benk_alarms_fixture_must_sync (f);
  alarm = benk_alarms_fixture_get_only (f, FALSE);
  g_assert_true (benk_virtual_hub_remove (f->hub, remote, NULL));
  g_assert_false (benk_virtual_hub_remove (f->hub, remote, NULL));
  benk_alarms_fixture_take (f, alarm, &error);
  benk_alarms_fixture_must_sync (f);
  g_assert_cmpint (benk_session_fixture_count (&f->base, "SELECT count (*) FROM alarm"),
                   ==, 1);
}

/* Where no way leads to the rest, it is said that there may be one; never lost silently.
 */
static const MannerRow cut_rows[] = {
  { "oldest-first", BENK_HUB_MANNER_KNOWS_NOTHING | BENK_HUB_MANNER_OWN_PAGE | LINKLESS },
  { "newest-first", BENK_HUB_MANNER_KNOWS_NOTHING | BENK_HUB_MANNER_OWN_PAGE |
                      BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
  { "one-instant", BENK_HUB_MANNER_OWN_PAGE | LINKLESS },
  { "one-instant-newest-first",
    BENK_HUB_MANNER_OWN_PAGE | BENK_HUB_MANNER_NEWEST_FIRST | LINKLESS },
};

static void
check_cut (BenkAlarmsFixture *f, gboolean cut)
{
  g_autoptr (BenkFeed) feed = g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);

  g_assert_cmpstr (benk_trouble_to_name (benk_feed_get_trouble (feed)), ==,
                   cut ? "not-all" : "none");
  g_assert_cmpint (benk_feed_get_problem (feed) != NULL, ==, cut);
  if (cut)
    g_assert_true (g_str_has_prefix (
      benk_feed_get_problem (feed),
      "The source gave a full page of alarms and did not say where the rest is. "));
}

static void
raise_at_once (BenkAlarmsFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("Y-%04u", i);
      const BenkVirtualAlarm alarm = { .serial = serial, .code = "1.20" };

      g_free (benk_virtual_hub_raise (f->hub, &alarm));
    }
}

static void
test_cut (BenkAlarmsFixture *f, gconstpointer data)
{
  const MannerRow *row = data;

  benk_virtual_hub_set_manners (f->hub, row->manners);
  benk_alarms_fixture_must_sync (f);
  check_cut (f, FALSE);
  if (strstr (row->name, "one-instant"))
    raise_at_once (f, 45);
  else
    raise_more (f, 45);
  for (guint i = 0; i < 3; i++)
    {
      benk_session_fixture_advance (&f->base, 11 * 60 * 1000);
      benk_alarms_fixture_must_sync (f);
      check_kept (f, 20);
      check_cut (f, TRUE);
    }
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM watch_log WHERE kind = 'silent'"),
                   ==, 0);
  /* It leads on: all is there, and nothing is wrong. */
  benk_virtual_hub_set_manners (f->hub, row->manners & ~(BenkHubManners) LINKLESS);
  benk_alarms_fixture_must_sync (f);
  check_kept (f, 45);
  check_cut (f, FALSE);
}

static void
add (const char *what,
     const MannerRow *row,
     void (*test) (BenkAlarmsFixture *f, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/session/feeds/%s/%s", what, row->name);

  BENK_ALARMS_TEST (path, row, test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      add ("manner", &rows[i], test_manner);
      add ("started-anew", &rows[i], test_started_anew);
      add ("taken-and-closed", &rows[i], test_taken);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cut_rows); i++)
    add ("cut", &cut_rows[i], test_cut);
  BENK_ALARMS_TEST ("/session/feeds/gone/410", NULL, test_gone);
  BENK_ALARMS_TEST ("/session/feeds/gone/404",
                    GUINT_TO_POINTER (BENK_HUB_MANNER_GONE_IS_404), test_gone);
  return g_test_run ();
}

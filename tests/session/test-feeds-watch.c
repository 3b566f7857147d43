/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-network.h"
#include "benk-table-local.h"
#include "benk-watch-gap.h"

/* The watch over the watch: silence and lateness are told once, and no network calmly. */

typedef struct
{
  BenkAlarmsFixture base;
  BenkSession *session;
  BenkFeeds *feeds;
  BenkNetwork *network;
  guint n_rounds;
  guint n_silent;
  guint n_answers;
  guint n_late;
  gint64 late_ms;
} Fixture;

static void
count_round (BenkFeeds *feeds, Fixture *f)
{
  f->n_rounds++;
}

static void
count_silence (BenkFeeds *feeds, BenkFeed *feed, gboolean begins, Fixture *f)
{
  g_assert_cmpstr (benk_feed_get_name (feed), ==, "Hub");
  if (begins)
    f->n_silent++;
  else
    f->n_answers++;
}

static void
count_late (BenkFeeds *feeds, gint64 late_ms, Fixture *f)
{
  f->n_late++;
  f->late_ms = late_ms;
}

static void
wait_rounds (Fixture *f, guint wanted)
{
  while (f->n_rounds < wanted)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* One round of questions after the other, until the time is over. */
static void
pass (Fixture *f, gint64 ms)
{
  for (gint64 passed = 0; passed < ms; passed += 20 * 1000)
    {
      guint seen = f->n_rounds;

      benk_session_fixture_advance (&f->base.base, 20 * 1000);
      wait_rounds (f, seen + 1);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_fixture_set_up (&f->base, NULL);
  benk_session_open_async (f->base.base.path, BENK_SESSION_ENGINE, f->base.base.clock,
                           NULL, benk_session_fixture_keep, &opened);
  f->session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  f->feeds = benk_session_get_feeds (f->session);
  f->network = benk_network_new ();
  benk_feeds_set_network (f->feeds, G_NETWORK_MONITOR (f->network));
  g_signal_connect (f->feeds, "round", G_CALLBACK (count_round), f);
  g_signal_connect (f->feeds, "silence", G_CALLBACK (count_silence), f);
  g_signal_connect (f->feeds, "late", G_CALLBACK (count_late), f);
  g_assert_true (benk_feeds_start (f->feeds, &error));
  wait_rounds (f, 1);
}

static gint64
count_notes (Fixture *f, const char *kind)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count (*) FROM watch_log WHERE kind = '%s'", kind);

  return benk_session_fixture_count (&f->base.base, sql);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (f->feeds, f);
  benk_feeds_stop (f->feeds);
  g_clear_object (&f->session);
  /* What was under way keeps the session until it is given up. */
  while (count_notes (f, "ends") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_clear_object (&f->network);
  benk_alarms_fixture_tear_down (&f->base, NULL);
}

static BenkFeed *
get_feed (Fixture *f)
{
  return g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
}

static void
test_silence_is_told_once (Fixture *f, gconstpointer data)
{
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "503:GET@99", NULL));
  pass (f, 60 * 1000);
  g_assert_cmpuint (f->n_silent, ==, 0);
  pass (f, 10 * 60 * 1000);
  g_assert_cmpuint (f->n_silent, ==, 1);
  g_assert_cmpint (count_notes (f, "silent"), ==, 1);
  benk_virtual_hub_clear_faults (f->base.hub);
  pass (f, 2 * 60 * 1000);
  g_assert_cmpuint (f->n_silent, ==, 1);
  g_assert_cmpuint (f->n_answers, ==, 1);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "drop:GET@99", NULL));
  pass (f, 5 * 60 * 1000);
  g_assert_cmpuint (f->n_silent, ==, 2);
  g_assert_cmpuint (f->n_late, ==, 0);
}

/* One short lapse is no silence. */
static void
test_short_lapse (Fixture *f, gconstpointer data)
{
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "500:GET@2", NULL));
  pass (f, 5 * 60 * 1000);
  g_assert_cmpuint (f->n_silent + f->n_answers, ==, 0);
}

static void
test_sleep_is_late (Fixture *f, gconstpointer data)
{
  gint64 slept_at_ms;
  guint seen;

  pass (f, 60 * 1000);
  slept_at_ms = benk_clock_get_wall_ms (f->base.base.clock);
  for (gint64 i = 1; i <= 2; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM watch_log WHERE kind = 'late' AND at_ms - CAST (detail AS"
        " INTEGER) BETWEEN 28800000 AND 28860000 AND CAST (detail AS INTEGER) <= "
        "%" G_GINT64_FORMAT,
        slept_at_ms);

      seen = f->n_rounds;
      benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), 8 * 60 * 60 * 1000);
      wait_rounds (f, seen + 1);
      g_assert_cmpuint (f->n_late, ==, i);
      g_assert_cmpint (f->late_ms, <=, 8 * 60 * 60 * 1000);
      g_assert_cmpint (f->late_ms, >=, 8 * 60 * 60 * 1000 - 30 * 1000);
      g_assert_cmpint (count_notes (f, "late"), ==, i);
      if (i == 1)
        g_assert_cmpint (benk_session_fixture_count (&f->base.base, sql), ==, 1);
      pass (f, 60 * 1000);
      g_assert_cmpint (count_notes (f, "late"), ==, i);
    }
  g_assert_cmpuint (f->n_silent, ==, 0);
  g_assert_cmpint (count_notes (f, "clock-jump"), ==, 0);
}

/* What the report makes of it: a gap as long as the sleep, and no other. */
static void
test_sleep_is_a_gap (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (&f->base.base);
  g_autoptr (GArray) events = NULL;
  g_autoptr (GArray) gaps = NULL;
  const BenkWatchGap *gap;
  gint64 slept_at_ms;
  guint seen;

  pass (f, 60 * 1000);
  slept_at_ms = benk_clock_get_wall_ms (f->base.base.clock);
  seen = f->n_rounds;
  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), 8 * 60 * 60 * 1000);
  wait_rounds (f, seen + 1);
  pass (f, 60 * 1000);
  events = benk_table_watch_log_list (db, benk_feed_get_id (feed), NULL);
  gaps = benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data,
                               events->len, benk_feed_get_answered_ms (feed),
                               benk_clock_get_wall_ms (f->base.base.clock));
  /* Before the program ever ran, and the sleep. */
  g_assert_cmpuint (gaps->len, ==, 2);
  gap = &g_array_index (gaps, BenkWatchGap, 1);
  g_assert_cmpint (gap->cause, ==, BENK_GAP_LATE);
  g_assert_cmpint (gap->from_ms, <=, slept_at_ms);
  g_assert_cmpint (gap->from_ms, >, slept_at_ms - 60 * 1000);
  g_assert_cmpint (gap->to_ms, ==, slept_at_ms + 8 * 60 * 60 * 1000);
}

static void
test_a_minute_is_not_late (Fixture *f, gconstpointer data)
{
  guint seen = f->n_rounds;

  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), 59 * 1000);
  wait_rounds (f, seen + 1);
  pass (f, 60 * 1000);
  g_assert_cmpuint (f->n_late, ==, 0);
  g_assert_cmpint (count_notes (f, "late"), ==, 0);
}

/* It goes to sleep while a source is being asked, so that no question falls due. */
static void
test_sleep_while_asking (Fixture *f, gconstpointer data)
{
  guint seen = f->n_rounds;
  guint asked = benk_virtual_hub_count_log (f->base.hub, "GET", "/DetectedIssue");

  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "half-open:GET", NULL));
  benk_session_fixture_advance (&f->base.base, 20 * 1000);
  while (benk_virtual_hub_count_log (f->base.hub, "GET", "/DetectedIssue") == asked)
    g_main_context_iteration (NULL, TRUE);
  benk_fake_clock_suspend (BENK_FAKE_CLOCK (f->base.base.clock), 60 * 60 * 1000);
  wait_rounds (f, seen + 1);
  g_assert_cmpuint (f->n_late, ==, 1);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base.base, "SELECT min (at_ms - CAST (detail AS INTEGER)) FROM"
                                    " watch_log WHERE kind = 'late'"),
                   >=, 60 * 60 * 1000);
}

static void
test_no_network_is_calm (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  gint64 gone_ms = benk_clock_get_wall_ms (f->base.base.clock);
  guint seen = f->n_rounds;

  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "drop:GET@9999", NULL));
  benk_network_set_available (f->network, FALSE);
  wait_rounds (f, seen + 1);
  g_assert_cmpint (benk_feed_get_trouble (feed), ==, BENK_TROUBLE_OFFLINE);
  g_assert_cmpint (benk_feed_get_trouble_number (feed), ==, gone_ms);
  pass (f, 10 * 60 * 1000);
  g_assert_cmpint (benk_feed_get_trouble (feed), ==, BENK_TROUBLE_OFFLINE);
  g_assert_cmpint (benk_feed_get_trouble_number (feed), ==, gone_ms);
  g_assert_true (g_str_has_prefix (benk_feed_get_problem (feed),
                                   "No network since 09:00. What came until 09:00 is "
                                   "kept. New alarms are not shown here."));
  g_assert_cmpuint (f->n_silent, ==, 0);

  /* Asked at once when it is back, not when the wait is over. */
  benk_virtual_hub_clear_faults (f->base.hub);
  seen = f->n_rounds;
  benk_network_set_available (f->network, TRUE);
  wait_rounds (f, seen + 1);
  g_assert_null (benk_feed_get_problem (feed));
  g_assert_cmpuint (f->n_silent, ==, 0);
}

/* A fault of the source is one, whatever the computer thinks of its network. */
static void
test_fault_without_network (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  guint seen = f->n_rounds;

  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "503:GET@99", NULL));
  benk_network_set_available (f->network, FALSE);
  wait_rounds (f, seen + 1);
  g_assert_cmpint (benk_feed_get_trouble (feed), ==, BENK_TROUBLE_SERVER);
}

#define ADD(path, func)                                                                  \
  g_test_add ("/session/feeds/watch/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("silence-is-told-once", test_silence_is_told_once);
  ADD ("a-short-lapse-is-no-silence", test_short_lapse);
  ADD ("a-sleep-is-late-once", test_sleep_is_late);
  ADD ("a-sleep-is-a-gap-of-its-length", test_sleep_is_a_gap);
  ADD ("a-minute-is-not-late", test_a_minute_is_not_late);
  ADD ("a-sleep-while-asking-is-late-too", test_sleep_while_asking);
  ADD ("no-network-is-calm", test_no_network_is_calm);
  ADD ("a-fault-is-one-without-a-network-too", test_fault_without_network);
  return g_test_run ();
}

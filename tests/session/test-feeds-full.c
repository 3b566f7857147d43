/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "benk-alarms-fixture.h"
#include "benk-attention.h"
#include "benk-error.h"
#include "benk-full-disk.h"
#include "benk-session-private.h"
#include "benk-table-local.h"
#include "benk-watch-gap.h"

/* Alarms come in while there is no room: what cannot be kept is neither shown nor told,
 * that it is so is said, and by itself all is well when there is room. */

#define PAGE 4096
#define N_RAISED 25
#define NOT_SAVED "What came could not be saved on this computer. "

typedef struct _Fixture Fixture;

/* How it comes that nothing more can be written. */
typedef struct
{
  const char *name;
  void (*fill) (Fixture *f, guint n_pages);
  void (*make_room) (Fixture *f);
  gboolean mounts;
} Way;

struct _Fixture
{
  BenkAlarmsFixture base;
  BenkFullDisk disk;
  BenkSession *session; /* whose sources are asked */
  BenkFeeds *feeds;
  guint n_told;
  guint n_rounds;
  guint n_silent;
  guint n_answers;
};

/* --- a file system that is full --- */

static void
fill_disk (Fixture *f, guint n_pages)
{
  benk_full_disk_fill (&f->disk, &f->base.base, n_pages);
}

static void
empty_disk (Fixture *f)
{
  benk_full_disk_make_room (&f->disk);
}

/* --- files that may not grow --- */

static void
truncate_log (Fixture *f)
{
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (&f->base.base);
  g_autoptr (GError) error = NULL;

  benk_db_truncate_wal (db, &error);
  g_assert_no_error (error);
}

static void
limit_files (rlim_t n_octets)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (n_octets, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
fill_files (Fixture *f, guint n_pages)
{
  truncate_log (f);
  limit_files (n_pages * PAGE);
}

static void
free_files (Fixture *f)
{
  limit_files (RLIM_INFINITY);
}

/* --- a store that may not grow --- */

static gpointer
limit_pages (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 more = GPOINTER_TO_INT (data);
  g_autofree char *sql = NULL;
  gint64 n_pages = 0;

  benk_db_get_int64 (db, "PRAGMA page_count", &n_pages, error);
  sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, n_pages + more);
  benk_db_get_int64 (db, sql, &n_pages, error);
  return NULL;
}

static void
let_grow (Fixture *f, int n_pages)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkStore *store = benk_session_get_store (f->session);

  benk_store_write_async (store, limit_pages, GINT_TO_POINTER (n_pages), NULL, NULL,
                          benk_session_fixture_keep, &result);
  benk_store_write_finish (store, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

static void
fill_store (Fixture *f, guint n_pages)
{
  let_grow (f, (int) n_pages);
}

static void
free_store (Fixture *f)
{
  let_grow (f, 1 << 28);
}

static const Way ways[] = {
  { "disk", fill_disk, empty_disk, TRUE },
  { "files", fill_files, free_files, FALSE },
  { "store", fill_store, free_store, FALSE },
};

/* --- the source --- */

static void
count_told (BenkFeeds *feeds, BenkAlarm *alarm, BenkFeedNews news, Fixture *f)
{
  f->n_told++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const Way *way = data;

  if (way->mounts)
    {
      benk_full_disk_mount (&f->disk);
      benk_alarms_fixture_set_up_in (&f->base, f->disk.dir);
    }
  else
    benk_alarms_fixture_set_up (&f->base, NULL);
  f->session = g_object_ref (f->base.base.session);
  f->feeds = f->base.feeds;
  g_signal_connect (f->feeds, "alarm", G_CALLBACK (count_told), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  const Way *way = data;

  g_signal_handlers_disconnect_by_data (f->feeds, f);
  g_object_unref (f->session);
  benk_alarms_fixture_tear_down (&f->base, NULL);
  if (way->mounts)
    benk_full_disk_unmount (&f->disk);
}

static gboolean
is_hindered (Fixture *f, const Way *way)
{
  if (!way->mounts || f->disk.mounted)
    return FALSE;
  g_test_skip (benk_full_disk_get_hindrance ());
  return TRUE;
}

static void
raise_more (Fixture *f, guint n)
{
  static guint number;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("X-%05u", number++);
      const BenkVirtualAlarm alarm = { .serial = serial, .code = "1.8" };

      g_free (benk_virtual_hub_raise (f->base.hub, &alarm));
      benk_session_fixture_advance (&f->base.base, 1000);
    }
}

static gint64
count (Fixture *f, const char *sql)
{
  return benk_session_fixture_count (&f->base.base, sql);
}

/* What is kept of what came. */
static char *
describe_kept (Fixture *f)
{
  return g_strdup_printf (
    "%d alarms, %d steps, %d changes, read to %" G_GINT64_FORMAT " with %d faults",
    (int) count (f, "SELECT count (*) FROM alarm"),
    (int) count (f, "SELECT count (*) FROM alarm_step"),
    (int) count (f, "SELECT count (*) FROM journal"),
    count (f, "SELECT ifnull (CAST (cursor AS INTEGER), -1) FROM feed"),
    (int) count (f, "SELECT count (*) FROM feed_seen"));
}

static BenkFeed *
get_feed (Fixture *f)
{
  return g_list_model_get_item (benk_feeds_get_list (f->feeds), 0);
}

static void
check_not_saved (Fixture *f, const char *kept, guint n_told)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  g_autofree char *now = describe_kept (f);

  g_assert_cmpstr (now, ==, kept);
  g_assert_cmpuint (f->n_told, ==, n_told);
  g_assert_cmpstr (benk_trouble_to_name (benk_feed_get_trouble (feed)), ==, "not-saved");
  g_assert_true (g_str_has_prefix (benk_feed_get_problem (feed), NOT_SAVED));
}

static void
check_all_there (Fixture *f)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  guint n = benk_virtual_hub_get_n_issues (f->base.hub);

  g_assert_cmpint (count (f, "SELECT count (*) FROM alarm"), ==, n);
  g_assert_cmpint (count (f, "SELECT count (DISTINCT remote_id) FROM alarm"), ==, n);
  g_assert_cmpuint (f->n_told, ==, n);
  g_assert_null (benk_feed_get_problem (feed));
}

/* Returns: whether there was no room */
static gboolean
take_in_once (Fixture *f, const Way *way, guint n_pages)
{
  g_autofree char *kept = describe_kept (f);
  g_autoptr (GError) error = NULL;
  guint n_told = f->n_told;
  gboolean done;

  raise_more (f, N_RAISED);
  way->fill (f, n_pages);
  done = benk_alarms_fixture_sync (&f->base, NULL, NULL, &error);
  if (!done)
    {
      g_assert_true (g_str_has_prefix (error->message, "Hub: "));
      check_not_saved (f, kept, n_told);
      way->make_room (f);
      benk_alarms_fixture_must_sync (&f->base);
    }
  way->make_room (f);
  check_all_there (f);
  return !done;
}

static void
test_intake (Fixture *f, gconstpointer data)
{
  const Way *way = data;
  guint n_full = 0;

  if (is_hindered (f, way))
    return;
  raise_more (f, 1);
  benk_alarms_fixture_must_sync (&f->base);
  for (guint n_pages = 0; take_in_once (f, way, n_pages);
       n_pages = benk_full_disk_next_room (n_pages))
    n_full++;
  g_assert_cmpuint (n_full, >=, 3);
  g_test_message ("%s: %u times no room: nothing kept, told or read on, and said so; all "
                  "there when there was room",
                  way->name, n_full);
}

/* --- by itself --- */

static void
count_round (BenkFeeds *feeds, Fixture *f)
{
  f->n_rounds++;
}

static void
count_silence (BenkFeeds *feeds, BenkFeed *feed, gboolean begins, Fixture *f)
{
  *(begins ? &f->n_silent : &f->n_answers) += 1;
}

static void
wait_rounds (Fixture *f, guint wanted)
{
  while (f->n_rounds < wanted)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

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
start_watch (Fixture *f)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (f->feeds, f);
  g_object_unref (f->session);
  benk_session_open_async (f->base.base.path, BENK_SESSION_ENGINE, f->base.base.clock,
                           NULL, benk_session_fixture_keep, &opened);
  f->session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  f->feeds = benk_session_get_feeds (f->session);
  g_signal_connect (f->feeds, "alarm", G_CALLBACK (count_told), f);
  g_signal_connect (f->feeds, "round", G_CALLBACK (count_round), f);
  g_signal_connect (f->feeds, "silence", G_CALLBACK (count_silence), f);
  g_assert_true (benk_feeds_start (f->feeds, &error));
  wait_rounds (f, 1);
}

static void
stop_watch (Fixture *f)
{
  benk_feeds_stop (f->feeds);
  g_signal_handlers_disconnect_by_data (f->feeds, f);
  g_object_unref (f->session);
  while (count (f, "SELECT count (*) FROM watch_log WHERE kind = 'ends'") == 0)
    g_main_context_iteration (NULL, FALSE);
  f->session = g_object_ref (f->base.base.session);
  f->feeds = f->base.feeds;
}

/* What the report makes of it: while nothing could be kept, nothing was watched. */
static void
check_gap (Fixture *f, gint64 from_ms, gint64 to_ms)
{
  g_autoptr (BenkFeed) feed = get_feed (f);
  g_autoptr (BenkDb) db = benk_session_fixture_open_db (&f->base.base);
  g_autoptr (GArray) events =
    benk_table_watch_log_list (db, benk_feed_get_id (feed), NULL);
  g_autoptr (GArray) gaps =
    benk_watch_find_gaps ((const BenkWatchEvent *) (gpointer) events->data, events->len,
                          benk_feed_get_answered_ms (feed),
                          benk_clock_get_wall_ms (f->base.base.clock));

  g_assert_nonnull (benk_watch_find_gap (gaps, from_ms + 1));
  g_assert_nonnull (benk_watch_find_gap (gaps, to_ms));
  g_assert_null (benk_watch_find_gap (gaps, benk_clock_get_wall_ms (f->base.base.clock)));
}

static void
test_by_itself (Fixture *f, gconstpointer data)
{
  const Way *way = data;
  g_autofree char *kept = NULL;
  guint n_told;
  gint64 from_ms;
  gint64 to_ms;

  if (is_hindered (f, way))
    return;
  start_watch (f);
  raise_more (f, 1);
  pass (f, 60 * 1000);
  check_all_there (f);
  kept = describe_kept (f);
  n_told = f->n_told;
  from_ms = benk_clock_get_wall_ms (f->base.base.clock);
  way->fill (f, 0);
  raise_more (f, N_RAISED);
  pass (f, 6 * 60 * 1000);
  check_not_saved (f, kept, n_told);
  g_assert_cmpuint (f->n_silent, ==, 1);
  g_assert_cmpuint (f->n_answers, ==, 0);

  to_ms = benk_clock_get_wall_ms (f->base.base.clock);
  way->make_room (f);
  pass (f, 2 * 60 * 1000);
  check_all_there (f);
  g_assert_cmpuint (f->n_silent, ==, 1);
  g_assert_cmpuint (f->n_answers, ==, 1);
  g_assert_null (
    benk_attention_get_save_problem (benk_session_get_attention (f->session)));
  check_gap (f, from_ms, to_ms);
  stop_watch (f);
}

/* --- what waits to be sent --- */

static void
test_outbox (Fixture *f, gconstpointer data)
{
  const Way *way = data;
  BenkAttention *attention = benk_session_get_attention (f->session);
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  if (is_hindered (f, way))
    return;
  g_free (benk_alarms_fixture_raise (&f->base, "1.8"));
  benk_alarms_fixture_must_sync (&f->base);
  alarm = benk_alarms_fixture_get_only (&f->base, FALSE);
  benk_alarms_fixture_take (&f->base, alarm, &error);
  g_assert_no_error (error);
  g_assert_true (benk_virtual_hub_add_fault_named (f->base.hub, "drop@99", NULL));
  benk_alarms_fixture_close (&f->base, alarm, NULL, &error);
  g_assert_no_error (error);
  benk_virtual_hub_clear_faults (f->base.hub);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->base.hub), ==, 0);

  benk_session_fixture_advance (&f->base.base, 10 * 60 * 1000);
  way->fill (f, 0);
  g_assert_false (benk_alarms_fixture_sync (&f->base, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "What waits to be sent: "));
  g_assert_nonnull (benk_attention_get_save_problem (attention));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->base.hub), ==, 0);

  way->make_room (f);
  benk_session_fixture_advance (&f->base.base, 10 * 60 * 1000);
  benk_alarms_fixture_must_sync (&f->base);
  g_assert_null (benk_attention_get_save_problem (attention));
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->base.hub), ==, 1);
  g_assert_cmpint (
    count (f, "SELECT count (*) FROM outbox WHERE state IN ('queued', 'sent')"), ==, 0);
}

int
main (int argc, char *argv[])
{
  benk_full_disk_get_own_mounts ();
  signal (SIGXFSZ, SIG_IGN);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *intake =
        g_strdup_printf ("/session/feeds/full/%s/intake", ways[i].name);

      g_autofree char *by_itself =
        g_strdup_printf ("/session/feeds/full/%s/by-itself", ways[i].name);
      g_autofree char *outbox =
        g_strdup_printf ("/session/feeds/full/%s/outbox", ways[i].name);

      g_test_add (intake, Fixture, &ways[i], set_up, test_intake, tear_down);
      g_test_add (by_itself, Fixture, &ways[i], set_up, test_by_itself, tear_down);
      /* A row that is there can be written over where only new pages are refused. */
      if (ways[i].fill != fill_store)
        g_test_add (outbox, Fixture, &ways[i], set_up, test_outbox, tear_down);
    }

  return g_test_run ();
}

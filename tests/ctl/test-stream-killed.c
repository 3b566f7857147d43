/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"
#include "benk-fake-clock.h"
#include "benk-virtual-hub.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The program is killed while a stream of alarms comes in: whatever it says it has read
 * is there, once and whole, and one more poll brings the rest. */

#define N_ROUNDS 30
/* What the hub gives at a time, when it is left to it. */
#define PAGE 20
#define N_FIRST 50
/* So many more come while each page is on its way. */
#define N_MORE 3
#define STEP_MS 1000
/* What the program asks again for, so that nothing of the same second is missed. */
#define OVERLAP_MS 10000
#define LONGEST_US (30 * G_USEC_PER_SEC)
#define N_PAGES ((N_FIRST + PAGE - 1) / PAGE + 1)

/* Where it is killed is drawn by turns, so that every part of the stream is hit. */
typedef enum
{
  AIM_BEFORE, /* until the first page is asked for */
  AIM_IN,     /* a page was asked for: it is on its way, read or written */
  AIM_AFTER,  /* the page is kept and told, and no other is there */
  N_AIMS,
} Aim;

typedef struct
{
  guint n_kills, n_before, n_in, n_after, n_over;
  guint n_at[N_PAGES + 1]; /* how many pages were kept */
  guint n_watch, n_told;
} Tally;

typedef struct
{
  BenkCtlRig rig;
  BenkClock *clock;
  BenkVirtualHub *hub;
  GArray *stamps;            /* gint64, of every alarm of the hub in its order */
  gint64 before_us, page_us; /* how long these parts take */
  Tally tally;
} Fixture;

/* One run of the program, until it is no more. */
typedef struct
{
  GSubprocess *process;
  int out;
  GString *heard;
  guint n_lines;
  gboolean over;
  guint64 n_octets;
  guint asked_before;
  guint n_asked;  /* pages, of this run */
  GArray *served; /* guint: how many alarms of the hub were given after so many pages */
  guint first;    /* the first of the hub that this run is given again */
  gint64 begun_us, first_us, last_us;
} Run;

static void
raise_more (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%05u", self->stamps->len);
      const BenkVirtualAlarm alarm = { .serial = serial, .code = "1.8" };
      gint64 now_ms;

      benk_fake_clock_advance (BENK_FAKE_CLOCK (self->clock), STEP_MS);
      now_ms = benk_clock_get_wall_ms (self->clock);
      g_free (benk_virtual_hub_raise (self->hub, &alarm));
      g_array_append_val (self->stamps, now_ms);
    }
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCtlAnswer) added = NULL;

  benk_ctl_rig_set_up (&self->rig, NULL);
  self->clock =
    BENK_CLOCK (benk_fake_clock_new (g_get_real_time () / 1000 - 24 * 3600 * 1000));
  self->hub = benk_virtual_hub_new (self->clock, NULL);
  benk_virtual_hub_set_manners (self->hub, BENK_HUB_MANNER_OWN_PAGE);
  self->stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_assert_true (benk_virtual_hub_start (self->hub, &error));
  added = benk_ctl_rig_do (&self->rig, "feed add hub %s --token-file ''",
                           benk_virtual_hub_get_url (self->hub));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_array_unref (self->stamps);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

/* --- a run --- */

static guint
count_asked (Fixture *self)
{
  return benk_virtual_hub_count_log (self->hub, "GET", "/DetectedIssue");
}

static gint64
read_int (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK ||
      sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  value =
    sqlite3_column_type (stmt, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

static guint
find_first (Fixture *self, gint64 cursor_ms)
{
  guint at = 0;

  while (cursor_ms >= 0 && at < self->stamps->len &&
         g_array_index (self->stamps, gint64, at) < cursor_ms - OVERLAP_MS)
    at++;
  return at;
}

static gboolean
on_out (int fd, GIOCondition condition, gpointer data)
{
  Run *run = data;
  char octets[4096];
  gssize n = read (fd, octets, sizeof octets);

  run->over = n <= 0;
  for (gssize i = 0; i < n; i++)
    run->n_lines += octets[i] == '\n';
  if (n > 0)
    g_string_append_len (run->heard, octets, n);
  return run->over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* What is told is heard before the hub answers anything more. */
static void
run_listen (Run *run)
{
  g_autoptr (GSource) source = g_unix_fd_source_new (run->out, G_IO_IN | G_IO_HUP);

  g_source_set_callback (source, (GSourceFunc) (GCallback) on_out, run, NULL);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, NULL);
}

static void
run_start (Run *run, Fixture *self, const char *command, gint64 cursor_ms)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (&self->rig, G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  int pipe[2];

  *run = (Run){ .heard = g_string_new (NULL), .asked_before = count_asked (self) };
  run->served = g_array_new (FALSE, FALSE, sizeof (guint));
  run->first = find_first (self, cursor_ms);
  g_array_append_val (run->served, run->first);
  g_assert_true (g_unix_open_pipe (pipe, FD_CLOEXEC, NULL));
  g_subprocess_launcher_take_stdout_fd (launcher, pipe[1]);
  run->out = pipe[0];
  run->n_octets = benk_virtual_hub_get_n_octets (self->hub);
  run->begun_us = g_get_monotonic_time ();
  run->process =
    g_subprocess_launcher_spawn (launcher, &error, benk_ctl_rig_get_program (), "--store",
                                 self->rig.store, "alarm", command, NULL);
  g_assert_no_error (error);
  run_listen (run);
}

/* What the hub has answered by now; more comes in while that is on its way. */
static void
run_note (Run *run, Fixture *self)
{
  guint64 n_octets = benk_virtual_hub_get_n_octets (self->hub);
  guint n_asked;
  guint n_served;

  if (n_octets == run->n_octets)
    return;
  run->n_octets = n_octets;
  n_asked = count_asked (self) - run->asked_before;
  if (n_asked == run->n_asked)
    return;
  g_assert_cmpuint (n_asked, ==, run->n_asked + 1);
  run->n_asked = n_asked;
  run->last_us = g_get_monotonic_time ();
  if (n_asked == 1)
    run->first_us = run->last_us;
  n_served = MIN (run->first + n_asked * PAGE, self->stamps->len);
  g_array_append_val (run->served, n_served);
  if (n_asked < N_PAGES - 1)
    raise_more (self, N_MORE);
}

static gboolean
on_time (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
  return G_SOURCE_CONTINUE;
}

static guint
add_timer (gint64 us, gboolean *is_over)
{
  *is_over = FALSE;
  return g_timeout_add_full (G_PRIORITY_HIGH, (guint) (us / 1000), on_time, is_over,
                             NULL);
}

/* Returns: FALSE if it has ended by itself */
static gboolean
run_until (Run *run, Fixture *self, guint n_asked, guint n_lines)
{
  gboolean too_long;
  guint timer = add_timer (LONGEST_US, &too_long);

  while (!run->over && (run->n_asked < n_asked || run->n_lines < n_lines))
    {
      g_main_context_iteration (NULL, TRUE);
      run_note (run, self);
      g_assert_false (too_long);
    }
  g_source_remove (timer);
  return !run->over;
}

static void
run_on (Run *run, Fixture *self, gint64 us)
{
  gint64 until_us = g_get_monotonic_time () + us;
  gboolean nearly;
  guint timer = add_timer (us, &nearly);

  while (g_get_monotonic_time () < until_us)
    {
      g_main_context_iteration (NULL, !nearly);
      run_note (run, self);
    }
  g_source_remove (timer);
}

/* Returns: whether it was alive until then */
static gboolean
run_kill (Run *run)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (run->process, SIGKILL);
  g_subprocess_wait (run->process, NULL, &error);
  g_assert_no_error (error);
  while (!run->over)
    g_main_context_iteration (NULL, TRUE);
  return g_subprocess_get_if_signaled (run->process);
}

static void
run_clear (Run *run)
{
  g_object_unref (run->process);
  close (run->out);
  g_string_free (run->heard, TRUE);
  g_array_unref (run->served);
}

/* --- what it left --- */

#define ONE_EACH(table)                                                                  \
  "SELECT abs (count (*) - (SELECT count (*) FROM alarm))"                               \
  " + count (*) - count (DISTINCT alarm_id) FROM " table

/* What belongs to an alarm came with it. */
static const struct
{
  const char *what;
  const char *sql;
} halves[] = {
  { "a fault of the file", "SELECT count (*) - 1 + (integrity_check <> 'ok') FROM"
                           " pragma_integrity_check" },
  { "an alarm twice", "SELECT count (*) - count (DISTINCT remote_id) FROM alarm" },
  { "an alarm twice by its serial number",
    "SELECT count (*) - count (DISTINCT serial) FROM alarm" },
  { "an alarm without its one step", ONE_EACH ("alarm_step") },
  { "an alarm without its one version", ONE_EACH ("alarm_version") },
  { "an alarm that was not received once", ONE_EACH ("alarm_local") },
  { "an alarm that the change log does not know",
    "SELECT count (*) FROM alarm a WHERE NOT EXISTS (SELECT * FROM touch t"
    " JOIN journal j ON j.seq = t.seq WHERE t.tbl = 'alarm' AND t.row_id = a.id)" },
  { "a step of no alarm", "SELECT count (*) FROM alarm_step WHERE alarm_id NOT IN"
                          " (SELECT id FROM alarm)" },
  { "a version of no alarm", "SELECT count (*) FROM alarm_version WHERE alarm_id NOT IN"
                             " (SELECT id FROM alarm)" },
  { "a fault of a resource", "SELECT count (*) FROM feed_seen" },
};

static guint
count_rows (sqlite3 *db, const char *sql)
{
  return (guint) read_int (db, sql);
}

/* Those of the hub that are kept are its first, without a hole. */
static guint
count_kept (sqlite3 *db)
{
  guint n_kept = count_rows (db, "SELECT count (*) FROM alarm");
  guint last = count_rows (
    db, "SELECT ifnull (max (CAST (substr (remote_id, 4) AS INTEGER)), 0) FROM alarm");

  g_assert_cmpuint (last, ==, n_kept);
  return n_kept;
}

static void
check_cursor (Fixture *self, sqlite3 *db, guint n_kept)
{
  gint64 cursor_ms = read_int (db, "SELECT CAST (cursor AS INTEGER) FROM feed");

  for (guint i = n_kept; i < self->stamps->len; i++)
    g_assert_cmpint (g_array_index (self->stamps, gint64, i), >, cursor_ms);
}

/* (transfer full): the serial numbers of the alarms that are kept */
static GHashTable *
list_kept (sqlite3 *db)
{
  GHashTable *kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT serial FROM alarm", -1, &stmt, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_add (kept, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  sqlite3_finalize (stmt);
  return kept;
}

/* What was told is kept: each whole line is an alarm that is there. */
static guint
check_told (const Run *run, sqlite3 *db)
{
  g_auto (GStrv) lines = g_strsplit (run->heard->str, "\n", -1);
  g_autoptr (GHashTable) kept = list_kept (db);
  guint n_told = 0;

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *alarm = node ? json_node_get_object (node) : NULL;

      if (alarm == NULL || !json_object_has_member (alarm, "serial"))
        continue;
      g_assert_true (
        g_hash_table_contains (kept, json_object_get_string_member (alarm, "serial")));
      n_told++;
    }
  return n_told;
}

static guint
find_page (const Run *run, guint n_kept)
{
  for (guint i = 0; i < run->served->len; i++)
    if (MAX (g_array_index (run->served, guint, i), n_kept) == n_kept &&
        (i + 1 == run->served->len || g_array_index (run->served, guint, i + 1) > n_kept))
      return i;
  g_assert_not_reached ();
}

static void
check_left (Fixture *self, const Run *run, guint n_before, gint64 seq_before)
{
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, "left.db");
  guint n_kept = count_kept (db);
  guint page = find_page (run, n_kept);
  guint n_changes = count_rows (db, "SELECT max (seq) FROM journal") - (guint) seq_before;
  gboolean over;

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (count_rows (db, halves[i].sql) != 0)
      g_error ("left behind: %s", halves[i].what);
  /* Only whole pages, each a change. */
  g_assert_cmpuint (n_kept, ==, MAX (n_before, g_array_index (run->served, guint, page)));
  g_assert_cmpuint (n_changes, ==, page);
  check_cursor (self, db, n_kept);
  self->tally.n_told += check_told (run, db);
  sqlite3_close (db);

  over = page > 0 && page == run->n_asked && n_kept == self->stamps->len;
  *(run->n_asked == 0     ? &self->tally.n_before
    : over                ? &self->tally.n_over
    : page < run->n_asked ? &self->tally.n_in
                          : &self->tally.n_after) += 1;
  self->tally.n_at[MIN (page, N_PAGES)]++;
}

/* --- killing --- */

/* How long it takes to the first question, and from one to the next. */
static void
measure (Fixture *self)
{
  Run run;

  raise_more (self, N_FIRST);
  run_start (&run, self, "sync", -1);
  run_until (&run, self, G_MAXUINT, 0);
  g_assert_cmpuint (run.n_asked, >, 2);
  self->before_us = run.first_us - run.begun_us;
  self->page_us = (run.last_us - run.first_us) / (run.n_asked - 1);
  run_kill (&run);
  run_clear (&run);
}

/* The first run may have been slower than the others are. */
static void
measure_again (Fixture *self, const Run *run)
{
  if (run->n_asked > 0)
    self->before_us = MIN (self->before_us, run->first_us - run->begun_us);
  if (run->n_asked > 1)
    self->page_us =
      MIN (self->page_us, (run->last_us - run->first_us) / (run->n_asked - 1));
}

static void
sync_rest (Fixture *self)
{
  g_autoptr (BenkCtlAnswer) done = benk_ctl_rig_do (&self->rig, "alarm sync");
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, "rest.db");

  g_assert_cmpuint (count_kept (db), ==, self->stamps->len);
  for (gsize i = 1; i < G_N_ELEMENTS (halves); i++)
    g_assert_cmpuint (count_rows (db, halves[i].sql), ==, 0);
  sqlite3_close (db);
}

static void
kill_once (Fixture *self, guint round)
{
  Aim aim = round % N_AIMS;
  guint page = 1 + round / N_AIMS % N_PAGES;
  gboolean watch = aim == AIM_AFTER || round % 2 == 0;
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, "before.db");
  guint n_before = count_kept (db);
  gint64 seq_before = read_int (db, "SELECT max (seq) FROM journal");
  gint64 cursor_ms = read_int (db, "SELECT CAST (cursor AS INTEGER) FROM feed");
  gboolean alive = TRUE;
  Run run;

  sqlite3_close (db);
  raise_more (self, N_FIRST);
  run_start (&run, self, watch ? "watch" : "sync", cursor_ms);
  if (aim == AIM_BEFORE)
    run_on (&run, self, g_test_rand_int_range (0, (int) self->before_us));
  else
    alive = run_until (&run, self, page, 0);
  if (aim == AIM_IN)
    run_on (&run, self, g_test_rand_int_range (0, (int) (self->page_us * 3 / 4)));
  else if (aim == AIM_AFTER)
    alive = run_until (&run, self, page,
                       MAX (g_array_index (run.served, guint, page - 1), n_before) -
                         n_before + 1);
  g_assert_true (alive);
  alive = run_kill (&run);
  self->tally.n_kills += alive;
  self->tally.n_watch += watch;
  check_left (self, &run, n_before, seq_before);
  measure_again (self, &run);
  run_clear (&run);
  sync_rest (self);
}

static void
test_killed (Fixture *self, gconstpointer unused)
{
  Tally *tally = &self->tally;
  g_autoptr (GString) pages = g_string_new (NULL);
  g_autoptr (BenkCtlAnswer) verified = NULL;
  guint n_pages_hit = 0;

  measure (self);
  for (guint i = 0; i < N_ROUNDS; i++)
    kill_once (self, i);
  for (guint i = 0; i <= N_PAGES; i++)
    {
      g_string_append_printf (pages, "%s%u: %u", i > 0 ? ", " : "", i, tally->n_at[i]);
      n_pages_hit += tally->n_at[i] > 0;
    }
  g_test_message ("%u times killed (%u of them watching) in a stream of %u alarms: %u "
                  "before the first page, %u in a page, %u after a page, %u when all was "
                  "there; by pages kept: %s; %u alarms told, all kept",
                  tally->n_kills, tally->n_watch, self->stamps->len, tally->n_before,
                  tally->n_in, tally->n_after, tally->n_over, pages->str, tally->n_told);
  g_assert_cmpuint (tally->n_kills, >=, N_ROUNDS - 2);
  g_assert_cmpuint (tally->n_before, >=, N_ROUNDS / 10);
  g_assert_cmpuint (tally->n_in, >=, N_ROUNDS / 10);
  g_assert_cmpuint (tally->n_after, >=, N_ROUNDS / 10);
  g_assert_cmpuint (n_pages_hit, >=, N_PAGES);
  verified = benk_ctl_rig_do (&self->rig, "verify");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* A store a batch, so that looking at it stays short. */
  for (int i = 0; i < (g_test_slow () ? 10 : 1); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ctl/stream-killed/what-was-read-is-kept-once/%d", i + 1);

      g_test_add (path, Fixture, NULL, set_up, test_killed, tear_down);
    }
  return g_test_run ();
}

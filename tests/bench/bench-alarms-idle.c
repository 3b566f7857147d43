/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as it is shipped, its alarms shown, two sources that tell of nothing: how
 * often it wakes up, and what that costs. */

#include <string.h>
#include <time.h>

#include "benk-bench-hub.h"
#include "benk-bench-program.h"
#include "benk-bench.h"
#include "benk-feeds.h"

/* So long it may start, and so long it is watched. */
#define START_S 8
#define WATCH_S 30
#define N_HUBS 2

static char *dir;
static char *store;
static BenkBenchHub hubs[N_HUBS];

/* What the program has done so far. */
typedef struct
{
  gint64 at_us;
  gint64 cpu_us;
  guint n_wakes;  /* all threads */
  guint n_rounds; /* the window's */
} Work;

static Work began;
static guint n_rounds;

static int
look (GPollFD *files, guint n_files, int timeout)
{
  n_rounds++;
  return g_poll (files, n_files, timeout);
}

/* How often a thread gave up the processor of its own will, and was woken again. */
static guint
count_wakes (const char *thread)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", thread, "status", NULL);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nvoluntary_ctxt_switches:");
  return line ? (guint) g_ascii_strtoull (strchr (line, ':') + 1, NULL, 10) : 0;
}

static Work
look_at_work (void)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  struct timespec cpu;
  Work work = { .at_us = benk_bench_get_us (), .n_rounds = n_rounds };
  const char *thread;

  while (threads && (thread = g_dir_read_name (threads)) != NULL)
    work.n_wakes += count_wakes (thread);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  work.cpu_us = (gint64) cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000;
  return work;
}

static gboolean
on_watched (gpointer user_data)
{
  Work now = look_at_work ();
  double seconds = (double) (now.at_us - began.at_us) / G_USEC_PER_SEC;

  benk_bench_print_plain_head (
    "Alarms: idle with two sources",
    "The program as it is shipped, on the page of alarms, with two empty sources that it "
    "asks every 15 s; 30 s from 8 s after the start.");
  benk_bench_print_value ("wake-ups of all threads, a second",
                          (double) (now.n_wakes - began.n_wakes) / seconds, 0);
  benk_bench_print_value ("looks of the window's thread for what is new, a second",
                          (double) (now.n_rounds - began.n_rounds) / seconds, 0);
  benk_bench_print_value ("processor, ms a second",
                          (double) (now.cpu_us - began.cpu_us) / 1000 / seconds, 0);
  benk_bench_print_foot ();
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

static gboolean
on_started (gpointer user_data)
{
  g_main_context_set_poll_func (NULL, look);
  began = look_at_work ();
  g_timeout_add_seconds (WATCH_S, on_watched, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_window (GtkWindow *window)
{
  benk_window_show_page (BENK_WINDOW (window), "alarms");
  g_timeout_add_seconds (START_S, on_started, NULL);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static void
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_feed (BenkSession *session, guint number, const char *token_file)
{
  BenkFeeds *feeds = benk_session_get_feeds (session);
  g_autofree char *name = g_strdup_printf ("Hub %u", number + 1);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (GError) error = NULL;

  benk_feeds_add_async (feeds,
                        &(BenkNewFeed){ .name = name,
                                        .url = hubs[number].url,
                                        .token_file = token_file },
                        NULL, keep_result, &added);
  await (&added);
  feed = benk_feeds_add_finish (feeds, added, &error);
  if (feed == NULL)
    g_error ("%s", error->message);
}

static void
choose_staff (BenkSession *session)
{
  g_autoptr (GAsyncResult) chosen = NULL;
  g_autoptr (GError) error = NULL;

  benk_session_choose_staff_async (session, "KA", "Kari Anker", NULL, keep_result,
                                   &chosen);
  await (&chosen);
  if (!benk_session_choose_staff_finish (session, chosen, &error))
    g_error ("%s", error->message);
}

static void
make_store (BenkClock *clock)
{
  g_autofree char *token_file = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkSession) session = NULL;
  g_autoptr (GError) error = NULL;

  dir = benk_bench_make_folder ();
  store = benk_bench_make_store (dir, "idle.dosebenk", clock);
  token_file = benk_bench_write_token (dir);
  benk_session_open_async (store, BENK_SESSION_NONE, clock, NULL, keep_result, &opened);
  await (&opened);
  session = benk_session_open_finish (opened, &error);
  if (session == NULL)
    g_error ("%s", error->message);
  choose_staff (session);
  for (guint i = 0; i < N_HUBS; i++)
    add_feed (session, i, token_file);
}

int
main (int argc, char **argv)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  int code;

  for (guint i = 0; i < N_HUBS; i++)
    benk_bench_hub_start (&hubs[i], clock);
  make_store (clock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  code = benk_bench_program_run (argv[0], store, on_window);
  /* A later one holds the line to an earlier one, too. */
  for (guint i = N_HUBS; i > 0; i--)
    benk_bench_hub_stop (&hubs[i - 1]);
  benk_bench_remove_folder (dir);
  g_free (store);
  g_free (dir);
  return code;
}

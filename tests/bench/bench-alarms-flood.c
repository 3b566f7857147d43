/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window, with the alarms in it, while a source tells of a flood: what the thread of
 * the window is held up, and what memory is left with it afterwards. */

#include <time.h>
#include <unistd.h>

#include "benk-bench-hub.h"
#include "benk-bench.h"
#include "benk-feeds.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"
#include "benk-stage.h"

#define N_ALARMS 10000
#define N_FLOODS 3
#define APART_MS (10 * 1000)
#define PATIENCE_S 300
#define CALM_MS 500
#define BLOCK_GOAL_MS 50
#define MEMORY_GOAL_MIB 5

typedef struct
{
  BenkStage stage;
  BenkBenchHub hub;
} Flood;

/* What the thread did between two looks for what is new, in its own processor time: other
 * work on the machine does not lengthen it. */
static gint64 busy_since_us;
static gint64 longest_us;

static gint64
get_busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
look (GPollFD *files, guint n_files, int timeout)
{
  int n;

  longest_us = MAX (longest_us, get_busy_us () - busy_since_us);
  n = g_poll (files, n_files, timeout);
  busy_since_us = get_busy_us ();
  return n;
}

static double
read_memory_mib (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    g_error ("/proc/self/statm cannot be read");
  words = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoll (words[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) /
         (1024 * 1024);
}

static void
add_devices (Flood *self)
{
  for (guint i = 0; i < BENK_BENCH_DEVICES; i++)
    {
      g_autofree char *serial = benk_bench_make_serial (i);

      benk_stage_add (&self->stage,
                      &(BenkNewDevice){ .model_id = "evondos-e300",
                                        .serial = serial,
                                        .state = BENK_DEVICE_STATE_RECEIVED });
    }
}

static void
add_hub (Flood *self)
{
  BenkFeeds *feeds = benk_session_get_feeds (self->stage.session);
  g_autofree char *token_file = benk_bench_write_token (self->stage.dir);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  g_autoptr (GError) error = NULL;

  benk_feeds_add_async (feeds,
                        &(BenkNewFeed){
                          .name = "Hub", .url = self->hub.url, .token_file = token_file },
                        NULL, benk_stage_keep, &added);
  feed = benk_feeds_add_finish (feeds, benk_stage_await (&added), &error);
  if (feed == NULL)
    g_error ("%s", error->message);
}

static void
flood_init (Flood *self)
{
  g_autoptr (BenkClock) clock = benk_stage_clock_new (BENK_STAGE_WALL_MS);

  benk_bench_hub_start (&self->hub, clock);
  benk_stage_set_up (&self->stage, FALSE);
  benk_stage_choose_staff (&self->stage, "MH", "Mona Hansen");
  add_devices (self);
  add_hub (self);
  benk_stage_show_window (&self->stage, 1366, 768);
  benk_window_show_page (self->stage.window, "alarms");
  benk_shot_settle (GTK_WIDGET (self->stage.window));
}

static void
flood_clear (Flood *self)
{
  benk_stage_close_window (&self->stage);
  benk_stage_tear_down (&self->stage);
  benk_bench_hub_stop (&self->hub);
}

static gboolean
has_passed (gpointer until_us)
{
  return benk_bench_get_us () >= *(gint64 *) until_us;
}

static gboolean
has_answer (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

typedef struct
{
  BenkAlarms *alarms;
  guint n_open;
} Queue;

static gboolean
has_come_to (gpointer user_data)
{
  Queue *queue = user_data;

  return benk_alarms_get_n_open (queue->alarms) == queue->n_open;
}

/* One asking, and until the screen has followed. */
static gint64
measure_round (Flood *self, guint n_open)
{
  Queue queue = { benk_session_get_alarms (self->stage.session), n_open };
  BenkFeeds *feeds = benk_session_get_feeds (self->stage.session);
  GPollFunc poll = g_main_context_get_poll_func (NULL);
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until_us;

  longest_us = 0;
  busy_since_us = get_busy_us ();
  g_main_context_set_poll_func (NULL, look);
  benk_feeds_sync_async (feeds, NULL, benk_stage_keep, &answer);
  if (!benk_shot_wait (has_answer, &answer, PATIENCE_S))
    g_error ("the source was not read to its end");
  if (!benk_feeds_sync_finish (feeds, answer, NULL, NULL, &error))
    g_error ("%s", error->message);
  if (!benk_shot_wait (has_come_to, &queue, PATIENCE_S))
    g_error ("%u alarms are open, not %u", benk_alarms_get_n_open (queue.alarms), n_open);
  until_us = benk_bench_get_us () + CALM_MS * 1000;
  benk_shot_wait (has_passed, &until_us, PATIENCE_S);
  g_main_context_set_poll_func (NULL, poll);
  return longest_us;
}

int
main (void)
{
  Flood self = { 0 };
  gint64 come_us = 0;
  gint64 go_us = 0;
  double first_mib = 0;
  double last_mib = 0;

  flood_init (&self);
  for (guint i = 0; i < N_FLOODS; i++)
    {
      benk_bench_hub_raise (&self.hub, N_ALARMS, APART_MS,
                            (gint64) (N_FLOODS - 1 - i) * N_ALARMS * APART_MS);
      come_us = MAX (come_us, measure_round (&self, N_ALARMS));
      benk_bench_hub_close_all (&self.hub);
      go_us = MAX (go_us, measure_round (&self, 0));
      last_mib = read_memory_mib ();
      if (i == 0)
        first_mib = last_mib;
    }
  flood_clear (&self);

  benk_bench_print_plain_head (
    "Alarms: three floods of 10 000 with their page open",
    "The longest of three: processor time of the window's thread between two looks for "
    "what is new. Memory is what is resident when the queue is empty again.");
  benk_bench_print_value ("held up while they come, ms", (double) come_us / 1000,
                          BLOCK_GOAL_MS);
  benk_bench_print_value ("held up while they are closed elsewhere, ms",
                          (double) go_us / 1000, BLOCK_GOAL_MS);
  benk_bench_print_value ("memory after the first flood, MiB", first_mib, 0);
  benk_bench_print_value ("more after the third, MiB", last_mib - first_mib,
                          MEMORY_GOAL_MIB);
  benk_bench_print_foot ();
  return 0;
}

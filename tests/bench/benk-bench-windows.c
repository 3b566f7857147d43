/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-windows.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

/* Slow enough for each turn to be an event of its own: GTK 4.8 makes more of several. */
#define N_WHEEL "100"
#define WHEEL_GAP_MS "40"

/* A window in a process of its own; it tells what has been painted, a line each. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  GOutputStream *input;
  gint64 started_us;
} Window;

typedef struct
{
  int x, y, width, height;
} Place;

static void
open_window (Window *self, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;

  self->started_us = benk_bench_get_us ();
  /* With its files left open it is not forked, which would copy what this process has
   * been given for a hundred thousand rows. */
  self->process =
    g_subprocess_newv (arguments,
                       G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                         G_SUBPROCESS_FLAGS_INHERIT_FDS,
                       &error);
  if (self->process == NULL)
    g_error ("%s", error->message);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->input = g_subprocess_get_stdin_pipe (self->process);
}

static void
order (Window *self, const char *command)
{
  g_autofree char *line = g_strdup_printf ("%s\n", command);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all (self->input, line, strlen (line), NULL, NULL, &error))
    g_error ("%s", error->message);
}

/* Waits until the window says @word; returns the numbers behind it. */
static GStrv
await (Window *self, const char *word)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line =
        g_data_input_stream_read_line (self->output, NULL, NULL, &error);
      g_auto (GStrv) parts = NULL;

      if (line == NULL)
        g_error ("no “%s”: %s", word, error != NULL ? error->message : "it ended");
      parts = g_strsplit (line, " ", -1);
      if (g_str_equal (parts[0], word))
        return g_steal_pointer (&parts);
    }
}

static gint64
await_number (Window *self, const char *word, guint which)
{
  g_auto (GStrv) parts = await (self, word);

  if (g_strv_length (parts) <= which)
    g_error ("“%s” says too little", word);
  return g_ascii_strtoll (parts[which], NULL, 10);
}

static void
await_calm (Window *self)
{
  g_auto (GStrv) parts = await (self, "calm");
}

static void
close_window (Window *self)
{
  g_autoptr (GError) error = NULL;

  order (self, "quit");
  if (!g_subprocess_wait_check (self->process, NULL, &error))
    g_error ("%s", error->message);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
}

/* Keys, pointer and wheel go through the display server, as a person's do. */
static void
use_hands (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, &error);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s", error->message);
}

static gint64
read_memory (Window *self)
{
  order (self, "memory");
  return await_number (self, "memory", 1) * 1000 / 1024;
}

static void
read_place (Window *self, Place *place)
{
  g_auto (GStrv) parts = NULL;

  order (self, "place");
  parts = await (self, "place");
  if (g_strv_length (parts) != 5)
    g_error ("the place is not told");
  place->x = atoi (parts[1]);
  place->y = atoi (parts[2]);
  place->width = atoi (parts[3]);
  place->height = atoi (parts[4]);
}

static void
point_at (const Place *place)
{
  g_autofree char *x = g_strdup_printf ("%d", place->x + place->width / 2);
  g_autofree char *y = g_strdup_printf ("%d", place->y + place->height / 2);

  use_hands ((const char *[]){ "xdotool", "mousemove", x, y, NULL });
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
type_word (Window *self, guint round, BenkBenchWindows *times)
{
  gint64 us[BENK_BENCH_N_KEYS];

  for (guint i = 0; i < BENK_BENCH_N_KEYS; i++)
    {
      const char letter[] = { BENK_BENCH_WORD[i], '\0' };
      const char *key = letter[0] != '\0' ? letter : "Escape";

      use_hands ((const char *[]){ "xdotool", "key", key, NULL });
      us[i] = await_number (self, "key", 1);
      times->key[i].us[round] = us[i];
      times->n_found[i] = (guint) await_number (self, "calm", 1);
    }
  qsort (us, BENK_BENCH_N_KEYS, sizeof us[0], compare);
  times->keys.us[round] = us[BENK_BENCH_N_KEYS / 2];
}

static gint64
turn_wheel (Window *self)
{
  g_auto (GStrv) told = NULL;
  int n_frames;

  order (self, "scroll");
  g_strfreev (await (self, "scrolling"));
  use_hands ((const char *[]){ "xdotool", "click", "--repeat", N_WHEEL, "--delay",
                               WHEEL_GAP_MS, "5", NULL });
  order (self, "rest");
  told = await (self, "frames");
  n_frames = atoi (told[1]);
  if (n_frames < 50 || g_ascii_strtod (told[3], NULL) < 1000)
    g_error ("the list was not scrolled: %d frames, at %s", n_frames, told[3]);

  return (gint64) atoi (told[2]) * 100000 / n_frames;
}

/* @place: where the list must stand; of an empty one, where it does */
static void
use_list (Window *self, guint round, Place *place, BenkBenchWindows *times)
{
  Place own;

  read_place (self, &own);
  if (place->width == 0)
    *place = own;
  if (own.width != place->width || own.height != place->height)
    g_error ("the lists differ: %d × %d, %d × %d", own.width, own.height, place->width,
             place->height);
  point_at (&own);
  type_word (self, round, times);
  times->late.us[round] = turn_wheel (self);
}

static void
measure_empty (const BenkBenchPrograms *programs, guint round, BenkBenchWindows *bare)
{
  Window window;

  open_window (&window, (const char *[]){ programs->bare, NULL });
  bare->shown.us[round] = await_number (&window, "shown", 1) - window.started_us;
  bare->rows.us[round] = bare->shown.us[round];
  await_calm (&window);
  bare->memory.us[round] = read_memory (&window);
  close_window (&window);
}

static void
open_app (const BenkBenchPrograms *programs, Window *window)
{
  open_window (window,
               (const char *[]){ programs->window, programs->store, "rows", NULL });
}

static void
measure_start (const BenkBenchPrograms *programs, guint round, BenkBenchWindows *app)
{
  Window window;

  open_app (programs, &window);
  app->shown.us[round] = await_number (&window, "shown", 1) - window.started_us;
  app->rows.us[round] = await_number (&window, "rows", 1) - window.started_us;
  await_calm (&window);
  app->memory.us[round] = read_memory (&window);
  close_window (&window);
}

static void
measure_app_list (const BenkBenchPrograms *programs,
                  guint round,
                  Place *place,
                  BenkBenchWindows *app)
{
  Window window;

  open_app (programs, &window);
  g_strfreev (await (&window, "rows"));
  await_calm (&window);
  use_list (&window, round, place, app);
  close_window (&window);
}

static void
measure_bare_list (const BenkBenchPrograms *programs,
                   guint round,
                   Place *place,
                   BenkBenchWindows *bare)
{
  g_autofree char *width = g_strdup_printf ("%d", place->width);
  g_autofree char *height = g_strdup_printf ("%d", place->height);
  Window window;

  open_window (&window, (const char *[]){ programs->bare, programs->store,
                                          BENK_BENCH_WORD, width, height, NULL });
  g_strfreev (await (&window, "rows"));
  await_calm (&window);
  use_list (&window, round, place, bare);
  close_window (&window);
}

static void
measure_preview (const BenkBenchPrograms *programs, guint round, BenkBenchWindows *app)
{
  Window window;

  open_window (&window, (const char *[]){ programs->window, programs->store,
                                          programs->list, NULL });
  app->held_up.us[round] = await_number (&window, "preview", 1);
  close_window (&window);
}

static gint64
get_median_us (const BenkBenchTimes *times)
{
  return (gint64) (benk_bench_get_median_ms (times) * 1000);
}

static void
keep_start (const BenkBenchWindows *starts, guint round, BenkBenchWindows *side)
{
  side->shown.us[round] = get_median_us (&starts->shown);
  side->rows.us[round] = get_median_us (&starts->rows);
  side->memory.us[round] = get_median_us (&starts->memory);
}

/* Each side in turn, several times: no two starts take equally long. The first one does
 * not count, as what came before may still be written to the disk. */
static void
measure_starts (const BenkBenchPrograms *programs,
                guint round,
                BenkBenchWindows *app,
                BenkBenchWindows *bare)
{
  BenkBenchWindows app_starts;
  BenkBenchWindows bare_starts;

  for (guint i = 0; i <= BENK_BENCH_ROUNDS; i++)
    {
      measure_empty (programs, i > 0 ? i - 1 : 0, &bare_starts);
      measure_start (programs, i > 0 ? i - 1 : 0, &app_starts);
    }
  keep_start (&app_starts, round, app);
  keep_start (&bare_starts, round, bare);
}

void
benk_bench_windows_round (const BenkBenchPrograms *programs,
                          guint round,
                          BenkBenchWindows *app,
                          BenkBenchWindows *bare)
{
  Place place = { 0 };

  measure_starts (programs, round, app, bare);
  measure_app_list (programs, round, &place, app);
  measure_bare_list (programs, round, &place, bare);
  measure_preview (programs, round, app);
  for (guint i = 0; i < BENK_BENCH_N_KEYS; i++)
    if (app->n_found[i] != bare->n_found[i])
      g_error ("key %u: %u rows, and %u from memory", i, app->n_found[i],
               bare->n_found[i]);
}

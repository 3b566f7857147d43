/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-hub.h"

#include <sys/wait.h>
#include <unistd.h>

#include "benk-virtual-hub.h"

static const char *const CODES[] = { "1.8", "1.1", "1.17", "1.3" };

char *
benk_bench_make_serial (guint number)
{
  return g_strdup_printf ("EV-%06u", number);
}

/* Returns: (transfer full): the path of a file that holds the token */
char *
benk_bench_write_token (const char *dir)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, "token", NULL);

  if (!g_file_set_contents_full (path, BENK_BENCH_TOKEN, -1, G_FILE_SET_CONTENTS_NONE,
                                 0600, &error))
    g_error ("%s", error->message);
  return path;
}

/* -- In the process of the hub ------------------------------------------------------- */

static void
raise_alarms (
  BenkVirtualHub *hub, GPtrArray *ids, guint n, gint64 apart_ms, gint64 last_ms)
{
  gint64 start_ms = last_ms - (gint64) n * apart_ms;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *serial = benk_bench_make_serial (i % BENK_BENCH_DEVICES);
      const BenkVirtualAlarm alarm = {
        .serial = serial,
        .code = CODES[i % G_N_ELEMENTS (CODES)],
        .severity = "high",
        .raised_ms = start_ms + (gint64) (i + 1) * apart_ms,
      };

      g_ptr_array_add (ids, benk_virtual_hub_raise (hub, &alarm));
    }
}

static void
close_alarms (BenkVirtualHub *hub, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ids->len; i++)
    if (!benk_virtual_hub_close_elsewhere (hub, g_ptr_array_index (ids, i), "Care",
                                           &error))
      g_error ("%s", error->message);
  g_ptr_array_set_size (ids, 0);
}

static void
serve (BenkClock *clock, FILE *asks, FILE *answers)
{
  g_autoptr (BenkVirtualHub) hub = benk_virtual_hub_new (clock, BENK_BENCH_TOKEN);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  char line[100];

  if (!benk_virtual_hub_start_thread (hub, &error))
    g_error ("%s", error->message);
  fprintf (answers, "%s\n", benk_virtual_hub_get_url (hub));
  fflush (answers);
  while (fgets (line, sizeof line, asks) != NULL)
    {
      guint n;
      gint64 apart_ms;
      gint64 ago_ms;

      if (sscanf (line, "raise %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &n, &apart_ms,
                  &ago_ms) == 3)
        raise_alarms (hub, ids, n, apart_ms, benk_clock_get_wall_ms (clock) - ago_ms);
      else
        close_alarms (hub, ids);
      fputs ("done\n", answers);
      fflush (answers);
    }
  benk_virtual_hub_stop (hub);
}

/* -- In the process that is measured ------------------------------------------------- */

static char *
read_line (BenkBenchHub *self)
{
  char line[200];

  if (fgets (line, sizeof line, self->answers) == NULL)
    g_error ("the hub has ended");
  return g_strdup (g_strchomp (line));
}

void
benk_bench_hub_start (BenkBenchHub *self, BenkClock *clock)
{
  int asks[2];
  int answers[2];

  if (pipe (asks) != 0 || pipe (answers) != 0)
    g_error ("no pipe to the hub");
  self->pid = fork ();
  if (self->pid < 0)
    g_error ("no process for the hub");
  if (self->pid == 0)
    {
      close (asks[1]);
      close (answers[0]);
      serve (clock, fdopen (asks[0], "r"), fdopen (answers[1], "w"));
      _exit (0);
    }
  close (asks[0]);
  close (answers[1]);
  self->asks = fdopen (asks[1], "w");
  self->answers = fdopen (answers[0], "r");
  self->url = read_line (self);
}

static void
ask (BenkBenchHub *self, const char *line)
{
  g_autofree char *answer = NULL;

  fprintf (self->asks, "%s\n", line);
  fflush (self->asks);
  answer = read_line (self);
}

void
benk_bench_hub_raise (BenkBenchHub *self, guint n, gint64 apart_ms, gint64 ago_ms)
{
  g_autofree char *line =
    g_strdup_printf ("raise %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, n, apart_ms,
                     ago_ms);

  ask (self, line);
}

void
benk_bench_hub_close_all (BenkBenchHub *self)
{
  ask (self, "close");
}

void
benk_bench_hub_stop (BenkBenchHub *self)
{
  fclose (self->asks);
  waitpid (self->pid, NULL, 0);
  fclose (self->answers);
  g_free (self->url);
}

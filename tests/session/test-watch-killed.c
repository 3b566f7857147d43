/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "benk-alarms-fixture.h"

#define N_KILLS 50

static char *program;

/* -- The one that is killed: watches and prints what it is told ------------------------
 */

static void
print_alarm (BenkFeeds *feeds, BenkAlarm *alarm, BenkFeedNews news, gpointer unused)
{
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (alarm));

  printf ("%s\n", id);
  fflush (stdout);
}

static int
watch (const char *path)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSession) session = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  benk_session_open_async (path, BENK_SESSION_ENGINE, clock, NULL,
                           benk_session_fixture_keep, &opened);
  session = benk_session_open_finish (BENK_AWAIT (opened), &error);
  if (session == NULL)
    g_error ("%s", error->message);
  g_signal_connect (benk_session_get_feeds (session), "alarm", G_CALLBACK (print_alarm),
                    NULL);
  if (!benk_feeds_start (benk_session_get_feeds (session), &error))
    g_error ("%s", error->message);
  g_main_loop_run (loop);
  return 0;
}

/* -- The one that kills ----------------------------------------------------------------
 */

static void
note_line (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(char **) slot = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source),
                                                          result, NULL, NULL);
  g_assert_nonnull (*(char **) slot);
}

/* (transfer full): the id in the first line, by which time the process is gone */
static char *
kill_on_first_line (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--watch", path,
                      NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  char *id = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, note_line, &id);
  while (id == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  return id;
}

static void
assert_listed (BenkAlarmsFixture *f, const char *id, guint n_alarms)
{
  g_autoptr (GListModel) list = benk_alarms_fixture_list (f, TRUE);
  gboolean found = FALSE;

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n_alarms);
  for (guint i = 0; i < n_alarms && !found; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);
      g_autofree char *other = benk_id_to_string (benk_alarm_get_id (alarm));

      found = g_str_equal (other, id);
    }
  g_assert_true (found);
}

static void
test_killed (BenkAlarmsFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *serial = g_strdup_printf ("K-%u", i);
      const BenkVirtualAlarm raised = { .serial = serial, .code = "1.8" };
      g_autofree char *remote = benk_virtual_hub_raise (f->hub, &raised);
      g_autofree char *id = kill_on_first_line (f->base.path);

      assert_listed (f, id, i + 1);
    }
  benk_session_verify_async (f->base.session, 0, NULL, NULL, benk_session_fixture_keep,
                             &verified);
  g_assert_true (benk_session_verify_finish (f->base.session, BENK_AWAIT (verified), NULL,
                                             NULL, &error));
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--watch"))
    return watch (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  BENK_ALARMS_TEST ("/session/feeds/killed-on-the-first-line-it-is-kept", NULL,
                    test_killed);
  return g_test_run ();
}

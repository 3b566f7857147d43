/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-hub.h"

#include <signal.h>
#include <string.h>

/* Point 6: an alarm is kept before it is shown. */

#define N_KILLS 50
#define LONGEST_S 30

typedef struct
{
  BenkCtlRig rig;
  BenkCtlHub *hub;
} Fixture;

/* A running “alarm watch”. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *lines;
  GCancellable *cancellable;
  guint timeout;
  char *line;
  gboolean done;
} Watch;

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up (&self->rig, NULL);
  self->hub = benk_ctl_hub_new (&self->rig);
  benk_ctl_hub_add (self->hub, &self->rig);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_hub_free (self->hub);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

static Watch *
watch_new (Fixture *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (&self->rig, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  Watch *watch = g_new0 (Watch, 1);

  watch->process =
    g_subprocess_launcher_spawn (launcher, &error, benk_ctl_rig_get_program (), "--store",
                                 self->rig.store, "alarm", "watch", NULL);
  g_assert_no_error (error);
  watch->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (watch->process));
  watch->cancellable = g_cancellable_new ();
  return watch;
}

static void
watch_free (Watch *watch)
{
  g_object_unref (watch->process);
  g_object_unref (watch->lines);
  g_object_unref (watch->cancellable);
  g_free (watch->line);
  g_free (watch);
}

static gboolean
on_timeout (gpointer user_data)
{
  Watch *watch = user_data;

  watch->timeout = 0;
  g_cancellable_cancel (watch->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) error = NULL;

  g_free (watch->line);
  watch->line = g_data_input_stream_read_line_finish (watch->lines, result, NULL, &error);
  g_assert_no_error (error);
  watch->done = TRUE;
}

/* Returns: (transfer none): the next line, or NULL when it has ended */
static const char *
watch_read_line (Watch *watch)
{
  watch->done = FALSE;
  watch->timeout = g_timeout_add_seconds (LONGEST_S, on_timeout, watch);
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT,
                                       watch->cancellable, on_line, watch);
  while (!watch->done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&watch->timeout, g_source_remove);
  return watch->line;
}

static void
watch_end (Watch *watch, int with)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (watch->process, with);
  g_subprocess_wait (watch->process, NULL, &error);
  g_assert_no_error (error);
}

/* The line fits the schema. Returns: (transfer full): the alarm's id */
static char *
check_line (Fixture *self, const char *line, const char *serial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (line, &error);
  g_autofree char *broken = NULL;
  JsonObject *alarm;

  g_assert_no_error (error);
  broken = benk_json_schema_check (self->rig.schema, "answer_alarm_watch", node);
  g_assert_cmpstr (broken, ==, NULL);
  alarm = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (alarm, "serial"), ==, serial);
  return g_strdup (json_object_get_string_member (alarm, "id"));
}

static gboolean
is_listed (Fixture *self, const char *id, guint *n_alarms)
{
  g_autoptr (BenkCtlAnswer) listed = benk_ctl_rig_look (&self->rig, "alarm list");
  JsonArray *alarms = benk_ctl_answer_get_array (listed);

  *n_alarms = json_array_get_length (alarms);
  for (guint i = 0; i < *n_alarms; i++)
    if (g_str_equal (
          json_object_get_string_member (json_array_get_object_element (alarms, i), "id"),
          id))
      return TRUE;
  return FALSE;
}

static void
test_killed (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) verified = NULL;
  guint n_listed = 0;
  guint n_alarms = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *serial = g_strdup_printf ("W-%u", i);
      g_autofree char *remote = benk_ctl_hub_raise (self->hub, serial, "1.8", NULL);
      g_autofree char *id = NULL;
      Watch *watch = watch_new (self);
      const char *line = watch_read_line (watch);

      watch_end (watch, SIGKILL);
      g_assert_true (g_subprocess_get_if_signaled (watch->process));
      g_assert_nonnull (line);
      id = check_line (self, line, serial);
      if (is_listed (self, id, &n_alarms))
        n_listed++;
      watch_free (watch);
    }
  g_test_message ("killed %u times on the first line: %u alarms listed", N_KILLS,
                  n_listed);
  g_assert_cmpuint (n_listed, ==, N_KILLS);
  g_assert_cmpuint (n_alarms, ==, N_KILLS);
  verified = benk_ctl_rig_do (&self->rig, "verify");
}

static void
test_interrupted (Fixture *self, gconstpointer data)
{
  g_autofree char *remote = benk_ctl_hub_raise (self->hub, "W-1", "1.8", NULL);
  g_autofree char *id = NULL;
  Watch *watch = watch_new (self);

  id = check_line (self, watch_read_line (watch), "W-1");
  watch_end (watch, GPOINTER_TO_INT (data));
  g_assert_true (g_subprocess_get_if_exited (watch->process));
  g_assert_cmpint (g_subprocess_get_exit_status (watch->process), ==, 0);
  g_assert_null (watch_read_line (watch));
  watch_free (watch);
}

/* What came in twice, and what came in another order, is one alarm. */
static void
test_once (Fixture *self, gconstpointer unused)
{
  g_autofree char *one = benk_ctl_hub_raise (self->hub, "W-1", "1.8", NULL);
  g_autoptr (BenkCtlAnswer) first = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_autoptr (BenkCtlAnswer) again = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_autofree char *id = NULL;
  guint n_alarms = 0;

  g_assert_cmpint (benk_ctl_answer_get_int (first, "new"), ==, 1);
  g_assert_cmpint (benk_ctl_answer_get_int (again, "new"), ==, 0);
  g_assert_cmpint (benk_ctl_answer_get_int (again, "changed"), ==, 0);
  is_listed (self, "", &n_alarms);
  g_assert_cmpuint (n_alarms, ==, 1);
}

#define ADD(path, data, function)                                                        \
  g_test_add ("/ctl/watch/point-6/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("killed-on-its-first-line-50-times-the-alarm-is-listed", NULL, test_killed);
  ADD ("ends-when-interrupted", GINT_TO_POINTER (SIGINT), test_interrupted);
  ADD ("ends-when-terminated", GINT_TO_POINTER (SIGTERM), test_interrupted);
  ADD ("what-comes-twice-is-one-alarm", NULL, test_once);

  return g_test_run ();
}

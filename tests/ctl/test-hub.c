/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The hub as a program of its own: every fault on command, seen by dosebenkctl. */

#define PATIENCE_S 60

typedef struct
{
  BenkCtlRig rig;
  GSubprocess *process;
  GDataInputStream *out;
  GOutputStream *in;
} Fixture;

/* The next line; an alarm ends a test that waits in vain. */
static char *
read_line (Fixture *self)
{
  char *line;

  alarm (PATIENCE_S);
  line = g_data_input_stream_read_line (self->out, NULL, NULL, NULL);
  alarm (0);
  g_assert_nonnull (line);
  return line;
}

static void
start (Fixture *self, const char *option)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (&self->rig, G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                             G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                             G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autoptr (BenkCtlAnswer) added = NULL;

  self->process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("DOSEBENK_VIRTUAL"), "--hub",
                                 "--hub-token", "t", option, NULL);
  g_assert_no_error (error);
  self->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->in = g_subprocess_get_stdin_pipe (self->process);
  line = read_line (self);
  g_assert_true (g_str_has_prefix (line, "listening http://127.0.0.1:"));
  g_free (benk_ctl_rig_write (&self->rig, "token", "t"));
  added = benk_ctl_rig_do (&self->rig, "feed add hub %s --token-file %s/token",
                           line + strlen ("listening "), self->rig.dir);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_set_up (&self->rig, NULL);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  alarm (PATIENCE_S);
  g_subprocess_wait (self->process, NULL, NULL);
  alarm (0);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_object_unref (self->out);
  g_object_unref (self->process);
  benk_ctl_rig_tear_down (&self->rig, NULL);
}

static void
tell (Fixture *self, const char *command, const char *expected)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autofree char *done = NULL;
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (self->in, line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  done = read_line (self);
  g_assert_true (g_str_has_prefix (done, expected));
}

static void
check_state (Fixture *self, const char *state)
{
  g_autoptr (BenkCtlAnswer) listed = benk_ctl_rig_look (&self->rig, "feed list");
  JsonObject *feed =
    json_array_get_object_element (benk_ctl_answer_get_array (listed), 0);

  g_assert_cmpstr (json_object_get_string_member (feed, "state"), ==, state);
}

static const struct
{
  const char *fault;
  const char *state;
} FAULTS[] = {
  { "401", "token" },         { "portal", "login-page" },
  { "malformed", "garbled" }, { "wait=30", "asked-to-wait" },
  { "drop", "cut" },          { "endless-next", "pages" },
  { "500", "server" },
};

static void
test_on_command (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) synced = NULL;

  start (self, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault %s:GET@9", FAULTS[i].fault);
      g_autoptr (BenkCtlAnswer) failed = NULL;

      tell (self, command, "fault ");
      failed = benk_ctl_rig_run (&self->rig, "alarm sync");
      g_assert_cmpint (failed->status, ==, 1);
      check_state (self, FAULTS[i].state);
      tell (self, "clear", "cleared");
    }
  tell (self, "raise MD-1 1.8", "raised di-1");
  tell (self, "take di-1 Koordinator", "taken di-1");
  tell (self, "manners own-page,no-link", "manners ");
  tell (self, "door bind", "door bind");
  synced = benk_ctl_rig_do (&self->rig, "alarm sync");
  g_assert_cmpint (benk_ctl_answer_get_int (synced, "new"), ==, 1);
  check_state (self, "answers");
  g_test_message ("%u faults on command", (guint) G_N_ELEMENTS (FAULTS));
}

static void
test_from_the_start (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) failed = NULL;
  g_autoptr (BenkCtlAnswer) synced = NULL;

  start (self, "--hub-fault=403:GET");
  failed = benk_ctl_rig_run (&self->rig, "alarm sync");
  g_assert_cmpint (failed->status, ==, 1);
  check_state (self, "no-access");
  synced = benk_ctl_rig_do (&self->rig, "alarm sync");
  check_state (self, "answers");
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/hub/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("faults-on-command", test_on_command);
  ADD ("a-fault-from-the-start", test_from_the_start);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include "benk-virtual-memory.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The simulated dispensers as a program of their own, alone and against dosebenkctl. */

#define PATIENCE_S 60

/* A program that runs, and what it says line by line. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *out;
  GDataInputStream *err;
} Running;

static void
running_free (Running *self)
{
  g_object_unref (self->process);
  g_object_unref (self->out);
  g_object_unref (self->err);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Running, running_free)

static Running *
start (BenkCtlRig *rig, const char *variable, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (rig, G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                      G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *whole = g_strconcat (g_getenv (variable), " ", line, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  Running *self = g_new0 (Running, 1);

  g_assert_true (g_shell_parse_argv (whole, NULL, &argv, &error));
  self->process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  self->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->err = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->process));
  return self;
}

/* The rest of the first line that begins so; an alarm ends a test that waits in vain. */
static char *
await_line (GDataInputStream *stream, const char *start)
{
  char *line;

  alarm (PATIENCE_S);
  while ((line = g_data_input_stream_read_line (stream, NULL, NULL, NULL)) != NULL)
    {
      char *found = strstr (line, start);

      if (found != NULL)
        {
          char *rest = g_strdup (found + strlen (start));

          g_free (line);
          alarm (0);
          return rest;
        }
      g_free (line);
    }
  g_error ("the program has ended without “%s”", start);
}

static char *
read_rest (GDataInputStream *stream)
{
  GString *text = g_string_new (NULL);
  char *line;

  while ((line = g_data_input_stream_read_line (stream, NULL, NULL, NULL)) != NULL)
    {
      g_string_append_printf (text, "%s\n", line);
      g_free (line);
    }
  return g_string_free (text, FALSE);
}

static int
finish (Running *self)
{
  alarm (PATIENCE_S);
  g_subprocess_wait (self->process, NULL, NULL);
  alarm (0);
  return g_subprocess_get_if_exited (self->process)
           ? g_subprocess_get_exit_status (self->process)
           : -1;
}

static const struct
{
  const char *line;
  int status;
  const char *out;
  const char *err;
} LINES[] = {
  { "--help", 0, "--usbip", "" },
  { "--version", 0, "dosebenk-virtual ", "" },
  { "--list-models", 0, "pilly-sms PS-90001", "" },
  { "--list-faults", 0, "wipe-leaves-region[:N][@K]", "" },
  { "--list-faults", 0, "slow[:N][@K]", "" },
  { "--list-faults", 0, "full[:N][@K]", "" },
  { "--list-hub-faults", 0, "fault half-open\n", "" },
  { "--list-hub-faults", 0, "manners own-page\n", "" },
  { "--hub --usbip --model medido", 2, "", "--hub" },
  { "--hub --model medido", 2, "", "--hub-token" },
  { "--usbip --model medido --hub-fault drop", 2, "", "--hub-fault" },
  { "--hub --hub-fault no-such", 2, "", "no-such" },
  { "", 2, "", "--usbip or --connect" },
  { "--usbip", 2, "", "--model" },
  { "--usbip --connect 127.0.0.1:1 --model medido", 2, "", "--usbip or --connect" },
  { "--usbip --model karie", 2, "", "karie" },
  { "--usbip --model medido,medido", 2, "", "twice" },
  { "--usbip --model medido,medido=MD9000001", 2, "", "twice" },
  { "--usbip --model medido=", 1, "", "serial number" },
  { "--usbip --model medido= --fault no-such", 2, "", "no-such" },
  { "--usbip --model medido --fault stall@0", 2, "", "stall" },
  { "--usbip --model medido --fault full:6", 2, "", "from 1 to" },
  { "--usbip --model medido --fault stall:2@9", 2, "", "behind “:”" },
  { "--usbip --model medido --return-after 1e9", 2, "", "--return-after" },
  { "--usbip example.org:1 --model medido", 2, "", "example.org" },
  { "--usbip 127.0.0.1:99999 --model medido", 2, "", "99999" },
  { "--usbip 203.0.113.1:0 --model medido", 1, "", "203.0.113.1" },
  { "--usbip --model medido word", 2, "", "word" },
  { "--no-such", 2, "", "--no-such" },
  { "--connect 127.0.0.1:1 --model medido,pilly-sms", 2, "", "once" },
  { "--connect 127.0.0.1:1 --model medido", 1, "", "127.0.0.1:1" },
  { "--connect 127.0.0.1:1 --model medido --again 1", 1, "", "127.0.0.1:1" },
  { "--connect 127.0.0.1:1 --model medido --again 1e9", 2, "", "--again" },
};

static void
test_command_line (BenkCtlRig *rig, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      g_autoptr (Running) program = start (rig, "DOSEBENK_VIRTUAL", LINES[i].line);
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_test_message ("%s", LINES[i].line);
      g_assert_cmpint (finish (program), ==, LINES[i].status);
      out = read_rest (program->out);
      err = read_rest (program->err);
      g_test_message ("%s", err);
      g_assert_nonnull (strstr (out, LINES[i].out));
      g_assert_nonnull (strstr (err, LINES[i].err));
      g_assert_true (LINES[i].status == 0 ||
                     g_str_has_prefix (err, "dosebenk-virtual: "));
    }
}

static void
test_serves (BenkCtlRig *rig, gconstpointer unused)
{
  static const int ends[] = { SIGINT, SIGTERM };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (Running) program =
        start (rig, "DOSEBENK_VIRTUAL",
               "--usbip 127.0.0.1:0 --model medido,pilly-sms=PS-7 --state kept");
      g_autofree char *port = await_line (program->out, "listening 127.0.0.1:");
      g_autofree char *first = await_line (program->out, "exported 1-1 ");
      g_autofree char *second = await_line (program->out, "exported 1-2 ");
      g_autofree char *tool = g_find_program_in_path ("usbip");

      g_assert_cmpstr (first, ==, "medido MD9000001");
      g_assert_cmpstr (second, ==, "pilly-sms PS-7");
      if (tool != NULL)
        {
          g_autofree char *line =
            g_strdup_printf ("--tcp-port %s list -r 127.0.0.1", port);
          g_autofree char *listed = NULL;
          g_autoptr (Running) list = NULL;

          g_setenv ("USBIP_TOOL", tool, TRUE);
          list = start (rig, "USBIP_TOOL", line);
          g_assert_cmpint (finish (list), ==, 0);
          listed = read_rest (list->out);
          g_assert_nonnull (strstr (listed, "1-1:"));
          g_assert_nonnull (strstr (listed, "1-2:"));
          g_assert_nonnull (strstr (listed, "(1209:0001)"));
        }
      else
        g_test_message ("the tool of Linux is not installed");
      g_subprocess_send_signal (program->process, ends[i]);
      g_assert_cmpint (finish (program), ==, 0);
    }
}

static JsonObject *
read_agents (BenkCtlRig *rig, Running *ctl, guint n_agents, JsonNode **json)
{
  g_autofree char *text = read_rest (ctl->out);
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = NULL;

  *json = json_from_string (text, &error);
  g_assert_no_error (error);
  broken = benk_json_schema_check (rig->schema, "answer_phd_read", *json);
  g_assert_cmpstr (broken, ==, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (*json)), ==, n_agents);
  return json_array_get_object_element (json_node_get_array (*json), 0);
}

static void
test_read (BenkCtlRig *rig, gconstpointer unused)
{
  const char *const *models = benk_virtual_memory_get_models ();
  g_autoptr (Running) ctl =
    start (rig, "DOSEBENKCTL",
           "phd read --listen 127.0.0.1:0 --count 4 --quiet 0.1 --timeout 50");
  g_autofree char *port = await_line (ctl->err, "listening on 127.0.0.1:");
  g_autoptr (JsonNode) json = NULL;
  JsonObject *agent;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("--connect 127.0.0.1:%s --model %s", port, models[i]);
      g_autoptr (Running) program = start (rig, "DOSEBENK_VIRTUAL", line);
      g_autofree char *out = NULL;

      g_assert_cmpint (finish (program), ==, 0);
      out = read_rest (program->out);
      g_assert_nonnull (strstr (out, "connected 127.0.0.1:"));
      g_assert_nonnull (strstr (out, "disconnected 127.0.0.1:"));
    }
  g_assert_cmpint (finish (ctl), ==, 0);
  agent = read_agents (rig, ctl, 4, &json);
  g_assert_cmpstr (json_object_get_string_member (agent, "serial"), ==, "MD9000001");
  g_assert_true (json_object_get_boolean_member (agent, "simulated"));
  g_assert_cmpstr (json_object_get_string_member (agent, "link"), ==, "network");
}

static void
test_stopped (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (Running) ctl =
    start (rig, "DOSEBENKCTL", "phd read --listen 127.0.0.1:0 --count 0");
  g_autofree char *port = await_line (ctl->err, "listening on 127.0.0.1:");
  g_autofree char *line = g_strdup_printf ("--connect 127.0.0.1:%s --model medido", port);
  g_autoptr (Running) program = start (rig, "DOSEBENK_VIRTUAL", line);
  g_autofree char *waits = await_line (ctl->err, "waiting for reports");
  g_autoptr (JsonNode) json = NULL;
  JsonObject *agent;

  g_assert_nonnull (port);
  g_subprocess_send_signal (ctl->process, SIGINT);
  g_assert_cmpint (finish (ctl), ==, 0);
  g_assert_cmpint (finish (program), ==, 0);
  g_assert_nonnull (waits);
  agent = read_agents (rig, ctl, 1, &json);
  g_assert_cmpstr (json_object_get_string_member (agent, "outcome"), ==, "released");
}

static JsonNode *
read_conform (BenkCtlRig *rig, Running *ctl)
{
  g_autofree char *text = read_rest (ctl->out);
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = NULL;
  JsonNode *json = json_from_string (text, &error);

  g_assert_no_error (error);
  broken = benk_json_schema_check (rig->schema, "answer_phd_conform", json);
  g_assert_cmpstr (broken, ==, NULL);
  return json;
}

static Running *
start_conform (BenkCtlRig *rig)
{
  g_autofree char *line =
    g_strdup_printf ("--json --store %s phd conform --device PS-77 --destructive "
                     "--confirm PS-77 --listen 127.0.0.1:0 --timeout 50",
                     rig->store);

  return start (rig, "DOSEBENKCTL", line);
}

/* It says goodbye, breaks off, and wipes: each time the agent connects again. */
static void
test_conform (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (Running) ctl = start_conform (rig);
  g_autofree char *port = await_line (ctl->err, "listening on 127.0.0.1:");
  g_autofree char *line =
    g_strdup_printf ("--connect 127.0.0.1:%s --model pilly-sms=PS-77 --again 0.1", port);
  g_autoptr (Running) program = start (rig, "DOSEBENK_VIRTUAL", line);
  g_autoptr (JsonNode) json = NULL;
  JsonObject *report;

  g_assert_cmpint (finish (ctl), ==, 0);
  g_assert_cmpint (finish (program), ==, 0);
  json = read_conform (rig, ctl);
  report = json_node_get_object (json);
  g_assert_cmpstr (json_object_get_string_member (report, "serial"), ==, "PS-77");
  /* It says itself what it is. */
  g_assert_cmpstr (json_object_get_string_member (report, "link"), ==, "simulated");
  g_assert_cmpint (json_object_get_int_member (report, "failed"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (report, "not_tried"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (report, "passed"), ==,
                   json_array_get_length (
                     json_object_get_array_member (report, "requirements")));
}

/* Whoever connects with another serial is asked who it is, and nothing more. */
static void
test_conform_another (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (Running) ctl = start_conform (rig);
  g_autofree char *port = await_line (ctl->err, "listening on 127.0.0.1:");
  g_autofree char *line =
    g_strdup_printf ("--connect 127.0.0.1:%s --model pilly-sms=PS-78", port);
  g_autoptr (Running) program = start (rig, "DOSEBENK_VIRTUAL", line);
  g_autofree char *text = NULL;

  g_assert_cmpint (finish (ctl), ==, 1);
  g_assert_cmpint (finish (program), ==, 0);
  text = read_rest (ctl->out);
  g_assert_nonnull (strstr (text, "PS-78"));
  g_assert_nonnull (strstr (text, "It is another device."));
}

static const struct
{
  const char *line;
  int status;
  const char *err;
} READS[] = {
  { "phd conform --listen 127.0.0.1:0", 2, "--device" },
  { "phd conform --device A-1 --listen nowhere", 2, "nowhere" },
  { "phd conform --device A-1 --listen 127.0.0.1:0 --timeout 0.1", 1, "No agent came" },
  { "phd conform --device A-1 --listen 127.0.0.1:0 --timeout 1e9", 2, "--timeout" },
  { "phd conform --device A-1 --listen 203.0.113.1:0", 1, "203.0.113.1" },
  { "phd conform --device A-1 --listen 127.0.0.1:0 --virtual medido=A-1", 2, "not both" },
  { "phd read", 2, "--listen" },
  { "phd read --listen nowhere", 2, "nowhere" },
  { "phd read --listen 127.0.0.1:0 --count -1", 2, "--count" },
  { "phd read --listen 127.0.0.1:0 --quiet -1", 2, "--quiet" },
  { "phd read --listen 127.0.0.1:0 word", 2, "word" },
  { "phd read --listen 127.0.0.1:0 --timeout 0.1", 1, "No agent came" },
  { "phd read --listen 203.0.113.1:0", 1, "203.0.113.1" },
};

static void
test_read_lines (BenkCtlRig *rig, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (READS); i++)
    {
      g_autofree char *line =
        g_strdup_printf ("--store %s %s", rig->store, READS[i].line);
      g_autoptr (Running) ctl = start (rig, "DOSEBENKCTL", line);
      g_autofree char *err = NULL;

      g_test_message ("%s", READS[i].line);
      g_assert_cmpint (finish (ctl), ==, READS[i].status);
      err = read_rest (ctl->err);
      g_assert_nonnull (strstr (err, READS[i].err));
    }
}

static void
add (const char *path, void (*func) (BenkCtlRig *, gconstpointer))
{
  g_test_add (path, BenkCtlRig, NULL, benk_ctl_rig_set_up, func, benk_ctl_rig_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ctl/virtual/command-line", test_command_line);
  add ("/ctl/virtual/serves-until-stopped", test_serves);
  add ("/ctl/phd/reads-every-make", test_read);
  add ("/ctl/phd/stopped-by-the-user", test_stopped);
  add ("/ctl/phd/tries-an-agent-over-tcp", test_conform);
  add ("/ctl/phd/tries-no-other-agent", test_conform_another);
  add ("/ctl/phd/command-line", test_read_lines);
  return g_test_run ();
}

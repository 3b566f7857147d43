/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <signal.h>
#include <string.h>

/* What a bridge from SMS or mail pipes in, one JSON object a line. */

#define SERIAL "MD0000001"

#define LINE(device, code, at, id)                                                       \
  "{\"device\":\"" device "\",\"code\":\"" code "\",\"via\":\"sms\",\"at\":\"" at        \
  "\",\"external_id\":\"" id "\"}\n"

static void
set_up (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) added = NULL;

  benk_ctl_rig_set_up (rig, NULL);
  added = benk_ctl_rig_do (rig, "device add " SERIAL " --model medido");
}

static GSubprocess *
start (BenkCtlRig *rig, const char *input)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (rig, G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                      G_SUBPROCESS_FLAGS_STDERR_PIPE |
                                      (input ? 0 : G_SUBPROCESS_FLAGS_STDIN_PIPE));
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  if (input)
    g_subprocess_launcher_set_stdin_file_path (launcher, input);
  process = g_subprocess_launcher_spawn (launcher, &error, benk_ctl_rig_get_program (),
                                         "--json", "--store", rig->store, "--as", "KA",
                                         "alarm", "add", "--stdin", NULL);
  g_assert_no_error (error);
  return process;
}

typedef struct
{
  int status;
  JsonNode *json;
  char *err;
} Told;

static void
told_clear (Told *told)
{
  g_clear_pointer (&told->json, json_node_unref);
  g_clear_pointer (&told->err, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void
pipe_in (BenkCtlRig *rig, const char *text, gssize length, Told *told)
{
  g_autofree char *path = benk_ctl_rig_path (rig, "lines");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *wrong = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  process = start (rig, path);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &told->err, &error);
  g_assert_no_error (error);
  told->status = g_subprocess_get_exit_status (process);
  told->json = json_from_string (out, &error);
  g_assert_no_error (error);
  wrong =
    benk_json_schema_check (rig->schema,
                            told->status == 0 ? "answer_alarm_add" : "error_with_answer",
                            told->json);
  g_assert_cmpstr (wrong, ==, NULL);
}

static void
expect (Told *told, int status, int n_new, int n_joined, int n_known, int n_malformed)
{
  JsonObject *answer = json_node_get_object (told->json);

  if (json_object_has_member (answer, "answer"))
    answer = json_object_get_object_member (answer, "answer");
  g_assert_cmpint (told->status, ==, status);
  g_assert_cmpint (json_object_get_int_member (answer, "new"), ==, n_new);
  g_assert_cmpint (json_object_get_int_member (answer, "joined"), ==, n_joined);
  g_assert_cmpint (json_object_get_int_member (answer, "known"), ==, n_known);
  g_assert_cmpint (json_object_get_int_member (answer, "malformed"), ==, n_malformed);
}

static void
test_repeated (BenkCtlRig *rig, gconstpointer unused)
{
  static const char lines[] = LINE (SERIAL, "1.8", "2026-01-10T08:00:00+01:00", "sms-1")
    LINE (SERIAL, "1.8", "2026-01-10T08:05:00+01:00",
          "sms-2") "\n \n" LINE (SERIAL, "1.19", "2026-01-10T09:00:00+01:00", "sms-3");
  g_auto (Told) first = { 0 };
  g_auto (Told) again = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  pipe_in (rig, lines, -1, &first);
  expect (&first, 0, 2, 1, 0, 0);
  g_assert_cmpint (benk_ctl_rig_count (rig, "SELECT count (*) FROM alarm"), ==, 3);
  before = benk_ctl_rig_digest (rig);
  pipe_in (rig, lines, -1, &again);
  expect (&again, 0, 0, 0, 3, 0);
  after = benk_ctl_rig_digest (rig);
  g_assert_cmpstr (before, ==, after);
}

/* Line 2 is wrong; 1 and 3 are kept. */
static void
test_malformed (BenkCtlRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *line;
    const char *reason;
  } cases[] = {
    { "SMS from 4790000000: roll jammed", "no JSON object" },
    { "[1, 2]", "no JSON object" },
    { "\"1.8\"", "no JSON object" },
    { "{\"device\":\"" SERIAL "\"", "no JSON object" },
    { "{\"device\":\"\xff\",\"code\":\"1.8\"}", "no JSON object" },
    { "{}", "are needed" },
    { "{\"device\":\" \",\"code\":\"1.8\",\"via\":\"sms\",\"external_id\":\"x\"}",
      "are needed" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"sms\"}", "are needed" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"feed\",\"external_id\":\"x\"}",
      "“feed” is none of" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"crow\",\"external_id\":\"x\"}",
      "“crow” is none of" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"sms\",\"externalId\":\"x\"}",
      "“externalId” is not known" },
    { "{\"device\":[],\"code\":\"1.8\",\"via\":\"sms\",\"external_id\":\"x\"}",
      "“device” is neither" },
    { "{\"device\":\"A\",\"code\":1.8,\"via\":\"sms\",\"external_id\":\"x\"}",
      "“code” is neither" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"sms\",\"external_id\":\"x\","
      "\"at\":\"yesterday\"}",
      "“yesterday” is not a time" },
    { "{\"device\":\"A\",\"code\":\"1.8\",\"via\":\"sms\",\"external_id\":\"x\","
      "\"at\":\"2090-01-01T00:00\"}",
      "in the future" },
    { "{\"device\":\"15507600090\",\"code\":\"1.8\",\"via\":\"sms\","
      "\"external_id\":\"x\"}",
      "national" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"device\":\"" SERIAL "\",\"code\":\"1.8\",\"via\":\"sms\","
                         "\"at\":\"2026-01-%02uT08:00\",\"external_id\":\"a%u\"}\n%s\n"
                         "{\"device\":\"" SERIAL "\",\"code\":\"1.19\",\"via\":\"sms\","
                         "\"at\":\"2026-01-%02uT12:00\",\"external_id\":\"b%u\"}",
                         (guint) i + 1, (guint) i, cases[i].line, (guint) i + 1,
                         (guint) i);
      g_auto (Told) told = { 0 };

      g_test_message ("%u: %s", (guint) i, cases[i].reason);
      pipe_in (rig, text, -1, &told);
      expect (&told, 1, 2, 0, 0, 1);
      if (!strstr (told.err, "line 2: ") || !strstr (told.err, cases[i].reason))
        g_error ("“%s” does not say “%s”", told.err, cases[i].reason);
    }
  g_test_message ("%u kinds of lines", (guint) G_N_ELEMENTS (cases));
}

/* Long lines, NUL, and no end of the last. */
static void
test_octets (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Told) told = { 0 };
  g_auto (Told) empty = { 0 };

  for (guint i = 0; i < 2000000; i++)
    g_string_append_c (text, '{');
  g_string_append_c (text, '\n');
  g_string_append_len (text, "{\"device\":\"A\0B\"}\n", 17);
  g_string_append (text, "{\"device\":\"" SERIAL "\",\"code\":\"1.8\",\"via\":\"mail\","
                         "\"external_id\":\"<1@mail>\"}\r");
  pipe_in (rig, text->str, (gssize) text->len, &told);
  expect (&told, 1, 1, 0, 0, 2);
  g_assert_nonnull (strstr (told.err, "line 1: The line is too long."));
  g_assert_nonnull (strstr (told.err, "line 2: "));
  pipe_in (rig, "", 0, &empty);
  expect (&empty, 0, 0, 0, 0, 0);
}

/* An alarm is not lost because somebody has not registered the device, or calls it by
 * another name; whose telephone it came from is not kept. */
static void
test_kept_all_the_same (BenkCtlRig *rig, gconstpointer unused)
{
  g_auto (Told) told = { 0 };
  g_autofree char *code = NULL;

  pipe_in (rig,
           LINE ("ZZ-404", "1.8", "2026-01-10T08:00", "4790000000-1")
             LINE (SERIAL, "Skuffen piper", "2026-01-10T08:00", "4790000000-2"),
           -1, &told);
  expect (&told, 0, 2, 0, 0, 0);
  g_assert_cmpint (
    benk_ctl_rig_count (rig, "SELECT count (*) FROM alarm WHERE device_id IS NULL"
                             " AND serial = 'ZZ-404'"),
    ==, 1);
  code = benk_ctl_rig_text (rig, "SELECT code FROM alarm WHERE device_id IS NOT NULL");
  g_assert_cmpstr (code, ==, "1\n");
  g_assert_cmpint (
    benk_ctl_rig_count (rig, "SELECT count (*) FROM alarm WHERE remote_id LIKE '%4790%'"),
    ==, 0);
}

static void
test_one_by_options (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const ways[] = { "sms", "sms", "mail" };
  g_auto (GStrv) ids = g_new0 (char *, G_N_ELEMENTS (ways) + 1);
  g_autoptr (BenkCtlAnswer) odd =
    benk_ctl_rig_run (rig, "alarm add --stdin --device " SERIAL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (BenkCtlAnswer) answer =
        benk_ctl_rig_do (rig,
                         "alarm add --device " SERIAL
                         " --code %s --via %s --at 2026-01-10T08:00"
                         " --external-id 77",
                         i < 2 ? "1.8" : "1.19", ways[i]);

      ids[i] = g_strdup (benk_ctl_answer_get_string (answer, "id"));
    }
  g_assert_cmpstr (ids[0], ==, ids[1]);
  g_assert_cmpstr (ids[0], !=, ids[2]);
  g_assert_cmpint (odd->status, ==, 2);
}

typedef struct
{
  BenkCtlRig *rig;
  GMainLoop *loop;
  guint n_looks;
} Look;

/* Ten looks a second, for thirty seconds. */
static gboolean
look (gpointer user_data)
{
  Look *self = user_data;

  self->n_looks++;
  if (benk_ctl_rig_count (self->rig, "SELECT count (*) FROM alarm") < 1 &&
      self->n_looks < 300)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* A line is kept before the next one is read, also when the pipe stays open and the
 * program is killed. */
static void
test_killed (BenkCtlRig *rig, gconstpointer unused)
{
  static const char first[] = LINE (SERIAL, "1.8", "2026-01-10T08:00", "1");
  static const char both[] = LINE (SERIAL, "1.8", "2026-01-10T08:00", "1")
    LINE (SERIAL, "1.19", "2026-01-10T08:00", "2");
  g_autoptr (GSubprocess) process = start (rig, NULL);
  GOutputStream *input = g_subprocess_get_stdin_pipe (process);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Look seen = { rig, loop, 0 };
  g_autoptr (GError) error = NULL;
  g_auto (Told) told = { 0 };

  g_output_stream_write_all (input, first, strlen (first), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_flush (input, NULL, &error);
  g_assert_no_error (error);
  g_timeout_add (100, look, &seen);
  g_main_loop_run (loop);
  g_assert_cmpuint (seen.n_looks, <, 300);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  pipe_in (rig, both, -1, &told);
  expect (&told, 0, 1, 0, 1, 0);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/told/" path, BenkCtlRig, NULL, set_up, function,                     \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-is-delivered-twice-is-one-alarm", test_repeated);
  ADD ("a-malformed-line-holds-up-no-other", test_malformed);
  ADD ("octets-are-input", test_octets);
  ADD ("nothing-is-lost-for-want-of-a-word", test_kept_all_the_same);
  ADD ("one-is-added-by-options", test_one_by_options);
  ADD ("a-line-is-kept-before-the-next-is-read", test_killed);

  return g_test_run ();
}

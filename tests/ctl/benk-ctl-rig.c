/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <glib/gstdio.h>
#include <string.h>

/* No command of a test takes longer; one that hangs is ended and fails its test. */
#define LONGEST_S 60

struct _BenkCtlCall
{
  BenkCtlRig *rig;
  GSubprocess *process;
  GBytes *out;
  GBytes *err;
  char *def;
  guint timeout;
  gboolean done;
};

const char *
benk_ctl_rig_get_program (void)
{
  const char *program = g_getenv ("DOSEBENKCTL");

  if (program == NULL)
    g_error ("DOSEBENKCTL does not say where the program is");
  return program;
}

char *
benk_ctl_rig_path (BenkCtlRig *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

/* Returns: (transfer full): the path of a new file with @text in it */
char *
benk_ctl_rig_write (BenkCtlRig *self, const char *name, const char *text)
{
  char *path = benk_ctl_rig_path (self, name);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                           0600, NULL));
  return path;
}

/* Returns: (transfer full): the path of the sample list */
char *
benk_ctl_rig_sample (void)
{
  return g_test_build_filename (G_TEST_DIST, "session", "data", "lager-vestre-aker.csv",
                                NULL);
}

void
benk_ctl_rig_copy (const char *from, const char *to)
{
  g_autofree char *octets = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &octets, &length, NULL));
  g_assert_true (g_file_set_contents (to, octets, (gssize) length, NULL));
}

static void
set_up (BenkCtlRig *self, const char *option)
{
  g_autofree char *schema =
    g_test_build_filename (G_TEST_DIST, "..", "data", "ctl.schema.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkCtlAnswer) made = NULL;
  g_autoptr (BenkCtlAnswer) signed_in = NULL;

  self->dir = g_dir_make_tmp ("benk-ctl-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = benk_ctl_rig_path (self, "test.db");
  self->schema = benk_json_schema_new (schema, &error);
  g_assert_no_error (error);
  made = benk_ctl_rig_do (self, "store init %s %s", self->store, option);
  /* The first time somebody signs is a change of its own. */
  signed_in = benk_ctl_rig_do (self, "device list");
}

void
benk_ctl_rig_set_up (BenkCtlRig *self, gconstpointer unused)
{
  set_up (self, "");
}

void
benk_ctl_rig_set_up_demo (BenkCtlRig *self, gconstpointer unused)
{
  set_up (self, "--demo");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_all (inside);
    }
  g_remove (path);
}

void
benk_ctl_rig_tear_down (BenkCtlRig *self, gconstpointer unused)
{
  remove_all (self->dir);
  g_clear_pointer (&self->dir, g_free);
  g_clear_pointer (&self->store, g_free);
  g_clear_pointer (&self->schema, benk_json_schema_free);
}

void
benk_ctl_answer_free (BenkCtlAnswer *answer)
{
  g_free (answer->out);
  g_free (answer->err);
  g_clear_pointer (&answer->json, json_node_unref);
  g_free (answer);
}

/* Away from this person's own stores, keyring, session bus and screen. */
GSubprocessLauncher *
benk_ctl_rig_new_launcher (BenkCtlRig *self, GSubprocessFlags flags)
{
  static const char *const folders[] = {
    "HOME",           "XDG_DATA_HOME",  "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"
  };
  static const char *const absent[] = { "DBUS_SESSION_BUS_ADDRESS", "DISPLAY",
                                        "WAYLAND_DISPLAY", "LANGUAGE" };
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (launcher, folders[i], self->dir, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    g_subprocess_launcher_unsetenv (launcher, absent[i]);
  if (self->debug)
    g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  g_subprocess_launcher_set_cwd (launcher, self->dir);
  return launcher;
}

static gboolean
on_timeout (gpointer user_data)
{
  BenkCtlCall *call = user_data;

  call->timeout = 0;
  g_test_message ("a command took longer than %d s", LONGEST_S);
  g_subprocess_force_exit (call->process);
  return G_SOURCE_REMOVE;
}

static void
on_communicated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkCtlCall *call = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_finish (call->process, result, &call->out, &call->err, &error);
  g_assert_no_error (error);
  call->done = TRUE;
}

static BenkCtlCall *
start_words (BenkCtlRig *self, const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher =
    benk_ctl_rig_new_launcher (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                       G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  BenkCtlCall *call = g_new0 (BenkCtlCall, 1);

  g_ptr_array_add (argv, (gpointer) benk_ctl_rig_get_program ());
  for (; *words; words++)
    g_ptr_array_add (argv, (gpointer) *words);
  g_ptr_array_add (argv, NULL);
  call->rig = self;
  call->process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  call->timeout = g_timeout_add_seconds (LONGEST_S, on_timeout, call);
  g_subprocess_communicate_async (call->process, NULL, NULL, on_communicated, call);
  return call;
}

static char *
take_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_utf8_validate_len (data, length, NULL));
  return g_strndup (data ? data : "", length);
}

/* What is logged for finding faults comes on standard output too. */
static void
part_log_lines (BenkCtlAnswer *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer->out, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  GString *err = g_string_new (answer->err);

  for (guint i = 0; lines[i]; i++)
    if (lines[i][0] == '{' || lines[i][0] == '[')
      g_string_append_printf (out, "%s\n", lines[i]);
    else
      g_string_append_printf (err, "%s\n", lines[i]);
  g_free (answer->out);
  g_free (answer->err);
  answer->out = g_string_free (g_steal_pointer (&out), FALSE);
  answer->err = g_string_free (err, FALSE);
}

/* One text of JSON, or one a line; an error also stands on standard error. */
static void
check_answer (BenkCtlCall *call, BenkCtlAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *said = NULL;
  const char *def = call->def;

  answer->json = json_from_string (answer->out, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer->json);
  g_assert_true (strchr (answer->out, '\n') == answer->out + strlen (answer->out) - 1);
  if (answer->status != 0)
    def = strstr (answer->out, "\"answer\":") ? "error_with_answer" : "error";
  broken = benk_json_schema_check (call->rig->schema, def, answer->json);
  if (broken)
    g_error ("%s breaks the schema: %s\n%s", def, broken, answer->out);
  if (answer->status == 0)
    return;
  said = g_strdup_printf ("dosebenkctl: %s\n", benk_ctl_answer_get_message (answer));
  g_assert_nonnull (strstr (answer->err, said));
  g_assert_cmpint (answer->status, ==,
                   g_str_equal (benk_ctl_answer_get_code (answer), "usage") ? 2 : 1);
}

/* Returns: (transfer full): the answer; @call is freed */
BenkCtlAnswer *
benk_ctl_call_finish (BenkCtlCall *call)
{
  BenkCtlAnswer *answer = g_new0 (BenkCtlAnswer, 1);

  while (!call->done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&call->timeout, g_source_remove);
  answer->out = take_text (call->out);
  answer->err = take_text (call->err);
  if (call->rig->debug)
    part_log_lines (answer);
  if (!g_subprocess_get_if_exited (call->process))
    g_error ("the program was ended by signal %d\n%s",
             g_subprocess_get_term_sig (call->process), answer->err);
  answer->status = g_subprocess_get_exit_status (call->process);
  if (call->def)
    check_answer (call, answer);
  g_object_unref (call->process);
  g_bytes_unref (call->out);
  g_bytes_unref (call->err);
  g_free (call->def);
  g_free (call);
  return answer;
}

BenkCtlAnswer *
benk_ctl_rig_run_words (BenkCtlRig *self, const char *const *words)
{
  return benk_ctl_call_finish (start_words (self, words));
}

/* The name that the schema has for the answer of a command. */
static char *
find_def (char **words)
{
  static const char *const single[] = { "undo", "verify", "demo", "label", NULL };
  g_autofree char *name = NULL;

  if (words[0] == NULL)
    return g_strdup ("error");
  if (g_strv_contains (single, words[0]) || words[1] == NULL)
    name = g_strdup (words[0]);
  else
    name = g_strdup_printf ("%s_%s", words[0], words[1]);
  return g_strdup_printf ("answer_%s", g_strdelimit (name, "-", '_'));
}

static BenkCtlCall *
start_line (BenkCtlRig *self, const char *store, const char *as, const char *line)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) given = NULL;
  g_autoptr (GError) error = NULL;
  BenkCtlCall *call;

  g_shell_parse_argv (line, NULL, &given, &error);
  g_assert_no_error (error);
  g_ptr_array_add (words, (gpointer) "--json");
  g_ptr_array_add (words, (gpointer) "--store");
  g_ptr_array_add (words, (gpointer) store);
  if (as)
    {
      g_ptr_array_add (words, (gpointer) "--as");
      g_ptr_array_add (words, (gpointer) as);
    }
  for (guint i = 0; given[i]; i++)
    g_ptr_array_add (words, given[i]);
  g_ptr_array_add (words, NULL);
  call = start_words (self, (const char *const *) words->pdata);
  call->def = find_def (given);
  return call;
}

/* Starts a command as KA on @store. */
BenkCtlCall *
benk_ctl_rig_start (BenkCtlRig *self, const char *store, const char *line)
{
  return start_line (self, store, "KA", line);
}

BenkCtlAnswer *
benk_ctl_rig_run (BenkCtlRig *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  return benk_ctl_call_finish (start_line (self, self->store, "KA", line));
}

BenkCtlAnswer *
benk_ctl_rig_look (BenkCtlRig *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  return benk_ctl_call_finish (start_line (self, self->store, NULL, line));
}

BenkCtlAnswer *
benk_ctl_rig_do (BenkCtlRig *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  BenkCtlAnswer *answer;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  answer = benk_ctl_call_finish (
    start_line (self, self->store, strstr (line, "store init") ? NULL : "KA", line));
  if (answer->status != 0)
    g_error ("%s: %s", line, answer->err);
  return answer;
}

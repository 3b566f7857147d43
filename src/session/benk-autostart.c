/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-autostart-private.h"

#include "benk-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "benk-error.h"
#include "benk-settings.h"

#define GRANTED_KEY "autostart-granted"
#define GROUP G_KEY_FILE_DESKTOP_GROUP

/**
 * BenkAutostart:
 *
 * Whether the desktop starts the program at login. Outside a sandbox that is a file of
 * the Desktop Application Autostart Specification, which is read back before it is said
 * to be on. In a sandbox the portal is asked, whose last answer is all there is to know.
 */
struct _BenkAutostart
{
  GObject parent_instance;

  char *path;
  char *program;
  gboolean sandboxed;
};

G_DEFINE_FINAL_TYPE (BenkAutostart, benk_autostart, G_TYPE_OBJECT)

static void
benk_autostart_finalize (GObject *object)
{
  BenkAutostart *self = BENK_AUTOSTART (object);

  g_free (self->path);
  g_free (self->program);
  G_OBJECT_CLASS (benk_autostart_parent_class)->finalize (object);
}

static void
benk_autostart_class_init (BenkAutostartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_autostart_finalize;
}

static void
benk_autostart_init (BenkAutostart *self)
{
}

/* Desktop Entry Specification 1.5, "The Exec key". */
static char *
quote (const char *program)
{
  g_autoptr (GString) text = g_string_new ("\"");

  for (const char *at = program; *at; at++)
    {
      if (strchr ("\"`$\\", *at))
        g_string_append_c (text, '\\');
      if (*at == '%')
        g_string_append_c (text, '%');
      g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
write_file (BenkAutostart *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *quoted = quote (self->program);
  g_autofree char *command = g_strconcat (quoted, " --background", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Dosebenk");
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, BENK_APP_ID);
  g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  return g_key_file_save_to_file (file, self->path, error);
}

static gboolean
remove_file (BenkAutostart *self, GError **error)
{
  if (g_unlink (self->path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_IO, "%s: %s", self->path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
says (GKeyFile *file, const char *key, gboolean value)
{
  g_autoptr (GError) error = NULL;
  gboolean there = g_key_file_get_boolean (file, GROUP, key, &error);

  return !error && there == value;
}

/* A file that the desktop passes over, or that starts nothing, is not on. */
static gboolean
read_file (BenkAutostart *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;
  g_autofree char *program = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL) ||
      says (file, G_KEY_FILE_DESKTOP_KEY_HIDDEN, TRUE) ||
      says (file, "X-GNOME-Autostart-enabled", FALSE))
    return FALSE;
  command = g_key_file_get_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
  if (!command || !g_shell_parse_argv (command, NULL, &words, NULL))
    return FALSE;
  program = g_find_program_in_path (words[0]);
  return program != NULL;
}

static void
look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, read_file (source));
}

static void
set (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BenkAutostart *self = source;
  gboolean on = GPOINTER_TO_INT (data);
  GError *error = NULL;

  if (!(on ? write_file (self, &error) : remove_file (self, &error)))
    {
      g_prefix_error_literal (&error, _ ("Starting at login could not be changed: "));
      g_task_return_error (task, error);
    }
  else
    g_task_return_boolean (task, read_file (self));
}

/* What the portal answered last: nothing tells more from inside. */
static gboolean
was_granted (void)
{
  g_autoptr (GSettings) settings = benk_settings_new ();

  return settings && g_settings_get_boolean (settings, GRANTED_KEY);
}

static gboolean
finish (GAsyncResult *result, gboolean *is_on, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean on = g_task_propagate_boolean (G_TASK (result), &local);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *is_on = on;
  return TRUE;
}

BenkAutostart *
benk_autostart_new_in (const char *folder, const char *program, gboolean sandboxed)
{
  BenkAutostart *self = g_object_new (BENK_TYPE_AUTOSTART, NULL);

  self->path = g_build_filename (folder, "autostart", BENK_APP_ID ".desktop", NULL);
  self->program = g_strdup (program);
  self->sandboxed = sandboxed;
  return self;
}

/**
 * benk_autostart_new:
 *
 * Returns: (transfer full): whether the desktop starts this program
 */
BenkAutostart *
benk_autostart_new (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return benk_autostart_new_in (g_get_user_config_dir (), program ? program : "dosebenk",
                                g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
}

/**
 * benk_autostart_is_sandboxed:
 * @self: what starts the program
 *
 * Returns: whether it is only known what the desktop answered last
 */
gboolean
benk_autostart_is_sandboxed (BenkAutostart *self)
{
  g_return_val_if_fail (BENK_IS_AUTOSTART (self), FALSE);
  return self->sandboxed;
}

/**
 * benk_autostart_look_async:
 * @self: what starts the program
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Looks whether the program starts at login.
 */
void
benk_autostart_look_async (BenkAutostart *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (BENK_IS_AUTOSTART (self));
  if (self->sandboxed)
    g_task_return_boolean (task, was_granted ());
  else
    g_task_run_in_thread (task, look);
}

/**
 * benk_autostart_look_finish:
 * @self: what starts the program
 * @result: what the callback was given
 * @is_on: (out): whether it starts at login
 * @error: why that is not known
 *
 * Returns: whether it is known
 */
gboolean
benk_autostart_look_finish (BenkAutostart *self,
                            GAsyncResult *result,
                            gboolean *is_on,
                            GError **error)
{
  return finish (result, is_on, error);
}

/**
 * benk_autostart_set_async:
 * @self: what starts the program
 * @on: whether it is to start at login, without its window
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was read back, or the desktop has answered
 * @user_data: for @callback
 *
 * Asks the desktop to start the program at login, or not to.
 */
void
benk_autostart_set_async (BenkAutostart *self,
                          gboolean on,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (BENK_IS_AUTOSTART (self));
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  if (self->sandboxed)
    benk_autostart_ask_portal (g_steal_pointer (&task), on);
  else
    g_task_run_in_thread (task, set);
}

/**
 * benk_autostart_set_finish:
 * @self: what starts the program
 * @result: what the callback was given
 * @is_on: (out): whether it starts at login now, whatever was asked for
 * @error: why nothing was changed
 *
 * Returns: whether it is known
 */
gboolean
benk_autostart_set_finish (BenkAutostart *self,
                           GAsyncResult *result,
                           gboolean *is_on,
                           GError **error)
{
  g_autoptr (GSettings) settings = NULL;

  if (!finish (result, is_on, error))
    return FALSE;
  settings = self->sandboxed ? benk_settings_new () : NULL;
  if (settings)
    g_settings_set_boolean (settings, GRANTED_KEY, *is_on);
  return TRUE;
}

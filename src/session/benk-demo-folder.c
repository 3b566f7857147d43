/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-demo.h"

#include <glib/gstdio.h>

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *path = g_dir_make_tmp ("dosebenk-demo-XXXXXX", &error);

  if (path)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * benk_demo_make_folder_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Makes a temporary folder for a demo, on a thread.
 */
void
benk_demo_make_folder_async (GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, make_in_thread);
}

/**
 * benk_demo_make_folder_finish:
 * @result: what the callback was given
 * @error: why there is none
 *
 * Returns: (transfer full): its path; benk_demo_remove_folder() removes it
 */
char *
benk_demo_make_folder_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_demo_remove_folder:
 * @path: a temporary folder that was made for a demo
 *
 * Removes the folder with everything in it: the store, the memories and the hub's token.
 * Links are removed, never followed.
 */
void
benk_demo_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) &&
          !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        benk_demo_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-demo.h"

#include <glib/gstdio.h>

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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "benk-export-dialog.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-stage-reader.h"

/* An export that takes long, and one that fails. */

#define LIST                                                                             \
  "\xEF\xBB\xBF"                                                                         \
  "Model;Serial number;"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "medido", .serial = "MD1", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido", .serial = "MD2", .state = BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, devices, G_N_ELEMENTS (devices));
  benk_window_show_page (stage->window, "devices");
  benk_find_wait_text (GTK_WIDGET (stage->window), "MD2");
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

/* Types a name as a person does. */
static void
export_to (BenkStage *stage, const char *path)
{
  gtk_widget_activate_action (benk_find_wait_text (GTK_WIDGET (stage->window), "MD2"),
                              "devices.export", NULL);
  benk_shot_settle (GTK_WIDGET (benk_stage_wait_window (GTK_TYPE_FILE_CHOOSER_DIALOG)));
  benk_keys_press ("ctrl+a");
  benk_keys_type (path, 130, "Return");
}

static gboolean
may_stop (gpointer dialog)
{
  return gtk_widget_get_mapped (benk_stage_get_child (dialog, "stop_button"));
}

static gboolean
is_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_EXPORT_DIALOG) == NULL;
}

static void
assert_no_list (BenkStage *stage)
{
  g_autoptr (GDir) dir = g_dir_open (stage->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".csv") != NULL || g_str_has_prefix (name, "."))
      g_error ("“%s” is there", name);
}

static void
assert_list (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, LIST));
  g_assert_nonnull (strstr (text, ";MD1;"));
  g_assert_nonnull (strstr (text, ";MD2;"));
  g_assert_true (g_str_has_suffix (text, "\r\n"));
}

static GtkWindow *
wait_dialog (void)
{
  GtkWindow *dialog = benk_stage_wait_window (BENK_TYPE_EXPORT_DIALOG);

  g_assert_true (gtk_window_get_modal (dialog));
  benk_find_wait_text (GTK_WIDGET (dialog), "long.csv");
  return dialog;
}

static void
test_shows_how_far (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (stage->dir, "long.csv", NULL);
  GtkWidget *progress;
  BenkStageReader reader = { 0 };

  benk_stage_reader_begin (&reader, stage);
  export_to (stage, path);
  progress = benk_stage_get_child (wait_dialog (), "progress");
  benk_shot_settle (progress);
  g_assert_cmpstr (gtk_progress_bar_get_text (GTK_PROGRESS_BAR (progress)), ==,
                   "Reading the devices");
  benk_stage_reader_end (&reader, stage);
  benk_find_wait_text (GTK_WIDGET (stage->window), "“long.csv” holds 2 devices.");
  g_assert_true (is_gone (NULL));
  assert_list (path);
}

static void
test_is_stopped (BenkStage *stage, gconstpointer key)
{
  g_autofree char *path = g_build_filename (stage->dir, "long.csv", NULL);
  GtkWindow *dialog;
  BenkStageReader reader = { 0 };

  benk_stage_reader_begin (&reader, stage);
  export_to (stage, path);
  dialog = wait_dialog ();
  g_assert_true (benk_shot_wait (may_stop, dialog, 10));
  benk_shot_settle (GTK_WIDGET (dialog));
  if (key != NULL)
    benk_keys_press (key);
  else
    benk_keys_click (benk_stage_get_child (dialog, "stop_button"));
  benk_stage_reader_end (&reader, stage);
  benk_find_wait_text (GTK_WIDGET (stage->window),
                       "The export was stopped; no file was written.");
  g_assert_true (is_gone (NULL));
  g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
  assert_no_list (stage);
}

/* A folder that nobody may write in: root may in most, but not in the kernel's. */
static char *
get_closed_folder (BenkStage *stage)
{
  g_autofree char *folder = g_build_filename (stage->dir, "closed", NULL);

  g_assert_cmpint (g_mkdir (folder, 0500), ==, 0);
  if (g_access (folder, W_OK) != 0)
    return g_steal_pointer (&folder);
  return g_strdup ("/sys/kernel");
}

static void
test_closed_folder (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *folder = get_closed_folder (stage);
  g_autofree char *path = g_build_filename (folder, "long.csv", NULL);
  g_autofree char *sentence =
    g_strdup_printf ("“%s” cannot be written: you may not write in that folder. Choose "
                     "another one.",
                     path);
  GtkWindow *told;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no folder here that is closed to us");
      return;
    }
  export_to (stage, path);
  told = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (told)), ==,
                   "Not Done");
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (told)), ==, sentence);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  benk_shot_settle (GTK_WIDGET (told));
  benk_keys_press ("Escape");
  g_assert_true (is_gone (NULL));
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The file was asked for, and comes; nobody is there any more to stop it. */
static void
test_window_closed (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (stage->dir, "long.csv", NULL);
  BenkStageReader reader = { 0 };

  benk_stage_reader_begin (&reader, stage);
  export_to (stage, path);
  wait_dialog ();
  benk_stage_close_window (stage);
  g_assert_true (is_gone (NULL));
  assert_no_list (stage);
  benk_stage_reader_end (&reader, stage);
  g_assert_true (benk_shot_wait (is_there, path, 10));
  assert_list (path);
}

#define ADD(path, data, func)                                                            \
  g_test_add ("/ui/export/" path, BenkStage, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("shows-how-far-it-is", NULL, test_shows_how_far);
  ADD ("stopped-by-mouse-leaves-no-file", NULL, test_is_stopped);
  ADD ("stopped-by-key-leaves-no-file", "Escape", test_is_stopped);
  ADD ("says-that-a-folder-is-closed", NULL, test_closed_folder);
  ADD ("comes-although-the-window-is-closed", NULL, test_window_closed);
  return g_test_run ();
}

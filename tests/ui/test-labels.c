/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"
#include "benk-label-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-scan-test-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"

#include <glib/gstdio.h>

#define FAST 3
#define SLOW 130

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "evondos-e300",
      .serial = "PP001007",
      .asset = "D-1037",
      .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido",
      .serial = "AB-12",
      .imei = "356938035643809",
      .state = BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, devices, G_N_ELEMENTS (devices));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_get_sensitive (widget);
}

static BenkLabelDialog *
open_labels (BenkStage *stage, const char *const *serials)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  GtkWidget *dialog;

  for (guint i = 0; serials[i]; i++)
    {
      g_autoptr (BenkDevice) device = benk_stage_find (stage, serials[i]);

      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  dialog = benk_label_dialog_new (benk_window_get_page (stage->window, "devices"),
                                  stage->session, (const BenkId *) (gpointer) ids->data,
                                  ids->len);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (
    benk_shot_wait (is_sensitive, benk_stage_get_child (dialog, "save_button"), 10));
  return BENK_LABEL_DIALOG (dialog);
}

static gboolean
is_gone (gpointer slot)
{
  return *(gpointer *) slot == NULL;
}

static void
wait_closed (gpointer dialog)
{
  gpointer weak = dialog;

  g_object_add_weak_pointer (dialog, &weak);
  g_assert_true (benk_shot_wait (is_gone, &weak, 20));
}

static gint64
get_labelled_ms (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);

  return benk_device_get_labelled_ms (device);
}

static char *
get_asset (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);

  return g_strdup (benk_device_get_asset (device));
}

static void
test_saves (BenkStage *stage, gconstpointer unused)
{
  static const char *const both[] = { "PP001007", "AB-12", NULL };
  BenkLabelDialog *dialog = open_labels (stage, both);
  g_autofree char *path = g_build_filename (stage->dir, "labels.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *asset = NULL;

  g_assert_true (gtk_widget_get_visible (benk_stage_get_child (dialog, "number_row")));
  benk_label_dialog_save_to (dialog, file);
  wait_closed (dialog);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  asset = get_asset (stage, "AB-12");
  g_assert_cmpstr (asset, ==, "D-1038");
  g_assert_cmpint (get_labelled_ms (stage, "AB-12"), >, 0);
  g_assert_cmpint (get_labelled_ms (stage, "PP001007"), >, 0);
  g_remove (path);
}

/* Numbers are given only where that was asked for. */
static void
test_keeps_without_number (BenkStage *stage, gconstpointer unused)
{
  static const char *const one[] = { "AB-12", NULL };
  BenkLabelDialog *dialog = open_labels (stage, one);
  g_autofree char *path = g_build_filename (stage->dir, "labels.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *asset = NULL;

  gtk_switch_set_active (GTK_SWITCH (benk_stage_get_child (dialog, "number")), FALSE);
  benk_label_dialog_save_to (dialog, file);
  wait_closed (dialog);
  asset = get_asset (stage, "AB-12");
  g_assert_null (asset);
  g_assert_cmpint (get_labelled_ms (stage, "AB-12"), >, 0);
  g_remove (path);
}

/* The way to a printer, which writes to a file here. */
static void
test_prints (BenkStage *stage, gconstpointer unused)
{
  static const char *const one[] = { "PP001007", NULL };
  BenkLabelDialog *dialog = open_labels (stage, one);
  g_autofree char *path = g_build_filename (stage->dir, "printed.pdf", NULL);

  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "format_row")),
                              2);
  benk_label_dialog_print (dialog, GTK_PRINT_OPERATION_ACTION_EXPORT, path);
  wait_closed (dialog);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (get_labelled_ms (stage, "PP001007"), >, 0);
  g_remove (path);
}

static GtkWindow *
find_print_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), "GtkPrintUnixDialog") &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_print_dialog (gpointer unused)
{
  return find_print_dialog () != NULL;
}

static gboolean
has_no_print_dialog (gpointer unused)
{
  return find_print_dialog () == NULL;
}

/* Given up there, nothing was labelled. */
static void
test_print_dialog_by_keys (BenkStage *stage, gconstpointer unused)
{
  static const char *const one[] = { "PP001007", NULL };
  BenkLabelDialog *dialog = open_labels (stage, one);

  benk_shot_settle (GTK_WIDGET (dialog));
  benk_keys_press ("alt+p");
  g_assert_true (benk_shot_wait (has_print_dialog, NULL, 10));
  benk_shot_settle (GTK_WIDGET (find_print_dialog ()));
  benk_keys_press ("Escape");
  g_assert_true (benk_shot_wait (has_no_print_dialog, NULL, 10));
  g_assert_cmpint (get_labelled_ms (stage, "PP001007"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_tells_what_failed (BenkStage *stage, gconstpointer unused)
{
  static const char *const one[] = { "PP001007", NULL };
  BenkLabelDialog *dialog = open_labels (stage, one);
  g_autoptr (GFile) file = g_file_new_for_path ("/no/such/folder/labels.pdf");
  GtkWidget *save = benk_stage_get_child (dialog, "save_button");

  benk_label_dialog_save_to (dialog, file);
  g_assert_true (benk_shot_wait (is_sensitive, save, 10));
  g_assert_true (gtk_widget_get_visible (benk_stage_get_child (dialog, "problem")));
  g_assert_cmpint (get_labelled_ms (stage, "PP001007"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* --- registering --- */

static const char *
get_row (gpointer dialog, const char *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (benk_stage_get_child (dialog, row)));
}

static gboolean
has_proposal (gpointer dialog)
{
  return *get_row (dialog, "asset_row") != '\0';
}

static GtkWidget *
open_register (BenkStage *stage)
{
  GtkWidget *dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_true (benk_shot_wait (has_proposal, dialog, 10));
  return dialog;
}

static gboolean
is_next (gpointer dialog)
{
  return *get_row (dialog, "serial_row") == '\0' &&
         g_str_equal (get_row (dialog, "asset_row"), "D-1039");
}

static void
test_a_pile_of_boxes (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_register (stage);
  GtkWidget *big = benk_stage_get_child (dialog, "asset_big");
  g_autofree char *asset = NULL;

  g_assert_cmpstr (get_row (dialog, "asset_row"), ==, "D-1038");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (big)), ==, "D-1038");
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "place_row")),
                         "Hylle 3");
  benk_shot_settle (dialog);
  benk_keys_type ("(01)07038010000010(21)PP002001", FAST, "Return");
  g_assert_cmpstr (get_row (dialog, "serial_row"), ==, "PP002001");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "next_button"), "clicked");
  g_assert_true (benk_shot_wait (is_next, dialog, 10));
  g_assert_cmpstr (get_row (dialog, "place_row"), ==, "Hylle 3");
  asset = get_asset (stage, "PP002001");
  g_assert_cmpstr (asset, ==, "D-1038");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static void
test_says_what_is_there (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_register (stage);
  GtkWidget *known = benk_stage_get_child (dialog, "known_box");

  benk_shot_settle (dialog);
  benk_keys_type ("PP001007", FAST, "Return");
  g_assert_true (benk_shot_wait (is_visible, known, 10));
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (benk_stage_get_child (dialog, "known"))),
            "D-1037"));
  g_signal_emit_by_name (benk_stage_get_child (dialog, "known_button"), "clicked");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (BENK_TYPE_NEW_DEVICE_DIALOG));
}

/* --- trying the scanner --- */

static GtkWidget *
open_test (BenkStage *stage)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.scanner-test", NULL);
  dialog = GTK_WIDGET (benk_stage_wait_window (BENK_TYPE_SCAN_TEST_DIALOG));
  benk_shot_settle (dialog);
  return dialog;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_visible (widget) &&
      strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text))
    return TRUE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
test_scanner_test (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_test (stage);

  benk_keys_type ("]C0PP001007", FAST, "Return");
  g_assert_true (says (dialog, "PP001007"));
  g_assert_true (says (dialog, "Nothing needs to be set."));
  g_assert_cmpstr (get_row (dialog, "entry"), ==, "");
  benk_keys_type ("AB+12", FAST, "Tab");
  g_assert_true (says (dialog, "AB-12"));
  g_assert_true (says (dialog, "US keyboard"));
  benk_keys_type ("AB12", SLOW, "Return");
  g_assert_true (says (dialog, "too slowly"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
misses_enter (gpointer dialog)
{
  return says (dialog, "No Enter came");
}

static void
test_scanner_without_enter (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_test (stage);

  benk_keys_type ("PP001007", FAST, NULL);
  g_assert_true (benk_shot_wait (misses_enter, dialog, 10));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(path, func)                                                                  \
  g_test_add ("/ui/labels/" path, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("saves", test_saves);
  ADD ("keeps-without-number", test_keeps_without_number);
  ADD ("prints", test_prints);
  ADD ("print-dialog-by-keys", test_print_dialog_by_keys);
  ADD ("tells-what-failed", test_tells_what_failed);
  ADD ("a-pile-of-boxes", test_a_pile_of_boxes);
  ADD ("says-what-is-there", test_says_what_is_there);
  ADD ("scanner-test", test_scanner_test);
  ADD ("scanner-without-enter", test_scanner_without_enter);
  return g_test_run ();
}

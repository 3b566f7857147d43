/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-db.h"
#include "benk-model-dialog.h"
#include "benk-model-import-dialog.h"
#include "benk-model-share.h"
#include "benk-models-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-shot.h"
#include "benk-stage.h"

#include <glib/gstdio.h>
#include <string.h>

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "KA", "Kari Anker");
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static BenkModels *
get (BenkStage *stage)
{
  return benk_session_get_models (stage->session);
}

static void
type (gpointer dialog, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, id)), text);
}

static void
press (gpointer dialog, const char *id)
{
  GtkWidget *button = benk_stage_get_child (dialog, id);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWindow *
open_models (BenkStage *stage)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.models", NULL);
  return benk_stage_wait_window (BENK_TYPE_MODELS_DIALOG);
}

/* The button with that label in the row of that title. */
static GtkWidget *
find_button (GtkWidget *widget, const char *title, const char *label)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  if (GTK_IS_BUTTON (widget) && row &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0 &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, title, label);

      if (found)
        return found;
    }
  return NULL;
}

static void
wait_model (BenkStage *stage, const char *id, gboolean there)
{
  while ((benk_models_find (get (stage), id) != NULL) != there)
    g_main_context_iteration (NULL, TRUE);
  benk_stage_wait_idle ();
}

static void
add_gps (BenkStage *stage, GtkWindow *models)
{
  GtkWindow *dialog;

  press (models, "add_button");
  dialog = benk_stage_wait_window (BENK_TYPE_MODEL_DIALOG);
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "save_button")));
  type (dialog, "name_row", "Our GPS");
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "kind_row")),
                              BENK_MODEL_KIND_GPS);
  g_assert_false (
    gtk_widget_get_visible (benk_stage_get_child (dialog, "packaging_row")));
  type (dialog, "aliases_row", "Finder, GPS 2");
  type (dialog, "examples_row", "GP1234, GP12345");
  type (dialog, "phones_row", "22 00 00 00");
  press (dialog, "save_button");
  wait_model (stage, "our-gps", TRUE);
}

static void
test_add (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *models = open_models (stage);
  BenkModel *model;

  g_assert_nonnull (find_button (GTK_WIDGET (models), "Karie", "Change…"));
  g_assert_null (find_button (GTK_WIDGET (models), "Karie", "Take Away"));
  add_gps (stage, models);
  model = benk_models_find (get (stage), "our-gps");
  g_assert_cmpint (benk_model_get_kind (model), ==, BENK_MODEL_KIND_GPS);
  g_assert_cmpstr (benk_model_get_aliases (model)[1], ==, "GPS 2");
  g_assert_true (benk_model_is_serial_usual (model, "GP9999"));
  g_assert_false (benk_model_is_serial_usual (model, "9999"));
  g_assert_cmpuint (benk_model_get_checklist (model, BENK_TASK_RESET)->len, ==, 5);
  g_assert_nonnull (find_button (GTK_WIDGET (models), "Our GPS", "Take Away"));
  gtk_window_destroy (models);
}

/* Whether the serial fits is said while it is typed. */
static void
test_try (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_model_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);
  GtkWidget *verdict = benk_stage_get_child (dialog, "verdict");

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (gtk_widget_get_visible (verdict));
  type (dialog, "examples_row", "PP000533");
  type (dialog, "try_row", "pp 000999");
  g_assert_true (gtk_widget_get_visible (verdict));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (verdict)), ==, "fits");
  type (dialog, "try_row", "pp 00099");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (verdict)), ==, "looks unusual");
  type (dialog, "examples_row", "PP000533, PP00053");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (verdict)), ==, "fits");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_refused (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_model_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);
  GtkWidget *problem = benk_stage_get_child (dialog, "problem");

  gtk_window_present (GTK_WINDOW (dialog));
  type (dialog, "name_row", "medido");
  press (dialog, "save_button");
  while (!gtk_widget_get_visible (problem))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (problem)), "Medido"));
  g_assert_true (gtk_widget_get_sensitive (benk_stage_get_child (dialog, "save_button")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* From the very box that is being registered. */
static void
test_from_register (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *register_dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, NULL);
  AdwComboRow *row = ADW_COMBO_ROW (benk_stage_get_child (register_dialog, "model_row"));
  GtkWindow *dialog;
  GtkStringObject *chosen;

  gtk_window_present (GTK_WINDOW (register_dialog));
  press (register_dialog, "add_model_button");
  dialog = benk_stage_wait_window (BENK_TYPE_MODEL_DIALOG);
  type (dialog, "name_row", "Brand-new");
  press (dialog, "save_button");
  wait_model (stage, "brand-new", TRUE);
  chosen = adw_combo_row_get_selected_item (row);
  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, "Brand-new");
  gtk_window_destroy (GTK_WINDOW (register_dialog));
}

static void
test_change (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *models = open_models (stage);
  GtkWindow *dialog;

  g_signal_emit_by_name (find_button (GTK_WIDGET (models), "Karie", "Change…"),
                         "clicked");
  dialog = benk_stage_wait_window (BENK_TYPE_MODEL_DIALOG);
  g_assert_false (gtk_widget_get_sensitive (benk_stage_get_child (dialog, "kind_row")));
  g_assert_false (gtk_widget_get_visible (benk_stage_get_child (dialog, "like_row")));
  type (dialog, "phones_row", "800 12 345");
  press (dialog, "save_button");
  while (!benk_model_is_own (benk_models_find (get (stage), "karie")))
    g_main_context_iteration (NULL, TRUE);
  benk_stage_wait_idle ();
  g_assert_cmpstr (benk_model_get_phones (benk_models_find (get (stage), "karie"))[0], ==,
                   "800 12 345");
  g_assert_cmpint (benk_model_get_packaging (benk_models_find (get (stage), "karie")), ==,
                   BENK_PACKAGING_CARTRIDGE);
  g_signal_emit_by_name (find_button (GTK_WIDGET (models), "Karie", "Set Back"),
                         "clicked");
  while (benk_model_is_own (benk_models_find (get (stage), "karie")))
    g_main_context_iteration (NULL, TRUE);
  benk_stage_wait_idle ();
  g_assert_null (find_button (GTK_WIDGET (models), "Karie", "Set Back"));
  gtk_window_destroy (models);
}

static void
test_share (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (stage->dir, "x.dosebenk-models", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *models = open_models (stage);
  GtkWidget *answer = benk_stage_get_child (models, "answer");
  GtkWindow *dialog;

  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (models, "export_button")));
  add_gps (stage, models);
  benk_models_dialog_export_to (BENK_MODELS_DIALOG (models), file);
  while (!gtk_widget_get_visible (answer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (answer)), "1 model"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_signal_emit_by_name (find_button (GTK_WIDGET (models), "Our GPS", "Take Away"),
                         "clicked");
  wait_model (stage, "our-gps", FALSE);
  benk_models_dialog_import_from (BENK_MODELS_DIALOG (models), file);
  dialog = benk_stage_wait_window (BENK_TYPE_MODEL_IMPORT_DIALOG);
  while (!gtk_widget_get_sensitive (benk_stage_get_child (dialog, "import_button")))
    g_main_context_iteration (NULL, TRUE);
  press (dialog, "import_button");
  wait_model (stage, "our-gps", TRUE);
  gtk_window_destroy (models);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* What is no file of models says so, and nothing can be taken. */
static void
test_bad_file (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GFile) file = g_file_new_for_path (stage->path);
  GtkWidget *dialog =
    benk_model_import_dialog_new (GTK_WINDOW (stage->window), stage->session, file);
  GtkWidget *problem = benk_stage_get_child (dialog, "problem");

  gtk_window_present (GTK_WINDOW (dialog));
  while (!gtk_widget_get_visible (problem))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "import_button")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
is_seen (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static gboolean
is_hidden (gpointer widget)
{
  return !gtk_widget_get_visible (widget);
}

static void
exec (BenkStage *stage, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (stage->path, BENK_DB_READ_WRITE, stage->clock, &error);

  g_assert_no_error (error);
  benk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* A file of a newer version, and a table that cannot be read for a while. */
static void
test_unread (BenkStage *stage, gconstpointer unused)
{
  static const char own[] = "[Model]\nId=medido\nName=Our Medido\n";
  g_autoptr (GBytes) body = g_bytes_new_static (own, strlen (own));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *models = open_models (stage);
  GtkWidget *unread = benk_stage_get_child (models, "unread_bar");
  GtkWidget *reading = benk_stage_get_child (models, "reading_bar");

  benk_models_edit_async (get (stage), "medido", body, NULL, benk_stage_keep, &result);
  benk_models_change_finish (get (stage), benk_stage_await (&result), NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gtk_widget_get_visible (unread));
  g_assert_false (gtk_widget_get_visible (reading));

  exec (stage, "UPDATE model_file SET body = body || 'Kind=teleporter' || char (10)");
  benk_reading_again (benk_models_get_unread (get (stage)));
  g_assert_true (benk_shot_wait (is_seen, unread, 10));
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (benk_stage_get_child (unread, "problem"))),
            "“medido”"));
  g_assert_false (gtk_widget_get_visible (reading));

  exec (stage, "ALTER TABLE model_file RENAME TO away");
  press (unread, "again_button");
  g_assert_true (benk_shot_wait (is_seen, reading, 10));
  exec (stage, "ALTER TABLE away RENAME TO model_file");
  press (reading, "again_button");
  g_assert_true (benk_shot_wait (is_hidden, reading, 10));
  g_assert_true (gtk_widget_get_visible (unread));
  gtk_window_destroy (models);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, func)                                                                 \
  g_test_add ("/ui/models/" path, BenkStage, NULL, set_up, func, tear_down)
  TEST ("a-model-is-added-from-the-main-menu", test_add);
  TEST ("a-serial-is-tried-while-typing", test_try);
  TEST ("a-name-that-is-taken-is-refused-in-words", test_refused);
  TEST ("a-model-is-added-while-registering", test_from_register);
  TEST ("a-shipped-model-is-changed-and-set-back", test_change);
  TEST ("models-go-out-as-a-file-and-come-back", test_share);
  TEST ("what-cannot-be-read-stands-above-the-models", test_unread);
  TEST ("a-file-of-something-else-is-refused", test_bad_file);
#undef TEST

  return g_test_run ();
}

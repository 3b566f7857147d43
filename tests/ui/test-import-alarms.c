/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-find.h"
#include "benk-import-columns.h"
#include "benk-import-dialog.h"
#include "benk-keys.h"
#include "benk-shot.h"

/* A list that a portal exported comes in, by mouse and by keys. */

#define SLOW 130

/* One that nobody here has a word for, one of an unknown device, one without a time. */
#define LIST                                                                             \
  "Serienr;Hendelse;Tidspunkt;Status\n"                                                  \
  "MD0000001;Rull sitter fast;02.03.2026 08:05;Åpen\n"                                  \
  "MD0000001;Skuffen piper;02.03.2026 08:10;Åpen\n"                                     \
  "ZZ-9;Uten strøm;02.03.2026 08:00;Åpen\n"                                            \
  "MD0000001;Rull sitter fast;;Åpen\n"                                                  \
  "MD0000001;Lavt batteri;01.03.2026 10:00;Lukket\n"

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "medido", .serial = "MD0000001", .state = BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, devices, G_N_ELEMENTS (devices));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

typedef struct
{
  GtkWindow *dialog;
  const char *page;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;
  GtkWidget *stack = benk_stage_get_child (shown->dialog, "stack");

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), shown->page) ==
         0;
}

static void
expect_page (GtkWindow *dialog, const char *page)
{
  Shown shown = { dialog, page };

  if (!benk_shot_wait (is_shown, &shown, 20))
    g_error ("the page “%s” is not shown", page);
  benk_shot_settle (GTK_WIDGET (dialog));
}

/* By the button of the empty page. */
static GtkWindow *
open_list (BenkStage *stage, const char *text)
{
  g_autofree char *path = g_build_filename (stage->dir, "portal.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GtkWindow *dialog;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.import-alarms", NULL);
  dialog = benk_stage_wait_window (BENK_TYPE_IMPORT_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
  return dialog;
}

static const char *
get_label (GtkWindow *dialog, const char *name)
{
  return gtk_label_get_text (GTK_LABEL (benk_stage_get_child (dialog, name)));
}

static gboolean
has_three_open (gpointer alarms)
{
  return benk_alarms_get_n_open (alarms) == 3;
}

static void
test_empty_page_offers_it (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *button;

  benk_window_show_page (stage->window, "alarms");
  benk_find_wait_text (GTK_WIDGET (stage->window), "No alarm source yet.");
  button = benk_find_button (GTK_WIDGET (stage->window), "Import Alarms…");
  benk_keys_click (button);
  g_assert_cmpstr (gtk_window_get_title (
                     benk_stage_wait_window (BENK_TYPE_IMPORT_DIALOG)),
                   ==, "Import Alarms");
  benk_keys_press ("Escape");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (BENK_TYPE_IMPORT_DIALOG));
}

static void
test_list_comes_in (BenkStage *stage, gconstpointer unused)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  GtkWindow *dialog = open_list (stage, LIST);

  expect_page (dialog, "columns");
  benk_find_wait_text (GTK_WIDGET (dialog), "Words for what happened that are not known");
  benk_keys_click (benk_stage_get_child (dialog, "portal_entry"));
  benk_keys_type ("Vendor portal", SLOW, "Return");
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_label (dialog, "counts"), ==,
                   "3 new and open · 0 join an open alarm · 1 over already · 0 changed · "
                   "0 the same · 1 need a look");
  benk_find_wait_text (GTK_WIDGET (dialog), "Line 5 · left out");
  benk_find_wait_text (GTK_WIDGET (dialog), "It does not say when it was raised.");
  benk_find_wait_text (GTK_WIDGET (dialog), "The device is not registered here.");
  g_assert_cmpuint (benk_alarms_get_n_open (alarms), ==, 0);
  benk_keys_press ("Return");
  expect_page (dialog, "done");
  benk_find_wait_text (GTK_WIDGET (dialog), "4 rows are taken in");
  benk_find_wait_text (GTK_WIDGET (dialog), "cannot be taken back");
  g_assert_false (gtk_widget_get_visible (benk_stage_get_child (dialog, "undo_button")));
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (has_three_open, alarms, 20));
}

/* The columns, the words and the portal are remembered; what is known stays one. */
static void
test_again (BenkStage *stage, gconstpointer unused)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  GtkWindow *dialog;

  test_list_comes_in (stage, NULL);
  dialog = open_list (stage, LIST);
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_label (dialog, "counts"), ==,
                   "0 new and open · 0 join an open alarm · 0 over already · 0 changed · "
                   "4 the same · 1 need a look");
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "import_button")));
  benk_keys_click (benk_stage_get_child (dialog, "back_button"));
  expect_page (dialog, "columns");
  g_assert_cmpstr (gtk_editable_get_text (
                     GTK_EDITABLE (benk_stage_get_child (dialog, "portal_entry"))),
                   ==, "Vendor portal");
  gtk_window_destroy (dialog);
  g_assert_cmpuint (benk_alarms_get_n_open (alarms), ==, 3);
}

static GtkWidget *
find_choice (GtkWidget *from, const char *heading)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (from);
  GtkWidget *found = NULL;

  if (GTK_IS_DROP_DOWN (from) && GTK_IS_LABEL (before) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (before)), heading))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_choice (child, heading);
  return found;
}

static const char *
get_entry (GtkDropDown *choice, guint position)
{
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (choice)),
                                     position);
}

static void
choose (GtkDropDown *choice, const char *entry)
{
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (choice));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (get_entry (choice, i), entry))
      {
        gtk_drop_down_set_selected (choice, i);
        return;
      }
  g_error ("“%s” cannot be chosen", entry);
}

static gboolean
has_drawer_full (gpointer alarms)
{
  GListModel *queue = benk_alarms_get_queue (alarms);

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (g_str_equal (benk_alarm_get_code (alarm), "1.9"))
        return TRUE;
    }
  return FALSE;
}

/* A word is said to be a code, and a column something that only alarms have; what only
 * devices have is not offered. */
static void
test_words_and_columns (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog = open_list (stage, LIST);
  GtkWidget *columns = benk_stage_get_child (dialog, "columns");
  GtkDropDown *word;
  GtkDropDown *field;

  expect_page (dialog, "columns");
  word = GTK_DROP_DOWN (find_choice (columns, "Skuffen piper"));
  field = GTK_DROP_DOWN (find_choice (columns, "Hendelse"));
  g_assert_cmpstr (get_entry (word, gtk_drop_down_get_selected (word)), ==,
                   "Not known: kept as another alarm");
  for (guint i = 0; get_entry (field, i); i++)
    g_assert_cmpstr (get_entry (field, i), !=,
                     benk_import_field_get_label (BENK_IMPORT_FIELD_WARRANTY));
  choose (word, "1.9 Drawer full");
  choose (field, benk_import_field_get_label (BENK_IMPORT_FIELD_NONE));
  g_assert_false (
    gtk_widget_get_sensitive (benk_stage_get_child (dialog, "next_button")));
  choose (field, benk_import_field_get_label (BENK_IMPORT_FIELD_EVENT));
  benk_keys_click (benk_stage_get_child (dialog, "next_button"));
  expect_page (dialog, "preview");
  benk_keys_click (benk_stage_get_child (dialog, "import_button"));
  expect_page (dialog, "done");
  gtk_window_destroy (dialog);
  g_assert_true (
    benk_shot_wait (has_drawer_full, benk_session_get_alarms (stage->session), 20));
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/import-alarms/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("the-empty-page-offers-it", test_empty_page_offers_it);
  ADD ("a-list-comes-in", test_list_comes_in);
  ADD ("the-same-list-again-changes-nothing", test_again);
  ADD ("words-and-columns-are-those-of-alarms", test_words_and_columns);
  return g_test_run ();
}

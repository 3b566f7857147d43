/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-book.h"
#include "benk-find.h"
#include "benk-import-columns.h"
#include "benk-import-dialog.h"
#include "benk-keys.h"
#include "benk-shot.h"

/* A list comes in and goes out again, by mouse and by keys. */

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice devices[] = {
    { .model_id = "medido", .serial = "MD1", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido", .serial = "MD10", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "medido", .serial = "MD9", .state = BENK_DEVICE_STATE_RECEIVED },
    { .model_id = "pilly-sms", .serial = "AP1", .state = BENK_DEVICE_STATE_RECEIVED },
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
  GtkWidget *dialog;
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
expect_page (GtkWidget *dialog, const char *page)
{
  Shown shown = { dialog, page };

  if (!benk_shot_wait (is_shown, &shown, 10))
    g_error ("the page “%s” is not shown", page);
  benk_shot_settle (dialog);
}

static GtkWidget *
open_list (BenkStage *stage, const char *name, const char *bytes, gsize length)
{
  GtkWidget *dialog = benk_import_dialog_new (GTK_WINDOW (stage->window), stage->session);
  g_autofree char *path = g_build_filename (stage->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_import_dialog_read (BENK_IMPORT_DIALOG (dialog), file);
  expect_page (dialog, "columns");
  return dialog;
}

static GtkWidget *
open_text (BenkStage *stage, const char *text)
{
  return open_list (stage, "list.csv", text, strlen (text));
}

/* The choice that stands to the right of @heading, or of the word @heading. */
static GtkWidget *
look_for_choice (GtkWidget *from, const char *heading)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (from);
  GtkWidget *found = NULL;

  if (GTK_IS_DROP_DOWN (from) && GTK_IS_LABEL (before) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (before)), heading))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = look_for_choice (child, heading);
  return found;
}

static GtkWidget *
find_choice (GtkWidget *dialog, const char *heading)
{
  GtkWidget *choice = look_for_choice (benk_stage_get_child (dialog, "columns"), heading);

  g_assert_nonnull (choice);
  return choice;
}

static const char *
get_choice (GtkWidget *choice)
{
  GtkStringList *names =
    GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (choice)));

  return gtk_string_list_get_string (names,
                                     gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)));
}

static void
choose_with_mouse (GtkWidget *choice, const char *entry)
{
  GtkWidget *popup = benk_find_typed (choice, GTK_TYPE_POPOVER);

  benk_keys_click (choice);
  benk_keys_click (benk_find_wait_text (popup, entry));
  g_assert_cmpstr (get_choice (choice), ==, entry);
}

static gboolean
is_popped_down (gpointer popup)
{
  return !gtk_widget_get_mapped (popup);
}

/* Only the arrows and Enter; the list is walked from its first entry. The pointer is put
 * where no entry comes under it. */
static void
choose_with_keys (GtkWidget *choice, const char *entry)
{
  GtkWidget *popup = benk_find_typed (choice, GTK_TYPE_POPOVER);
  gpointer dialog = gtk_widget_get_root (choice);

  benk_keys_click (benk_stage_get_child (dialog, "columns_name"));
  gtk_widget_grab_focus (choice);
  benk_keys_press ("space Down Home");
  benk_shot_settle (popup);
  for (guint i = 0; i < 40; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (choice));

      if (!focus || !gtk_widget_is_ancestor (focus, popup))
        g_error ("the keys are at %s", focus ? G_OBJECT_TYPE_NAME (focus) : "nothing");
      if (benk_find_text (focus, entry))
        break;
      benk_keys_press ("Down");
      benk_shot_settle (popup);
    }
  benk_keys_press ("Return");
  g_assert_true (benk_shot_wait (is_popped_down, popup, 5));
  g_assert_cmpstr (get_choice (choice), ==, entry);
}

static const char *
get_text (GtkWidget *dialog, const char *label)
{
  return gtk_label_get_text (GTK_LABEL (benk_stage_get_child (dialog, label)));
}

static void
test_columns (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_text (stage, "Boks;Kode;Ansvar;Avtale;Slutt\n"
                                        "Medido;A1;Nord;leid;1.3.2028\n"
                                        "Medido;A2;Nord;vår;\n");
  GtkWidget *next = benk_stage_get_child (dialog, "next_button");
  g_autoptr (BenkDevice) device = NULL;

  g_assert_false (gtk_widget_get_sensitive (next));
  g_assert_true (
    gtk_widget_get_visible (benk_stage_get_child (dialog, "columns_problem")));
  choose_with_mouse (find_choice (dialog, "Boks"), "Model");
  choose_with_mouse (find_choice (dialog, "Ansvar"), "Serial number");
  g_assert_true (gtk_widget_get_sensitive (next));
  /* What was taken for the same is left alone again. */
  choose_with_keys (find_choice (dialog, "Kode"), "Serial number");
  g_assert_cmpstr (get_choice (find_choice (dialog, "Ansvar")), ==, "Not imported");
  choose_with_keys (find_choice (dialog, "Ansvar"), "Team");
  choose_with_keys (find_choice (dialog, "Avtale"), "Owner");
  choose_with_keys (find_choice (dialog, "Slutt"), "Lease until");
  benk_keys_click (next);
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_text (dialog, "counts"), ==,
                   "1 new · 0 changed · 0 the same · 1 need a look");
  benk_find_wait_text (dialog, "“vår” does not say whose the device is");
  /* Nothing is decided yet: a column may be told otherwise. */
  benk_keys_click (benk_stage_get_child (dialog, "back_button"));
  expect_page (dialog, "columns");
  choose_with_mouse (find_choice (dialog, "Avtale"), "Not imported");
  benk_keys_click (next);
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_text (dialog, "counts"), ==,
                   "2 new · 0 changed · 0 the same · 0 need a look");
  benk_keys_press ("Return");
  expect_page (dialog, "done");
  device = benk_stage_find (stage, "A1");
  g_assert_cmpstr (benk_device_get_team (device), ==, "Nord");
  g_assert_cmpstr (benk_device_get_lease_end_date (device), ==, "2028-03-01");
  benk_keys_press ("Escape");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (BENK_TYPE_IMPORT_DIALOG));
}

static void
test_words (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog = open_text (stage, "Type;Serienr;Status\nMedido;A1;utlånt\n"
                                        "Medido;A2;vrak\nMedido;A3;rar\n");

  g_assert_cmpstr (get_choice (find_choice (dialog, "utlånt")), ==,
                   "Not known: the rows are left out");
  choose_with_mouse (find_choice (dialog, "vrak"), "Leave these rows out");
  choose_with_keys (find_choice (dialog, "utlånt"), "In use");
  benk_keys_click (benk_stage_get_child (dialog, "next_button"));
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_text (dialog, "counts"), ==,
                   "1 new · 0 changed · 0 the same · 2 need a look");
  benk_find_wait_text (dialog, "“vrak” are left out, as you said");
  benk_find_wait_text (dialog, "“rar” is not known");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GBytes *
make_book (void)
{
#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEAD "<row>" CELL ("Type") CELL ("Serienr") "</row>"
  const BenkBook book = {
    .sheets = { "Les meg", "Lager", "Kassert" },
    .rows = { "<row>" CELL ("Dette er lageret") CELL ("x") "</row>",
              HEAD "<row>" CELL ("Medido") CELL ("L1") "</row>",
              HEAD "<row>" CELL ("Medido") CELL ("K1") "</row>" },
  };

  return benk_book_make (&book);
}

static void
test_sheets (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GBytes) book = make_book ();
  GtkWidget *dialog = open_list (stage, "list.xlsx", g_bytes_get_data (book, NULL),
                                 g_bytes_get_size (book));
  GtkWidget *columns = benk_stage_get_child (dialog, "columns");
  GtkWidget *next = benk_stage_get_child (dialog, "next_button");

  g_assert_false (gtk_widget_get_sensitive (next));
  choose_with_mouse (benk_find_typed (columns, GTK_TYPE_DROP_DOWN), "Lager");
  benk_find_wait_text (columns, "L1");
  expect_page (dialog, "columns");
  g_assert_true (gtk_widget_get_sensitive (next));
  choose_with_keys (benk_find_typed (columns, GTK_TYPE_DROP_DOWN), "Kassert");
  benk_find_wait_text (columns, "K1");
  expect_page (dialog, "columns");
  benk_keys_click (next);
  expect_page (dialog, "preview");
  g_assert_cmpstr (get_text (dialog, "counts"), ==,
                   "1 new · 0 changed · 0 the same · 0 need a look");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
move (BenkStage *stage, const char *serial, const char *place)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkInventory *inventory = benk_session_get_inventory (stage->session);

  benk_inventory_move_async (inventory, benk_device_get_id (device), 1, place, NULL,
                             benk_stage_keep, &result);
  benk_inventory_change_finish (inventory, benk_stage_await (&result), NULL, &error);
  g_assert_no_error (error);
}

/* What was done since holds the undo, and each row of it is named. */
static void
test_undo_is_refused (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    open_text (stage, "Type;Serienr\nMedido;A1\nMedido;A2\nMedido;A3\n");
  GtkWidget *undo = benk_stage_get_child (dialog, "undo_button");
  g_autoptr (BenkDevice) still = NULL;
  GtkWindow *refused;

  benk_keys_click (benk_stage_get_child (dialog, "next_button"));
  expect_page (dialog, "preview");
  benk_keys_click (benk_stage_get_child (dialog, "import_button"));
  expect_page (dialog, "done");
  move (stage, "A1", "Hylle A");
  move (stage, "A3", "Hylle B");
  benk_keys_click (undo);
  refused = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (refused)), ==,
                   "Nothing Was Taken Back");
  benk_find_wait_text (GTK_WIDGET (refused), "A1: ");
  benk_find_wait_text (GTK_WIDGET (refused), "A3: ");
  benk_find_wait_text (GTK_WIDGET (refused), "MH");
  g_assert_null (benk_find_text (GTK_WIDGET (refused), "A2: "));
  benk_shot_settle (GTK_WIDGET (refused));
  benk_keys_press ("Escape");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (ADW_TYPE_MESSAGE_DIALOG));
  still = benk_stage_find (stage, "A2");
  g_assert_true (gtk_widget_get_visible (undo) && gtk_widget_get_sensitive (undo));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* --- Export… --- */

static GtkWindow *
ask_export (BenkStage *stage)
{
  GtkWidget *page = benk_stage_get_child (stage->window, "stack");
  GtkWindow *chooser;

  benk_find_wait_text (page, "MD10");
  gtk_widget_activate_action (benk_find_wait_text (page, "MD10"), "devices.export", NULL);
  chooser = benk_stage_wait_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  benk_shot_settle (GTK_WIDGET (chooser));
  return chooser;
}

/* Types a name as a person does, and returns the serials of the list in their order. */
static char *
export_to (BenkStage *stage, const char *name)
{
  g_autofree char *path = g_build_filename (stage->dir, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) serials = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  ask_export (stage);
  benk_keys_press ("ctrl+a");
  benk_keys_type (path, 130, "Return");
  benk_find_wait_text (GTK_WIDGET (stage->window), name);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 1; lines[i] && *lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ";", 3);

      g_string_append_printf (serials, "%s ", cells[1]);
    }
  return g_string_free (g_steal_pointer (&serials), FALSE);
}

static gboolean
is_filtered (gpointer window)
{
  return benk_find_text (window, "MD10") && !benk_find_text (window, "AP1");
}

/* Whether the serials stand in their order, not the models. */
static gboolean
is_sorted (gpointer window)
{
  GtkWidget *first = benk_find_text (window, "AP1");
  GtkWidget *second = benk_find_text (window, "MD1");
  double y = 0;

  return first && second &&
         gtk_widget_translate_coordinates (second, first, 0, 0, NULL, &y) && y > 0;
}

static void
test_export (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *all = NULL;
  g_autofree char *sorted = NULL;
  g_autofree char *some = NULL;

  benk_window_show_page (stage->window, "devices");
  all = export_to (stage, "all.csv");
  g_assert_cmpstr (all, ==, "MD1 MD9 MD10 AP1 ");
  benk_keys_click (benk_find_text (GTK_WIDGET (stage->window), "Serial"));
  g_assert_true (benk_shot_wait (is_sorted, stage->window, 10));
  sorted = export_to (stage, "sorted.csv");
  g_assert_cmpstr (sorted, ==, "AP1 MD1 MD9 MD10 ");
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.search", NULL);
  benk_keys_type ("MD", 130, NULL);
  g_assert_true (benk_shot_wait (is_filtered, stage->window, 10));
  some = export_to (stage, "some.csv");
  g_assert_cmpstr (some, ==, "MD1 MD9 MD10 ");
}

static void
test_export_is_stopped (BenkStage *stage, gconstpointer unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  benk_window_show_page (stage->window, "devices");
  ask_export (stage);
  benk_keys_press ("Escape");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG));
  g_assert_null (benk_find_text (GTK_WIDGET (stage->window), "holds"));
  dir = g_dir_open (stage->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".xlsx"));
}

#define ADD(path, func) g_test_add ("/ui/" path, BenkStage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("import/columns-are-told", test_columns);
  ADD ("import/words-are-told", test_words);
  ADD ("import/a-sheet-is-chosen", test_sheets);
  ADD ("import/undo-names-what-holds-it", test_undo_is_refused);
  ADD ("export/writes-what-is-shown", test_export);
  ADD ("export/stopped-writes-nothing", test_export_is_stopped);
  return g_test_run ();
}

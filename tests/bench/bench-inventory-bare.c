/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program's window is held against: an empty Adwaita window, and a column view
 * that is given the same results from memory. */

#include <adwaita.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "benk-bench-list.h"
#include "benk-bench-screen.h"

/* The cells of a row, as the page of devices writes them, and what it is found by. */
#define SELECT_SQL                                                                       \
  "SELECT d.asset || ' · ' || d.model_id, d.serial, d.state, p.name, NULL, s.text"      \
  " FROM device d JOIN device_search s ON s.device_id = d.id"                            \
  " LEFT JOIN place p ON p.id = d.place_id ORDER BY d.model_id, d.serial_key, d.id"

typedef struct
{
  const char *title;
  gboolean expand;
  guint chars;
} Column;

/* As wide as those of the program. */
static const Column columns[] = {
  { "Device", FALSE, 19 }, { "Serial", FALSE, 10 },      { "State", TRUE, 37 },
  { "Place", FALSE, 13 },  { "User or team", FALSE, 8 },
};

static GPtrArray *items;
static GPtrArray *results; /* (element-type GListModel): by the length of the word */
static const char *word;
static int width, height;

static void
read_items (const char *path)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (db, SELECT_SQL, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  items = g_ptr_array_new_with_free_func (g_object_unref);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *cells[BENK_BENCH_N_CELLS];

      for (int i = 0; i < BENK_BENCH_N_CELLS; i++)
        cells[i] = (const char *) sqlite3_column_text (stmt, i);
      g_ptr_array_add (items, benk_bench_item_new (cells));
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

/* What every beginning of the word finds. */
static void
make_results (void)
{
  results = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize length = 0; length <= strlen (word); length++)
    {
      g_autofree char *text = g_strndup (word, length);

      g_ptr_array_add (results, benk_bench_list_new (items, text));
    }
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), column->chars / 2);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), column->chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            benk_bench_item_get_cell (gtk_list_item_get_item (item),
                                                      (guint) (column - columns)));
}

static GtkWidget *
make_view (void)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));

  gtk_widget_add_css_class (GTK_WIDGET (view), "data-table");
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell),
                        (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (columns[i].title, factory);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_append_column (view, column);
    }

  return GTK_WIDGET (view);
}

static void
on_changed (GtkEditable *entry, GtkColumnView *view)
{
  gsize length = strlen (gtk_editable_get_text (entry));
  g_autoptr (GtkMultiSelection) selection = NULL;

  if (length >= results->len)
    return;
  selection =
    gtk_multi_selection_new (g_object_ref (g_ptr_array_index (results, length)));
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
}

static void
on_stop_search (GtkEditable *entry)
{
  gtk_editable_set_text (entry, "");
}

static void
on_shown (gpointer entry)
{
  gtk_widget_grab_focus (entry);
  g_signal_emit_by_name (entry, "changed");
}

static void
add_list (GtkWindow *window, BenkBenchScreen *screen)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = make_view ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_size_request (scrolled, width, height);
  gtk_widget_set_halign (scrolled, GTK_ALIGN_START);
  gtk_widget_set_valign (scrolled, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), view);
  g_signal_connect (entry, "stop-search", G_CALLBACK (on_stop_search), NULL);
  benk_bench_screen_follow (screen, view);
  benk_bench_screen_set_shown (screen, on_shown, entry);
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  BenkBenchScreen *screen = benk_bench_screen_new (GTK_WINDOW (window));

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  if (items != NULL)
    add_list (GTK_WINDOW (window), screen);
  gtk_window_present (GTK_WINDOW (window));
}

/* [STORE WORD WIDTH HEIGHT]: without them, the window is empty. */
int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  if (argc == 5)
    {
      word = argv[2];
      width = atoi (argv[3]);
      height = atoi (argv[4]);
      read_items (argv[1]);
      make_results ();
    }
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "benk-shot.h"
#include "benk-stage.h"

/* The list of devices when there are more than are read at once. */

#define N_DEVICES 400

static char *
write_list (BenkStage *stage)
{
  g_autoptr (GString) text = g_string_new ("Type;Serienr;Inventarnr;Status;Plassering\n");
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (stage->dir, "list.csv", NULL);

  for (guint i = 0; i < N_DEVICES; i++)
    g_string_append_printf (text, "Medido;BX%04u;D-%04u;%s;Hylle %u\n", i, i,
                            i % 4 == 0 ? "Defekt" : "På lager", i % 7);
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  g_autofree char *path = NULL;

  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  path = write_list (stage);
  benk_stage_import (stage, path);
  g_unlink (path);
  benk_stage_show_window (stage, 1366, 768);
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

static GtkWidget *
get_view (BenkStage *stage)
{
  benk_window_show_page (stage->window, "devices");
  return benk_stage_get_child (benk_window_get_page (stage->window, "devices"), "view");
}

typedef struct
{
  GtkWidget *view;
  const char *text;
} Cell;

/* A cell of the list that can be seen and says @text. */
static GtkWidget *
find_cell (GtkWidget *widget, const char *text)
{
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_widget_get_mapped (widget) &&
               g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0
             ? widget
             : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell (child, text);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_cell (gpointer user_data)
{
  Cell *cell = user_data;

  return find_cell (cell->view, cell->text) != NULL;
}

static GtkWidget *
expect_cell (GtkWidget *view, const char *text)
{
  Cell cell = { view, text };

  if (!benk_shot_wait (has_cell, &cell, 10))
    g_error ("no cell says “%s”", text);
  return find_cell (view, text);
}

static guint
count_rows (GtkWidget *view)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));

  return model ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
is_all (gpointer view)
{
  return count_rows (view) == N_DEVICES;
}

/* Rows that were not read with the answer are empty first and fill by themselves. */
static void
test_fills_where_it_is_scrolled_to (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view = get_view (stage);
  GtkAdjustment *adjustment;

  expect_cell (view, "BX0000");
  g_assert_true (benk_shot_wait (is_all, view, 10));
  benk_shot_settle (view);
  adjustment = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_parent (view)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  expect_cell (view, "BX0399");
  expect_cell (view, "D-0399 · Medido");
  gtk_adjustment_set_value (adjustment, 0);
  expect_cell (view, "BX0000");
}

static gboolean
query_tooltip (GtkWidget *view, GtkWidget *cell, GtkTooltip *tooltip)
{
  graphene_rect_t bounds;
  gboolean shown = FALSE;

  g_assert_true (gtk_widget_compute_bounds (cell, view, &bounds));
  g_signal_emit_by_name (view, "query-tooltip",
                         (int) (bounds.origin.x + bounds.size.width / 2),
                         (int) (bounds.origin.y + bounds.size.height / 2), FALSE, tooltip,
                         &shown);
  return shown;
}

static void
test_tells_what_is_cut (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view = get_view (stage);
  GtkWidget *cell = expect_cell (view, "In stock, reset not proven");
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = TRUE;

  benk_shot_settle (view);
  g_assert_true (query_tooltip (view, cell, tooltip));
  /* Nobody has these: the cell of the user is empty. */
  g_signal_emit_by_name (view, "query-tooltip", gtk_widget_get_width (view) - 4, 200,
                         FALSE, tooltip, &shown);
  g_assert_false (shown);
}

static gboolean
is_one (gpointer view)
{
  return count_rows (view) == 1;
}

static gboolean
is_some (gpointer n)
{
  return *(guint *) n > 0;
}

static void
note_first (GtkWidget *view, GParamSpec *pspec, guint *n_first)
{
  *n_first = count_rows (view);
}

/* The first frame of an answer has what can be seen; the rest follows by itself. */
static void
test_first_rows_come_first (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view = get_view (stage);
  GtkEditable *entry =
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry"));
  guint n_first = 0;

  expect_cell (view, "BX0000");
  g_signal_connect (view, "notify::model", G_CALLBACK (note_first), &n_first);
  gtk_editable_set_text (entry, "bx");
  g_assert_true (benk_shot_wait (is_some, &n_first, 10));
  g_assert_cmpuint (n_first, >=, 40);
  g_assert_cmpuint (n_first, <, 100);
  g_assert_true (benk_shot_wait (is_all, view, 10));
}

/* Whoever is selected far down is selected still, and can be seen to be. */
static void
test_keeps_a_selection_far_down (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view = get_view (stage);
  GtkEditable *entry =
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry"));
  guint n_first = 0;

  expect_cell (view, "BX0000");
  g_assert_true (benk_shot_wait (is_all, view, 10));
  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)),
                                   350, TRUE);
  g_signal_connect (view, "notify::model", G_CALLBACK (note_first), &n_first);
  gtk_editable_set_text (entry, "bx");
  g_assert_true (benk_shot_wait (is_some, &n_first, 10));
  g_assert_cmpuint (n_first, ==, N_DEVICES);
  g_assert_true (
    gtk_selection_model_is_selected (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)),
                                     350));
}

/* Each key asks anew; what is shown in the end is what was typed last. */
static void
test_search_follows_every_key (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *view = get_view (stage);
  GtkEditable *entry =
    GTK_EDITABLE (benk_stage_get_child (stage->window, "search_entry"));
  const char *word = "bx0123";

  expect_cell (view, "BX0000");
  for (const char *c = word; *c; c++)
    {
      int position = gtk_editable_get_position (entry);

      gtk_editable_insert_text (entry, c, 1, &position);
      gtk_editable_set_position (entry, position);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_true (benk_shot_wait (is_one, view, 10));
  expect_cell (view, "BX0123");
  gtk_editable_set_text (entry, "");
  g_assert_true (benk_shot_wait (is_all, view, 10));
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/list/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("fills-where-it-is-scrolled-to", test_fills_where_it_is_scrolled_to);
  ADD ("tells-what-is-cut", test_tells_what_is_cut);
  ADD ("first-rows-come-first", test_first_rows_come_first);
  ADD ("keeps-a-selection-far-down", test_keeps_a_selection_far_down);
  ADD ("search-follows-every-key", test_search_follows_every_key);

  return g_test_run ();
}

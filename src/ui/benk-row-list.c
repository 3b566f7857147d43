/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-row-list.h"

typedef struct
{
  const BenkRowListKind *kind;
  BenkTicker *ticker;
} Rows;

static void
rows_free (gpointer data, GClosure *closure)
{
  Rows *rows = data;

  g_object_unref (rows->ticker);
  g_free (rows);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  gtk_list_item_set_child (item, rows->kind->new_row (rows->ticker));
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  rows->kind->show (gtk_list_item_get_child (item), gtk_list_item_get_item (item));
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  rows->kind->show (gtk_list_item_get_child (item), NULL);
}

/**
 * benk_row_list_set_up:
 * @view: an empty list
 * @model: (nullable): what it shows
 * @kind: what that is
 * @ticker: says when relative times are to be said anew
 *
 * Returns: (transfer full): the choice of one row, which @view shows
 */
GtkSingleSelection *
benk_row_list_set_up (GtkListView *view,
                      GListModel *model,
                      const BenkRowListKind *kind,
                      BenkTicker *ticker)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection =
    gtk_single_selection_new (model ? g_object_ref (model) : NULL);
  Rows *rows = g_new0 (Rows, 1);

  rows->kind = kind;
  rows->ticker = g_object_ref (ticker);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_row), rows, rows_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), rows);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), rows);
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));

  return selection;
}

/**
 * benk_row_list_select:
 * @selection: the choice of a row
 * @kind: what stands in the list
 * @wanted: (inout): the id of what is to be chosen; nil as soon as it is. What was asked
 *   for may come to the list a moment later
 */
void
benk_row_list_select (GtkSingleSelection *selection,
                      const BenkRowListKind *kind,
                      BenkId *wanted)
{
  GListModel *model = G_LIST_MODEL (selection);

  if (benk_id_is_nil (wanted))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (!benk_id_equal (kind->get_id (item), wanted))
        continue;
      gtk_single_selection_set_selected (selection, i);
      *wanted = BENK_ID_NIL;
      return;
    }
}

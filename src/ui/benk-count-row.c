/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-count-row.h"

#include "benk-inventory.h"

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, BenkSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, BenkSession *session)
{
  BenkCountItem *row = gtk_list_item_get_item (item);
  BenkCountVerdict verdict = benk_count_item_get_verdict (row);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *title = gtk_widget_get_first_child (box);
  const char *model = benk_inventory_get_model_name (benk_session_get_inventory (session),
                                                     benk_count_item_get_model_id (row));
  g_autofree char *settled =
    benk_count_settled_describe (benk_count_item_get_settled (row));
  g_autofree char *what = benk_count_item_describe (row);
  g_autofree char *heading = g_strdup_printf ("%s%s%s", benk_count_item_get_name (row),
                                              model ? " · " : "", model ? model : "");
  g_autofree char *detail =
    g_strdup_printf ("%s%s%s%s%s",
                     verdict == BENK_COUNT_MISSING
                       ? ""
                       : benk_count_verdict_get_label (verdict),
                     verdict == BENK_COUNT_MISSING ? "" : " · ", what,
                     settled ? " · " : "", settled ? settled : "");

  gtk_label_set_text (GTK_LABEL (title), heading);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), detail);
  if (settled)
    gtk_widget_add_css_class (box, "dim-label");
  else
    gtk_widget_remove_css_class (box, "dim-label");
}

/**
 * benk_count_row_set_up:
 * @view: a list view
 * @session: the open session
 *
 * Lets @view show #BenkCountItem.
 */
void
benk_count_row_set_up (GtkListView *view, BenkSession *session)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), session, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), session, 0);
  gtk_list_view_set_factory (view, factory);
}

/**
 * benk_count_row_fill:
 * @store: what a list view shows
 * @items: (nullable) (element-type BenkCountItem): what it is to show
 *
 * Shows other items, in one step.
 */
void
benk_count_row_fill (GListStore *store, GPtrArray *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items ? items->pdata : NULL, items ? items->len : 0);
}

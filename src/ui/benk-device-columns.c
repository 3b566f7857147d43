/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-columns.h"

#include <glib/gi18n.h>

typedef char *(*Describe) (BenkInventory *inventory, BenkDevice *device);

typedef struct
{
  const char *title;
  Describe describe;
  gboolean expand;
  guint chars;
  BenkDeviceSort sort;
} Column;

/* The short number on the lid comes first: it is what people say. */
static char *
describe_device (BenkInventory *inventory, BenkDevice *device)
{
  const char *asset = benk_device_get_asset (device);
  const char *name =
    benk_inventory_get_model_name (inventory, benk_device_get_model_id (device));

  return g_strdup_printf ("%s%s%s", asset ? asset : "", asset ? " · " : "",
                          name ? name : "");
}

static char *
describe_serial (BenkInventory *inventory, BenkDevice *device)
{
  return g_strdup (benk_device_get_serial (device));
}

static char *
describe_state (BenkInventory *inventory, BenkDevice *device)
{
  const char *state = benk_device_describe_state (device);

  /* Translators: a state, of a device that is kept for somebody. */
  return benk_device_get_reserved_date (device)
           ? g_strdup_printf (_ ("%s · reserved"), state)
           : g_strdup (state);
}

static char *
describe_place (BenkInventory *inventory, BenkDevice *device)
{
  return g_strdup (benk_device_get_place_name (device));
}

static char *
describe_user (BenkInventory *inventory, BenkDevice *device)
{
  const char *user = benk_device_get_person_ref (device);

  user = user ? user : benk_device_get_reserved_ref (device);
  return g_strdup (user ? user : benk_device_get_team (device));
}

static const Column columns[] = {
  { N_ ("Device"), describe_device, FALSE, 19, BENK_DEVICE_SORT_ASSET },
  { N_ ("Serial"), describe_serial, FALSE, 10, BENK_DEVICE_SORT_SERIAL },
  { N_ ("State"), describe_state, TRUE, 37, BENK_DEVICE_SORT_STATE },
  { N_ ("Place"), describe_place, FALSE, 13, BENK_DEVICE_SORT_PLACE },
  { N_ ("User or team"), describe_user, FALSE, 8, BENK_DEVICE_SORT_USER },
};

/* What the cells of a column share. */
typedef struct
{
  const Column *column;
  BenkInventory *inventory;
} Cells;

static void
cells_free (Cells *cells)
{
  g_object_unref (cells->inventory);
  g_free (cells);
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = ((Cells *) user_data)->column;
  GtkWidget *cell = gtk_inscription_new (NULL);

  /* What does not fit a small screen is in the tooltip and beside the list. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), column->chars / 2);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), column->chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, cell);
}

static void
show_cell (Cells *cells, GtkListItem *item)
{
  BenkDevice *device = gtk_list_item_get_item (item);
  g_autofree char *text = cells->column->describe (cells->inventory, device);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
stop_waiting (GtkListItem *item)
{
  gulong handler =
    GPOINTER_TO_SIZE (g_object_steal_data (G_OBJECT (item), "benk-handler"));

  if (handler > 0)
    g_signal_handler_disconnect (gtk_list_item_get_item (item), handler);
}

static void
on_filled (GtkListItem *item)
{
  Cells *cells = g_object_get_data (G_OBJECT (item), "benk-cells");

  stop_waiting (item);
  show_cell (cells, item);
}

/* A row comes before what it shows has been read, and is not changed afterwards. */
static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  BenkDevice *device = gtk_list_item_get_item (item);
  gulong handler;

  if (benk_device_get_serial (device))
    {
      show_cell (user_data, item);
      return;
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), NULL);
  handler =
    g_signal_connect_swapped (device, "notify::serial", G_CALLBACK (on_filled), item);
  g_object_set_data (G_OBJECT (item), "benk-cells", user_data);
  g_object_set_data (G_OBJECT (item), "benk-handler", GSIZE_TO_POINTER (handler));
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  stop_waiting (item);
}

/* One for all cells: a tooltip of its own makes each ask the display for the pointer. */
static gboolean
on_query_tooltip (GtkWidget *view, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GtkWidget *cell = keyboard ? NULL : gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  const char *text =
    GTK_IS_INSCRIPTION (cell) ? gtk_inscription_get_text (GTK_INSCRIPTION (cell)) : NULL;
  graphene_rect_t bounds;

  if (!text || !*text || !gtk_widget_compute_bounds (cell, view, &bounds))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                             (int) bounds.size.width,
                                             (int) bounds.size.height });
  return TRUE;
}

/**
 * benk_device_columns_add:
 * @view: a view whose list holds #BenkDevice
 * @inventory: where the models' names come from
 *
 * Adds the five columns of devices.
 */
void
benk_device_columns_add (GtkColumnView *view, BenkInventory *inventory)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      Cells *cells = g_new0 (Cells, 1);

      cells->column = &columns[i];
      cells->inventory = g_object_ref (inventory);
      g_object_set_data_full (G_OBJECT (factory), "benk-cells", cells,
                              (GDestroyNotify) cells_free);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), cells);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), cells);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), cells);
      column = gtk_column_view_column_new (_ (columns[i].title), factory);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_append_column (view, column);
    }
  gtk_widget_set_has_tooltip (GTK_WIDGET (view), TRUE);
  g_signal_connect (view, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

/**
 * benk_device_columns_get_sort:
 * @column: which one, from 0
 *
 * Returns: what a click on its head sorts by
 */
BenkDeviceSort
benk_device_columns_get_sort (guint column)
{
  g_return_val_if_fail (column < G_N_ELEMENTS (columns), BENK_DEVICE_SORT_MODEL);
  return columns[column].sort;
}

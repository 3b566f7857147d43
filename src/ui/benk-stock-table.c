/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stock-table.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"

struct _BenkStockTable
{
  GtkWidget parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (BenkStockTable, benk_stock_table, GTK_TYPE_WIDGET)

static void
benk_stock_table_dispose (GObject *object)
{
  BenkStockTable *self = BENK_STOCK_TABLE (object);

  g_clear_pointer ((GtkWidget **) &self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (benk_stock_table_parent_class)->dispose (object);
}

static void
benk_stock_table_class_init (BenkStockTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_stock_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
benk_stock_table_init (BenkStockTable *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

static GtkWidget *
add_label (BenkStockTable *self, const char *text, int column, int row, gboolean heading)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), column == 0 ? 26 : 12);
  gtk_widget_set_margin_top (label, 3);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_widget_set_margin_end (label, column == 0 ? 0 : 10);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, heading ? "heading" : "numeric");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return label;
}

static void
add_number (BenkStockTable *self,
            const BenkStockModel *model,
            const char *model_name,
            BenkDeviceState state,
            int column,
            int row)
{
  g_autofree char *text = g_strdup_printf ("%u", model->counts[state]);
  g_autofree char *tooltip = NULL;
  GtkWidget *button;

  if (model->counts[state] == 0)
    {
      add_label (self, "–", column, row, FALSE);
      return;
    }
  button = gtk_button_new_with_label (text);
  /* Translators: a model and a state, such as "Medido: In stock". */
  tooltip =
    g_strdup_printf (_ ("%s: %s"), model_name, benk_device_state_get_label (state, TRUE));
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "stock-number");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uss)",
                                    BENK_DEVICE_STATE_MASK (state), model->model_id, "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shelf.list");
  gtk_grid_attach (self->grid, button, column, row, 1, 1);
}

static guint
count_state (const BenkStockSummary *summary, BenkDeviceState state)
{
  guint n = 0;

  for (guint i = 0; i < summary->models->len; i++)
    n += ((const BenkStockModel *) g_ptr_array_index (summary->models, i))->counts[state];

  return n;
}

static void
add_total (BenkStockTable *self, guint n, int column, int row, gboolean heading)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  add_label (self, text, column, row, heading);
}

/* The line that matters most stands first. */
static void
add_free (BenkStockTable *self, const BenkStockSummary *summary)
{
  guint sum = 0;

  add_label (self, _ ("Free in stock"), 0, 1, TRUE);
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);

      add_total (self, model->n_free, (int) i + 1, 1, TRUE);
      sum += model->n_free;
    }
  add_total (self, sum, (int) summary->models->len + 1, 1, TRUE);
}

/* What it rests on is in the tooltip, and in words beside the table. */
static void
add_forecast (BenkStockTable *self, const BenkStockSummary *summary)
{
  add_label (self, _ ("Run out"), 0, 2, FALSE);
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);
      g_autofree char *day = benk_forecast_say_day (&model->forecast);
      g_autofree char *words = benk_forecast_describe (&model->forecast);
      GtkWidget *label = add_label (self, day, (int) i + 1, 2, FALSE);

      gtk_widget_set_tooltip_text (label, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
    }
}

/**
 * benk_stock_table_show:
 * @self: the table
 * @session: the open session
 * @summary: what is to be seen
 *
 * Shows other numbers.
 */
void
benk_stock_table_show (BenkStockTable *self,
                       BenkSession *session,
                       const BenkStockSummary *summary)
{
  BenkInventory *inventory = benk_session_get_inventory (session);
  GtkWidget *child;
  int row = 2;

  g_return_if_fail (BENK_IS_STOCK_TABLE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);

      add_label (self, benk_inventory_get_model_name (inventory, model->model_id),
                 (int) i + 1, 0, TRUE);
    }
  add_label (self, _ ("All"), (int) summary->models->len + 1, 0, TRUE);
  add_free (self, summary);
  add_forecast (self, summary);
  for (guint state = 0; state < BENK_N_DEVICE_STATES; state++)
    {
      guint n = count_state (summary, state);

      if (n == 0)
        continue;
      row++;
      add_label (self, benk_device_state_get_label (state, TRUE), 0, row, FALSE);
      for (guint i = 0; i < summary->models->len; i++)
        {
          const BenkStockModel *model = g_ptr_array_index (summary->models, i);

          add_number (self, model,
                      benk_inventory_get_model_name (inventory, model->model_id), state,
                      (int) i + 1, row);
        }
      add_total (self, n, (int) summary->models->len + 1, row, FALSE);
    }
}

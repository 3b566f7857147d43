/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stock-limits.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-rows.h"
#include "benk-stock.h"

struct _BenkStockLimits
{
  AdwPreferencesGroup parent_instance;

  BenkSession *session;
  GPtrArray *rows;
  AdwComboRow *new_model;
  AdwComboRow *new_place;
  char **model_ids;
  char *shape; /* which rows there are */
  guint n_shown;
};

G_DEFINE_FINAL_TYPE (BenkStockLimits, benk_stock_limits, ADW_TYPE_PREFERENCES_GROUP)

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkStockLimits) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_stock_set_limit_finish (BENK_STOCK (source), result, NULL, &error) &&
      self->session)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
set_limit (BenkStockLimits *self, const char *model_id, const char *place, guint least)
{
  benk_stock_set_limit_async (benk_session_get_stock (self->session), model_id, place,
                              least, NULL, on_set, g_object_ref (self));
}

/* While one is still typing nothing is asked of the store. */
static void
on_applied (GtkSpinButton *spin, BenkStockLimits *self)
{
  guint least = (guint) gtk_spin_button_get_value_as_int (spin);
  guint *shown = g_object_get_data (G_OBJECT (spin), "benk-least");

  if (!self->session || least == *shown)
    return;
  *shown = least;
  set_limit (self, g_object_get_data (G_OBJECT (spin), "benk-model"),
             g_object_get_data (G_OBJECT (spin), "benk-place"), least);
}

static GtkWidget *
add_row (BenkStockLimits *self, const char *model_id, const char *place)
{
  const char *model =
    benk_inventory_get_model_name (benk_session_get_inventory (self->session), model_id);
  g_autofree char *title =
    place ? g_strdup_printf ("%s, %s", model, place) : g_strdup (model);
  GtkWidget *row = benk_rows_add (ADW_PREFERENCES_GROUP (self), self->rows, title, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *spin = gtk_spin_button_new_with_range (0, BENK_STOCK_MAX_LEAST, 1);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_object_set_data_full (G_OBJECT (spin), "benk-least", g_new0 (guint, 1), g_free);
  g_object_set_data_full (G_OBJECT (spin), "benk-model", g_strdup (model_id), g_free);
  g_object_set_data_full (G_OBJECT (spin), "benk-place", g_strdup (place), g_free);
  g_object_set_data (G_OBJECT (row), "benk-spin", spin);
  g_object_set_data (G_OBJECT (row), "benk-icon", icon);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_applied), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);

  return row;
}

/* A row that is there stays, with the focus and what is being typed in it. */
static void
show_row (BenkStockLimits *self,
          const char *model_id,
          const char *place,
          guint n_free,
          const BenkStockLimit *limit)
{
  GtkWidget *row = self->n_shown < self->rows->len
                     ? g_ptr_array_index (self->rows, self->n_shown)
                     : add_row (self, model_id, place);
  GtkWidget *spin = g_object_get_data (G_OBJECT (row), "benk-spin");
  guint *shown = g_object_get_data (G_OBJECT (spin), "benk-least");
  guint least = limit ? limit->least : 0;
  g_autofree char *free_text =
    g_strdup_printf (ngettext ("%u free", "%u free", n_free), n_free);
  g_autofree char *subtitle =
    limit && limit->who
      ? g_strdup_printf (_ ("%s · limit set by %s"), free_text, limit->who)
      : g_strdup (free_text);

  self->n_shown++;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "benk-icon"),
                          n_free < least);
  gtk_widget_set_sensitive (spin, benk_session_get_staff (self->session) != NULL);
  *shown = least;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), least);
}

static const BenkStockLimit *
find_limit (const BenkStockSummary *summary, const char *model_id)
{
  for (guint i = 0; i < summary->limits->len; i++)
    {
      const BenkStockLimit *limit = g_ptr_array_index (summary->limits, i);

      if (limit->place_name == NULL && g_str_equal (limit->model_id, model_id))
        return limit;
    }

  return NULL;
}

/* A limit of one place begins with 1 and is then edited in its row. */
static void
on_add (BenkStockLimits *self)
{
  guint model = adw_combo_row_get_selected (self->new_model);
  GtkStringObject *place = adw_combo_row_get_selected_item (self->new_place);

  if (self->session && place && model < g_strv_length (self->model_ids))
    set_limit (self, self->model_ids[model], gtk_string_object_get_string (place), 1);
}

static GtkWidget *
add_combo (AdwExpanderRow *expander, const char *title, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_expander_row_add_row (expander, row);

  return row;
}

static void
add_new_row (BenkStockLimits *self, const BenkStockSummary *summary)
{
  BenkInventory *inventory = benk_session_get_inventory (self->session);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  g_auto (GStrv) name_list = NULL;
  g_auto (GStrv) place_list = NULL;
  GtkWidget *expander = adw_expander_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add Limit"));

  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);

      g_strv_builder_add (ids, model->model_id);
      g_strv_builder_add (names,
                          benk_inventory_get_model_name (inventory, model->model_id));
    }
  for (guint i = 0; i < summary->places->len; i++)
    {
      const BenkStockPlace *place = g_ptr_array_index (summary->places, i);

      if (benk_stock_is_own_place (place->kind))
        g_strv_builder_add (places, place->name);
    }
  g_strfreev (self->model_ids);
  self->model_ids = g_strv_builder_end (ids);
  name_list = g_strv_builder_end (names);
  place_list = g_strv_builder_end (places);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander),
                                 _ ("Limit of One Place…"));
  self->new_model = ADW_COMBO_ROW (add_combo (ADW_EXPANDER_ROW (expander), _ ("Model"),
                                              (const char *const *) name_list));
  self->new_place = ADW_COMBO_ROW (add_combo (ADW_EXPANDER_ROW (expander), _ ("Place"),
                                              (const char *const *) place_list));
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 6);
  gtk_widget_set_margin_end (button, 12);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_add), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), button);
  gtk_widget_set_sensitive (expander, benk_session_get_staff (self->session) != NULL &&
                                        *place_list != NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), expander);
  g_ptr_array_add (self->rows, expander);
}

/* Rows are made anew only where there are others. */
static void
clear_if_other (BenkStockLimits *self, const BenkStockSummary *summary)
{
  g_autoptr (GString) shape = g_string_new (NULL);

  for (guint i = 0; i < summary->models->len; i++)
    g_string_append_printf (
      shape, "%s\n",
      ((const BenkStockModel *) g_ptr_array_index (summary->models, i))->model_id);
  for (guint i = 0; i < summary->limits->len; i++)
    {
      const BenkStockLimit *limit = g_ptr_array_index (summary->limits, i);

      if (limit->place_name || !benk_stock_summary_find (summary, limit->model_id))
        g_string_append_printf (shape, "%s %s\n", limit->model_id,
                                limit->place_name ? limit->place_name : "");
    }
  for (guint i = 0; i < summary->places->len; i++)
    g_string_append_printf (
      shape, "@%s\n",
      ((const BenkStockPlace *) g_ptr_array_index (summary->places, i))->name);
  if (g_strcmp0 (shape->str, self->shape) == 0)
    return;
  g_free (self->shape);
  self->shape = g_strdup (shape->str);
  benk_rows_clear (ADW_PREFERENCES_GROUP (self), self->rows);
}

static void
benk_stock_limits_dispose (GObject *object)
{
  BenkStockLimits *self = BENK_STOCK_LIMITS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->model_ids, g_strfreev);
  g_clear_pointer (&self->shape, g_free);
  G_OBJECT_CLASS (benk_stock_limits_parent_class)->dispose (object);
}

static void
benk_stock_limits_class_init (BenkStockLimitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_stock_limits_dispose;
}

static void
benk_stock_limits_init (BenkStockLimits *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * benk_stock_limits_show:
 * @self: the limits
 * @session: the open session
 * @summary: what is to be seen
 *
 * Shows how the limits stand; each model has a row for all places together.
 */
void
benk_stock_limits_show (BenkStockLimits *self,
                        BenkSession *session,
                        const BenkStockSummary *summary)
{
  g_return_if_fail (BENK_IS_STOCK_LIMITS (self));

  g_set_object (&self->session, session);
  clear_if_other (self, summary);
  self->n_shown = 0;
  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);

      show_row (self, model->model_id, NULL, model->n_free,
                find_limit (summary, model->model_id));
    }
  for (guint i = 0; i < summary->limits->len; i++)
    {
      const BenkStockLimit *limit = g_ptr_array_index (summary->limits, i);

      if (limit->place_name || !benk_stock_summary_find (summary, limit->model_id))
        show_row (self, limit->model_id, limit->place_name, limit->n_free, limit);
    }
  if (self->n_shown == self->rows->len)
    add_new_row (self, summary);
}

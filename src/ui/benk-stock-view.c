/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stock-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-icon.h"
#include "benk-inventory.h"
#include "benk-reading-bar.h"
#include "benk-reading-page.h"
#include "benk-rows.h"
#include "benk-settings.h"
#include "benk-stock-limits.h"
#include "benk-stock-reservations.h"
#include "benk-stock-table.h"
#include "benk-stock.h"

#define DAYS_KEY "stock-ending-days"

struct _BenkStockView
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkReading *reading;
  GSettings *settings;
  gboolean read;
  GPtrArray *place_rows;
  GPtrArray *ending_rows;
  GPtrArray *reservation_rows;
  GPtrArray *forecast_rows;

  BenkReadingBar *reading_bar;
  GtkStack *stack;
  AdwStatusPage *none_page;
  GtkWidget *warning;
  GtkLabel *warning_text;
  BenkStockTable *table;
  BenkStockLimits *limits;
  AdwPreferencesGroup *places;
  AdwPreferencesGroup *endings;
  AdwPreferencesGroup *reservations;
  AdwPreferencesGroup *forecast;
  GtkSpinButton *days;
};

G_DEFINE_FINAL_TYPE (BenkStockView, benk_stock_view, GTK_TYPE_WIDGET)

static const char *
get_model_name (BenkStockView *self, const char *model_id)
{
  return benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                        model_id);
}

static void
show_warning (BenkStockView *self, const BenkStockSummary *summary)
{
  g_autoptr (GPtrArray) low = g_ptr_array_new ();
  g_autofree char *lines = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < summary->limits->len; i++)
    if (benk_stock_limit_is_low (g_ptr_array_index (summary->limits, i)))
      g_ptr_array_add (low, g_ptr_array_index (summary->limits, i));
  lines = benk_stock_describe_low (benk_session_get_stock (self->session), low);
  text = g_strdup_printf ("%s\n%s", _ ("Low stock"), lines);
  gtk_label_set_text (self->warning_text, text);
  gtk_widget_set_visible (self->warning, low->len > 0);
}

static char *
describe_shares (BenkStockView *self, const BenkStockPlace *place)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < place->shares->len; i++)
    {
      const BenkStockShare *share = g_ptr_array_index (place->shares, i);

      g_string_append_printf (text, "%s%u × %s", i > 0 ? ", " : "", share->n,
                              get_model_name (self, share->model_id));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_places (BenkStockView *self, const BenkStockSummary *summary)
{
  benk_rows_clear (self->places, self->place_rows);
  for (guint i = 0; i < summary->places->len; i++)
    {
      const BenkStockPlace *place = g_ptr_array_index (summary->places, i);
      g_autofree char *shares = describe_shares (self, place);
      g_autofree char *n = g_strdup_printf ("%u", place->n);
      GtkWidget *row = benk_rows_add (self->places, self->place_rows, place->name,
                                      place->n > 0 ? shares : _ ("Empty"));
      GtkWidget *count = gtk_label_new (n);

      gtk_widget_add_css_class (count, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), count);
      if (place->n == 0)
        continue;
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(uss)", 0, "",
                                        place->name);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "shelf.list");
    }
}

static void
add_ending (BenkStockView *self, const BenkStockEnding *ending)
{
  g_autofree char *id = benk_id_to_string (&ending->device);
  g_autofree char *title =
    g_strdup_printf ("%s %s%s%s", get_model_name (self, ending->model_id), ending->serial,
                     ending->asset ? " · " : "", ending->asset ? ending->asset : "");
  g_autofree char *when =
    ending->days == 0
      ? g_strdup (_ ("today"))
      : g_strdup_printf (ngettext ("in %d day", "in %d days", ending->days),
                         ending->days);
  g_autofree char *what = g_strdup_printf (ending->is_lease ? _ ("Lease ends %s, %s")
                                                            : _ ("Warranty ends %s, %s"),
                                           ending->date, when);
  g_autofree char *subtitle =
    g_strdup_printf ("%s · %s%s%s", what,
                     benk_device_state_get_label (ending->state, TRUE),
                     ending->place_name ? " · " : "",
                     ending->place_name ? ending->place_name : "");
  GtkWidget *row = benk_rows_add (self->endings, self->ending_rows, title, subtitle);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-device");
}

static void
show_endings (BenkStockView *self, const BenkStockSummary *summary)
{
  benk_rows_clear (self->endings, self->ending_rows);
  for (guint i = 0; i < summary->endings->len; i++)
    add_ending (self, g_ptr_array_index (summary->endings, i));
  if (summary->endings->len == 0)
    benk_rows_add (self->endings, self->ending_rows,
                   _ ("No warranty and no lease ends by then."), NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkStockView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStockSummary) summary =
    benk_stock_load_finish (BENK_STOCK (source), result, &error);

  if (!self->session)
    return;
  self->read = self->read || summary;
  benk_reading_end (self->reading, error);
  /* What was read before stays; before that nothing is known. */
  gtk_widget_set_visible (GTK_WIDGET (self->stack), self->read);
  if (!summary)
    return;
  gtk_stack_set_visible_child_name (self->stack,
                                    summary->models->len > 0 ? "stock" : "none");
  show_warning (self, summary);
  benk_stock_table_show (self->table, self->session, summary);
  benk_stock_limits_show (self->limits, self->session, summary);
  show_places (self, summary);
  show_endings (self, summary);
  benk_stock_reservations_show (self->reservations, self->reservation_rows, self->session,
                                summary);
  benk_stock_forecast_show (self->forecast, self->forecast_rows, self->session, summary);
}

static int
get_days (BenkStockView *self)
{
  return self->settings ? g_settings_get_int (self->settings, DAYS_KEY)
                        : BENK_STOCK_ENDING_DAYS_PROPOSED;
}

static void
load (BenkStockView *self)
{
  if (self->session)
    benk_stock_load_async (benk_session_get_stock (self->session),
                           (guint) get_days (self), NULL, on_loaded, g_object_ref (self));
}

/* Who changes it has decided it. */
static void
show_days_source (BenkStockView *self)
{
  g_autoptr (GVariant) chosen =
    self->settings ? g_settings_get_user_value (self->settings, DAYS_KEY) : NULL;

  adw_preferences_group_set_description (
    self->endings,
    chosen ? NULL : _ ("Proposed by the program, not decided by the district"));
}

static void
on_days_changed (BenkStockView *self)
{
  int days = gtk_spin_button_get_value_as_int (self->days);

  if (self->settings && days != get_days (self))
    g_settings_set_int (self->settings, DAYS_KEY, days);
  show_days_source (self);
  load (self);
}

/* By the preferences, or by another window. */
static void
on_days_set (BenkStockView *self)
{
  gtk_spin_button_set_value (self->days, get_days (self));
}

static void
benk_stock_view_dispose (GObject *object)
{
  BenkStockView *self = BENK_STOCK_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  g_clear_object (&self->reading);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->place_rows, g_ptr_array_unref);
  g_clear_pointer (&self->ending_rows, g_ptr_array_unref);
  g_clear_pointer (&self->reservation_rows, g_ptr_array_unref);
  g_clear_pointer (&self->forecast_rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_stock_view_parent_class)->dispose (object);
}

static void
benk_stock_view_class_init (BenkStockViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_stock_view_dispose;
  g_type_ensure (BENK_TYPE_READING_BAR);
  g_type_ensure (BENK_TYPE_READING_PAGE);
  g_type_ensure (BENK_TYPE_STOCK_TABLE);
  g_type_ensure (BENK_TYPE_STOCK_LIMITS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-stock-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, reading_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, none_page);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, warning);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, warning_text);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, table);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, limits);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, places);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, endings);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, reservations);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, forecast);
  gtk_widget_class_bind_template_child (widget_class, BenkStockView, days);
}

static void
benk_stock_view_init (BenkStockView *self)
{
  self->place_rows = g_ptr_array_new ();
  self->ending_rows = g_ptr_array_new ();
  self->reservation_rows = g_ptr_array_new ();
  self->forecast_rows = g_ptr_array_new ();
  self->settings = benk_settings_new ();
  self->reading = benk_reading_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_reading_bar_set_reading (self->reading_bar, self->reading);
  g_signal_connect_object (self->reading, "again", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  benk_icon_show_on (self->none_page, "devices");
  gtk_spin_button_set_value (self->days, get_days (self));
  show_days_source (self);
  if (self->settings)
    g_signal_connect_object (self->settings, "changed::" DAYS_KEY,
                             G_CALLBACK (on_days_set), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->days, "value-changed", G_CALLBACK (on_days_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * benk_stock_view_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the shelf at a glance
 */
GtkWidget *
benk_stock_view_new (BenkSession *session)
{
  BenkStockView *self = g_object_new (BENK_TYPE_STOCK_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (benk_session_get_stock (session), "changed", G_CALLBACK (load),
                           self, G_CONNECT_SWAPPED);
  load (self);

  return GTK_WIDGET (self);
}

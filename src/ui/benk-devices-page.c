/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-devices-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-device-columns.h"
#include "benk-device-details.h"
#include "benk-error.h"
#include "benk-inventory.h"

struct _BenkDevicesPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  GtkSingleSelection *selection;
  GCancellable *query;
  char *search;
  int state;
  BenkId shown;

  /* Where the list was, by the device on top: restored when a new answer is shown. */
  BenkId top;
  double top_offset;
  guint restore_tick;
  int restore_frames;

  GtkStack *stack;
  GtkLabel *count;
  GtkFlowBox *chips;
  GtkStack *result_stack;
  GtkScrolledWindow *scrolled;
  GtkColumnView *view;
  AdwStatusPage *no_match;
  BenkDeviceDetails *details;
};

G_DEFINE_FINAL_TYPE (BenkDevicesPage, benk_devices_page, GTK_TYPE_WIDGET)

static void
tell (BenkDevicesPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
on_selected (BenkDevicesPage *self)
{
  BenkDevice *device = gtk_single_selection_get_selected_item (self->selection);

  if (!device)
    return;
  self->shown = *benk_device_get_id (device);
  benk_device_details_show (self->details, &self->shown);
}

static double
get_row_height (BenkDevicesPage *self, guint n_items)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  return n_items > 0 ? gtk_adjustment_get_upper (adjustment) / n_items : 0;
}

static void
remember_top (BenkDevicesPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  GListModel *list = self->selection ? G_LIST_MODEL (self->selection) : NULL;
  double value = gtk_adjustment_get_value (adjustment);
  double height = get_row_height (self, list ? g_list_model_get_n_items (list) : 0);
  g_autoptr (BenkDevice) device = NULL;

  /* A restoring that has not happened yet knows better. */
  if (self->restore_tick > 0)
    return;
  self->top = BENK_ID_NIL;
  if (height < 1 || value < 1)
    return;
  device = g_list_model_get_item (list, (guint) (value / height));
  if (!device)
    return;
  self->top = *benk_device_get_id (device);
  self->top_offset = value - height * (guint) (value / height);
}

/* The new rows have a height when the list has been laid out once. */
static gboolean
restore_top (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  BenkDevicesPage *self = BENK_DEVICES_PAGE (widget);
  GListModel *list = gtk_single_selection_get_model (self->selection);
  guint position;

  if (++self->restore_frames < 2)
    return G_SOURCE_CONTINUE;
  self->restore_tick = 0;
  position = benk_inventory_result_find (list, &self->top);
  if (position != G_MAXUINT)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled),
                              position *
                                  get_row_height (self, g_list_model_get_n_items (list)) +
                                self->top_offset);
  return G_SOURCE_REMOVE;
}

/* A new result is a new list; who was selected stays selected where it still is. */
static void
show_result (BenkDevicesPage *self, GListModel *devices)
{
  guint n_items = g_list_model_get_n_items (devices);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u device", "%u devices", n_items), n_items);

  remember_top (self);
  g_clear_object (&self->selection);
  self->selection = gtk_single_selection_new (g_object_ref (devices));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection,
                                     benk_inventory_result_find (devices, &self->shown));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  self->restore_frames = 0;
  if (self->restore_tick == 0 && !benk_id_is_nil (&self->top))
    self->restore_tick =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), restore_top, NULL, NULL);
  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->result_stack,
                                    n_items > 0 ? "rows" : "no-match");
  if (n_items == 0)
    {
      g_autofree char *title =
        self->search && *self->search
          ? g_strdup_printf (_ ("No matches for “%s”."), self->search)
          : g_strdup (_ ("No device is in this state."));

      adw_status_page_set_title (self->no_match, title);
    }
}

static void
on_query (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) devices =
    benk_inventory_query_finish (BENK_INVENTORY (source), result, &error);

  if (devices && self->session)
    show_result (self, devices);
  else if (error)
    tell (self, error);
}

static void
run_query (BenkDevicesPage *self)
{
  BenkDeviceQuery query = { 0 };

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  self->query = g_cancellable_new ();
  query.states = self->state >= 0 ? 1u << self->state : 0;
  query.search = self->search && *self->search ? self->search : NULL;
  benk_inventory_query_async (benk_session_get_inventory (self->session), &query,
                              self->query, on_query, g_object_ref (self));
}

static void
on_chip_toggled (GtkToggleButton *chip, BenkDevicesPage *self)
{
  int state = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "benk-state"));

  if (!gtk_toggle_button_get_active (chip) && self->state != state)
    return;
  self->state = gtk_toggle_button_get_active (chip) ? state : -1;
  for (int i = 0;; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->chips, i);
      GtkWidget *other = child ? gtk_flow_box_child_get_child (child) : NULL;

      if (!other)
        break;
      if (other != GTK_WIDGET (chip))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
    }
  run_query (self);
}

static void
add_chip (BenkDevicesPage *self, BenkDeviceState state, guint n_devices)
{
  g_autofree char *text =
    g_strdup_printf ("%s %u", benk_device_state_get_label (state, TRUE), n_devices);
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data (G_OBJECT (chip), "benk-state", GINT_TO_POINTER ((int) state));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), self->state == (int) state);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_chip_toggled), self);
  gtk_flow_box_append (self->chips, chip);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *counts =
    benk_inventory_count_finish (BENK_INVENTORY (source), result, &error);
  GtkFlowBoxChild *child;
  guint sum = 0;

  if (!counts)
    {
      tell (self, error);
      return;
    }
  if (!self->session)
    return;
  while ((child = gtk_flow_box_get_child_at_index (self->chips, 0)) != NULL)
    gtk_flow_box_remove (self->chips, GTK_WIDGET (child));
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      sum += counts[i];
      if (counts[i] > 0 && i != BENK_DEVICE_STATE_SCRAPPED)
        add_chip (self, (BenkDeviceState) i, counts[i]);
    }
  gtk_stack_set_visible_child_name (self->stack, sum > 0 ? "list" : "none");
}

static void
refresh (BenkDevicesPage *self)
{
  benk_inventory_count_async (benk_session_get_inventory (self->session), NULL,
                              on_counted, g_object_ref (self));
  run_query (self);
  if (!benk_id_is_nil (&self->shown))
    benk_device_details_show (self->details, &self->shown);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);
  g_autofree char *id = NULL;

  if (!device)
    {
      tell (self, error);
      return;
    }
  id = benk_id_to_string (benk_device_get_id (device));
  benk_devices_page_show_device (self, id);
}

static void
benk_devices_page_dispose (GObject *object)
{
  BenkDevicesPage *self = BENK_DEVICES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  g_clear_object (&self->session);
  g_clear_pointer (&self->search, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (benk_devices_page_parent_class)->dispose (object);
}

static void
benk_devices_page_class_init (BenkDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_devices_page_dispose;
  g_type_ensure (BENK_TYPE_DEVICE_DETAILS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, count);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, result_stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, view);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, no_match);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, details);
}

static void
benk_devices_page_init (BenkDevicesPage *self)
{
  self->state = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_devices_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page with every device
 */
GtkWidget *
benk_devices_page_new (BenkSession *session)
{
  BenkDevicesPage *self = g_object_new (BENK_TYPE_DEVICES_PAGE, NULL);

  self->session = g_object_ref (session);
  benk_device_columns_add (self->view, benk_session_get_inventory (session));
  benk_device_details_set_session (self->details, session);
  g_signal_connect_object (benk_session_get_inventory (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * benk_devices_page_search:
 * @self: the page
 * @text: what was typed so far
 *
 * Lists what matches @text, in every state.
 */
void
benk_devices_page_search (BenkDevicesPage *self, const char *text)
{
  g_return_if_fail (BENK_IS_DEVICES_PAGE (self));
  if (g_strcmp0 (self->search, text) == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  run_query (self);
}

/**
 * benk_devices_page_open:
 * @self: the page
 * @text: a whole serial, asset number or IMEI, typed or scanned
 *
 * Shows the one device that is called so.
 */
void
benk_devices_page_open (BenkDevicesPage *self, const char *text)
{
  g_return_if_fail (BENK_IS_DEVICES_PAGE (self));
  if (*text)
    benk_inventory_find_async (benk_session_get_inventory (self->session), text, NULL,
                               on_found, g_object_ref (self));
}

/**
 * benk_devices_page_show_device:
 * @self: the page
 * @id: a device's id as text
 *
 * Shows a device beside the list, selected where the list holds it.
 */
void
benk_devices_page_show_device (BenkDevicesPage *self, const char *id)
{
  g_return_if_fail (BENK_IS_DEVICES_PAGE (self));
  if (!benk_id_parse (id, &self->shown))
    return;
  benk_device_details_show (self->details, &self->shown);
  if (self->selection)
    gtk_single_selection_set_selected (
      self->selection,
      benk_inventory_result_find (gtk_single_selection_get_model (self->selection),
                                  &self->shown));
}

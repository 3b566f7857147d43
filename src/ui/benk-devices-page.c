/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-devices-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-device-columns.h"
#include "benk-device-details.h"
#include "benk-device-order.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-save-list.h"
#include "benk-selection-bar.h"

struct _BenkDevicesPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkDeviceOrder *order;
  GtkMultiSelection *selection;
  GCancellable *query;
  char *search;
  char *within; /* more words that must be found, such as a place */
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
  GtkMenuButton *model_button;
  GtkMenuButton *sort_button;
  BenkSelectionBar *selection_bar;
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

static GtkBitset *
get_selected (BenkDevicesPage *self)
{
  return gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
}

static void
on_selected (BenkDevicesPage *self)
{
  g_autoptr (GtkBitset) selected = get_selected (self);
  guint n = (guint) gtk_bitset_get_size (selected);
  const BenkId *id;

  benk_selection_bar_update (self->selection_bar);
  if (n > 1)
    benk_device_details_show_many (self->details, n);
  if (n != 1)
    return;
  id = benk_inventory_result_get_id (gtk_multi_selection_get_model (self->selection),
                                     gtk_bitset_get_nth (selected, 0));
  if (!id)
    return;
  self->shown = *id;
  benk_device_details_show (self->details, id);
}

/* The ids of what is selected, so that it is selected again where it still is. */
static GHashTable *
remember_selected (BenkDevicesPage *self)
{
  g_autoptr (GtkBitset) selected = self->selection ? get_selected (self) : NULL;
  GHashTable *ids = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, NULL);
  GtkBitsetIter iter;
  guint position;

  if (!selected || !gtk_bitset_iter_init_first (&iter, selected, &position))
    return ids;
  do
    {
      const BenkId *id =
        benk_inventory_result_get_id (gtk_multi_selection_get_model (self->selection),
                                      position);

      if (id)
        g_hash_table_add (ids, g_memdup2 (id, sizeof *id));
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return ids;
}

static void
select_again (BenkDevicesPage *self, GListModel *devices, GHashTable *ids)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  guint n = g_list_model_get_n_items (devices);
  guint shown = benk_inventory_result_find (devices, &self->shown);

  if (g_hash_table_size (ids) > 1)
    for (guint i = 0; i < n; i++)
      if (g_hash_table_contains (ids, benk_inventory_result_get_id (devices, i)))
        gtk_bitset_add (selected, i);
  if (gtk_bitset_is_empty (selected) && shown != G_MAXUINT)
    gtk_bitset_add (selected, shown);
  mask = gtk_bitset_new_range (0, n);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected,
                                     mask);
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
  GListModel *list = gtk_multi_selection_get_model (self->selection);
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

static void
say_no_match (BenkDevicesPage *self)
{
  const char *model = benk_device_order_get_model (self->order);
  g_autofree char *title =
    self->search && *self->search
      ? g_strdup_printf (_ ("No matches for “%s”."), self->search)
      : g_strdup (model ? _ ("No device of this model is in this state.")
                        : _ ("No device is in this state."));

  adw_status_page_set_title (self->no_match, title);
}

/* A new result is a new list; who was selected stays selected where it still is. */
static void
show_result (BenkDevicesPage *self, GListModel *devices)
{
  guint n_items = g_list_model_get_n_items (devices);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u device", "%u devices", n_items), n_items);
  g_autoptr (GHashTable) selected = remember_selected (self);

  remember_top (self);
  g_clear_object (&self->selection);
  self->selection = gtk_multi_selection_new (g_object_ref (devices));
  select_again (self, devices, selected);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  benk_selection_bar_update (self->selection_bar);
  self->restore_frames = 0;
  if (self->restore_tick == 0 && !benk_id_is_nil (&self->top))
    self->restore_tick =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), restore_top, NULL, NULL);
  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->result_stack,
                                    n_items > 0 ? "rows" : "no-match");
  if (n_items == 0)
    say_no_match (self);
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

static BenkDeviceQuery
get_query (BenkDevicesPage *self)
{
  return (BenkDeviceQuery){
    .states = self->state >= 0 ? 1u << self->state : 0,
    .search = self->search && *self->search ? self->search : self->within,
    .model_id = benk_device_order_get_model (self->order),
    .sort = benk_device_order_get_sort (self->order),
    .descending = benk_device_order_is_descending (self->order),
  };
}

static void
run_query (BenkDevicesPage *self)
{
  BenkDeviceQuery query = get_query (self);

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  self->query = g_cancellable_new ();
  benk_inventory_query_async (benk_session_get_inventory (self->session), &query,
                              self->query, on_query, g_object_ref (self));
}

static void
say_model (BenkDevicesPage *self)
{
  const char *model = benk_device_order_get_model (self->order);

  gtk_menu_button_set_label (self->model_button,
                             model ? benk_inventory_get_model_name (
                                       benk_session_get_inventory (self->session), model)
                                   : _ ("All Models"));
}

static void
on_order_changed (BenkDevicesPage *self)
{
  say_model (self);
  run_query (self);
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
on_within_toggled (GtkToggleButton *chip, BenkDevicesPage *self)
{
  g_clear_pointer (&self->within, g_free);
  run_query (self);
}

static void
add_within_chip (BenkDevicesPage *self)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (self->within);
  gtk_widget_add_css_class (chip, "chip");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_within_toggled), self);
  gtk_flow_box_append (self->chips, chip);
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
  if (self->within)
    add_within_chip (self);
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      sum += counts[i];
      if (counts[i] > 0 && i != BENK_DEVICE_STATE_SCRAPPED)
        add_chip (self, (BenkDeviceState) i, counts[i]);
    }
  gtk_stack_set_visible_child_name (self->stack, sum > 0 ? "list" : "none");
}

static void refresh (BenkDevicesPage *self);

/* Search, state and model are given up together: whoever asks wants to see something. */
static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkDevicesPage *self = user_data;

  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->within, g_free);
  self->state = -1;
  benk_device_order_clear_model (self->order);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-search", NULL);
  refresh (self);
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

/* Only the one that is shown, where the list holds it. */
static void
select_shown (BenkDevicesPage *self)
{
  guint position =
    benk_inventory_result_find (gtk_multi_selection_get_model (self->selection),
                                &self->shown);

  if (position == G_MAXUINT)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position,
                                     TRUE);
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

static gboolean
on_edit_key (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  benk_device_details_edit (BENK_DEVICES_PAGE (widget)->details);
  return TRUE;
}

static void
benk_devices_page_dispose (GObject *object)
{
  BenkDevicesPage *self = BENK_DEVICES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  if (self->order)
    g_signal_handlers_disconnect_by_data (self->order, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "order", NULL);
  g_clear_object (&self->order);
  g_clear_object (&self->session);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->within, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (benk_devices_page_parent_class)->dispose (object);
}

/* What is shown is what is written. */
static void
export_list (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkDevicesPage *self = BENK_DEVICES_PAGE (widget);
  BenkDeviceQuery query = get_query (self);

  benk_save_list_ask (widget, self->session, &query);
}

static void
benk_devices_page_class_init (BenkDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_devices_page_dispose;
  gtk_widget_class_install_action (widget_class, "devices.export", NULL, export_list);
  g_type_ensure (BENK_TYPE_DEVICE_DETAILS);
  g_type_ensure (BENK_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, count);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, result_stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, view);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, no_match);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, model_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, details);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, on_edit_key, NULL);
}

static void
benk_devices_page_init (BenkDevicesPage *self)
{
  self->state = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_order (BenkDevicesPage *self)
{
  g_autoptr (GMenuModel) models = NULL;
  g_autoptr (GMenuModel) sorts = NULL;
  g_autoptr (GSimpleAction) clear = g_simple_action_new ("clear", NULL);

  self->order =
    benk_device_order_new (self->view, benk_session_get_inventory (self->session));
  models = benk_device_order_make_model_menu (self->order);
  sorts = benk_device_order_make_sort_menu (self->order);
  gtk_menu_button_set_menu_model (self->model_button, models);
  gtk_menu_button_set_menu_model (self->sort_button, sorts);
  g_signal_connect_object (clear, "activate", G_CALLBACK (on_clear), self, 0);
  g_action_map_add_action (G_ACTION_MAP (benk_device_order_get_actions (self->order)),
                           G_ACTION (clear));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "order",
                                  benk_device_order_get_actions (self->order));
  g_signal_connect_object (self->order, "changed", G_CALLBACK (on_order_changed), self,
                           G_CONNECT_SWAPPED);
  say_model (self);
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
  benk_selection_bar_set_session (self->selection_bar, session);
  benk_selection_bar_set_view (self->selection_bar, self->view);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (benk_device_details_edit),
                           self->details, G_CONNECT_SWAPPED);
  set_up_order (self);
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

/** benk_devices_page_show_only: Lists only these; 0 and "" are all. */
void
benk_devices_page_show_only (BenkDevicesPage *self,
                             guint32 states,
                             const char *model_id,
                             const char *text)
{
  g_free (self->within);
  self->within = *text ? g_strdup (text) : NULL;
  self->state = states ? g_bit_nth_lsf (states, -1) : -1;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-search", NULL);
  g_action_group_change_action_state (benk_device_order_get_actions (self->order),
                                      "model", g_variant_new_string (model_id));
  refresh (self);
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
    select_shown (self);
}

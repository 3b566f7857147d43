/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-devices-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-device-chips.h"
#include "benk-device-columns.h"
#include "benk-device-details.h"
#include "benk-device-order.h"
#include "benk-error.h"
#include "benk-icon.h"
#include "benk-inventory.h"
#include "benk-listed-devices.h"
#include "benk-models.h"
#include "benk-save-list.h"
#include "benk-selection-bar.h"

struct _BenkDevicesPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkDeviceOrder *order;
  BenkListedDevices *list;
  GCancellable *query;
  char *search;

  GtkStack *stack;
  AdwStatusPage *none_page;
  GtkLabel *count;
  BenkDeviceChips *chips;
  GtkStack *result_stack;
  GtkColumnView *view;
  AdwStatusPage *no_match;
  GtkMenuButton *model_button;
  GtkMenuButton *sort_button;
  BenkSelectionBar *selection_bar;
  BenkDeviceDetails *details;
  gboolean chosen_anew; /* search, states or model, since the list was read last */
  gboolean hidden;      /* the current device, because what is listed leaves it out */
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
on_selected (BenkDevicesPage *self, guint n)
{
  benk_selection_bar_update (self->selection_bar);
  if (n > 1)
    benk_device_details_show_many (self->details, n);
  else if (n == 1)
    {
      self->hidden = FALSE;
      benk_device_details_show (self->details,
                                benk_listed_devices_get_current (self->list));
    }
  else
    benk_device_details_end_many (self->details);
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

/* What is done beside the list would be done to a device that nobody sees in it. One that
   only leaves the list by what is done to it stays, so that the work can go on. */
static void
follow_list (BenkDevicesPage *self)
{
  const BenkId *current = benk_listed_devices_get_current (self->list);
  gboolean holds = current && benk_listed_devices_holds_current (self->list);

  if (self->chosen_anew && current && !holds)
    self->hidden = benk_device_details_clear (self->details);
  else if (self->hidden && holds)
    {
      self->hidden = FALSE;
      benk_device_details_show (self->details, current);
    }
  self->chosen_anew = FALSE;
}

static void
show_result (BenkDevicesPage *self, GListModel *devices)
{
  guint n_items = g_list_model_get_n_items (devices);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u device", "%u devices", n_items), n_items);

  benk_listed_devices_show (self->list, devices);
  follow_list (self);
  benk_selection_bar_update (self->selection_bar);
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
    .states = benk_device_chips_get_states (self->chips),
    .reserved = benk_device_chips_get_reserved (self->chips),
    .search = self->search && *self->search ? self->search
                                            : benk_device_chips_get_within (self->chips),
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

/* What is listed was chosen anew. */
static void
choose_anew (BenkDevicesPage *self)
{
  self->chosen_anew = TRUE;
  run_query (self);
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
  choose_anew (self);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *counts =
    benk_inventory_count_finish (BENK_INVENTORY (source), result, &error);
  guint sum = 0;

  if (!counts)
    {
      tell (self, error);
      return;
    }
  if (!self->session)
    return;
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    sum += counts[i];
  benk_device_chips_show_counts (self->chips, counts);
  gtk_stack_set_visible_child_name (self->stack, sum > 0 ? "list" : "none");
}

/* Whether every device is wanted, in the usual order. */
static gboolean
wants_all (BenkDevicesPage *self)
{
  BenkDeviceQuery query = get_query (self);

  return query.states == 0 && !query.reserved && !query.model_id && !query.descending &&
         query.sort == BENK_DEVICE_SORT_MODEL && (!query.search || !*query.search);
}

/* How many there are is not known yet, so it is not said. */
static void
on_glanced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) devices =
    benk_inventory_query_finish (BENK_INVENTORY (source), result, &error);

  if (devices && self->session && wants_all (self) &&
      g_list_model_get_n_items (devices) > 0)
    benk_listed_devices_show (self->list, devices);
  else if (error)
    tell (self, error);
}

static void refresh (BenkDevicesPage *self);

/* Search, state and model are given up together: whoever asks wants to see something. */
static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BenkDevicesPage *self = user_data;

  g_clear_pointer (&self->search, g_free);
  benk_device_chips_clear (self->chips);
  benk_device_order_clear_model (self->order);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-search", NULL);
  refresh (self);
}

static void
refresh (BenkDevicesPage *self)
{
  const BenkId *current = benk_listed_devices_get_current (self->list);

  benk_inventory_count_async (benk_session_get_inventory (self->session), NULL,
                              on_counted, g_object_ref (self));
  run_query (self);
  if (current && !self->hidden)
    benk_device_details_show (self->details, current);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDevicesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);
  g_autofree char *id = NULL;

  if (!self->session)
    return;
  /* Part of a number: whom it means stands in the list. */
  if (!device && benk_listed_devices_focus (self->list))
    return;
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
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->list);
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
  g_type_ensure (BENK_TYPE_DEVICE_CHIPS);
  g_type_ensure (BENK_TYPE_DEVICE_DETAILS);
  g_type_ensure (BENK_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, none_page);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, count);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, BenkDevicesPage, result_stack);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_icon_show_on (self->none_page, "devices");
  /* Whether there are none is not known yet. */
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
list_models (BenkDevicesPage *self)
{
  g_autoptr (GMenuModel) models = benk_device_order_make_model_menu (self->order);

  gtk_menu_button_set_menu_model (self->model_button, models);
  say_model (self);
}

static void
set_up_order (BenkDevicesPage *self)
{
  g_autoptr (GMenuModel) sorts = NULL;
  g_autoptr (GSimpleAction) clear = g_simple_action_new ("clear", NULL);

  self->order =
    benk_device_order_new (self->view, benk_session_get_inventory (self->session));
  sorts = benk_device_order_make_sort_menu (self->order);
  gtk_menu_button_set_menu_model (self->sort_button, sorts);
  g_signal_connect_object (clear, "activate", G_CALLBACK (on_clear), self, 0);
  g_action_map_add_action (G_ACTION_MAP (benk_device_order_get_actions (self->order)),
                           G_ACTION (clear));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "order",
                                  benk_device_order_get_actions (self->order));
  g_signal_connect_object (self->order, "changed", G_CALLBACK (on_order_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_models (self->session), "changed",
                           G_CALLBACK (list_models), self, G_CONNECT_SWAPPED);
  list_models (self);
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
  self->list = benk_listed_devices_new (self->view);
  g_signal_connect_object (self->list, "selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (choose_anew), self,
                           G_CONNECT_SWAPPED);
  benk_device_columns_add (self->view, benk_session_get_inventory (session));
  benk_device_details_set_session (self->details, session);
  benk_selection_bar_set_session (self->selection_bar, session);
  benk_selection_bar_set_view (self->selection_bar, self->view);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (benk_device_details_edit),
                           self->details, G_CONNECT_SWAPPED);
  set_up_order (self);
  g_signal_connect_object (benk_session_get_inventory (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  benk_inventory_glance_async (benk_session_get_inventory (session), on_glanced,
                               g_object_ref (self));
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
  choose_anew (self);
}

/** benk_devices_page_show_only: Lists only these; 0 and "" are all. */
void
benk_devices_page_show_only (BenkDevicesPage *self,
                             guint32 states,
                             const char *model_id,
                             const char *text)
{
  benk_device_chips_choose (self->chips, states, text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-search", NULL);
  benk_device_order_show_model (self->order, model_id);
  refresh (self);
}

/**
 * benk_devices_page_open:
 * @self: the page
 * @text: a whole serial, asset number or IMEI, typed or scanned
 *
 * Shows the one device that is called so; where there is none, those that match.
 */
void
benk_devices_page_open (BenkDevicesPage *self, const char *text)
{
  g_return_if_fail (BENK_IS_DEVICES_PAGE (self));
  benk_devices_page_search (self, text);
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
  BenkId device;

  g_return_if_fail (BENK_IS_DEVICES_PAGE (self));
  if (!benk_id_parse (id, &device))
    return;
  /* Asked for by name it is shown, listed or not. */
  self->chosen_anew = self->hidden = FALSE;
  benk_device_details_show (self->details, &device);
  benk_listed_devices_set_current (self->list, &device);
}

/**
 * benk_devices_page_note_call:
 * @self: the page
 *
 * Opens where a call about the device that is shown is kept.
 *
 * Returns: whether a device is shown
 */
gboolean
benk_devices_page_note_call (BenkDevicesPage *self)
{
  g_return_val_if_fail (BENK_IS_DEVICES_PAGE (self), FALSE);
  return benk_device_details_note_call (self->details);
}

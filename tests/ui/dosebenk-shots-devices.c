/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of devices at work: order, many at once, what is refused, corrections. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>

#include "benk-bulk-dialog.h"
#include "benk-accessory-row.h"
#include "benk-edit-device-dialog.h"
#include "benk-join-dialog.h"
#include "benk-new-device-dialog.h"

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_inside (BenkStage *stage, const char *id)
{
  return benk_stage_get_child (benk_window_get_page (stage->window, "devices"), id);
}

static void
select_first (BenkStage *stage, guint n)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (get_inside (stage, "view"));

  gtk_selection_model_select_range (gtk_column_view_get_model (view), 0, n, TRUE);
}

static void
order (BenkStage *stage, const char *action, GVariant *value)
{
  gtk_widget_activate_action_variant (get_inside (stage, "view"), action, value);
}

static GtkWindow *
start (BenkStage *stage, const char *action)
{
  GtkWidget *bar = get_inside (stage, "selection_bar");

  gtk_widget_activate_action (benk_stage_get_child (bar, "buttons"), action, NULL);
  return benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
play_list (BenkStage *stage)
{
  benk_shots_draw_page (stage, "devices", "devices-list");
  order (stage, "order.sort", g_variant_new_string ("asset"));
  benk_shots_draw (stage->window, "devices-by-asset");
  order (stage, "order.model", g_variant_new_string ("pilly-sms"));
  benk_shots_draw (stage->window, "devices-of-a-model");
  gtk_menu_button_popup (GTK_MENU_BUTTON (get_inside (stage, "sort_button")));
  benk_shots_draw (gtk_menu_button_get_popover (
                     GTK_MENU_BUTTON (get_inside (stage, "sort_button"))),
                   "devices-sort-menu");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (get_inside (stage, "sort_button")));
  gtk_editable_set_text (GTK_EDITABLE (
                           benk_stage_get_child (stage->window, "search_entry")),
                         "nothing such");
  benk_shots_draw (stage->window, "devices-nothing-matches");
  order (stage, "order.clear", NULL);
  order (stage, "order.sort", g_variant_new_string ("model"));
}

static void
play_many (BenkStage *stage)
{
  GtkWindow *dialog;

  benk_shots_draw_page (stage, "devices", "devices-all-again");
  select_first (stage, 12);
  benk_shots_draw (stage->window, "devices-twelve-selected");
  benk_shots_draw_dialog (start (stage, "selection.move"), "bulk-move");
  benk_shots_draw_dialog (start (stage, "selection.attest"), "bulk-sign");
  dialog = start (stage, "selection.state");
  benk_shots_draw (dialog, "bulk-state");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (
                                find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN)),
                              3);
  benk_stage_respond (dialog, "go-on");
  benk_shots_draw_dialog (benk_stage_wait_window (BENK_TYPE_BULK_DIALOG), "bulk-refused");
  dialog = start (stage, "selection.move");
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         "Bil 2");
  benk_stage_respond (dialog, "go-on");
  benk_shots_draw (stage->window, "bulk-moved");
}

static void
show (BenkStage *stage, const char *serial, const char *name)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  GtkWidget *details = get_inside (stage, "details");
  GtkWidget *scrolled;
  GtkAdjustment *adjustment;
  g_autofree char *below = g_strdup_printf ("%s-below", name);

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  benk_shots_draw (stage->window, name);
  scrolled = find (details, GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  benk_shots_draw (stage->window, below);
  gtk_adjustment_set_value (adjustment, 0);
}

/* The right number is another device's as well. */
static void
draw_taken (BenkStage *stage, BenkDevice *device, const char *serial)
{
  GtkWidget *dialog =
    benk_edit_device_dialog_new (GTK_WINDOW (stage->window), stage->session, device);
  GtkWidget *another = benk_stage_get_child (dialog, "another");

  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW)), serial);
  gtk_window_present (GTK_WINDOW (dialog));
  g_signal_emit_by_name (benk_stage_get_child (dialog, "save_button"), "clicked");
  while (!gtk_widget_get_visible (another))
    g_main_context_iteration (NULL, TRUE);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "device-correct-taken");
}

static void
play_edit (BenkStage *stage)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, "MD0001019");
  g_autoptr (BenkDevice) other = benk_stage_find (stage, "MD0900001");
  GtkWindow *parent = GTK_WINDOW (stage->window);
  GtkWidget *dialog = benk_edit_device_dialog_new (parent, stage->session, device);
  const BenkDeviceEdit edit = { .serial = "MD0001O19",
                                .owner = BENK_OWNER_LEASE,
                                .lease_end_date = "2026-02-01",
                                .warranty_date = "2026-04-01" };
  g_autoptr (GAsyncResult) edited = NULL;
  g_autoptr (GAsyncResult) joined = NULL;
  g_autoptr (GError) error = NULL;
  BenkInventory *inventory = benk_session_get_inventory (stage->session);

  draw_taken (stage, device, benk_device_get_serial (other));
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW)), "X-1");
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "device-correct");
  benk_inventory_edit_async (inventory, benk_device_get_id (device), &edit, NULL,
                             benk_stage_keep, &edited);
  benk_inventory_change_finish (inventory, benk_stage_await (&edited), NULL, &error);
  g_assert_no_error (error);
  show (stage, "MD0001O19", "device-corrected");
  dialog =
    benk_join_dialog_new (parent, stage->session, benk_device_get_id (device), other);
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "device-join");
  benk_inventory_join_async (inventory, benk_device_get_id (other),
                             benk_device_get_id (device), NULL, benk_stage_keep, &joined);
  benk_inventory_change_finish (inventory, benk_stage_await (&joined), NULL, &error);
  g_assert_no_error (error);
  show (stage, "MD0900001", "device-joined");
}

static void
say (BenkStage *stage, const char *serial, const char *kind, BenkAccessoryStatus status)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autoptr (GPtrArray) words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);
  BenkInventory *inventory = benk_session_get_inventory (stage->session);
  g_autoptr (GAsyncResult) said = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (words, benk_accessory_new (kind, status, FALSE));
  benk_inventory_set_accessories_async (inventory, benk_device_get_id (device), words,
                                        NULL, benk_stage_keep, &said);
  benk_inventory_change_finish (inventory, benk_stage_await (&said), NULL, &error);
  g_assert_no_error (error);
}

static void
draw_accessories (BenkStage *stage, const char *serial, const char *name)
{
  g_autofree char *there = g_strdup_printf ("%s-there", name);

  GtkWidget *details = get_inside (stage, "details");
  GtkWidget *group = benk_stage_get_child (details, "accessories");
  GtkWidget *scrolled = find (details, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *inside;
  double x, y;

  show (stage, serial, name);
  inside = gtk_widget_get_first_child (gtk_widget_get_first_child (scrolled));
  g_assert_true (gtk_widget_translate_coordinates (group, inside, 0, -60, &x, &y));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                              GTK_SCROLLED_WINDOW (scrolled)),
                            y);
  benk_shots_draw (stage->window, there);
}

static guint
find_model (BenkStage *stage, const char *id)
{
  GPtrArray *models =
    benk_inventory_get_models (benk_session_get_inventory (stage->session));
  guint place = 0;

  g_assert_true (g_ptr_array_find (models, benk_model_find (models, id), &place));
  return place;
}

static void
play_accessories (BenkStage *stage)
{
  BenkNewDevice box = { .model_id = "medido",
                        .serial = "MD0900777",
                        .asset = "D-777",
                        .state = BENK_DEVICE_STATE_RECEIVED };
  GtkWindow *parent = GTK_WINDOW (stage->window);
  GtkWidget *dialog;

  benk_stage_add (stage, &box);
  draw_accessories (stage, "MD0900777", "accessories-unseen");
  say (stage, "MD0900777", "power-adapter", BENK_ACCESSORY_MISSING);
  say (stage, "MD0900777", "collection-tray", BENK_ACCESSORY_THERE);
  draw_accessories (stage, "MD0900777", "accessories-missing");
  dialog = benk_new_device_dialog_new (parent, stage->session, "MD0900778");
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "model_row")),
                              find_model (stage, "medido"));
  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  gtk_widget_grab_focus (find (dialog, BENK_TYPE_ACCESSORY_ROW));
  benk_shots_draw_dialog (GTK_WINDOW (dialog), "register-accessories");
  select_first (stage, 12);
  benk_shots_draw_dialog (start (stage, "selection.accessories"), "bulk-accessories");
}

static void
play_at (gboolean wide)
{
  BenkStage stage;

  benk_stage_set_up (&stage, TRUE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_shots_fill (&stage);
  benk_stage_show_window (&stage, wide ? 1920 : 1366, wide ? 1080 : 768);
  benk_window_show_page (stage.window, "devices");
  if (!wide)
    play_list (&stage);
  play_many (&stage);
  if (!wide)
    {
      show (&stage, "PP001007", "device-in-use-whole");
      show (&stage, "MD0001210", "device-return-whole");
    }
  play_accessories (&stage);
  play_edit (&stage);
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_devices:
 *
 * Draws the list of devices at work, on a small and a large screen.
 */
void
benk_shots_play_devices (void)
{
  play_at (FALSE);
  play_at (TRUE);
}

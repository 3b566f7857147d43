/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-pages.h"

#include <glib/gi18n.h>

#include "benk-alarms-page.h"
#include "benk-alarms.h"
#include "benk-bench-page.h"
#include "benk-bench.h"
#include "benk-closed-dialog.h"
#include "benk-deadlines-dialog.h"
#include "benk-duty-dialog.h"
#include "benk-feeds-dialog.h"
#include "benk-guidance-dialog.h"
#include "benk-import-dialog.h"
#include "benk-inventory.h"
#include "benk-label-dialog.h"
#include "benk-models-dialog.h"
#include "benk-new-alarm-dialog.h"
#include "benk-new-device-dialog.h"
#include "benk-preferences.h"
#include "benk-quiet-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-reports-page.h"
#include "benk-return-dialog.h"
#include "benk-returns-page.h"
#include "benk-returns.h"
#include "benk-scan-test-dialog.h"
#include "benk-shelf-page.h"
#include "benk-swap-dialog.h"
#include "benk-vendor-dialog.h"
#include "benk-visit-start.h"

/* That there are none is said when it is known. */
static void
show_count (GtkLabel *badge, guint n, gboolean known, const char *accessible)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (badge), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (badge, text);
  gtk_widget_set_visible (GTK_WIDGET (badge), n > 0);
  if (row && (n > 0 || known))
    gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, accessible, -1);
  else if (row)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (row),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static gboolean
is_read (BenkReading *reading)
{
  return benk_reading_has_ended (reading) && !benk_reading_get_problem (reading);
}

/* What @badge counts. */
static gpointer
get_room (GtkLabel *badge)
{
  return g_object_get_data (G_OBJECT (badge), "benk-room");
}

static void
set_room (GtkLabel *badge, gpointer room)
{
  g_object_set_data (G_OBJECT (badge), "benk-room", room);
}

static void
update_alarms (GtkLabel *badge)
{
  BenkAlarms *alarms = get_room (badge);
  guint n_open = benk_alarms_get_n_open (alarms);
  guint n_urgent = benk_alarms_get_n_urgent (alarms);
  g_autofree char *open =
    g_strdup_printf (ngettext ("%u open alarm", "%u open alarms", n_open), n_open);
  g_autofree char *urgent = g_strdup_printf (_ ("%u of them urgent"), n_urgent);
  g_autofree char *both = g_strdup_printf ("%s, %s", open, urgent);

  show_count (badge, n_open, is_read (benk_alarms_get_reading (alarms)),
              n_urgent > 0 ? both : open);
  gtk_widget_set_tooltip_text (GTK_WIDGET (badge), n_urgent > 0 ? both : open);
  if (n_urgent > 0)
    gtk_widget_add_css_class (GTK_WIDGET (badge), "urgent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (badge), "urgent");
}

static void
bind_alarms (BenkSession *session, GtkLabel *badge)
{
  BenkAlarms *alarms = benk_session_get_alarms (session);

  set_room (badge, alarms);
  /* The queue counts from when somebody asks for it. */
  benk_alarms_get_queue (alarms);
  g_signal_connect_object (alarms, "notify::n-open", G_CALLBACK (update_alarms), badge,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (alarms, "notify::n-urgent", G_CALLBACK (update_alarms), badge,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_alarms_get_reading (alarms), "notify",
                           G_CALLBACK (update_alarms), badge, G_CONNECT_SWAPPED);
  update_alarms (badge);
}

static void
update_plugged (GtkLabel *badge)
{
  BenkBench *bench = get_room (badge);
  guint n = g_list_model_get_n_items (benk_bench_get_devices (bench));
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u device is plugged in", "%u devices are plugged in", n),
                     n);

  show_count (badge, n, benk_bench_knows_plugged (bench), text);
}

static void
bind_bench (BenkSession *session, GtkLabel *badge)
{
  BenkBench *bench = benk_session_get_bench (session);

  set_room (badge, bench);
  g_signal_connect_object (benk_bench_get_devices (bench), "items-changed",
                           G_CALLBACK (update_plugged), badge, G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "usb-changed", G_CALLBACK (update_plugged), badge,
                           G_CONNECT_SWAPPED);
  update_plugged (badge);
}

static void
update_returns (GtkLabel *badge)
{
  BenkReturns *returns = get_room (badge);
  guint n = g_list_model_get_n_items (benk_returns_get_list (returns));
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u return under way", "%u returns under way", n), n);

  show_count (badge, n, is_read (benk_returns_get_reading (returns)), text);
}

static void
bind_returns (BenkSession *session, GtkLabel *badge)
{
  BenkReturns *returns = benk_session_get_returns (session);

  set_room (badge, returns);
  g_signal_connect_object (benk_returns_get_list (returns), "items-changed",
                           G_CALLBACK (update_returns), badge, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_returns_get_reading (returns), "notify",
                           G_CALLBACK (update_returns), badge, G_CONNECT_SWAPPED);
  update_returns (badge);
}

const BenkPage benk_pages[] = {
  { "alarms", N_ ("Alarms"), benk_alarms_page_new, bind_alarms },
  { "devices", N_ ("Devices"), benk_shelf_page_new, NULL },
  { "bench", N_ ("Bench"), benk_bench_page_new, bind_bench },
  { "returns", N_ ("Returns"), benk_returns_page_new, bind_returns },
  { "reports", N_ ("Reports"), benk_reports_page_new, NULL },
  { NULL, NULL, NULL, NULL },
};

/**
 * benk_pages_search:
 * @devices_page: the page of devices
 * @text: what is typed so far, maybe empty
 *
 * Shows the devices that match.
 */
void
benk_pages_search (GtkWidget *devices_page, const char *text)
{
  BenkShelfPage *page = BENK_SHELF_PAGE (devices_page);

  if (*text)
    benk_shelf_page_show_view (page, "list");
  benk_devices_page_search (benk_shelf_page_get_list (page), text);
}

/**
 * benk_pages_search_activate:
 * @devices_page: the page of devices
 * @text: what was typed or scanned, ended by Enter
 *
 * Opens the one device that @text names.
 */
void
benk_pages_search_activate (GtkWidget *devices_page, const char *text)
{
  BenkShelfPage *page = BENK_SHELF_PAGE (devices_page);

  benk_shelf_page_show_view (page, "list");
  benk_devices_page_open (benk_shelf_page_get_list (page), text);
}

static void
open_new_alarm (BenkWindow *window, const char *target)
{
  gtk_window_present (
    GTK_WINDOW (benk_new_alarm_dialog_new (GTK_WINDOW (window),
                                           benk_window_get_session (window), target)));
}

static void
open_import (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_import_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_import_alarms (BenkWindow *window, const char *target)
{
  gtk_window_present (
    GTK_WINDOW (benk_import_dialog_new_alarms (GTK_WINDOW (window),
                                               benk_window_get_session (window))));
}

static void
open_feeds (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_feeds_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_closed (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_closed_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_deadlines (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_deadlines_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_duty (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_duty_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_new_device (BenkWindow *window, const char *target)
{
  gtk_window_present (
    GTK_WINDOW (benk_new_device_dialog_new (GTK_WINDOW (window),
                                            benk_window_get_session (window), target)));
}

static void
show_device (BenkWindow *window, const char *target)
{
  BenkShelfPage *page = BENK_SHELF_PAGE (benk_window_get_page (window, "devices"));

  benk_window_show_page (window, "devices");
  benk_shelf_page_show_view (page, "list");
  benk_devices_page_show_device (benk_shelf_page_get_list (page), target);
}

static void
show_stock (BenkWindow *window, const char *target)
{
  GtkWidget *page = benk_window_get_page (window, "devices");

  benk_window_show_page (window, "devices");
  benk_shelf_page_show_view (BENK_SHELF_PAGE (page), "stock");
}

static void
open_label (BenkWindow *window, const char *target)
{
  BenkId id;

  if (benk_id_parse (target, &id))
    gtk_window_present (
      GTK_WINDOW (benk_label_dialog_new (benk_window_get_page (window, "devices"),
                                         benk_window_get_session (window), &id, 1)));
}

static void
open_models (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_models_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
open_scanner_test (BenkWindow *window, const char *target)
{
  BenkSession *session = benk_window_get_session (window);

  gtk_window_present (GTK_WINDOW (
    benk_scan_test_dialog_new (GTK_WINDOW (window), benk_session_get_clock (session))));
}

static void
open_preferences (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_preferences_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
show_alarm (BenkWindow *window, const char *target)
{
  GtkWidget *page = benk_window_get_page (window, "alarms");

  benk_window_show_page (window, "alarms");
  benk_alarms_page_show_alarm (BENK_ALARMS_PAGE (page), target);
}

static void
show_return (BenkWindow *window, const char *target)
{
  GtkWidget *page = benk_window_get_page (window, "returns");

  benk_window_show_page (window, "returns");
  benk_returns_page_show_return (BENK_RETURNS_PAGE (page), target);
}

static void
bench_device (BenkWindow *window, const char *target)
{
  GtkWidget *page = benk_window_get_page (window, "bench");

  benk_window_show_page (window, "bench");
  benk_bench_page_start_checklist (BENK_BENCH_PAGE (page), target);
}

static void
start_task (BenkWindow *window, const char *device, BenkTask task)
{
  GtkWidget *page = benk_window_get_page (window, "bench");

  benk_window_show_page (window, "bench");
  benk_bench_page_start_task (BENK_BENCH_PAGE (page), device, task);
}

static void
change_settings (BenkWindow *window, const char *target)
{
  start_task (window, target, BENK_TASK_SETTINGS);
}

static void
reset_device (BenkWindow *window, const char *target)
{
  start_task (window, target, BENK_TASK_RESET);
}

static void
on_return_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (!device)
    benk_window_tell_error (window, error);
  else if (benk_window_get_session (window))
    gtk_window_present (
      GTK_WINDOW (benk_return_dialog_new (GTK_WINDOW (window),
                                          benk_window_get_session (window), device)));
}

static void
return_device (BenkWindow *window, const char *target)
{
  BenkSession *session = benk_window_get_session (window);

  benk_inventory_find_async (benk_session_get_inventory (session), target, NULL,
                             on_return_found, g_object_ref (window));
}

static void
call_vendor (BenkWindow *window, const char *target)
{
  BenkId id;

  if (benk_id_parse (target, &id))
    gtk_window_present (
      GTK_WINDOW (benk_vendor_dialog_new (GTK_WINDOW (window),
                                          benk_window_get_session (window), NULL, &id)));
}

static void
open_guidance (BenkWindow *window, const char *target)
{
  gtk_window_present (
    GTK_WINDOW (benk_guidance_dialog_new (GTK_WINDOW (window),
                                          benk_window_get_session (window), target)));
}

static void
open_swap (BenkWindow *window, const char *target)
{
  BenkId id;

  if (benk_id_parse (target, &id))
    benk_swap_dialog_open (GTK_WINDOW (window), benk_window_get_session (window), &id);
}

static void
on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (!device)
    benk_window_tell_error (window, error);
  else if (benk_window_get_session (window))
    benk_visit_start (GTK_WINDOW (window), benk_window_get_session (window), device);
}

static gboolean
note_shown_call (BenkWindow *window)
{
  GtkWidget *devices = benk_window_get_page (window, "devices");
  GtkWidget *alarms = benk_window_get_page (window, "alarms");

  if (gtk_widget_get_mapped (alarms))
    return benk_alarms_page_note_call (BENK_ALARMS_PAGE (alarms));
  return gtk_widget_get_mapped (devices) &&
         benk_devices_page_note_call (
           benk_shelf_page_get_list (BENK_SHELF_PAGE (devices)));
}

static void
note_call (BenkWindow *window, const char *target)
{
  if (!benk_session_get_staff (benk_window_get_session (window)))
    benk_window_tell (window, _ ("Nobody is chosen, so that this can only be looked at. "
                                 "Choose who is working first."));
  else if (!note_shown_call (window))
    benk_window_tell (window,
                      _ ("Find the device that the call is about first: Ctrl+K."));
}

static void
open_visit (BenkWindow *window, const char *target)
{
  BenkSession *session = benk_window_get_session (window);

  benk_inventory_find_async (benk_session_get_inventory (session), target, NULL,
                             on_visited, g_object_ref (window));
}

static void
open_quiet (BenkWindow *window, const char *target)
{
  gtk_window_present (GTK_WINDOW (
    benk_quiet_dialog_new (GTK_WINDOW (window), benk_window_get_session (window))));
}

static void
on_visit_named (const char *text, gpointer user_data)
{
  open_visit (user_data, text);
}

static void
find_visit (BenkWindow *window, const char *target)
{
  benk_reason_dialog_ask_device (GTK_WINDOW (window), _ ("Home Visit"),
                                 _ ("Scan or type the device that is visited."),
                                 _ ("_Start"), on_visit_named, G_OBJECT (window));
}

static const struct
{
  const char *action;
  void (*go) (BenkWindow *window, const char *target);
} routes[] = {
  { "new-alarm", open_new_alarm },
  { "note-call", note_call },
  { "import", open_import },
  { "import-alarms", open_import_alarms },
  { "feeds", open_feeds },
  { "deadlines", open_deadlines },
  { "duty", open_duty },
  { "closed-alarms", open_closed },
  { "new-device", open_new_device },
  { "show-device", show_device },
  { "show-alarm", show_alarm },
  { "show-return", show_return },
  { "show-stock", show_stock },
  { "bench-device", bench_device },
  { "swap", open_swap },
  { "change-settings", change_settings },
  { "reset-device", reset_device },
  { "return-device", return_device },
  { "call-vendor", call_vendor },
  { "guidance", open_guidance },
  { "visit", open_visit },
  { "find-visit", find_visit },
  { "label", open_label },
  { "scanner-test", open_scanner_test },
  { "preferences", open_preferences },
  { "models", open_models },
  { "quiet", open_quiet },
};

/**
 * benk_pages_route:
 * @window: the window
 * @action: what to open, such as "new-alarm" or "show-device"
 * @target: (nullable): the id of what to open
 *
 * Brings a person to the page where @action is done.
 */
void
benk_pages_route (BenkWindow *window, const char *action, const char *target)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].action, action))
      routes[i].go (window, target);
}

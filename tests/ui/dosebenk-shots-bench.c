/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bench in every state that a person can meet there. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "benk-bench-card.h"
#include "benk-bench-private.h"
#include "benk-usb-item-private.h"
#include "benk-usb-items-dialog.h"
#include "benk-error.h"
#include "benk-shelf-dialog.h"
#include "benk-shot.h"

/* Before, while and after: what somebody sees who resets one dispenser. */
static void
play_course (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", "MD0900001", "silent@30" },
                                           { "pilly-sms", "PS-90004", NULL, TRUE } };
  BenkStage stage;
  BenkBenchJob *job;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_draw (stage.window, "bench-reading");
  benk_shots_settle (&stage);
  benk_shots_draw (stage.window, "bench-idle");
  g_signal_emit_by_name (benk_stage_get_child (benk_shots_get_card (&stage, 0),
                                               "reset_button"),
                         "clicked");
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "bench-confirm");
  job = benk_shots_start_reset (&stage, "MD0900001");
  benk_shots_draw (stage.window, "bench-running");
  g_signal_emit_by_name (benk_stage_get_child (benk_shots_get_card (&stage, 0),
                                               "cancel_button"),
                         "clicked");
  benk_shots_draw (stage.window, "bench-cancelling");
  benk_shots_await_job (&stage, job);
  benk_shots_draw (stage.window, "bench-cancelled");
  benk_stage_tear_down (&stage);
}

static void
play_make_ready (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", "MD0900001", NULL },
                                           { "evondos-e300", "PP900002", NULL } };
  static const BenkShotsPlugged full = { "evondos-e300", "PP900002", "full:1" };
  BenkStage stage;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), BENK_SHOTS_TALL);
  benk_shots_settle (&stage);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      benk_shots_await_job (&stage, benk_shots_start_reset (&stage, rows[i].serial));
      benk_shots_shelve (&stage, rows[i].serial);
    }
  benk_shots_draw (stage.window, "bench-verified");
  benk_shots_plug (&stage, &full);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, "MD0900001", "4711"));
  benk_shots_await_job (&stage, benk_shots_start_provision (&stage, "PP900002", "4712"));
  benk_shots_draw (stage.window, "bench-ready-and-full");
  benk_stage_tear_down (&stage);
}

static gboolean
is_shelf_still (gpointer shelf)
{
  GListModel *items = benk_shelf_reset_get_items (shelf);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkShelfItem) item = g_list_model_get_item (items, i);

      if (benk_shelf_item_get_state (item) == BENK_SHELF_RUNNING)
        return FALSE;
    }
  return TRUE;
}

/* Five of a shelf: three good ones, one that keeps something, one that is dead. */
static void
play_shelf (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", "MD0900001", NULL },
                                           { "evondos-e300", "PP900002", NULL },
                                           { "medido", "MD0900003",
                                             "wipe-leaves-region:1" },
                                           { "pilly-sms", "PS-90004", NULL } };
  BenkStage stage;
  GtkWidget *dialog;
  BenkShelfReset *shelf;
  g_autoptr (BenkDevice) dead = NULL;

  benk_shots_open_bench (&stage, TRUE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_settle (&stage);
  benk_stage_add (&stage, &(BenkNewDevice){ .model_id = "medido",
                                            .serial = "MD0900005",
                                            .asset = "D-065",
                                            .state = BENK_DEVICE_STATE_RECEIVED });
  dead = benk_stage_find (&stage, "MD0900005");
  dialog = benk_shelf_dialog_new (GTK_WINDOW (stage.window), stage.session);
  shelf = benk_shelf_dialog_get_shelf (BENK_SHELF_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shots_draw (dialog, "shelf-list");
  benk_shelf_reset_add (shelf, dead, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    benk_shelf_reset_tick (shelf, benk_shelf_reset_find (shelf, rows[i].serial), TRUE);
  benk_shelf_reset_tick (shelf, benk_shelf_reset_find (shelf, "MD0900005"), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (benk_stage_get_child (dialog, "count_entry")),
                         "5");
  benk_shots_draw (dialog, "shelf-confirm");
  g_signal_emit_by_name (benk_stage_get_child (dialog, "start_button"), "clicked");
  benk_shots_draw (dialog, "shelf-running");
  benk_shot_wait (is_shelf_still, shelf, 20);
  benk_shots_draw (dialog, "shelf-waiting");
  benk_shelf_reset_cancel (shelf);
  benk_shots_draw (dialog, "shelf-ended");
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_shots_draw (stage.window, "shelf-cards");
  benk_stage_tear_down (&stage);
}

/* --- what no simulated dispenser can be made to be --- */

static BenkBenchDevice *
create_device (const char *serial, GError *problem)
{
  BenkBusEvent event = { .kind = BENK_BUS_ARRIVED,
                         .station = 1,
                         .link_kind = BENK_LINK_KIND_USB,
                         .bus_path = (char *) "1-1.4",
                         .label = (char *) "Medication monitor",
                         .usb_serial = (char *) serial,
                         .problem = problem };
  BenkBenchDevice *device = benk_bench_device_new (1);

  benk_bench_device_arrive (device, &event);
  return device;
}

static BenkBenchDevice *
create_read_only (BenkStage *stage)
{
  BenkBenchDevice *device = create_device ("IEEE-7001", NULL);
  BenkJobResult result = { .outcome = BENK_JOB_VERIFIED,
                           .link_kind = BENK_LINK_KIND_USB,
                           .clock_drift_s = 190,
                           .log_entries = 14,
                           .mode = -1 };
  g_autoptr (BenkDevice) card = benk_stage_find (stage, "IEEE-7001");

  benk_mds_init (&result.mds);
  result.mds.has_system_id = TRUE;
  result.mds.serial = g_strdup ("IEEE-7001");
  result.mds.model = g_strdup ("Medication monitor");
  result.mds.firmware = g_strdup ("3.2");
  result.mds.battery = 61;
  result.extension_reason =
    g_strdup (_ ("Read only: the dispenser has no service extension."));
  benk_bench_device_take_result (device, &result);
  benk_bench_device_set_card (device, card, NULL);
  benk_mds_clear (&result.mds);
  g_free (result.extension_reason);
  return device;
}

static void
play_barred (void)
{
  static const BenkShotsPlugged rows[] = { { "medido", "IEEE-7001", NULL } };
  g_autoptr (GError) no_permission =
    g_error_new (BENK_ERROR, BENK_ERROR_PERMISSION,
                 _ ("No permission to use the USB device. Ask IT to run this once: %s"),
                 "dosebenkctl usb rule | sudo tee /etc/udev/rules.d/70-dosebenk.rules");
  g_autoptr (BenkBenchDevice) barred = NULL;
  g_autoptr (BenkBenchDevice) read_only = NULL;
  GListStore *devices;
  BenkStage stage;

  benk_shots_open_bench (&stage, FALSE, rows, G_N_ELEMENTS (rows), 0);
  benk_shots_settle (&stage);
  devices =
    G_LIST_STORE (benk_bench_get_devices (benk_session_get_bench (stage.session)));
  barred = create_device (NULL, no_permission);
  read_only = create_read_only (&stage);
  g_list_store_remove_all (devices);
  g_list_store_append (devices, barred);
  g_list_store_append (devices, read_only);
  benk_shots_draw (stage.window, "bench-barred-and-read-only");
  g_list_store_remove_all (devices);
  benk_stage_tear_down (&stage);
}

/* What is no dispenser by the standard, and the cards that it can be given. */
static void
play_items (void)
{
  static const struct
  {
    const char *bus_path;
    const char *label;
    const char *serial;
  } rows[] = { { "1-1.1", "Evondos", "PP001007" },
               { "1-1.2", "CP2102 USB to UART Bridge", "0001" },
               { "1-1.3", "USB Keyboard", NULL } };
  BenkStage stage;
  GtkWidget *dialog;
  GListStore *items;
  g_autoptr (BenkDevice) card = NULL;

  benk_shots_open_bench (&stage, FALSE, NULL, 0, 0);
  benk_stage_add (&stage, &(BenkNewDevice){ .model_id = "evondos-e300",
                                            .serial = "PP001007",
                                            .state = BENK_DEVICE_STATE_RECEIVED });
  card = benk_stage_find (&stage, "PP001007");
  items =
    G_LIST_STORE (benk_bench_get_usb_items (benk_session_get_bench (stage.session)));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenkBusEvent event = { .kind = BENK_BUS_ARRIVED,
                             .bus_path = (char *) rows[i].bus_path,
                             .label = (char *) rows[i].label,
                             .usb_serial = (char *) rows[i].serial,
                             .vendor_id = 0x10c4,
                             .product_id = 0xea60 };
      g_autoptr (BenkUsbItem) item = benk_usb_item_new (&event);

      if (i == 0)
        benk_usb_item_set_card (item, card);
      g_list_store_append (items, item);
    }
  dialog = benk_usb_items_dialog_new (GTK_WINDOW (stage.window), stage.session);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_shots_draw (dialog, "usb-items");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_list_store_remove_all (items);
  benk_stage_tear_down (&stage);
}

/**
 * benk_shots_play_bench_states:
 *
 * Goes through the states of the bench, each on a store of its own.
 */
void
benk_shots_play_bench_states (void)
{
  play_course ();
  play_make_ready ();
  play_shelf ();
  play_barred ();
  play_items ();
}

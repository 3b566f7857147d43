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
#include "benk-plan-file.h"
#include "benk-shot.h"

#define WIDTH 1366
#define HEIGHT 768
/* High enough for three cards with all their steps. */
#define TALL 1500

static const char plan_text[] =
  "{\"format\": 1, \"zone\": \"Europe/Oslo\", \"doses\": [{\"time\": \"08:00\", "
  "\"alarm\": true}, {\"time\": \"20:00\", \"alarm\": true}], \"alarms\": "
  "[{\"condition\": \"missed\", \"delay_min\": 15}], \"recipients\": [{\"role\": "
  "\"coordinator\", \"periods\": [\"day\", \"evening\", \"weekend\"]}]}";

typedef struct
{
  const char *model_id;
  const char *serial;
  const char *fault; /* from the job that is asked for */
  gboolean unregistered;
} Plugged;

static BenkBench *
get_bench (BenkStage *stage)
{
  return benk_session_get_bench (stage->session);
}

static BenkBenchDevice *
get_plugged (BenkStage *stage, const char *serial)
{
  GListModel *devices = benk_bench_get_devices (get_bench (stage));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (benk_bench_device_get_serial (device), serial) == 0)
        return device;
    }
  g_error ("%s is not plugged in", serial);
}

static void
plug (BenkStage *stage, const Plugged *row)
{
  g_autoptr (GError) error = NULL;

  if (!benk_bench_plug_virtual (get_bench (stage), row->model_id, row->serial, stage->dir,
                                row->fault, &error))
    g_error ("%s: %s", row->serial, error->message);
}

static gboolean
is_read (gpointer data)
{
  GListModel *devices = benk_bench_get_devices (get_bench (data));
  guint n = g_list_model_get_n_items (devices);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (!benk_bench_device_is_identified (device))
        return FALSE;
    }
  return n > 0;
}

/* Until all have told who they are, and their cards are found. */
static void
settle (BenkStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_shot_wait (is_read, stage, 10);
  benk_bench_settle_async (get_bench (stage), NULL, benk_stage_keep, &result);
  benk_bench_settle_finish (get_bench (stage), benk_stage_await (&result), NULL);
}

static void
open_stage (
  BenkStage *stage, gboolean demo, const Plugged *rows, gsize n_rows, int height)
{
  benk_stage_set_up (stage, demo);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  for (gsize i = 0; i < n_rows; i++)
    if (!rows[i].unregistered)
      benk_stage_add (stage, &(BenkNewDevice){ .model_id = rows[i].model_id,
                                               .serial = rows[i].serial,
                                               .vendor = "Dosebenk simulator",
                                               .place = "Benk",
                                               .state = BENK_DEVICE_STATE_RECEIVED });
  benk_stage_show_window (stage, WIDTH, height);
  benk_window_show_page (stage->window, "bench");
  for (gsize i = 0; i < n_rows; i++)
    plug (stage, &rows[i]);
}

static void
await_job (BenkStage *stage, BenkBenchJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_wait_async (get_bench (stage), job, NULL, benk_stage_keep, &result);
  if (!benk_bench_wait_finish (get_bench (stage), benk_stage_await (&result), &error))
    g_warning ("job: %s", error->message);
}

static BenkBenchJob *
start_reset (BenkStage *stage, const char *serial)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (get_bench (stage), get_plugged (stage, serial), serial, &error);

  if (!job)
    g_error ("reset: %s", error->message);
  return job;
}

static void
provision (BenkStage *stage, const char *serial)
{
  g_autofree char *path = g_build_filename (stage->dir, "plan.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = NULL;
  BenkBenchJob *job;

  g_file_set_contents (path, plan_text, -1, NULL);
  plan = benk_plan_file_load (file, NULL, &error);
  if (!plan)
    g_error ("plan: %s", error->message);
  job = benk_bench_provision (get_bench (stage), get_plugged (stage, serial), plan,
                              "4711", &error);
  if (!job)
    g_error ("provision: %s", error->message);
  await_job (stage, job);
}

static GtkWidget *
get_card (BenkStage *stage, int index)
{
  GtkWidget *page = benk_window_get_page (stage->window, "bench");
  GtkListBox *cards = GTK_LIST_BOX (benk_stage_get_child (page, "cards"));

  return gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (cards, index));
}

/* Before, while and after: what somebody sees who resets one dispenser. */
static void
play_course (void)
{
  static const Plugged rows[] = { { "medido", "MD0900001", "silent@30" },
                                  { "pilly-sms", "PS-90004", NULL, TRUE } };
  BenkStage stage;
  BenkBenchJob *job;

  open_stage (&stage, TRUE, rows, G_N_ELEMENTS (rows), HEIGHT);
  benk_shots_draw (stage.window, "bench-reading");
  settle (&stage);
  benk_shots_draw (stage.window, "bench-idle");
  g_signal_emit_by_name (benk_stage_get_child (get_card (&stage, 0), "reset_button"),
                         "clicked");
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG),
                          "bench-confirm");
  job = start_reset (&stage, "MD0900001");
  benk_shots_draw (stage.window, "bench-running");
  g_signal_emit_by_name (benk_stage_get_child (get_card (&stage, 0), "cancel_button"),
                         "clicked");
  benk_shots_draw (stage.window, "bench-cancelling");
  await_job (&stage, job);
  benk_shots_draw (stage.window, "bench-cancelled");
  benk_stage_tear_down (&stage);
}

static void
play_resets (const char *name, gboolean demo, const Plugged *rows, gsize n_rows)
{
  BenkStage stage;

  open_stage (&stage, demo, rows, n_rows, TALL);
  settle (&stage);
  for (gsize i = 0; i < n_rows; i++)
    await_job (&stage, start_reset (&stage, rows[i].serial));
  benk_shots_draw (stage.window, name);
  benk_stage_tear_down (&stage);
}

/* Another dispenser answers where the wiped one should come back: it is waited for on. */
static void
play_swapped (void)
{
  static const Plugged rows[] = { { "medido", "MD0900001", "wrong-serial@26" } };
  BenkStage stage;
  BenkBenchJob *job;

  open_stage (&stage, TRUE, rows, G_N_ELEMENTS (rows), HEIGHT);
  settle (&stage);
  job = start_reset (&stage, "MD0900001");
  benk_shots_draw (stage.window, "bench-swapped-waiting");
  benk_bench_job_cancel (job);
  await_job (&stage, job);
  benk_shots_draw (stage.window, "bench-swapped");
  benk_stage_tear_down (&stage);
}

static void
play_ends (void)
{
  static const Plugged untouched[] = { { "medido", "MD0900001", "low-battery@1" },
                                       { "evondos-e300", "PP900002", "lid-open@1" } };
  static const Plugged redo[] = { { "medido", "MD0900001", "wipe-leaves-region:1" },
                                  { "evondos-e300", "PP900002", "full:1" } };
  static const Plugged unknown[] = { { "medido", "MD0900001", "disconnect@18" },
                                     { "mini-evondos", "PM900003", "dispensing@1" } };
  static const Plugged ordinary[] = { { "medido", "MD0900001", NULL } };

  play_resets ("bench-untouched", TRUE, untouched, G_N_ELEMENTS (untouched));
  play_resets ("bench-redo", TRUE, redo, G_N_ELEMENTS (redo));
  play_resets ("bench-unknown", TRUE, unknown, G_N_ELEMENTS (unknown));
  play_resets ("bench-ordinary", FALSE, ordinary, G_N_ELEMENTS (ordinary));
}

/* All that has to be seen before a device that has arrived may go on. */
static void
shelve (BenkStage *stage, const char *serial)
{
  static const BenkFactKind facts[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                        BENK_FACT_POWER_ON_TEST,
                                        BENK_FACT_ACCESSORIES_COMPLETE,
                                        BENK_FACT_ADAPTER_PRESENT };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    benk_stage_attest (stage, serial, facts[i], NULL, NULL);
  benk_stage_set_state (stage, serial, BENK_DEVICE_STATE_STOCK, NULL);
}

static void
play_make_ready (void)
{
  static const Plugged rows[] = { { "medido", "MD0900001", NULL },
                                  { "evondos-e300", "PP900002", NULL } };
  static const Plugged full = { "evondos-e300", "PP900002", "full:1" };
  BenkStage stage;

  open_stage (&stage, TRUE, rows, G_N_ELEMENTS (rows), TALL);
  settle (&stage);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      await_job (&stage, start_reset (&stage, rows[i].serial));
      shelve (&stage, rows[i].serial);
    }
  benk_shots_draw (stage.window, "bench-verified");
  plug (&stage, &full);
  settle (&stage);
  provision (&stage, "MD0900001");
  provision (&stage, "PP900002");
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
  static const Plugged rows[] = { { "medido", "MD0900001", NULL },
                                  { "evondos-e300", "PP900002", NULL },
                                  { "medido", "MD0900003", "wipe-leaves-region:1" },
                                  { "pilly-sms", "PS-90004", NULL } };
  BenkStage stage;
  GtkWidget *dialog;
  BenkShelfReset *shelf;
  g_autoptr (BenkDevice) dead = NULL;

  open_stage (&stage, TRUE, rows, G_N_ELEMENTS (rows), HEIGHT);
  settle (&stage);
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
  static const Plugged rows[] = { { "medido", "IEEE-7001", NULL } };
  g_autoptr (GError) no_permission =
    g_error_new (BENK_ERROR, BENK_ERROR_PERMISSION,
                 _ ("No permission to use the USB device. Ask IT to run this once: %s"),
                 "dosebenkctl usb rule | sudo tee /etc/udev/rules.d/70-dosebenk.rules");
  g_autoptr (BenkBenchDevice) barred = NULL;
  g_autoptr (BenkBenchDevice) read_only = NULL;
  GListStore *devices;
  BenkStage stage;

  open_stage (&stage, FALSE, rows, G_N_ELEMENTS (rows), HEIGHT);
  settle (&stage);
  devices = G_LIST_STORE (benk_bench_get_devices (get_bench (&stage)));
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

  open_stage (&stage, FALSE, NULL, 0, HEIGHT);
  benk_stage_add (&stage, &(BenkNewDevice){ .model_id = "evondos-e300",
                                            .serial = "PP001007",
                                            .state = BENK_DEVICE_STATE_RECEIVED });
  card = benk_stage_find (&stage, "PP001007");
  items = G_LIST_STORE (benk_bench_get_usb_items (get_bench (&stage)));
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
  play_ends ();
  play_swapped ();
  play_make_ready ();
  play_shelf ();
  play_barred ();
  play_items ();
}

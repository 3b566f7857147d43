/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scenes of the bench have in common. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include "benk-home.h"
#include "benk-shot.h"

static BenkBench *
get_bench (BenkStage *stage)
{
  return benk_session_get_bench (stage->session);
}

/* Returns: (transfer none): the device with @serial, which must be plugged in */
BenkBenchDevice *
benk_shots_get_plugged (BenkStage *stage, const char *serial)
{
  BenkBenchDevice *device = benk_home_get_plugged (stage, serial);

  if (!device)
    g_error ("%s is not plugged in", serial);
  return device;
}

/* Returns: (transfer none): the card of the device that was plugged in as number @index
 */
GtkWidget *
benk_shots_get_card (BenkStage *stage, int index)
{
  GtkWidget *page = benk_window_get_page (stage->window, "bench");
  GtkListBox *cards = GTK_LIST_BOX (benk_stage_get_child (page, "cards"));

  return gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (cards, index));
}

void
benk_shots_plug (BenkStage *stage, const BenkShotsPlugged *row)
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
void
benk_shots_settle (BenkStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_shot_wait (is_read, stage, 10);
  benk_bench_settle_async (get_bench (stage), NULL, benk_stage_keep, &result);
  benk_bench_settle_finish (get_bench (stage), benk_stage_await (&result), NULL);
}

/* A store with the cards of @rows, its window on the bench, and @rows plugged in. */
void
benk_shots_open_bench (
  BenkStage *stage, gboolean demo, const BenkShotsPlugged *rows, gsize n_rows, int height)
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
  benk_shots_show_window (stage, height);
  benk_window_show_page (stage->window, "bench");
  for (gsize i = 0; i < n_rows; i++)
    benk_shots_plug (stage, &rows[i]);
}

void
benk_shots_await_job (BenkStage *stage, BenkBenchJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_wait_async (get_bench (stage), job, NULL, benk_stage_keep, &result);
  if (!benk_bench_wait_finish (get_bench (stage), benk_stage_await (&result), &error))
    g_message ("job: %s", error->message);
}

BenkBenchJob *
benk_shots_start_reset (BenkStage *stage, const char *serial)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (get_bench (stage), benk_shots_get_plugged (stage, serial), serial,
                      &error);

  if (!job)
    g_error ("reset: %s", error->message);
  return job;
}

BenkBenchJob *
benk_shots_start_provision (BenkStage *stage, const char *serial, const char *user)
{
  g_autoptr (BenkPlan) plan = benk_home_load_plan (stage, "20:00");
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_provision (get_bench (stage), benk_shots_get_plugged (stage, serial), plan,
                          user, &error);

  if (!job)
    g_error ("provision: %s", error->message);
  return job;
}

BenkBenchJob *
benk_shots_start_settings (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkPlan) plan = benk_home_load_plan (stage, "21:00");
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_change_settings (get_bench (stage), benk_shots_get_plugged (stage, serial),
                                plan, &error);

  if (!job)
    g_error ("settings: %s", error->message);
  return job;
}

/* All that has to be seen before a device that has arrived may go on. */
void
benk_shots_shelve (BenkStage *stage, const char *serial)
{
  static const BenkFactKind facts[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                        BENK_FACT_POWER_ON_TEST,
                                        BENK_FACT_ACCESSORIES_COMPLETE,
                                        BENK_FACT_ADAPTER_PRESENT };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    benk_stage_attest (stage, serial, facts[i], NULL, NULL);
  benk_stage_set_state (stage, serial, BENK_DEVICE_STATE_STOCK, NULL);
}

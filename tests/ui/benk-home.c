/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-home.h"

#include "benk-plan-file.h"
#include "benk-shot.h"
#include "benk-stage-clock.h"

static void
expect (const GError *error, const char *what)
{
  if (error)
    g_error ("%s: %s", what, error->message);
}

static BenkBench *
get_bench (BenkStage *stage)
{
  return benk_session_get_bench (stage->session);
}

/* Returns: (transfer full): two dose times, the second of them @last_dose */
BenkPlan *
benk_home_load_plan (BenkStage *stage, const char *last_dose)
{
  g_autofree char *path = g_build_filename (stage->dir, "plan.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  BenkPlan *plan;
  g_autofree char *text = g_strdup_printf (
    "{\"format\": 1, \"zone\": \"Europe/Oslo\", \"doses\": [{\"time\": \"08:00\","
    " \"alarm\": true}, {\"time\": \"%s\", \"alarm\": true}], \"alarms\":"
    " [{\"condition\": \"missed\", \"delay_min\": 15}], \"recipients\": [{\"role\":"
    " \"coordinator\", \"periods\": [\"day\", \"evening\", \"weekend\"]}]}",
    last_dose);

  g_file_set_contents (path, text, -1, &error);
  expect (error, path);
  plan = benk_plan_file_load (file, NULL, &error);
  expect (error, "plan");
  return plan;
}

typedef struct
{
  BenkStage *stage;
  const char *serial;
} Sought;

BenkBenchDevice *
benk_home_get_plugged (BenkStage *stage, const char *serial)
{
  GListModel *devices = benk_bench_get_devices (get_bench (stage));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (benk_bench_device_get_serial (device), serial) == 0)
        return device;
    }
  return NULL;
}

static gboolean
is_known (gpointer data)
{
  Sought *sought = data;
  BenkBenchDevice *device = benk_home_get_plugged (sought->stage, sought->serial);

  return device && !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

/* Plugs a simulated dispenser in, in place of the one that was, and waits for its card.
 */
void
benk_home_plug (BenkStage *stage, const char *serial, const char *fault)
{
  Sought sought = { stage, serial };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_plug_virtual (get_bench (stage), "medido", serial, stage->dir, fault,
                           &error);
  expect (error, serial);
  benk_bench_start (get_bench (stage), &error);
  expect (error, "bench");
  benk_bench_settle_async (get_bench (stage), NULL, benk_stage_keep, &result);
  benk_bench_settle_finish (get_bench (stage), benk_stage_await (&result), &error);
  expect (error, "settle");
  if (!benk_shot_wait (is_known, &sought, 20))
    g_error ("%s is not known", serial);
}

void
benk_home_await_job (BenkStage *stage, BenkBenchJob *job)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_wait_async (get_bench (stage), job, NULL, benk_stage_keep, &result);
  benk_bench_wait_finish (get_bench (stage), benk_stage_await (&result), &error);
  expect (error, "job");
}

static void
receive (BenkStage *stage, const char *serial, const char *asset)
{
  static const BenkFactKind facts[] = { BENK_FACT_FACTORY_NEW, BENK_FACT_LABEL_READ,
                                        BENK_FACT_CE_MARK, BENK_FACT_POWER_ON_TEST,
                                        BENK_FACT_ACCESSORIES_COMPLETE };

  benk_stage_add (stage, &(BenkNewDevice){ .model_id = "medido",
                                           .serial = serial,
                                           .asset = asset,
                                           .vendor = "Evondos AS",
                                           .place = "Hylle B2",
                                           .state = BENK_DEVICE_STATE_RECEIVED });
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    benk_stage_attest (stage, serial, facts[i], NULL, NULL);
  benk_stage_set_state (stage, serial, BENK_DEVICE_STATE_STOCK, NULL);
}

void
benk_home_set_up (BenkStage *stage)
{
  g_autoptr (BenkPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  benk_stage_set_up (stage, TRUE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  receive (stage, BENK_HOME_OLD, "D-037");
  receive (stage, BENK_HOME_NEW, "D-052");
  benk_home_plug (stage, BENK_HOME_OLD, NULL);
  plan = benk_home_load_plan (stage, "20:00");
  job =
    benk_bench_provision (get_bench (stage), benk_home_get_plugged (stage, BENK_HOME_OLD),
                          plan, BENK_HOME_USER, &error);
  expect (error, "provision");
  benk_home_await_job (stage, job);
  if (!benk_bench_job_is_proven (job))
    g_error ("%s", benk_bench_job_get_sentence (job));
  benk_stage_link_user (stage, BENK_HOME_OLD, BENK_HOME_USER, "Distrikt 1");
}

static void
turn (BenkStage *stage)
{
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), 1000);
}

void
benk_home_start_trial (BenkStage *stage)
{
  turn (stage);
  benk_stage_attest (stage, BENK_HOME_OLD, BENK_FACT_MEDICINE_LOADED, NULL,
                     BENK_HOME_NURSE);
  benk_stage_set_state (stage, BENK_HOME_OLD, BENK_DEVICE_STATE_TRIAL, "later");
  turn (stage);
}

void
benk_home_start_operation (BenkStage *stage)
{
  benk_home_start_trial (stage);
  benk_stage_attest (stage, BENK_HOME_OLD, BENK_FACT_TRIAL_SHORTENED, "agreed", NULL);
  benk_stage_attest (stage, BENK_HOME_OLD, BENK_FACT_EVALUATION, NULL, NULL);
  benk_stage_attest (stage, BENK_HOME_OLD, BENK_FACT_SETTINGS_DOCUMENTED, NULL, NULL);
  benk_stage_attest (stage, BENK_HOME_OLD, BENK_FACT_HANDED_OVER, NULL, NULL);
  benk_stage_set_state (stage, BENK_HOME_OLD, BENK_DEVICE_STATE_OPERATION, "later");
  turn (stage);
}

BenkDeviceState
benk_home_get_state (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);

  return benk_device_get_state (device);
}

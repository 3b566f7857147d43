/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store as it looks after some weeks of work, filled through the session. */

#include "dosebenk-shots.h"

#include "benk-alarms-wait.h"
#include "benk-bench.h"
#include "benk-plan.h"
#include "benk-stage-clock.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static const struct
{
  const char *model_id;
  const char *serial;
  const char *asset;
  const char *fault;
} plugged[] = {
  { "medido", "MD0900001", "D-061" },
  { "evondos-e300", "PP900002", "D-062" },
  { "mini-evondos", "PM900003", NULL, "disconnect@14" },
  { "pilly-sms", "PS-90004", NULL },
};

static void
turn (BenkStage *stage, gint64 ms)
{
  benk_stage_clock_turn (BENK_STAGE_CLOCK (stage->clock), ms);
}

static void
add_returns (BenkStage *stage)
{
  const BenkReturnDetails none = { .no_rma = TRUE };
  g_autoptr (BenkReturnCase) blocked = NULL;
  g_autoptr (BenkReturnCase) arrived = NULL;
  g_autoptr (BenkReturnCase) sent = NULL;

  benk_stage_attest (stage, "MD0001248", BENK_FACT_MEDICINE_REMOVED, NULL,
                     "Anne Lie, nurse");
  benk_stage_try_reset (stage, "MD0001248");
  benk_stage_attest (stage, "MD0001248", BENK_FACT_RESET_IMPOSSIBLE,
                     "three attempts, photo 4711", "Per Dahl, technician");
  sent = benk_stage_return (stage, "PM001312", "display is dark");
  turn (stage, 19 * DAY_MS);
  arrived = benk_stage_return (stage, "MD0001210", "does not hold its charge");
  turn (stage, DAY_MS);
  benk_stage_return_step (stage, arrived, BENK_RETURN_STATE_RECEIVED, NULL);
  turn (stage, DAY_MS);
  blocked = benk_stage_return (stage, "MD0001248", "dead on arrival, does not start");
  benk_stage_return_step (stage, blocked, BENK_RETURN_STATE_ANSWERED, &none);
}

static void
let_wait (BenkStage *stage, BenkAlarm *alarm)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);
  gint64 now_ms = benk_clock_get_wall_ms (stage->clock);
  const BenkAlarmWaiting waiting = {
    .what = BENK_WAIT_VENDOR,
    .until_ms = benk_wait_propose_until (BENK_DISTRICT_ZONE, now_ms),
    .case_number = "2026-1187",
    .covered = BENK_COVERED_YES,
    .said_by = "Sykepleier Berit Lie",
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_alarms_wait_async (alarms, benk_alarm_get_id (alarm), 1, &waiting, NULL,
                          benk_stage_keep, &result);
  if (!benk_alarms_wait_finish (alarms, benk_stage_await (&result), &error))
    g_error ("%s", error->message);
}

static void
add_alarms (BenkStage *stage)
{
  g_autoptr (BenkAlarm) jam = NULL;
  g_autoptr (BenkAlarm) again = NULL;
  g_autoptr (BenkAlarm) power = NULL;
  g_autoptr (BenkAlarm) missed = NULL;
  g_autoptr (BenkAlarm) battery = NULL;
  g_autoptr (BenkAlarm) forced = NULL;

  power = benk_stage_alarm (stage, "MD0001042", "1.19", 38 * MINUTE_MS);
  missed = benk_stage_alarm (stage, "PP001126", "1.1", 21 * MINUTE_MS);
  battery = benk_stage_alarm (stage, "PM001056", "1.17", 55 * MINUTE_MS);
  jam = benk_stage_alarm (stage, "PP001007", "1.8", 3 * MINUTE_MS);
  again = benk_stage_alarm (stage, "PS-01120", "1.20", 12 * MINUTE_MS);
  forced = benk_stage_alarm (stage, "MD0001003", "1.22", 2 * MINUTE_MS);
  benk_stage_take (stage, battery);
  let_wait (stage, battery);
}

/**
 * benk_shots_fill:
 * @stage: an empty demo store with somebody at the keyboard
 *
 * Imports a list, links users, and lets weeks of returns and a morning of alarms happen.
 */
void
benk_shots_fill (BenkStage *stage)
{
  benk_stage_import (stage, BENK_SAMPLE_LIST);
  for (gsize i = 0; i < G_N_ELEMENTS (plugged); i++)
    benk_stage_add (stage, &(BenkNewDevice){ .model_id = plugged[i].model_id,
                                             .serial = plugged[i].serial,
                                             .asset = plugged[i].asset,
                                             .vendor = "Dosebenk simulator",
                                             .place = "Benk",
                                             .state = BENK_DEVICE_STATE_RECEIVED });
  benk_stage_link_user (stage, "PP001007", "4711", "Distrikt 1");
  benk_stage_link_user (stage, "MD0001042", "4702", "Distrikt 2");
  add_returns (stage);
  turn (stage, 6 * DAY_MS + 23 * HOUR_MS);
  add_alarms (stage);
}

/**
 * benk_shots_plug_in:
 * @stage: a filled demo store
 *
 * Plugs simulated dispensers of the four makes in and waits until they are read.
 */
void
benk_shots_plug_in (BenkStage *stage)
{
  BenkBench *bench = benk_session_get_bench (stage->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (plugged); i++)
    if (!benk_bench_plug_virtual (bench, plugged[i].model_id, plugged[i].serial,
                                  stage->dir, plugged[i].fault, &error))
      g_error ("%s: %s", plugged[i].serial, error->message);
  if (!benk_bench_start (bench, &error))
    g_error ("bench: %s", error->message);
  benk_bench_settle_async (bench, NULL, benk_stage_keep, &result);
  if (!benk_bench_settle_finish (bench, benk_stage_await (&result), &error))
    g_error ("bench: %s", error->message);
}

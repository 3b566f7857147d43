/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each kind of job may end: every outcome, on the card of a dispenser. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include "benk-home.h"
#include "benk-stage-clock.h"

#define SERIAL "MD0900001"

static void
finish (BenkStage *stage, BenkBenchJob *job, const char *kind, BenkRunOutcome outcome)
{
  static const char *const names[] = {
    [BENK_RUN_OUTCOME_VERIFIED] = "verified",
    [BENK_RUN_OUTCOME_UNTOUCHED] = "untouched",
    [BENK_RUN_OUTCOME_REDO] = "redo",
    [BENK_RUN_OUTCOME_UNKNOWN] = "unknown",
  };
  g_autofree char *name = g_strdup_printf ("%s-%s", kind, names[outcome]);

  benk_shots_await_job (stage, job);
  if (benk_bench_job_get_outcome (job) != outcome)
    g_error ("%s: the outcome is %s", name,
             benk_run_outcome_get_label (benk_bench_job_get_outcome (job)));
  benk_shots_draw (stage->window, name);
  benk_stage_tear_down (stage);
}

static void
play_reset (BenkRunOutcome outcome, const char *fault)
{
  const BenkShotsPlugged rows[] = { { "medido", SERIAL, fault } };
  BenkStage stage;

  benk_shots_open_bench (&stage, TRUE, rows, 1, 0);
  benk_shots_settle (&stage);
  finish (&stage, benk_shots_start_reset (&stage, SERIAL), "reset", outcome);
}

static void
play_ready (BenkRunOutcome outcome, const char *fault)
{
  const BenkShotsPlugged row = { "medido", SERIAL };
  const BenkShotsPlugged faulty = { "medido", SERIAL, fault };
  BenkStage stage;

  benk_shots_open_bench (&stage, TRUE, &row, 1, 0);
  benk_shots_settle (&stage);
  benk_shots_await_job (&stage, benk_shots_start_reset (&stage, SERIAL));
  benk_shots_shelve (&stage, SERIAL);
  benk_shots_plug (&stage, &faulty);
  benk_shots_settle (&stage);
  finish (&stage, benk_shots_start_provision (&stage, SERIAL, "4711"), "ready", outcome);
}

static void
play_settings (BenkRunOutcome outcome, const char *fault)
{
  BenkStage stage;

  benk_home_set_up (&stage);
  benk_home_start_operation (&stage);
  benk_home_plug (&stage, BENK_HOME_OLD, fault);
  benk_shots_show_window (&stage, 0);
  benk_window_show_page (stage.window, "bench");
  benk_shots_settle (&stage);
  finish (&stage, benk_shots_start_settings (&stage, BENK_HOME_OLD), "settings", outcome);
}

/**
 * benk_shots_play_outcomes:
 *
 * Draws each outcome of making ready, changing settings and resetting; stops where a job
 * ends in another one.
 */
void
benk_shots_play_outcomes (void)
{
  play_ready (BENK_RUN_OUTCOME_VERIFIED, NULL);
  play_ready (BENK_RUN_OUTCOME_UNTOUCHED, "low-battery@1");
  play_ready (BENK_RUN_OUTCOME_REDO, "crc-lie:1");
  play_ready (BENK_RUN_OUTCOME_UNKNOWN, "disconnect@46");
  play_settings (BENK_RUN_OUTCOME_VERIFIED, NULL);
  play_settings (BENK_RUN_OUTCOME_UNTOUCHED, "low-battery@1");
  play_settings (BENK_RUN_OUTCOME_REDO, "crc-lie:1");
  play_settings (BENK_RUN_OUTCOME_UNKNOWN, "disconnect@46");
  play_reset (BENK_RUN_OUTCOME_VERIFIED, NULL);
  play_reset (BENK_RUN_OUTCOME_UNTOUCHED, "lid-open@1");
  play_reset (BENK_RUN_OUTCOME_REDO, "wipe-leaves-region:1");
  play_reset (BENK_RUN_OUTCOME_UNKNOWN, "disconnect@18");
}

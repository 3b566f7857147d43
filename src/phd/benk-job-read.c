/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-private.h"

#include <glib/gi18n.h>

const BenkJobStepDef benk_job_read_steps[] = {
  BENK_STEP_IDENTITY,
  BENK_STEP_EXTENSION,
  BENK_STEP_STATE,
  { .id = "tables",
    .label = N_ ("Read the plan"),
    .enter = benk_step_read_tables,
    .answer = benk_step_read_tables_answer },
  { .id = "log",
    .label = N_ ("Read the dose log"),
    .optional = TRUE,
    .enter = benk_step_read_log,
    .answer = benk_step_read_log_answer,
    .timer = benk_step_read_log_timer,
    .event = benk_step_read_log_event },
  BENK_STEP_RELEASE,
};

const guint benk_job_n_read_steps = G_N_ELEMENTS (benk_job_read_steps);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"
#include "benk-job.h"
#include "benk-link.h"

G_BEGIN_DECLS

#define BENK_TYPE_JOB_RUNNER (benk_job_runner_get_type ())
G_DECLARE_FINAL_TYPE (BenkJobRunner, benk_job_runner, BENK, JOB_RUNNER, GObject)

/**
 * BenkJobRunnerLinkFunc:
 * @user_data: as given
 *
 * Makes a link to the device the job is for.
 *
 * Returns: (transfer full) (nullable): a link that is not open; %NULL while the device is
 *   not plugged in
 */
typedef BenkLink *(*BenkJobRunnerLinkFunc) (gpointer user_data);

BenkJobRunner *benk_job_runner_new (BenkClock *clock,
                                    const BenkJobSetup *setup,
                                    const char *zone,
                                    BenkJobRunnerLinkFunc func,
                                    gpointer user_data);
void benk_job_runner_start (BenkJobRunner *self);
void benk_job_runner_attached (BenkJobRunner *self);
void benk_job_runner_confirm (BenkJobRunner *self, const char *text);
void benk_job_runner_cancel (BenkJobRunner *self);
void benk_job_runner_stop (BenkJobRunner *self);

const BenkJob *benk_job_runner_get_job (BenkJobRunner *self);
const GError *benk_job_runner_get_loss (BenkJobRunner *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-job.h"
#include "benk-link.h"
#include "benk-manager.h"
#include "benk-test-host.h"

G_BEGIN_DECLS

/**
 * TestRunner:
 *
 * Runs one job with one dispenser over links inside the process. Time passes only while
 * nothing else can happen.
 */
typedef struct
{
  TestHost *host;
  BenkLink *link;
  BenkManager *manager;
  BenkJob *job;
  GSource *manager_timers[BENK_N_TIMERS];
  GSource *job_timer;
  GSource *patience;
  gboolean associated;
  GQueue sends;
  gboolean sending;
  gboolean plugs_back;
} TestRunner;

void test_runner_make_plan (BenkJobPlan *plan, guint seed);
BenkJobSetup
test_runner_setup (BenkJobKind kind, const BenkJobPlan *plan, guint32 set_id);
TestRunner *
test_runner_run (TestHost *host, const BenkJobSetup *setup, gboolean plugs_back);
void test_runner_free (TestRunner *self);
gboolean test_runner_holds (const BenkAgentMemory *memory,
                            const BenkJobPlan *plan,
                            guint32 set_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRunner, test_runner_free)

G_END_DECLS

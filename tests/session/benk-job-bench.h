/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-fake-clock.h"
#include "benk-job-runner-private.h"
#include "benk-plan.h"
#include "benk-recording.h"
#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

/* 2026-11-21 09:30:00 UTC, 10:30 in Oslo. */
#define TEST_NOW_MS G_GINT64_CONSTANT (1795253400000)

/* A simulated dispenser with its memory in a folder, and one job at a time with it. */
typedef struct
{
  BenkFakeClock *clock;
  BenkVirtualDispenser *dispenser;
  BenkJobRunner *runner;
  gboolean records;
  BenkRecorder *recorder; /* of the last job, when @records */
  char *state_dir;
  char *model_id;
  guint replug_ms; /* after an unplug somebody plugs it in again; 0 = nobody does */
  GSource *replug;
  guint pull_at; /* somebody pulls it out when it has sent this transfer; 0 = nobody */
  gboolean finished;
  gint64 started_ms;
  gint64 took_ms;
} TestBench;

void test_bench_init (TestBench *self, const char *model_id, const char *state_dir);
/* A second dispenser, of the same time. */
void test_bench_init_beside (TestBench *self, const char *model_id, TestBench *other);
void test_bench_clear (TestBench *self);
void test_bench_power_cycle (TestBench *self);

/* Runs a job to its end; the result lives until the next one. Several that have started
 * run at once. */
void test_bench_run_begin (TestBench *self, const BenkJobSetup *setup, const char *fault);
const BenkJobResult *test_bench_run_end (TestBench *self);
const BenkJobResult *
test_bench_run (TestBench *self, const BenkJobSetup *setup, const char *fault);
const BenkJobResult *
test_bench_provision (TestBench *self, BenkPlan *plan, guint32 set_id, const char *fault);
const BenkJobResult *
test_bench_reset (TestBench *self, guint16 default_config, const char *fault);

BenkPlan *test_plan_new (guint n_doses);

G_END_DECLS

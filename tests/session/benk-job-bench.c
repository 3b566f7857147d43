/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-job-bench.h"

#include "benk-plan-tables.h"
#include "benk-virtual-link.h"

/* No job may take longer than this, whatever happens. */
#define DEADLINE_MS (5 * 60 * 1000)
#define STEP_MS 250

static void
run_ready (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static BenkLink *
make_link (gpointer user_data)
{
  TestBench *self = user_data;
  BenkLink *link = benk_virtual_dispenser_get_attached (self->dispenser)
                     ? benk_virtual_link_new (self->dispenser)
                     : NULL;

  if (link != NULL && self->recorder != NULL)
    benk_recorder_attach (self->recorder, link);
  return link;
}

static void
on_attached (BenkVirtualDispenser *dispenser, TestBench *self)
{
  if (self->runner != NULL)
    benk_job_runner_attached (self->runner);
}

static void
stop_replug (TestBench *self)
{
  if (self->replug != NULL)
    g_source_destroy (self->replug);
  g_clear_pointer (&self->replug, g_source_unref);
}

static gboolean
on_replug (gpointer user_data)
{
  TestBench *self = user_data;

  stop_replug (self);
  benk_virtual_dispenser_plug (self->dispenser);
  return G_SOURCE_REMOVE;
}

static void
on_detached (BenkVirtualDispenser *dispenser, TestBench *self)
{
  if (self->replug_ms == 0 || self->runner == NULL)
    return;
  stop_replug (self);
  self->replug = benk_clock_create_timer (BENK_CLOCK (self->clock), self->replug_ms);
  g_source_set_callback (self->replug, on_replug, self, NULL);
  g_source_attach (self->replug, NULL);
}

static void
on_sent (BenkVirtualDispenser *dispenser, GBytes *apdu, TestBench *self)
{
  if (self->pull_at == 0 ||
      benk_virtual_dispenser_get_transfers (dispenser) < self->pull_at)
    return;
  self->pull_at = 0;
  benk_virtual_dispenser_unplug (dispenser);
}

static void
open_dispenser (TestBench *self)
{
  g_autoptr (GError) error = NULL;

  self->dispenser =
    benk_virtual_dispenser_new (self->model_id, NULL, BENK_CLOCK (self->clock),
                                self->state_dir, &error);
  g_assert_no_error (error);
  g_signal_connect (self->dispenser, "attached", G_CALLBACK (on_attached), self);
  g_signal_connect (self->dispenser, "detached", G_CALLBACK (on_detached), self);
  g_signal_connect_after (self->dispenser, "apdu", G_CALLBACK (on_sent), self);
  benk_virtual_dispenser_plug (self->dispenser);
}

void
test_bench_init (TestBench *self, const char *model_id, const char *state_dir)
{
  *self = (TestBench){ 0 };
  self->clock = benk_fake_clock_new (TEST_NOW_MS);
  self->model_id = g_strdup (model_id);
  self->state_dir = g_strdup (state_dir);
  open_dispenser (self);
}

void
test_bench_init_beside (TestBench *self, const char *model_id, TestBench *other)
{
  *self = (TestBench){ 0 };
  self->clock = g_object_ref (other->clock);
  self->model_id = g_strdup (model_id);
  self->state_dir = g_strdup (other->state_dir);
  open_dispenser (self);
}

static void
close_dispenser (TestBench *self)
{
  stop_replug (self);
  if (self->runner != NULL)
    benk_job_runner_stop (self->runner);
  g_clear_object (&self->runner);
  g_clear_object (&self->recorder);
  run_ready ();
  g_signal_handlers_disconnect_by_data (self->dispenser, self);
  g_assert_finalize_object (g_steal_pointer (&self->dispenser));
}

void
test_bench_clear (TestBench *self)
{
  close_dispenser (self);
  run_ready ();
  if (G_OBJECT (self->clock)->ref_count == 1)
    g_assert_cmpuint (benk_fake_clock_get_n_timers (self->clock), ==, 0);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->model_id, g_free);
  g_clear_pointer (&self->state_dir, g_free);
}

/* From here on it knows what its state file holds. */
void
test_bench_power_cycle (TestBench *self)
{
  close_dispenser (self);
  open_dispenser (self);
}

static void
on_finished (BenkJobRunner *runner, TestBench *self)
{
  self->finished = TRUE;
  self->took_ms = benk_clock_get_wall_ms (BENK_CLOCK (self->clock)) - self->started_ms;
}

static void
on_confirm (BenkJobRunner *runner, const char *serial, TestBench *self)
{
  benk_job_runner_confirm (runner, serial);
}

void
test_bench_run_begin (TestBench *self, const BenkJobSetup *setup, const char *fault)
{
  g_autoptr (GError) error = NULL;

  stop_replug (self);
  g_clear_object (&self->runner);
  benk_virtual_dispenser_set_fault (self->dispenser, fault, &error);
  g_assert_no_error (error);

  self->finished = FALSE;
  g_clear_object (&self->recorder);
  if (self->records)
    self->recorder = benk_recorder_new (BENK_CLOCK (self->clock), setup, "Europe/Oslo",
                                        BENK_RECORDING_CONFIRM_RIGHT);
  self->runner =
    benk_job_runner_new (BENK_CLOCK (self->clock), setup, "Europe/Oslo", make_link, self);
  g_signal_connect (self->runner, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect (self->runner, "confirm", G_CALLBACK (on_confirm), self);
  self->started_ms = benk_clock_get_wall_ms (BENK_CLOCK (self->clock));
  self->took_ms = 0;
  benk_job_runner_start (self->runner);
}

const BenkJobResult *
test_bench_run_end (TestBench *self)
{
  run_ready ();
  while (!self->finished)
    {
      benk_fake_clock_advance (self->clock, STEP_MS);
      run_ready ();
      g_assert_cmpint (benk_clock_get_wall_ms (BENK_CLOCK (self->clock)) -
                         self->started_ms,
                       <=, DEADLINE_MS);
    }
  if (self->recorder != NULL)
    benk_recorder_end (self->recorder,
                       benk_job_get_result (benk_job_runner_get_job (self->runner)));
  return benk_job_get_result (benk_job_runner_get_job (self->runner));
}

const BenkJobResult *
test_bench_run (TestBench *self, const BenkJobSetup *setup, const char *fault)
{
  test_bench_run_begin (self, setup, fault);
  return test_bench_run_end (self);
}

const BenkJobResult *
test_bench_provision (TestBench *self, BenkPlan *plan, guint32 set_id, const char *fault)
{
  g_auto (BenkJobPlan) wire = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) salt = g_bytes_new_static ("pinch", 5);
  BenkJobSetup setup = { .kind = BENK_JOB_PROVISION,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = benk_virtual_dispenser_get_serial (self->dispenser),
                         .plan = &wire,
                         .set_id = set_id,
                         .salt = salt,
                         .reattach_ms = self->replug_ms > 0 ? BENK_JOB_REATTACH_MS : 0 };

  benk_job_plan_from_plan (&wire, plan, &error);
  g_assert_no_error (error);
  return test_bench_run (self, &setup, fault);
}

const BenkJobResult *
test_bench_reset (TestBench *self, guint16 default_config, const char *fault)
{
  BenkJobSetup setup = { .kind = BENK_JOB_RESET,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .serial = benk_virtual_dispenser_get_serial (self->dispenser),
                         .nonce = 0x5eed1234,
                         .challenge = 0xca11ab1e,
                         .reattach_ms = self->replug_ms > 0 ? BENK_JOB_REATTACH_MS : 0,
                         .default_config = default_config };

  return test_bench_run (self, &setup, fault);
}

BenkPlan *
test_plan_new (guint n_doses)
{
  BenkPlan *plan = benk_plan_new ();

  for (guint i = 0; i < n_doses; i++)
    {
      BenkDoseTime dose = { .minute = 8 * 60 + i * 120,
                            .weekdays = BENK_WEEKDAYS_ALL,
                            .before_min = 15,
                            .after_min = 60,
                            .alarm = TRUE };

      benk_plan_add_dose (plan, &dose);
    }
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 45);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_BATTERY_LOW, 0);
  benk_plan_add_recipient (plan, "coordinator", BENK_DUTY_PERIOD_DAY);
  benk_plan_add_recipient (plan, "charge-nurse",
                           BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND);
  return plan;
}

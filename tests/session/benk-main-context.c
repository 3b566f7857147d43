/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-main-context.h"

#include <time.h>

#include "benk-bench.h"
#include "benk-session-fixture.h"

#define TICK_MS 2
#define FAKE_MS 10

/* The whole program without a screen, with simulated dispensers at its bench. */
typedef struct
{
  BenkSessionFixture base;
  BenkBench *bench;
  guint n_waiting;
  guint n_verified;
} Rig;

/* Between two polls the main context works. There is one main context, so there is one
 * count. */
static BenkMainContextRun run;
static gint64 worked_since_us;
static gint64 busy_since_us;

/* What this thread itself has worked, whatever else the machine does meanwhile. */
static gint64
get_busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
watched_poll (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 now_us = g_get_monotonic_time ();
  int answer;

  if (worked_since_us != 0)
    {
      run.longest_us = MAX (run.longest_us, now_us - worked_since_us);
      run.busiest_us = MAX (run.busiest_us, get_busy_us () - busy_since_us);
    }
  run.n_rounds++;
  answer = g_poll (fds, n_fds, timeout);
  worked_since_us = g_get_monotonic_time ();
  busy_since_us = get_busy_us ();
  return answer;
}

static gboolean
on_tick (gpointer clock)
{
  benk_fake_clock_advance (clock, FAKE_MS);
  return G_SOURCE_CONTINUE;
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  self->n_waiting--;
  benk_bench_wait_finish (BENK_BENCH (source), result, NULL);
}

static BenkBenchJob *
start (Rig *self, BenkBenchDevice *device, gboolean reset)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();
  BenkDoseTime dose = { 8 * 60, BENK_WEEKDAYS_ALL, 15, 60, TRUE };
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job;

  benk_plan_add_dose (plan, &dose);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 45);
  benk_plan_add_recipient (plan, "charge-nurse", BENK_DUTY_PERIODS_ALL);
  job = reset ? benk_bench_reset (self->bench, device,
                                  benk_bench_device_get_serial (device), &error)
              : benk_bench_provision (self->bench, device, plan, "4711", &error);
  g_assert_no_error (error);
  return job;
}

static void
run_all (Rig *self, gboolean reset)
{
  GListModel *devices = benk_bench_get_devices (self->bench);
  guint n = g_list_model_get_n_items (devices);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);
      BenkBenchJob *job = start (self, device, reset);

      g_ptr_array_add (jobs, g_object_ref (job));
      self->n_waiting++;
      benk_bench_wait_async (self->bench, job, NULL, on_job, self);
      /* Each is asked for by a click of its own. */
      g_main_context_iteration (NULL, FALSE);
    }
  while (self->n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < n; i++)
    self->n_verified += benk_bench_job_is_proven (g_ptr_array_index (jobs, i));
}

static void
plug_all (Rig *self, guint n_devices)
{
  g_autoptr (GAsyncResult) settled = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_devices; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MC-%u", i + 1);
      g_autoptr (BenkDevice) card =
        benk_session_fixture_add (&self->base, serial, BENK_DEVICE_STATE_STOCK);

      benk_session_fixture_attest (&self->base, card, BENK_FACT_ADAPTER_PRESENT, NULL,
                                   NULL, &error);
      g_assert_no_error (error);
      benk_bench_plug_virtual (self->bench, "medido", serial, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  benk_bench_settle_async (self->bench, NULL, benk_session_fixture_keep, &settled);
  while (settled == NULL)
    g_main_context_iteration (NULL, TRUE);
  benk_bench_settle_finish (self->bench, settled, &error);
  g_assert_no_error (error);
}

/**
 * benk_main_context_run_jobs:
 * @n_devices: how many dispensers
 *
 * Resets @n_devices dispensers at once in a demo store, and then makes all ready at once.
 *
 * Returns: what the main context did meanwhile
 */
BenkMainContextRun
benk_main_context_run_jobs (guint n_devices)
{
  Rig self = { 0 };
  GPollFunc poll = g_main_context_get_poll_func (NULL);
  guint tick;

  benk_session_fixture_set_up_demo (&self.base, NULL);
  self.bench = benk_session_get_bench (self.base.session);
  tick = g_timeout_add (TICK_MS, on_tick, self.base.clock);
  plug_all (&self, n_devices);

  run = (BenkMainContextRun){ 0 };
  worked_since_us = 0;
  g_main_context_set_poll_func (NULL, watched_poll);
  run_all (&self, TRUE);
  run_all (&self, FALSE);
  g_main_context_set_poll_func (NULL, poll);

  run.n_jobs = self.n_verified;
  g_source_remove (tick);
  benk_session_fixture_tear_down (&self.base, NULL);
  return run;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-cable.h"
#include "benk-bench-plan.h"
#include "benk-bench-spy.h"
#include "benk-fake-clock.h"
#include "benk-job-runner-private.h"
#include "benk-plan-tables.h"
#include "benk-virtual-link.h"

/* Of fake time, while nothing is ready to run. */
#define STEP_MS 5
/* One takes less than what the clock can tell apart. */
#define N_RUNS 50

typedef struct
{
  BenkFakeClock *clock;
  BenkVirtualDispenser *dispenser;
  GArray *sent; /* (nullable) */
  gboolean finished;
  guint n_received;
} Bench;

static void
run_ready (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
bench_open (Bench *self, GArray *sent)
{
  g_autoptr (GError) error = NULL;

  *self = (Bench){ .clock = benk_fake_clock_new (BENK_BENCH_NOW_MS), .sent = sent };
  self->dispenser =
    benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (self->clock), NULL, &error);
  if (self->dispenser == NULL)
    g_error ("%s", error->message);
  benk_virtual_dispenser_plug (self->dispenser);
}

static void
bench_close (Bench *self)
{
  run_ready ();
  g_clear_object (&self->dispenser);
  run_ready ();
  g_clear_object (&self->clock);
}

static BenkLink *
make_link (gpointer user_data)
{
  Bench *self = user_data;
  BenkLink *link = benk_virtual_link_new (self->dispenser);

  return self->sent != NULL ? benk_bench_spy_new (link, self->sent) : link;
}

static void
on_finished (BenkJobRunner *runner, Bench *self)
{
  self->finished = TRUE;
}

/* Makes a fresh dispenser ready, as the bench of the program does. */
static gint64
provision (GArray *sent)
{
  g_auto (BenkJobPlan) wire = { 0 };
  g_autoptr (BenkPlan) plan = benk_bench_plan_new ();
  g_autoptr (GBytes) salt = g_bytes_new_static ("pinch", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkJobRunner) runner = NULL;
  BenkJobSetup setup = { .kind = BENK_JOB_PROVISION,
                         .link_kind = BENK_LINK_KIND_SIMULATED,
                         .demo_store = TRUE,
                         .plan = &wire,
                         .set_id = BENK_BENCH_SET_ID,
                         .salt = salt };
  Bench bench;
  gint64 start;

  bench_open (&bench, sent);
  setup.serial = benk_virtual_dispenser_get_serial (bench.dispenser);
  start = benk_bench_get_us ();
  if (!benk_job_plan_from_plan (&wire, plan, &error))
    g_error ("%s", error->message);
  runner = benk_job_runner_new (BENK_CLOCK (bench.clock), &setup, "Europe/Oslo",
                                make_link, &bench);
  g_signal_connect (runner, "finished", G_CALLBACK (on_finished), &bench);
  benk_job_runner_start (runner);
  for (run_ready (); !bench.finished; run_ready ())
    benk_fake_clock_advance (bench.clock, STEP_MS);
  start = benk_bench_get_us () - start;

  if (benk_job_get_result (benk_job_runner_get_job (runner))->outcome !=
      BENK_JOB_VERIFIED)
    g_error ("The dispenser was not made ready");
  benk_job_runner_stop (runner);
  g_clear_object (&runner);
  bench_close (&bench);

  return start;
}

static void
count_received (Bench *self)
{
  self->n_received++;
}

static void
wait_for (Bench *self, guint n_received)
{
  for (run_ready (); self->n_received < n_received; run_ready ())
    benk_fake_clock_advance (self->clock, STEP_MS);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* Sends the same octets to an equal dispenser over an equal link. */
static gint64
replay (GArray *sent)
{
  g_autoptr (BenkLink) link = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  Bench bench;
  gint64 start;

  bench_open (&bench, NULL);
  start = benk_bench_get_us ();
  link = benk_virtual_link_new (bench.dispenser);
  g_signal_connect_swapped (link, "received", G_CALLBACK (count_received), &bench);
  benk_link_open_async (link, NULL, keep_result, &opened);
  while (opened == NULL)
    run_ready ();
  for (guint i = 0; i < sent->len; i++)
    {
      BenkBenchSent *one = &g_array_index (sent, BenkBenchSent, i);
      g_autoptr (GAsyncResult) result = NULL;

      wait_for (&bench, one->n_received);
      benk_link_send_async (link, one->apdu, NULL, keep_result, &result);
      while (result == NULL)
        run_ready ();
    }
  start = benk_bench_get_us () - start;
  if (benk_virtual_dispenser_get_memory (bench.dispenser)->set_id != BENK_BENCH_SET_ID)
    g_error ("The dispenser does not follow the plan that was sent");
  benk_link_close (link);
  g_clear_object (&link);
  bench_close (&bench);

  return start;
}

int
main (void)
{
  g_autoptr (GArray) sent = benk_bench_spy_new_record ();
  g_autofree char *bare = NULL;
  BenkBenchTimes app = { { 0 } };
  BenkBenchTimes replayed = { { 0 } };

  provision (sent);
  for (guint round = 0; round < BENK_BENCH_ROUNDS; round++)
    for (guint run = 0; run < N_RUNS; run++)
      {
        app.us[round] += provision (NULL);
        replayed.us[round] += replay (sent);
      }

  bare = g_strdup_printf ("%u dispensers a round, %u APDUs sent to each. Bare sends the "
                          "same octets over the same link inside the process, where "
                          "nothing waits for a bus: this compares processor time.",
                          N_RUNS, sent->len);
  benk_bench_print_head ("Bench: making dispensers ready", bare);
  benk_bench_print_row ("provision ÷ the same octets sent bare", &app, &replayed, 0);
  benk_bench_print_foot ();
  benk_bench_cable ();
  benk_bench_many ();
  benk_bench_main_context ();

  return 0;
}

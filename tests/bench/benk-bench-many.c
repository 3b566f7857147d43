/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-cable.h"

#include "benk-bench-plan.h"
#include "benk-bus-private.h"
#include "benk-clock.h"
#include "benk-main-context.h"
#include "benk-plan-tables.h"

#define N_DEVICES 8
/* Every answer comes this late. */
#define FAULT "slow:5"

typedef struct
{
  BenkClock *clock;
  BenkBus *bus;
  guint n_arrived;
  guint n_finished;
  guint n_verified;
} Many;

static void
on_bus (const BenkBusEvent *event, gpointer user_data)
{
  Many *self = user_data;

  if (event->kind == BENK_BUS_ARRIVED)
    self->n_arrived++;
  if (event->kind != BENK_BUS_FINISHED)
    return;
  self->n_finished++;
  self->n_verified += event->result->outcome == BENK_JOB_VERIFIED;
}

static BenkBusRequest *
make_request (guint id, const char *serial)
{
  g_autoptr (BenkPlan) plan = benk_bench_plan_new ();
  g_autoptr (GError) error = NULL;
  BenkBusRequest *request = benk_bus_request_new (id, BENK_JOB_PROVISION);

  if (!benk_job_plan_from_plan (&request->plan, plan, &error))
    g_error ("%s", error->message);
  request->has_plan = TRUE;
  request->zone = g_strdup ("Europe/Oslo");
  request->serial = g_strdup (serial);
  request->salt = g_bytes_new_static ("pinch", 5);
  request->setup.demo_store = TRUE;
  request->setup.set_id = BENK_BENCH_SET_ID;
  return request;
}

static void
on_plugged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_error ("%s", error->message);
}

/* On the program's own bus thread, by the system's clock. */
static gint64
provision (guint n_devices)
{
  g_autoptr (BenkClock) clock = benk_system_clock_new ();
  Many self = { .clock = clock };
  g_autoptr (BenkBus) bus = benk_bus_new (clock, on_bus, &self);
  gint64 start;

  for (guint i = 0; i < n_devices; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD%07u", i + 1);

      benk_bus_plug_virtual (bus, "medido", serial, NULL, FAULT,
                             g_task_new (bus, NULL, on_plugged, NULL));
    }
  while (self.n_arrived < n_devices)
    g_main_context_iteration (NULL, TRUE);
  start = benk_bench_get_us ();
  for (guint i = 0; i < n_devices; i++)
    {
      g_autofree char *serial = g_strdup_printf ("MD%07u", i + 1);

      benk_bus_run (bus, i + 1, make_request (i + 1, serial));
    }
  while (self.n_finished < n_devices)
    g_main_context_iteration (NULL, TRUE);
  start = benk_bench_get_us () - start;
  if (self.n_verified != n_devices)
    g_error ("%u of %u dispensers were made ready", self.n_verified, n_devices);
  benk_bus_stop (bus);
  return start;
}

void
benk_bench_many (void)
{
  BenkBenchTimes eight = { { 0 } };
  BenkBenchTimes one = { { 0 } };

  for (guint round = 0; round < BENK_BENCH_ROUNDS; round++)
    {
      one.us[round] = provision (1);
      eight.us[round] = provision (N_DEVICES);
    }
  benk_bench_print_head (
    "Bench: eight dispensers at once",
    "On the bus thread and by the system's clock; every answer comes "
    "5 ms late. In the place of bare: one dispenser alone.");
  benk_bench_print_row ("8 dispensers ÷ 1", &eight, &one, 1.25);
  benk_bench_print_foot ();
}

/* How long the window may stand still, at worst. */
void
benk_bench_main_context (void)
{
  BenkMainContextRun run = benk_main_context_run_jobs (N_DEVICES);

  g_print (
    "Main context during %u resets at once and then %u jobs of making ready at "
    "once, %u verified: longest piece of work %.1f ms of its own (goal ≤ 8), %.1f ms "
    "by the wall, in %u rounds.\n",
    N_DEVICES, N_DEVICES, run.n_jobs, (double) run.busiest_us / 1000,
    (double) run.longest_us / 1000, run.n_rounds);
}

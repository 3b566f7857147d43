/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-runner.h"

#include "benk-tcp-address.h"
#include "benk-usbip-link.h"
#include "benk-usbip-server.h"

/* The shipped jobs and manager with a dispenser behind a real socket. */

#define STEP 9

typedef struct
{
  TestHost *host;
  BenkUsbipServer *server;
  BenkJobPlan plans[2];
} Fixture;

static BenkLink *
make_link (gpointer data)
{
  Fixture *self = data;

  return test_usbip_link_new (benk_usbip_server_get_port (self->server), "1-1",
                              BENK_CLOCK (self->host->clock));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = benk_tcp_address_parse ("127.0.0.1:0", 0, &error);

  g_assert_no_error (error);
  self->host = test_host_new ("medido", NULL);
  self->host->make_link = make_link;
  self->host->link_data = self;
  self->server = benk_usbip_server_new (BENK_CLOCK (self->host->clock));
  g_assert_nonnull (benk_usbip_server_add (self->server, self->host->dispenser));
  benk_usbip_server_listen (self->server, address, &error);
  g_assert_no_error (error);
  test_runner_make_plan (&self->plans[0], 0);
  test_runner_make_plan (&self->plans[1], 1);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  benk_usbip_server_stop (self->server);
  settle ();
  g_assert_finalize_object (self->server);
  settle ();
  test_host_free (self->host);
  benk_job_plan_clear (&self->plans[0]);
  benk_job_plan_clear (&self->plans[1]);
}

/* The link says USB, as the kernel would; the dispenser says what it is. */
static TestRunner *
run (Fixture *self,
     BenkJobKind kind,
     const BenkJobPlan *plan,
     guint32 set_id,
     gboolean demo_store)
{
  BenkJobSetup setup = test_runner_setup (kind, plan, set_id);

  setup.link_kind = BENK_LINK_KIND_USB;
  setup.demo_store = demo_store;

  return test_runner_run (self->host, &setup, TRUE);
}

static const BenkAgentMemory *
get_memory (Fixture *self)
{
  return benk_virtual_dispenser_get_memory (self->host->dispenser);
}

static void
expect_verified (TestRunner *runner)
{
  const BenkJobResult *result = benk_job_get_result (runner->job);

  g_test_message ("%s", result->sentence);
  g_assert_cmpint (result->outcome, ==, BENK_JOB_VERIFIED);
  g_assert_true (result->simulated);
  g_assert_cmpint (result->link_kind, ==, BENK_LINK_KIND_SIMULATED);
}

static void
test_life (Fixture *self, gconstpointer data)
{
  g_autoptr (TestRunner) read = run (self, BENK_JOB_READ, NULL, 0, TRUE);
  g_autoptr (TestRunner) ready = NULL;
  g_autoptr (TestRunner) reset = NULL;

  expect_verified (read);
  ready = run (self, BENK_JOB_PROVISION, &self->plans[0], 7, TRUE);
  expect_verified (ready);
  g_assert_true (benk_job_get_result (ready->job)->counts);
  g_assert_true (test_runner_holds (get_memory (self), &self->plans[0], 7));
  reset = run (self, BENK_JOB_RESET, NULL, 0, TRUE);
  expect_verified (reset);
  g_assert_true (test_runner_holds (get_memory (self), NULL, 0));
}

/* However real the bus looks. */
static void
test_no_proof (Fixture *self, gconstpointer data)
{
  g_autoptr (TestRunner) ready =
    run (self, BENK_JOB_PROVISION, &self->plans[0], 7, FALSE);

  expect_verified (ready);
  g_assert_false (benk_job_get_result (ready->job)->counts);
}

/* Every plan has the number it is made ready with. */
static gboolean
holds (Fixture *self, guint32 set_id)
{
  return test_runner_holds (get_memory (self), &self->plans[set_id % 2], set_id);
}

static TestRunner *
make_ready (Fixture *self, guint32 set_id)
{
  return run (self, BENK_JOB_PROVISION, &self->plans[set_id % 2], set_id, TRUE);
}

/* With a fault, then without: at each end one whole plan is in force, and no other is
 * claimed. */
static void
make_ready_twice (Fixture *self, const char *fault, guint32 set_id)
{
  g_autoptr (TestRunner) runner = NULL;
  g_autoptr (TestRunner) again = NULL;

  g_test_message ("%s", fault);
  benk_virtual_dispenser_set_fault (self->host->dispenser, fault, NULL);
  runner = make_ready (self, set_id);
  g_assert_true (holds (self, set_id) || holds (self, set_id - 1));
  if (benk_job_get_result (runner->job)->outcome == BENK_JOB_VERIFIED)
    g_assert_true (holds (self, set_id));

  benk_virtual_dispenser_set_fault (self->host->dispenser, NULL, NULL);
  benk_virtual_dispenser_plug (self->host->dispenser);
  again = make_ready (self, set_id);
  expect_verified (again);
  g_assert_true (holds (self, set_id));
}

static void
test_faults (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = { "disconnect", "disconnect-after", "stall" };
  guint32 set_id = 1;
  guint last;

  test_runner_free (make_ready (self, set_id));
  g_assert_true (holds (self, set_id));
  last = benk_virtual_dispenser_get_transfers (self->host->dispenser);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint k = 1 + i; k < last; k += STEP)
      {
        g_autofree char *fault = g_strdup_printf ("%s@%u", faults[i], k);

        make_ready_twice (self, fault, ++set_id);
      }
  g_test_message ("%u cases, %u transfers in each", set_id - 1, last);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/virtual/usbip-job/read-make-ready-reset", test_life);
  add ("/virtual/usbip-job/proves-nothing-outside-a-demo-store", test_no_proof);
  add ("/virtual/usbip-job/leaves-and-stalls-on-the-way", test_faults);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-runner.h"

#include "benk-virtual-fault.h"
#include "benk-virtual-memory.h"

#include <glib/gstdio.h>

/* Whether what the job claims is true of the dispenser, by what it holds. */
static void
assert_honest (const BenkJobResult *result,
               const BenkAgentMemory *memory,
               const BenkJobPlan *old,
               guint32 old_id,
               const BenkJobPlan *new,
               guint32 new_id)
{
  gboolean is_old = test_runner_holds (memory, old, old_id);
  gboolean is_new = test_runner_holds (memory, new, new_id);

  g_assert_true (is_old || is_new);
  if (result->outcome == BENK_JOB_VERIFIED)
    g_assert_true (is_new);
  if (result->outcome == BENK_JOB_UNTOUCHED)
    g_assert_true (is_old);
}

static void
test_provision_and_reset (void)
{
  const char *const *models = benk_virtual_memory_get_models ();

  for (guint i = 0; models[i] != NULL; i++)
    {
      g_autoptr (TestHost) host = test_host_new (models[i], NULL);
      g_auto (BenkJobPlan) plan = { 0 };
      BenkJobSetup setup = test_runner_setup (BENK_JOB_PROVISION, &plan, 77);
      g_autoptr (TestRunner) first = NULL;
      g_autoptr (TestRunner) second = NULL;
      const BenkAgentMemory *memory;

      test_runner_make_plan (&plan, 5);
      setup.serial = benk_virtual_dispenser_get_serial (host->dispenser);
      first = test_runner_run (host, &setup, FALSE);
      g_test_message ("%s: %s", models[i], benk_job_get_result (first->job)->sentence);
      g_assert_cmpint (benk_job_get_result (first->job)->outcome, ==, BENK_JOB_VERIFIED);
      g_assert_true (benk_job_get_result (first->job)->simulated);
      memory = benk_virtual_dispenser_get_memory (host->dispenser);
      g_assert_true (test_runner_holds (memory, &plan, 77));
      g_assert_cmpuint (memory->mode, ==, BENK_EXT_MODE_IDLE);

      benk_virtual_dispenser_dispense (host->dispenser, 1);
      setup.kind = BENK_JOB_RESET;
      second = test_runner_run (host, &setup, FALSE);
      g_test_message ("%s: %s", models[i], benk_job_get_result (second->job)->sentence);
      g_assert_cmpint (benk_job_get_result (second->job)->outcome, ==, BENK_JOB_VERIFIED);
      memory = benk_virtual_dispenser_get_memory (host->dispenser);
      g_assert_cmphex (benk_agent_memory_not_blank (memory, BENK_EXT_SCOPE_ALL), ==, 0);
      g_assert_cmpuint (memory->wipe_counter, ==, 1);
    }
}

/* Every fault, and every job: it ends, and what it says is true. */
static void
test_every_fault_ends (void)
{
  const BenkJobKind kinds[] = { BENK_JOB_READ, BENK_JOB_PROVISION, BENK_JOB_RESET };

  for (guint f = 0; f < BENK_VIRTUAL_N_FAULTS; f++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        const char *name = benk_virtual_fault_get_name ((BenkVirtualFaultKind) f);
        g_autoptr (TestHost) host = test_host_new ("medido", NULL);
        g_auto (BenkJobPlan) plan = { 0 };
        BenkJobSetup setup = test_runner_setup (kinds[k], &plan, 78);
        g_autoptr (TestRunner) runner = NULL;
        const BenkJobResult *result;
        const BenkAgentMemory *memory;

        test_runner_make_plan (&plan, 6);
        g_assert_true (benk_virtual_dispenser_set_fault (host->dispenser, name, NULL));
        runner = test_runner_run (host, &setup, FALSE);
        result = benk_job_get_result (runner->job);
        memory = benk_virtual_dispenser_get_memory (host->dispenser);
        g_test_message ("%s %u: %s", name, k, result->sentence);
        g_assert_nonnull (result->sentence);
        if (kinds[k] == BENK_JOB_PROVISION && f != BENK_VIRTUAL_FAULT_CRC_LIE)
          assert_honest (result, memory, NULL, 0, &plan, 78);
        if (kinds[k] == BENK_JOB_RESET && result->outcome == BENK_JOB_VERIFIED)
          g_assert_cmphex (benk_agent_memory_not_blank (memory, BENK_EXT_SCOPE_ALL), ==,
                           0);
        if (f >= BENK_VIRTUAL_FAULT_SILENT && f <= BENK_VIRTUAL_FAULT_DISCONNECT_AFTER)
          {
            g_assert_cmpint (result->outcome, !=, BENK_JOB_VERIFIED);
            g_assert_nonnull (result->reason);
          }
        if (f == BENK_VIRTUAL_FAULT_CRC_LIE && kinds[k] == BENK_JOB_PROVISION)
          g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
        if (f == BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION && kinds[k] == BENK_JOB_RESET)
          g_assert_cmpint (result->outcome, ==, BENK_JOB_REDO);
        if (f == BENK_VIRTUAL_FAULT_WRONG_SERIAL && kinds[k] == BENK_JOB_RESET)
          g_assert_cmpint (result->outcome, !=, BENK_JOB_VERIFIED);
      }
}

/* Takes the power for a moment; with a state file, another process takes over. */
static void
start_again (TestHost *host, const char *dir)
{
  if (dir != NULL)
    {
      test_host_reopen (host, "medido", dir);
      return;
    }
  benk_virtual_dispenser_cut_power (host->dispenser);
  g_assert_true (benk_virtual_dispenser_power_on (host->dispenser, NULL));
  benk_virtual_dispenser_plug (host->dispenser);
}

/* Makes ready with a fault, then without: what is claimed is what flash holds, and the
 * second run ends ready. Gives the transfers of the first run. */
static guint
unplug_once (TestHost *host,
             const char *dir,
             const char *fault,
             gboolean plugs_back,
             const BenkJobPlan *old,
             const BenkJobPlan *new,
             guint32 set_id)
{
  BenkJobSetup setup = test_runner_setup (BENK_JOB_PROVISION, new, set_id);
  g_autoptr (TestRunner) runner = NULL;
  g_autoptr (TestRunner) again = NULL;
  g_autoptr (BenkAgentMemory) kept = NULL;
  const BenkAgentMemory *found;
  guint transfers;

  benk_virtual_dispenser_set_fault (host->dispenser, fault, NULL);
  runner = test_runner_run (host, &setup, plugs_back);
  transfers = benk_virtual_dispenser_get_transfers (host->dispenser);
  if (dir != NULL)
    kept =
      benk_virtual_memory_load (benk_virtual_dispenser_get_state_path (host->dispenser),
                                NULL);
  benk_virtual_dispenser_set_fault (host->dispenser, NULL, NULL);
  start_again (host, dir);
  found = kept != NULL ? kept : benk_virtual_dispenser_get_memory (host->dispenser);
  assert_honest (benk_job_get_result (runner->job), found, old,
                 old != NULL ? set_id - 1 : 0, new, set_id);

  again = test_runner_run (host, &setup, FALSE);
  g_assert_cmpint (benk_job_get_result (again->job)->outcome, ==, BENK_JOB_VERIFIED);
  start_again (host, dir);

  return transfers;
}

static void
unplug_everywhere (const char *how, gboolean plugs_back, const char *dir)
{
  g_autoptr (TestHost) host = test_host_new ("medido", dir);
  BenkJobPlan plans[2];
  guint last;

  test_runner_make_plan (&plans[0], 0);
  test_runner_make_plan (&plans[1], 1);
  last = unplug_once (host, dir, NULL, FALSE, NULL, &plans[0], 2);
  g_assert_cmpuint (last, >, 40);
  for (guint k = 1; k <= last; k++)
    {
      g_autofree char *fault = g_strdup_printf ("%s@%u", how, k);

      unplug_once (host, dir, fault, plugs_back, &plans[(k + 1) % 2], &plans[k % 2],
                   k + 2);
    }
  benk_job_plan_clear (&plans[0]);
  benk_job_plan_clear (&plans[1]);
}

static void
test_unplugged (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autofree char *path = benk_virtual_memory_path (dir, "medido", NULL);

  unplug_everywhere ("disconnect", FALSE, dir);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_unplugged_after (void)
{
  unplug_everywhere ("disconnect-after", FALSE, NULL);
}

static void
test_unplugged_and_back (void)
{
  unplug_everywhere ("disconnect", TRUE, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/job/provision-and-reset-of-every-make",
                   test_provision_and_reset);
  g_test_add_func ("/virtual/job/every-fault-ends-in-truth", test_every_fault_ends);
  g_test_add_func ("/virtual/job/unplugged-at-every-transfer", test_unplugged);
  g_test_add_func ("/virtual/job/unplugged-after-every-transfer", test_unplugged_after);
  g_test_add_func ("/virtual/job/unplugged-and-plugged-in-again",
                   test_unplugged_and_back);

  return g_test_run ();
}

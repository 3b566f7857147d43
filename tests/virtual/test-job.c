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

/* Unplugged at every transfer, for good or plugged in again: what is claimed is what the
 * state file holds, and the next run without a fault ends ready. */
static void
unplug_everywhere (const char *how, gboolean plugs_back)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autoptr (TestHost) host = test_host_new ("medido", dir);
  g_autofree char *path =
    g_strdup (benk_virtual_dispenser_get_state_path (host->dispenser));
  BenkJobPlan plans[2];
  guint32 set_id = 1;
  guint transfers;

  test_runner_make_plan (&plans[0], 0);
  test_runner_make_plan (&plans[1], 1);
  for (guint k = 0, last = 1; k <= last; k++)
    {
      const BenkJobPlan *old = k == 0 ? NULL : &plans[set_id % 2];
      const BenkJobPlan *new = &plans[(set_id + 1) % 2];
      BenkJobSetup setup = test_runner_setup (BENK_JOB_PROVISION, new, set_id + 1);
      g_autofree char *fault = k == 0 ? NULL : g_strdup_printf ("%s@%u", how, k);
      g_autoptr (TestRunner) runner = NULL;
      g_autoptr (TestRunner) again = NULL;
      g_autoptr (BenkAgentMemory) kept = NULL;

      test_host_reopen (host, "medido", dir);
      benk_virtual_dispenser_set_fault (host->dispenser, fault, NULL);
      runner = test_runner_run (host, &setup, plugs_back);
      transfers = benk_virtual_dispenser_get_transfers (host->dispenser);
      last = k == 0 ? transfers : last;
      kept = benk_virtual_memory_load (path, NULL);
      assert_honest (benk_job_get_result (runner->job), kept, old, k == 0 ? 0 : set_id,
                     new, set_id + 1);

      test_host_reopen (host, "medido", dir);
      again = test_runner_run (host, &setup, FALSE);
      g_assert_cmpint (benk_job_get_result (again->job)->outcome, ==, BENK_JOB_VERIFIED);
      set_id++;
    }
  g_assert_cmpuint (set_id, >, 40);
  g_test_message ("%u transfers", set_id - 2);
  benk_job_plan_clear (&plans[0]);
  benk_job_plan_clear (&plans[1]);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_unplugged (void)
{
  unplug_everywhere ("disconnect", FALSE);
}

static void
test_unplugged_after (void)
{
  unplug_everywhere ("disconnect-after", FALSE);
}

static void
test_unplugged_and_back (void)
{
  unplug_everywhere ("disconnect", TRUE);
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

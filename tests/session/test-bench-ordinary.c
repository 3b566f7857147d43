/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include "benk-checklist-fixture.h"

/* Whatever is tried, a simulated dispenser proves nothing outside a demo store. */
static void
test_simulated_proves_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *received =
    benk_checklist_fixture_do (self->base.session, BENK_TASK_RECEIVE, self->card, NULL);
  BenkBenchJob *job;

  for (guint i = 0; i < 2; i++)
    {
      job = test_bench_wipe (self);
      g_assert_false (benk_bench_job_is_proven (job));
      g_assert_true (
        g_str_has_prefix (benk_bench_job_get_sentence (job), "Simulated, not reset."));
      job = test_bench_make_ready (self);
      g_assert_false (benk_bench_job_is_proven (job));
      g_assert_cmpstr (benk_bench_job_get_sentence (job), ==,
                       "Simulated, not ready. Simulated device – not valid as proof");
    }
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM plan"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM person"), ==, 0);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_STOCK);
  /* The device of the card was never touched, and the runs say so. */
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE kind <> 'checklist' AND"
                            " (outcome <> 'untouched' OR link_kind <> 'simulated')"),
    ==, 0);
}

static void
add (const char *path, void (*test) (TestBenchFixture *, gconstpointer))
{
  g_test_add (path, TestBenchFixture, NULL, test_bench_set_up_ordinary, test,
              test_bench_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/session/bench/simulated-proves-nothing", test_simulated_proves_nothing);

  return g_test_run ();
}

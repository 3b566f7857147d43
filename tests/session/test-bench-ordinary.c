/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-checklist-fixture.h"
#include "benk-dialogue.h"

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

/* What was said in a job can be saved, and plays back without a device. */
static void
test_dialogue (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.dir, "dialogue.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDialogueReport) report = NULL;
  BenkBenchJob *job = test_bench_wipe (self);

  g_assert_nonnull (benk_bench_job_get_dialogue (job));
  benk_dialogue_save_async (job, file, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  g_assert_true (benk_dialogue_save_finish (job, result, &error));
  g_assert_no_error (error);
  report = benk_dialogue_replay (file, &error);
  g_assert_no_error (error);
  g_assert_false (report->differs);
  g_assert_cmpint (report->outcome, ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_nonnull (strstr (report->sentence, "not valid as proof"));
  g_unlink (path);
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
  add ("/session/bench/a-dialogue-is-saved-and-plays-back", test_dialogue);

  return g_test_run ();
}

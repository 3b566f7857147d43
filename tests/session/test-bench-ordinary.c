/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <string.h>

#include "benk-error.h"

static BenkChecklist *
tick_all (TestBenchFixture *self, const char *task)
{
  g_autoptr (GError) error = NULL;
  BenkChecklist *list =
    benk_bench_start_checklist (self->bench, benk_device_get_id (self->card), "medido",
                                task, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (benk_checklist_get_steps (list)); i++)
    {
      g_assert_false (benk_checklist_is_complete (list));
      benk_checklist_tick (list, i, TRUE);
    }
  g_assert_true (benk_checklist_is_complete (list));
  return list;
}

static char *
complete (TestBenchFixture *self, const char *task, GError **error)
{
  g_autoptr (BenkChecklist) list = tick_all (self, task);
  g_autoptr (GAsyncResult) result = NULL;
  char *sentence = NULL;

  benk_bench_complete_checklist_async (self->bench, list, NULL, benk_session_fixture_keep,
                                       &result);
  test_bench_await (self, &result);
  benk_bench_complete_checklist_finish (self->bench, result, &sentence, error);
  return sentence;
}

/* Where nothing can be read over USB the checklist does the same, and says what it is. */
static void
test_checklists (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *received = complete (self, "receive", &error);
  g_autofree char *wiped = NULL;
  g_autofree char *ready = NULL;

  g_assert_no_error (error);
  g_assert_true (
    g_str_has_prefix (received, "Done by checklist, not read from the dispenser"));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_STOCK);

  benk_session_fixture_advance (&self->base, 1000);
  wiped = complete (self, "reset", &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&self->base, 1000);
  ready = complete (self, "make-ready", &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE link_kind = 'checklist'"), ==,
    3);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM proof WHERE link_kind = 'checklist'"),
    ==, 2);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE instr (reading, 'KA')"), ==,
    0);
}

static void
test_checklist_must_be_complete (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list = tick_all (self, "receive");
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_tick (list, 1, FALSE);
  benk_bench_complete_checklist_async (self->bench, list, NULL, benk_session_fixture_keep,
                                       &result);
  test_bench_await (self, &result);
  g_assert_false (
    benk_bench_complete_checklist_finish (self->bench, result, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_start_checklist (self->bench, benk_device_get_id (self->card),
                                             "medido", "polish", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_USAGE);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
}

/* Whatever is tried, a simulated dispenser proves nothing outside a demo store. */
static void
test_simulated_proves_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *received = complete (self, "receive", &error);
  BenkBenchJob *job;

  g_assert_no_error (error);
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

  add ("/session/bench/checklists", test_checklists);
  add ("/session/bench/checklist-must-be-complete", test_checklist_must_be_complete);
  add ("/session/bench/simulated-proves-nothing", test_simulated_proves_nothing);

  return g_test_run ();
}

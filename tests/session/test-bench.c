/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <string.h>

#include "benk-error.h"
#include "benk-virtual-memory.h"

static void
test_reads_what_is_plugged_in (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchDevice *device = test_bench_get_device (self);

  g_assert_cmpstr (benk_bench_device_get_serial (device), ==, SERIAL);
  g_assert_cmpstr (benk_bench_device_get_model_id (device), ==, "medido");
  g_assert_cmpint (benk_bench_device_get_link_kind (device), ==,
                   BENK_LINK_KIND_SIMULATED);
  g_assert_true (g_str_has_prefix (benk_bench_device_get_label (device), "Simulated"));
  g_assert_nonnull (benk_bench_device_get_firmware (device));
  g_assert_cmpint (benk_bench_device_get_battery (device), >=, 0);
  g_assert_cmpint (benk_bench_device_get_clock_drift_ms (device), !=,
                   BENK_CLOCK_DRIFT_UNKNOWN);
  g_assert_true (benk_bench_device_has_extension (device));
  g_assert_true (benk_id_equal (benk_bench_device_get_card_id (device),
                                benk_device_get_id (self->card)));
  g_assert_cmpstr (benk_bench_device_get_problem (device), ==, NULL);
  g_assert_cmpstr (benk_bench_device_get_state_label (device), ==,
                   "In stock, reset not proven");
  /* Looking leaves no trace. */
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_main_job (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchJob *job = test_bench_wipe (self);
  GListModel *steps = benk_bench_job_get_steps (job);

  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_true (benk_bench_job_is_proven (job));
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job), "Reset confirmed"));
  g_assert_cmpuint (g_list_model_get_n_items (steps), >, 10);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_STOCK);

  benk_session_fixture_advance (&self->base, 1000);
  job = test_bench_make_ready (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_true (benk_bench_job_is_proven (job));
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job),
                                   "Ready. 4 dose times read back and equal"));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);

  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM proof WHERE kind = 'reset' AND"
                                     " link_kind = 'simulated'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM proof WHERE kind = 'ready'"),
                   ==, 1);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE outcome = 'verified'"), ==,
    2);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM plan"), ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run_secret"), ==, 2);
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM transition WHERE to_state ="
                                     " 'preparing'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM owed_task WHERE guard ="
                                           " 'test-alarm-seen'"),
                   ==, 1);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM person WHERE reference = 'Ref-4711'"),
    ==, 1);
  /* Neither octets nor the reference: hashes only. */
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE instr (reading, 'Ref-4711')"),
    ==, 0);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM run WHERE kind = 'provision' AND"
                            " instr (reading, '\"equal\":true')"),
    ==, 1);
}

static void
test_needs_a_reset_first (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_provision (self->bench, test_bench_get_device (self),
                                            plan, "Ref-4711", &error);

  g_assert_no_error (error);
  g_assert_false (test_bench_finish (self, job, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reset is not proven"));
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM person"), ==, 0);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_STOCK);
}

static guint32
read_set_id (TestBenchFixture *self)
{
  g_autofree char *path = benk_virtual_memory_path (self->state_dir, "medido", SERIAL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAgentMemory) memory = benk_virtual_memory_load (path, &error);

  g_assert_no_error (error);
  return memory->set_id;
}

static gboolean
no_unknown_run (gpointer data)
{
  return test_bench_count (data, "SELECT count(*) FROM run WHERE outcome = 'unknown'") ==
         0;
}

/* The cable is pulled at transfer K; plugged in again, the device is read, what was not
 * known is settled, and the next run ends ready. */
static void
test_pulled_cable (TestBenchFixture *self, gconstpointer data)
{
  static const guint transfers[] = { 5, 20, 36, 42, 44, 46, 50 };
  guint n_outcomes[BENK_N_RUN_OUTCOMES] = { 0 };

  test_bench_wipe (self);
  for (guint i = 0; i < G_N_ELEMENTS (transfers); i++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect-after@%u", transfers[i]);
      guint32 before = read_set_id (self);
      BenkBenchJob *job;
      BenkRunOutcome outcome;

      benk_session_fixture_advance (&self->base, 1000);
      test_bench_plug (self, fault);
      test_bench_settle (self);
      job = test_bench_make_ready (self);
      outcome = benk_bench_job_get_outcome (job);
      n_outcomes[outcome]++;
      g_assert_nonnull (benk_bench_job_get_sentence (job));
      if (outcome == BENK_RUN_OUTCOME_UNTOUCHED)
        {
          g_assert_cmpuint (read_set_id (self), ==, before);
          g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job),
                                           "Not finished. The dispenser "));
          g_assert_true (
            g_str_has_suffix (benk_bench_job_get_sentence (job), " Plug it in again."));
        }
      if (outcome == BENK_RUN_OUTCOME_VERIFIED)
        g_assert_cmpuint (read_set_id (self), !=, before);
      else
        g_assert_false (benk_bench_job_is_proven (job));
      if (outcome == BENK_RUN_OUTCOME_UNKNOWN)
        g_assert_true (
          g_str_has_prefix (benk_bench_job_get_sentence (job), "Not known yet."));

      test_bench_plug (self, NULL);
      test_bench_settle (self);
      test_bench_wait_until (self, no_unknown_run, self);
      if (outcome == BENK_RUN_OUTCOME_VERIFIED)
        break;
    }
  g_assert_cmpuint (n_outcomes[BENK_RUN_OUTCOME_UNTOUCHED], >, 0);
  g_assert_cmpuint (n_outcomes[BENK_RUN_OUTCOME_UNKNOWN], >, 0);
  benk_session_fixture_advance (&self->base, 1000);
  if (test_bench_get_state (self) == BENK_DEVICE_STATE_PREPARING)
    g_assert_true (benk_bench_job_is_proven (test_bench_make_ready (self)));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);
}

static void
test_refusals (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (BenkPlan) empty = benk_plan_new ();
  g_autoptr (GError) error = NULL;
  BenkBenchDevice *device = test_bench_get_device (self);
  BenkBenchJob *job;

  g_assert_null (benk_bench_reset (self->bench, device, "MED-7002", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_reset (self->bench, device, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (
    benk_bench_provision (self->bench, device, plan, "155076-00090", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_provision (self->bench, device, empty, "Ref-4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (benk_bench_provision (self->bench, device, plan, "  ", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);

  job = benk_bench_change_settings (self->bench, device, plan, &error);
  g_assert_no_error (error);
  g_assert_null (benk_bench_read (self->bench, device, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (test_bench_finish (self, job, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_unknown_device (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkBenchDevice) device = NULL;
  g_autoptr (BenkDevice) card = NULL;
  GListModel *devices = benk_bench_get_devices (self->bench);

  benk_bench_plug_virtual (self->bench, "pilly-sms", "P-1", self->state_dir, NULL,
                           &error);
  g_assert_no_error (error);
  test_bench_settle (self);
  while (g_list_model_get_n_items (devices) < 2)
    g_main_context_iteration (NULL, TRUE);
  test_bench_settle (self);
  device = g_list_model_get_item (devices, 1);
  g_assert_cmpstr (benk_bench_device_get_problem (device), ==,
                   "Unknown device, not registered");
  g_assert_null (benk_bench_provision (self->bench, device, plan, "Ref-4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_false (benk_bench_plug_virtual (self->bench, "no-such-make", NULL,
                                           self->state_dir, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (benk_bench_plug_virtual (self->bench, "medido", "M-2", self->state_dir,
                                           "no-such-fault", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_USAGE);
}

static void
test_reading_is_kept (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_read (self->bench, test_bench_get_device (self), &error);

  g_assert_no_error (error);
  g_assert_true (test_bench_finish (self, job, &error));
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM run WHERE kind = 'read'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, 0);
}

static void
test_conditions_name_themselves (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchJob *job = test_bench_wipe (self);

  benk_session_fixture_advance (&self->base, 1000);
  g_assert_true (benk_bench_job_is_proven (job));
  test_bench_plug (self, "low-battery");
  job = test_bench_make_ready (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_nonnull (strstr (benk_bench_job_get_reason (job), "battery"));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_PREPARING);
}

/* Untouched is said only where nothing was sent that changes anything. */
static void
test_what_was_done_is_said (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchDevice *device;
  BenkBenchJob *job = test_bench_wipe (self);

  benk_session_fixture_advance (&self->base, 1000);
  g_assert_true (benk_bench_job_is_proven (job));
  test_bench_plug (self, "low-battery");
  job = test_bench_make_ready (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_cmpstr (benk_bench_job_get_outcome_label (job), ==,
                   "Failed, device untouched");
  g_assert_cmpstr (benk_bench_job_get_advice (job), ==,
                   "Nothing was changed. Mend what stopped it, and start again.");

  test_bench_plug (self, "full");
  job = test_bench_make_ready (self);
  device = test_bench_get_device (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_cmpstr (benk_bench_job_get_outcome_label (job), ==, "Failed, plan untouched");
  g_assert_nonnull (
    strstr (benk_bench_job_get_sentence (job), " Done: the clock was set, "));
  g_assert_cmpstr (benk_bench_job_get_advice (job), ==,
                   "Mend what stopped it, and start again.");
  /* What was read before the clock was set holds no longer. */
  g_assert_false (benk_bench_device_is_clock_unset (device));
  g_assert_null (benk_bench_device_get_status (device));
  g_assert_cmpstr (benk_run_outcome_get_label (BENK_RUN_OUTCOME_UNTOUCHED), ==,
                   "Failed, plan untouched");
}

static void
test_looking_only (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkSession) looker = NULL;
  BenkBench *bench;
  TestBenchFixture other = *self;

  benk_session_open_async (self->base.path, BENK_SESSION_NONE, self->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  test_bench_await (self, &opened);
  looker = benk_session_open_finish (opened, &error);
  g_assert_no_error (error);
  other.bench = bench = benk_session_get_bench (looker);
  other.state_dir = g_build_filename (self->base.dir, "devices", "other", NULL);
  test_bench_plug (&other, NULL);
  test_bench_settle (&other);
  g_assert_null (benk_bench_provision (bench, test_bench_get_device (&other), plan,
                                       "Ref-4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  test_bench_finish (&other,
                     benk_bench_read (bench, test_bench_get_device (&other), &error),
                     &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run"), ==, 0);
  g_free (other.state_dir);
}

static void
add (const char *path, void (*test) (TestBenchFixture *, gconstpointer))
{
  g_test_add (path, TestBenchFixture, NULL, test_bench_set_up_demo, test,
              test_bench_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/session/bench/reads-what-is-plugged-in", test_reads_what_is_plugged_in);
  add ("/session/bench/main-job", test_main_job);
  add ("/session/bench/needs-a-reset-first", test_needs_a_reset_first);
  add ("/session/bench/pulled-cable", test_pulled_cable);
  add ("/session/bench/refusals", test_refusals);
  add ("/session/bench/unknown-device", test_unknown_device);
  add ("/session/bench/reading-is-kept", test_reading_is_kept);
  add ("/session/bench/conditions-name-themselves", test_conditions_name_themselves);
  add ("/session/bench/what-was-done-is-said", test_what_was_done_is_said);
  add ("/session/bench/looking-only", test_looking_only);

  return g_test_run ();
}

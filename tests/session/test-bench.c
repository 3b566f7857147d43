/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-bench.h"
#include "benk-error.h"
#include "benk-job-bench.h"
#include "benk-virtual-memory.h"

#define SERIAL "MED-7001"
/* The clock of the test runs while it waits, faster than the one on the wall. */
#define TICK_MS 4
#define FAKE_MS 20
#define PATIENCE_TICKS 10000

typedef struct
{
  BenkSessionFixture base;
  BenkBench *bench;
  BenkDevice *card;
  char *state_dir;
} Fixture;

typedef gboolean (*WaitFunc) (gpointer data);

static gboolean
on_tick (gpointer user_data)
{
  benk_fake_clock_advance (user_data, FAKE_MS);
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Fixture *self, WaitFunc func, gpointer data)
{
  guint tick = g_timeout_add (TICK_MS, on_tick, self->base.clock);

  for (guint i = 0; !func (data); i++)
    {
      g_assert_cmpuint (i, <, PATIENCE_TICKS);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
await (Fixture *self, GAsyncResult **slot)
{
  wait_until (self, has_result, slot);
}

static void
settle (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_bench_settle_async (self->bench, NULL, benk_session_fixture_keep, &result);
  await (self, &result);
  g_assert_true (benk_bench_settle_finish (self->bench, result, &error));
  g_assert_no_error (error);
}

static void
plug (Fixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_bench_plug_virtual (self->bench, "medido", SERIAL, self->state_dir, fault, &error);
  g_assert_no_error (error);
}

static BenkBenchDevice *
get_device (Fixture *self)
{
  g_autoptr (BenkBenchDevice) device =
    g_list_model_get_item (benk_bench_get_devices (self->bench), 0);

  g_assert_nonnull (device);
  return device;
}

static gboolean
finish (Fixture *self, BenkBenchJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (job);
  benk_bench_wait_async (self->bench, job, NULL, benk_session_fixture_keep, &result);
  await (self, &result);
  return benk_bench_wait_finish (self->bench, result, error);
}

static BenkBenchJob *
provision (Fixture *self)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_provision (self->bench, get_device (self), plan, "4711", &error);

  g_assert_no_error (error);
  finish (self, job, &error);
  g_assert_no_error (error);
  return job;
}

static BenkBenchJob *
reset (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (self->bench, get_device (self), "med 7001", &error);

  g_assert_no_error (error);
  finish (self, job, &error);
  g_assert_no_error (error);
  return job;
}

static gint64
count (Fixture *self, const char *sql)
{
  return benk_session_fixture_count (&self->base, sql);
}

static BenkDeviceState
get_state (Fixture *self)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, SERIAL);

  return benk_device_get_state (device);
}

static void
begin (Fixture *self)
{
  self->bench = benk_session_get_bench (self->base.session);
  self->state_dir = g_build_filename (self->base.dir, "devices", NULL);
}

static void
set_up_demo (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_set_up_demo (&self->base, NULL);
  begin (self);
  self->card = benk_session_fixture_add (&self->base, SERIAL, BENK_DEVICE_STATE_STOCK);
  benk_session_fixture_attest (&self->base, self->card, BENK_FACT_ADAPTER_PRESENT, NULL,
                               NULL, &error);
  g_assert_no_error (error);
  plug (self, data);
  settle (self);
}

static void
set_up_ordinary (Fixture *self, gconstpointer data)
{
  benk_session_fixture_set_up (&self->base, NULL);
  begin (self);
  self->card = benk_session_fixture_add (&self->base, SERIAL, BENK_DEVICE_STATE_RECEIVED);
  plug (self, data);
  settle (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->state_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->state_dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->state_dir);
  g_free (self->state_dir);
  g_clear_object (&self->card);
  benk_session_fixture_tear_down (&self->base, NULL);
}

static void
test_reads_what_is_plugged_in (Fixture *self, gconstpointer data)
{
  BenkBenchDevice *device = get_device (self);

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
  g_assert_cmpint (count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_main_job (Fixture *self, gconstpointer data)
{
  BenkBenchJob *job = reset (self);
  GListModel *steps = benk_bench_job_get_steps (job);

  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_true (benk_bench_job_is_proven (job));
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job), "Reset confirmed"));
  g_assert_cmpuint (g_list_model_get_n_items (steps), >, 10);
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_STOCK);

  benk_session_fixture_advance (&self->base, 1000);
  job = provision (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_true (benk_bench_job_is_proven (job));
  g_assert_true (g_str_has_prefix (benk_bench_job_get_sentence (job),
                                   "Ready. 4 dose times read back and equal"));
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_READY);

  g_assert_cmpint (count (self, "SELECT count(*) FROM proof WHERE kind = 'reset' AND"
                                " link_kind = 'simulated'"),
                   ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof WHERE kind = 'ready'"), ==,
                   1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE outcome = 'verified'"),
                   ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM plan"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run_secret"), ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM transition WHERE to_state ="
                                " 'preparing'"),
                   ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM owed_task WHERE guard ="
                                " 'test-alarm-seen'"),
                   ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM person WHERE reference = '4711'"),
                   ==, 1);
  /* Neither octets nor the reference: hashes only. */
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE instr (reading, '4711')"),
                   ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE kind = 'provision' AND"
                                " instr (reading, '\"equal\":true')"),
                   ==, 1);
}

static void
test_needs_a_reset_first (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_provision (self->bench, get_device (self), plan, "4711", &error);

  g_assert_no_error (error);
  g_assert_false (finish (self, job, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reset is not proven"));
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM person"), ==, 0);
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_STOCK);
}

static guint32
read_set_id (Fixture *self)
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
  return count (data, "SELECT count(*) FROM run WHERE outcome = 'unknown'") == 0;
}

/* The cable is pulled at transfer K; plugged in again, the device is read, what was not
 * known is settled, and the next run ends ready. */
static void
test_pulled_cable (Fixture *self, gconstpointer data)
{
  static const guint transfers[] = { 3, 9, 15, 21, 22, 23, 24, 30 };

  reset (self);
  for (guint i = 0; i < G_N_ELEMENTS (transfers); i++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect-after@%u", transfers[i]);
      guint32 before = read_set_id (self);
      BenkBenchJob *job;
      BenkRunOutcome outcome;

      benk_session_fixture_advance (&self->base, 1000);
      plug (self, fault);
      settle (self);
      job = provision (self);
      outcome = benk_bench_job_get_outcome (job);
      g_assert_nonnull (benk_bench_job_get_sentence (job));
      if (outcome == BENK_RUN_OUTCOME_UNTOUCHED)
        {
          g_assert_cmpuint (read_set_id (self), ==, before);
          g_assert_cmpstr (benk_bench_job_get_sentence (job), ==,
                           "Not finished. The dispenser still follows the old settings. "
                           "Plug it in again.");
        }
      if (outcome == BENK_RUN_OUTCOME_VERIFIED)
        g_assert_cmpuint (read_set_id (self), !=, before);
      else
        g_assert_false (benk_bench_job_is_proven (job));
      if (outcome == BENK_RUN_OUTCOME_UNKNOWN)
        g_assert_true (
          g_str_has_prefix (benk_bench_job_get_sentence (job), "Not known yet."));

      plug (self, NULL);
      settle (self);
      wait_until (self, no_unknown_run, self);
      if (outcome == BENK_RUN_OUTCOME_VERIFIED)
        break;
    }
  benk_session_fixture_advance (&self->base, 1000);
  if (get_state (self) == BENK_DEVICE_STATE_PREPARING)
    g_assert_true (benk_bench_job_is_proven (provision (self)));
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_READY);
}

static void
test_refusals (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (BenkPlan) empty = benk_plan_new ();
  g_autoptr (GError) error = NULL;
  BenkBenchDevice *device = get_device (self);
  BenkBenchJob *job;

  g_assert_null (benk_bench_reset (self->bench, device, "MED-7002", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_reset (self->bench, device, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_provision (self->bench, device, empty, "4711", &error));
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
  g_assert_false (finish (self, job, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run"), ==, 0);
}

static void
test_unknown_device (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkBenchDevice) device = NULL;
  g_autoptr (BenkDevice) card = NULL;
  GListModel *devices = benk_bench_get_devices (self->bench);

  benk_bench_plug_virtual (self->bench, "pilly-sms", "P-1", self->state_dir, NULL,
                           &error);
  g_assert_no_error (error);
  settle (self);
  while (g_list_model_get_n_items (devices) < 2)
    g_main_context_iteration (NULL, TRUE);
  settle (self);
  device = g_list_model_get_item (devices, 1);
  g_assert_cmpstr (benk_bench_device_get_problem (device), ==,
                   "Unknown device, not registered");
  g_assert_null (benk_bench_provision (self->bench, device, plan, "4711", &error));
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
test_reading_is_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = benk_bench_read (self->bench, get_device (self), &error);

  g_assert_no_error (error);
  g_assert_true (finish (self, job, &error));
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_VERIFIED);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE kind = 'read'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof"), ==, 0);
}

static void
test_conditions_name_themselves (Fixture *self, gconstpointer data)
{
  BenkBenchJob *job = reset (self);

  benk_session_fixture_advance (&self->base, 1000);
  g_assert_true (benk_bench_job_is_proven (job));
  plug (self, "low-battery");
  job = provision (self);
  g_assert_cmpint (benk_bench_job_get_outcome (job), ==, BENK_RUN_OUTCOME_UNTOUCHED);
  g_assert_nonnull (strstr (benk_bench_job_get_reason (job), "battery"));
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_PREPARING);
}

static BenkChecklist *
tick_all (Fixture *self, const char *task)
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
complete (Fixture *self, const char *task, GError **error)
{
  g_autoptr (BenkChecklist) list = tick_all (self, task);
  g_autoptr (GAsyncResult) result = NULL;
  char *sentence = NULL;

  benk_bench_complete_checklist_async (self->bench, list, NULL, benk_session_fixture_keep,
                                       &result);
  await (self, &result);
  benk_bench_complete_checklist_finish (self->bench, result, &sentence, error);
  return sentence;
}

/* Where nothing can be read over USB the checklist does the same, and says what it is. */
static void
test_checklists (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *received = complete (self, "receive", &error);
  g_autofree char *wiped = NULL;
  g_autofree char *ready = NULL;

  g_assert_no_error (error);
  g_assert_true (
    g_str_has_prefix (received, "Done by checklist, not read from the dispenser"));
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_STOCK);

  benk_session_fixture_advance (&self->base, 1000);
  wiped = complete (self, "reset", &error);
  g_assert_no_error (error);
  benk_session_fixture_advance (&self->base, 1000);
  ready = complete (self, "make-ready", &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_READY);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE link_kind = 'checklist'"),
                   ==, 3);
  g_assert_cmpint (count (self,
                          "SELECT count(*) FROM proof WHERE link_kind = 'checklist'"),
                   ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE instr (reading, 'KA')"),
                   ==, 0);
}

static void
test_checklist_must_be_complete (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list = tick_all (self, "receive");
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_tick (list, 1, FALSE);
  benk_bench_complete_checklist_async (self->bench, list, NULL, benk_session_fixture_keep,
                                       &result);
  await (self, &result);
  g_assert_false (
    benk_bench_complete_checklist_finish (self->bench, result, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (benk_bench_start_checklist (self->bench, benk_device_get_id (self->card),
                                             "medido", "polish", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_USAGE);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run"), ==, 0);
}

/* Whatever is tried, a simulated dispenser proves nothing outside a demo store. */
static void
test_simulated_proves_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *received = complete (self, "receive", &error);
  BenkBenchJob *job;

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      job = reset (self);
      g_assert_false (benk_bench_job_is_proven (job));
      g_assert_true (
        g_str_has_prefix (benk_bench_job_get_sentence (job), "Simulated, not reset."));
      job = provision (self);
      g_assert_false (benk_bench_job_is_proven (job));
      g_assert_cmpstr (benk_bench_job_get_sentence (job), ==,
                       "Simulated, not ready. Simulated device – not valid as proof");
    }
  g_assert_cmpint (count (self, "SELECT count(*) FROM proof"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM plan"), ==, 0);
  g_assert_cmpint (count (self, "SELECT count(*) FROM person"), ==, 0);
  g_assert_cmpint (get_state (self), ==, BENK_DEVICE_STATE_STOCK);
  /* The device of the card was never touched, and the runs say so. */
  g_assert_cmpint (count (self, "SELECT count(*) FROM run WHERE kind <> 'checklist' AND"
                                " (outcome <> 'untouched' OR link_kind <> 'simulated')"),
                   ==, 0);
}

static void
test_looking_only (Fixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (4);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkSession) looker = NULL;
  BenkBench *bench;
  Fixture other = *self;

  benk_session_open_async (self->base.path, BENK_SESSION_NONE, self->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  await (self, &opened);
  looker = benk_session_open_finish (opened, &error);
  g_assert_no_error (error);
  other.bench = bench = benk_session_get_bench (looker);
  other.state_dir = g_build_filename (self->base.dir, "devices", "other", NULL);
  plug (&other, NULL);
  settle (&other);
  g_assert_null (benk_bench_provision (bench, get_device (&other), plan, "4711", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  finish (&other, benk_bench_read (bench, get_device (&other), &error), &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "SELECT count(*) FROM run"), ==, 0);
  g_free (other.state_dir);
}

static void
add (const char *path,
     void (*set_up) (Fixture *, gconstpointer),
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/session/bench/reads-what-is-plugged-in", set_up_demo,
       test_reads_what_is_plugged_in);
  add ("/session/bench/main-job", set_up_demo, test_main_job);
  add ("/session/bench/needs-a-reset-first", set_up_demo, test_needs_a_reset_first);
  add ("/session/bench/pulled-cable", set_up_demo, test_pulled_cable);
  add ("/session/bench/refusals", set_up_demo, test_refusals);
  add ("/session/bench/unknown-device", set_up_demo, test_unknown_device);
  add ("/session/bench/reading-is-kept", set_up_demo, test_reading_is_kept);
  add ("/session/bench/conditions-name-themselves", set_up_demo,
       test_conditions_name_themselves);
  add ("/session/bench/checklists", set_up_ordinary, test_checklists);
  add ("/session/bench/checklist-must-be-complete", set_up_ordinary,
       test_checklist_must_be_complete);
  add ("/session/bench/simulated-proves-nothing", set_up_ordinary,
       test_simulated_proves_nothing);
  add ("/session/bench/looking-only", set_up_demo, test_looking_only);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <string.h>

#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-scope.h"
#include "benk-swap.h"
#include "benk-table-device.h"

#define OLD SERIAL
#define NEW "MED-7002"
#define USER "Ref-4711"
#define NURSE "Anne Lie, nurse"

/* Two of the same user at one instant, in the whole of what is kept. */
#define OVERLAPS                                                                         \
  "SELECT count(*) FROM placement a JOIN placement b ON a.person_id = b.person_id"       \
  " AND a.device_id <> b.device_id AND a.from_ms < ifnull (b.to_ms, 9e18)"               \
  " AND b.from_ms < ifnull (a.to_ms, 9e18)"

static void
attest (TestBenchFixture *self,
        BenkDevice *device,
        BenkFactKind kind,
        const char *ref,
        const char *stated_by)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_attest (&self->base, device, kind, ref, stated_by, &error);
  g_assert_no_error (error);
}

static void
move (TestBenchFixture *self, BenkDevice *device, BenkDeviceState to)
{
  g_autoptr (GError) error = NULL;

  benk_session_fixture_advance (&self->base, 1000);
  benk_session_fixture_set_state (&self->base, device, to, "later", &error);
  g_assert_no_error (error);
}

/* Who gets it back when it is faulty. */
static void
name_vendor (TestBenchFixture *self)
{
  BenkChange change = { .verb = BENK_VERB_EDIT, .account = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (self->base.path, BENK_DB_READ_WRITE, self->base.clock, &error);
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &change, &error);
  g_autoptr (BenkDevice) device = benk_table_device_find (db, OLD, &error);

  benk_device_set_vendor (device, "Innospense");
  g_assert_true (benk_table_device_update (db, device, &error));
  g_assert_true (benk_scope_commit (scope, NULL, &error));
  g_assert_no_error (error);
}

static void
start_trial (TestBenchFixture *self)
{
  name_vendor (self);
  test_bench_wipe (self);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_make_ready (self);
  attest (self, self->card, BENK_FACT_MEDICINE_LOADED, NULL, NURSE);
  move (self, self->card, BENK_DEVICE_STATE_TRIAL);
}

static void
start_operation (TestBenchFixture *self)
{
  start_trial (self);
  attest (self, self->card, BENK_FACT_TRIAL_SHORTENED, "agreed", NULL);
  attest (self, self->card, BENK_FACT_EVALUATION, NULL, NULL);
  attest (self, self->card, BENK_FACT_SETTINGS_DOCUMENTED, NULL, NULL);
  attest (self, self->card, BENK_FACT_HANDED_OVER, NULL, NULL);
  move (self, self->card, BENK_DEVICE_STATE_OPERATION);
}

static BenkBenchDevice *
find_new (TestBenchFixture *self)
{
  GListModel *devices = benk_bench_get_devices (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (benk_bench_device_get_serial (device), NEW) == 0)
        return device;
    }

  return NULL;
}

static gboolean
is_known (gpointer data)
{
  BenkBenchDevice *device = find_new (data);

  return device != NULL && !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

static void
plug_new (TestBenchFixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  benk_bench_plug_virtual (self->bench, "medido", NEW, self->state_dir, fault, &error);
  g_assert_no_error (error);
  test_bench_settle (self);
  test_bench_wait_until (self, is_known, self);
}

/* A second dispenser on the shelf whose reset is proven. */
static void
add_new (TestBenchFixture *self, gboolean plugged)
{
  g_autoptr (BenkDevice) card =
    benk_session_fixture_add (&self->base, NEW, BENK_DEVICE_STATE_STOCK);
  g_autoptr (GError) error = NULL;

  attest (self, card, BENK_FACT_ADAPTER_PRESENT, NULL, NULL);
  if (plugged)
    plug_new (self, NULL);
  if (plugged)
    {
      BenkBenchJob *job = benk_bench_reset (self->bench, find_new (self), NEW, &error);

      g_assert_no_error (error);
      test_bench_finish (self, job, &error);
      g_assert_no_error (error);
    }
  else
    benk_session_fixture_prove_reset (&self->base, card, BENK_LINK_KIND_CHECKLIST);
  benk_session_fixture_advance (&self->base, 1000);
}

static void
add_alarm (TestBenchFixture *self, const char *code)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->base.session);
  BenkNewAlarm alarm = { .device = OLD, .code = code, .via = BENK_ALARM_VIA_PHONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) added = NULL;

  benk_alarms_add_async (alarms, &alarm, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  added = benk_alarms_add_finish (alarms, result, &error);
  g_assert_no_error (error);
}

static BenkSwap *
try_open (TestBenchFixture *self,
          BenkSession *session,
          const char *wanted,
          GError **error)
{
  g_autoptr (BenkDevice) old = benk_session_fixture_find (&self->base, OLD);
  g_autoptr (BenkDevice) other =
    wanted != NULL ? benk_session_fixture_find (&self->base, wanted) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  benk_swap_open_async (session, benk_device_get_id (old),
                        other != NULL ? benk_device_get_id (other) : NULL, NULL,
                        benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_swap_open_finish (result, error);
}

static BenkSwap *
open_swap (TestBenchFixture *self)
{
  g_autoptr (GError) error = NULL;
  BenkSwap *swap = try_open (self, self->base.session, NULL, &error);

  g_assert_no_error (error);
  return swap;
}

static gboolean
run (TestBenchFixture *self, BenkSwap *swap, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_session_fixture_advance (&self->base, 1000);
  benk_swap_run_async (swap, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_swap_run_finish (swap, result, error);
}

static void
run_well (TestBenchFixture *self, BenkSwap *swap)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (self, swap, &error));
  g_assert_no_error (error);
}

static void
copy (TestBenchFixture *self, BenkSwap *swap)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_swap_mark_copied_async (swap, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  benk_swap_mark_copied_finish (swap, result, &error);
  g_assert_no_error (error);
}

static BenkDeviceState
get_state (TestBenchFixture *self, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, serial);

  return benk_device_get_state (device);
}

static void
assert_line (BenkSwap *swap, BenkSwapPart part, BenkSwapState wanted)
{
  BenkSwapLine *line = benk_swap_get_line (swap, part);

  if (benk_swap_line_get_state (line) != wanted)
    g_error ("%s is “%s” (%s)", benk_swap_line_get_name (line),
             benk_swap_line_get_state_name (line), benk_swap_line_get_detail (line));
}

/* Whatever happened: one of them serves the user, and what serves is proven. */
static void
assert_safe (TestBenchFixture *self)
{
  g_assert_cmpint (test_bench_count (self, OVERLAPS), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM device WHERE state IN"
                                           " ('trial', 'operation', 'paused')"),
                   <=, 1);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM device d WHERE d.state IN ('ready',"
                            " 'trial', 'operation') AND NOT EXISTS (SELECT 1 FROM proof p"
                            " WHERE p.device_id = d.id AND p.kind = 'ready')"),
    ==, 0);
}

static void
test_all_in_one (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autofree char *text = NULL;

  start_operation (self);
  add_new (self, TRUE);
  add_alarm (self, "1.8");
  add_alarm (self, "1.1");
  swap = open_swap (self);
  g_assert_cmpstr (benk_swap_get_reference (swap), ==, USER);
  g_assert_true (benk_swap_choice_is_possible (benk_swap_get_chosen (swap)));
  g_assert_null (benk_swap_choice_get_difference (benk_swap_get_chosen (swap)));
  g_assert_null (benk_swap_dup_record_text (swap));
  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    {
      g_assert_true (
        benk_swap_line_is_ticked (benk_swap_get_line (swap, (BenkSwapPart) i)));
      assert_line (swap, (BenkSwapPart) i, BENK_SWAP_WILL);
    }
  /* Nothing is kept by looking. */
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 0);

  benk_swap_set_medicine_by (swap, NURSE);
  run_well (self, swap);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  assert_safe (self);
  /* What care owns stays theirs. */
  assert_line (swap, BENK_SWAP_ALARMS, BENK_SWAP_OWED);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM alarm WHERE status ="
                                           " 'closed' AND action = 'swapped'"),
                   ==, 1);
  assert_line (swap, BENK_SWAP_RETURN, BENK_SWAP_DONE);
  assert_line (swap, BENK_SWAP_RECORD, BENK_SWAP_WILL);
  g_assert_false (benk_swap_is_finished (swap));
  text = benk_swap_dup_record_text (swap);
  g_assert_nonnull (strstr (text, "Medido MED-7001 out, Medido MED-7002 in."));
  g_assert_nonnull (strstr (text, "not valid as proof"));
  g_assert_null (strstr (text, USER));
  g_assert_null (strstr (text, "Lie"));
  copy (self, swap);
  g_assert_true (benk_swap_is_finished (swap));
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit WHERE ended_ms"
                                           " IS NOT NULL"),
                   ==, 1);
  /* No new trial, and everybody is named. */
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM transition WHERE to_state"
                                     " = 'trial'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM fact f JOIN note n ON"
                                           " n.id = f.stated_by_id WHERE n.text = '" NURSE
                                           "' AND f.kind = 'medicine-removed'"),
                   ==, 1);
}

static void
test_undo (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_proofs;

  start_operation (self);
  add_new (self, TRUE);
  swap = open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  run_well (self, swap);
  n_proofs = test_bench_count (self, "SELECT count(*) FROM proof");
  benk_session_fixture_undo (&self->base, &error);
  g_assert_no_error (error);
  /* The two change back together; what touched a device stays. */
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_READY);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, n_proofs);
  assert_safe (self);
}

static void
tick_all (BenkChecklist *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (benk_checklist_get_steps (list)); i++)
    benk_checklist_tick (list, i, TRUE);
}

static void
test_by_checklist (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklist *list;

  start_operation (self);
  add_new (self, FALSE);
  swap = open_swap (self);
  benk_swap_set_by_checklist (swap, TRUE);
  benk_swap_set_medicine_by (swap, NURSE);
  list = benk_swap_get_checklist (swap, &error);
  g_assert_no_error (error);
  run_well (self, swap);
  assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
  assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_STOCK);

  tick_all (list);
  run_well (self, swap);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM device d JOIN person p ON p.id ="
                            " d.person_id WHERE d.state = 'operation' AND p.reference ="
                            " '" USER "'"),
    ==, 1);
  assert_safe (self);
}

/* The program ends in the middle; the next one shows what is done and goes on. */
static void
test_goes_on_after_a_break (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkSwap) again = NULL;

  start_operation (self);
  add_new (self, TRUE);
  swap = open_swap (self);
  benk_swap_line_set_ticked (benk_swap_get_line (swap, BENK_SWAP_RETURN), FALSE);
  /* Nobody says who moved the medicine: the settings are in, the rest waits. */
  run_well (self, swap);
  assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_DONE);
  assert_line (swap, BENK_SWAP_MEDICINE, BENK_SWAP_NOT_DONE);
  assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_READY);
  assert_safe (self);
  g_clear_object (&swap);

  again = open_swap (self);
  g_assert_true (benk_swap_is_begun (again));
  assert_line (again, BENK_SWAP_SETTINGS, BENK_SWAP_DONE);
  assert_line (again, BENK_SWAP_MEDICINE, BENK_SWAP_WILL);
  g_assert_false (
    benk_swap_line_is_ticked (benk_swap_get_line (again, BENK_SWAP_RETURN)));
  benk_swap_set_medicine_by (again, NURSE);
  run_well (self, again);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 1);
  copy (self, again);
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM visit WHERE ended_ms IS NULL"),
                   ==, 0);
}

static gboolean
is_settled (gpointer data)
{
  return test_bench_count (data, "SELECT count(*) FROM run WHERE outcome = 'unknown'") ==
         0;
}

/* The cable is pulled at transfer k of the write. Nobody is without a dispenser, and
 * plugging in and running again ends it. */
static void
test_pulled_cable (TestBenchFixture *self, gconstpointer data)
{
  static const guint transfers[] = { 3, 20, 36, 42, 44, 46, 50 };
  guint n_cases = 0;
  g_autoptr (BenkSwap) swap = NULL;

  start_operation (self);
  add_new (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (transfers); i++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect-after@%u", transfers[i]);

      if (get_state (self, OLD) != BENK_DEVICE_STATE_OPERATION)
        break;
      plug_new (self, fault);
      g_clear_object (&swap);
      swap = open_swap (self);
      benk_swap_set_medicine_by (swap, NURSE);
      run_well (self, swap);
      n_cases++;
      assert_safe (self);
      if (get_state (self, NEW) == BENK_DEVICE_STATE_PREPARING)
        {
          g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
          assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
          g_assert_nonnull (
            benk_swap_line_get_detail (benk_swap_get_line (swap, BENK_SWAP_SETTINGS)));
        }
      plug_new (self, NULL);
      test_bench_wait_until (self, is_settled, self);
    }
  g_test_message ("%u cables pulled", n_cases);
  g_assert_cmpuint (n_cases, >=, 5);
  if (get_state (self, OLD) == BENK_DEVICE_STATE_OPERATION)
    {
      g_clear_object (&swap);
      swap = open_swap (self);
      benk_swap_set_medicine_by (swap, NURSE);
      run_well (self, swap);
    }
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  assert_safe (self);
}

/* What is not ticked is not done, and no guard is got around by it. */
static void
test_unticked_lines (TestBenchFixture *self, gconstpointer data)
{
  static const struct
  {
    BenkSwapPart left_out;
    const char *refused; /* a part of what the guard says, or NULL when it goes on */
  } rows[] = {
    { BENK_SWAP_SETTINGS, "Waits until" },
    { BENK_SWAP_MEDICINE, "have not taken the medicine out" },
    { BENK_SWAP_TAKE_OVER, "not covered" },
    { BENK_SWAP_QUARANTINE, "another active device" },
  };
  guint n_refused = 0;

  start_operation (self);
  add_new (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkSwap) swap = open_swap (self);
      BenkSwapPart told = rows[i].left_out == BENK_SWAP_QUARANTINE ? BENK_SWAP_TAKE_OVER
                                                                   : BENK_SWAP_QUARANTINE;
      const char *detail;

      for (guint k = 0; k < BENK_N_SWAP_PARTS; k++)
        benk_swap_line_set_ticked (benk_swap_get_line (swap, (BenkSwapPart) k),
                                   k != rows[i].left_out);
      benk_swap_set_medicine_by (swap, NURSE);
      run_well (self, swap);
      detail = benk_swap_line_get_detail (benk_swap_get_line (swap, told));
      g_assert_nonnull (detail);
      if (strstr (detail, rows[i].refused) == NULL)
        g_error ("%u: %s", rows[i].left_out, detail);
      g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
      g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==,
                       0);
      assert_safe (self);
      n_refused++;
    }
  g_test_message ("%u ways around a guard refused", n_refused);
}

/* As another laptop's window on the same store. */
static BenkSession *
open_other_window (TestBenchFixture *self)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) chosen = NULL;
  g_autoptr (GError) error = NULL;
  BenkSession *session;

  benk_session_open_async (self->base.path, BENK_SESSION_NONE, self->base.clock, NULL,
                           benk_session_fixture_keep, &opened);
  test_bench_await (self, &opened);
  session = benk_session_open_finish (opened, &error);
  g_assert_no_error (error);
  benk_session_choose_staff_async (session, "OV", NULL, NULL, benk_session_fixture_keep,
                                   &chosen);
  test_bench_await (self, &chosen);
  benk_session_choose_staff_finish (session, chosen, &error);
  g_assert_no_error (error);
  return session;
}

static void
test_two_windows (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSession) session = NULL;
  g_autoptr (BenkSwap) here = NULL;
  g_autoptr (BenkSwap) there = NULL;
  g_autoptr (BenkSwap) other = NULL;
  g_autoptr (BenkDevice) third = NULL;
  g_autoptr (GError) error = NULL;

  start_operation (self);
  add_new (self, TRUE);
  third = benk_session_fixture_add (&self->base, "MED-7003", BENK_DEVICE_STATE_STOCK);
  attest (self, third, BENK_FACT_ADAPTER_PRESENT, NULL, NULL);
  benk_session_fixture_prove_reset (&self->base, third, BENK_LINK_KIND_CHECKLIST);
  session = open_other_window (self);
  here = open_swap (self);
  there = try_open (self, session, NEW, &error);
  g_assert_no_error (error);
  other = try_open (self, session, "MED-7003", &error);
  g_assert_no_error (error);
  benk_swap_set_medicine_by (here, NURSE);
  run_well (self, here);
  /* One that still shows the old state changes nothing twice. */
  benk_swap_set_medicine_by (there, NURSE);
  run_well (self, there);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM journal WHERE verb ="
                                           " 'swap'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==, 1);
  benk_swap_set_medicine_by (other, NURSE);
  g_assert_false (run (self, other, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (get_state (self, "MED-7003"), ==, BENK_DEVICE_STATE_STOCK);
  assert_safe (self);
}

static void
test_trial_goes_on (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;

  start_trial (self);
  add_new (self, TRUE);
  swap = open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  run_well (self, swap);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_TRIAL);
  assert_safe (self);
}

/* A unit that was declared faulty first comes from regular use all the same. */
static void
test_faulty_one (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;

  start_operation (self);
  add_new (self, TRUE);
  attest (self, self->card, BENK_FACT_USER_COVERED, NULL, NULL);
  move (self, self->card, BENK_DEVICE_STATE_FAULTY);
  swap = open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  run_well (self, swap);
  assert_line (swap, BENK_SWAP_ALARMS, BENK_SWAP_NOTHING);
  g_assert_cmpint (get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  assert_safe (self);
}

static void
test_refusals (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkDevice) dirty = NULL;

  /* On the shelf there is nothing to swap. */
  g_assert_null (try_open (self, self->base.session, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  start_operation (self);
  g_assert_null (try_open (self, self->base.session, OLD, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  swap = open_swap (self);
  g_assert_null (benk_swap_get_chosen (swap));
  g_assert_false (run (self, swap, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&swap);
  /* A device whose reset is not proven takes over from nobody. */
  dirty = benk_session_fixture_add (&self->base, "MED-7009", BENK_DEVICE_STATE_STOCK);
  swap = try_open (self, self->base.session, "MED-7009", &error);
  g_assert_no_error (error);
  g_assert_false (benk_swap_choice_is_possible (benk_swap_get_chosen (swap)));
  g_assert_nonnull (strstr (benk_swap_choice_get_difference (benk_swap_get_chosen (swap)),
                            "reset is not proven"));
  g_assert_false (run (self, swap, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 0);
  assert_safe (self);
}

/* In an ordinary store a simulated dispenser is never ready, so it takes over nothing. */
static void
test_simulated_takes_over_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkDevice) old =
    benk_session_fixture_put (&self->base, "MED-7100", BENK_DEVICE_STATE_OPERATION);
  g_autoptr (GAsyncResult) linked = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkPlan) plan = test_plan_new (2);
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (GError) error = NULL;
  static const BenkFactKind arrival[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                          BENK_FACT_POWER_ON_TEST,
                                          BENK_FACT_ACCESSORIES_COMPLETE };

  for (gsize i = 0; i < G_N_ELEMENTS (arrival); i++)
    attest (self, self->card, arrival[i], NULL, NULL);
  move (self, self->card, BENK_DEVICE_STATE_STOCK);
  benk_session_fixture_prove_reset (&self->base, self->card, BENK_LINK_KIND_CHECKLIST);
  benk_inventory_link_user_async (self->base.inventory, benk_device_get_id (old), USER,
                                  NULL, NULL, benk_session_fixture_keep, &linked);
  test_bench_await (self, &linked);
  g_assert_true (
    benk_inventory_change_finish (self->base.inventory, linked, NULL, &error));
  benk_swap_open_async (self->base.session, benk_device_get_id (old), NULL, NULL,
                        benk_session_fixture_keep, &opened);
  test_bench_await (self, &opened);
  swap = benk_swap_open_finish (opened, &error);
  g_assert_no_error (error);
  benk_swap_set_plan (swap, plan);
  benk_swap_set_medicine_by (swap, NURSE);
  run_well (self, swap);
  assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
  g_assert_nonnull (
    strstr (benk_swap_line_get_detail (benk_swap_get_line (swap, BENK_SWAP_SETTINGS)),
            "not valid as proof"));
  assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (get_state (self, SERIAL), ==, BENK_DEVICE_STATE_STOCK);
  g_assert_cmpint (get_state (self, "MED-7100"), ==, BENK_DEVICE_STATE_OPERATION);
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

  add ("/session/swap/all-in-one", test_all_in_one);
  add ("/session/swap/undo", test_undo);
  add ("/session/swap/by-checklist", test_by_checklist);
  add ("/session/swap/goes-on-after-a-break", test_goes_on_after_a_break);
  add ("/session/swap/pulled-cable", test_pulled_cable);
  add ("/session/swap/unticked-lines", test_unticked_lines);
  add ("/session/swap/two-windows", test_two_windows);
  add ("/session/swap/trial-goes-on", test_trial_goes_on);
  add ("/session/swap/faulty-one", test_faulty_one);
  add ("/session/swap/refusals", test_refusals);
  g_test_add ("/session/swap/simulated-takes-over-nothing", TestBenchFixture, NULL,
              test_bench_set_up_ordinary, test_simulated_takes_over_nothing,
              test_bench_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-fixture.h"
#include "benk-swap-fixture.h"

#include <string.h>

#include "benk-device-card.h"
#include "benk-error.h"

static void
test_all_in_one (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autofree char *text = NULL;

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  test_swap_add_alarm (self, "1.8");
  test_swap_add_alarm (self, "1.1");
  swap = test_swap_open_swap (self);
  g_assert_cmpstr (benk_swap_get_reference (swap), ==, USER);
  g_assert_true (benk_swap_choice_is_possible (benk_swap_get_chosen (swap)));
  g_assert_null (benk_swap_choice_get_difference (benk_swap_get_chosen (swap)));
  g_assert_null (benk_swap_dup_record_text (swap));
  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    {
      g_assert_true (
        benk_swap_line_is_ticked (benk_swap_get_line (swap, (BenkSwapPart) i)));
      test_swap_assert_line (swap, (BenkSwapPart) i, BENK_SWAP_WILL);
    }
  /* Nothing is kept by looking. */
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 0);

  benk_swap_set_medicine_by (swap, NURSE);
  test_swap_run_well (self, swap);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  test_swap_assert_safe (self);
  /* What care owns stays theirs. */
  test_swap_assert_line (swap, BENK_SWAP_ALARMS, BENK_SWAP_OWED);
  g_assert_cmpstr (benk_swap_line_get_label (benk_swap_get_line (swap, BENK_SWAP_ALARMS)),
                   ==,
                   "1 open alarm of MED-7001 is care’s or medicine’s to close, and stays "
                   "open");
  g_assert_null (benk_swap_line_get_detail (benk_swap_get_line (swap, BENK_SWAP_ALARMS)));
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM alarm WHERE status ="
                                           " 'closed' AND action = 'swapped'"),
                   ==, 1);
  test_swap_assert_line (swap, BENK_SWAP_RETURN, BENK_SWAP_DONE);
  test_swap_assert_line (swap, BENK_SWAP_RECORD, BENK_SWAP_WILL);
  g_assert_false (benk_swap_is_finished (swap));
  text = benk_swap_dup_record_text (swap);
  g_assert_nonnull (strstr (text, "Medido MED-7001 out, Medido MED-7002 in."));
  g_assert_nonnull (strstr (text, "not valid as proof"));
  g_assert_null (strstr (text, USER));
  g_assert_null (strstr (text, "Lie"));
  test_swap_copy (self, swap);
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

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  swap = test_swap_open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  test_swap_run_well (self, swap);
  n_proofs = test_bench_count (self, "SELECT count(*) FROM proof");
  benk_session_fixture_undo (&self->base, &error);
  g_assert_no_error (error);
  /* The two change back together; what touched a device stays. */
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_READY);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM proof"), ==, n_proofs);
  test_swap_assert_safe (self);
}

static BenkChecklist *
open_list (BenkSwap *swap)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklist *list;

  benk_swap_open_checklist_async (swap, NULL, benk_session_fixture_keep, &result);
  list = benk_swap_open_checklist_finish (swap, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return list;
}

static void
test_by_checklist (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkChecklist) list = NULL;

  test_swap_start_operation (self);
  test_swap_add_new (self, FALSE);
  swap = test_swap_open_swap (self);
  benk_swap_set_by_checklist (swap, TRUE);
  benk_swap_set_medicine_by (swap, NURSE);
  list = open_list (swap);
  test_swap_run_well (self, swap);
  test_swap_assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
  test_swap_assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_STOCK);

  benk_checklist_fixture_tick_all (list);
  test_swap_run_well (self, swap);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM device d JOIN person p ON p.id ="
                            " d.person_id WHERE d.state = 'operation' AND p.reference ="
                            " '" USER "'"),
    ==, 1);
  test_swap_assert_safe (self);
}

/* The program ends in the middle; the next one shows what is done and goes on. */
static void
test_goes_on_after_a_break (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkSwap) again = NULL;

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  swap = test_swap_open_swap (self);
  benk_swap_line_set_ticked (benk_swap_get_line (swap, BENK_SWAP_RETURN), FALSE);
  /* Nobody says who moved the medicine: the settings are in, the rest waits. */
  test_swap_run_well (self, swap);
  test_swap_assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_DONE);
  test_swap_assert_line (swap, BENK_SWAP_MEDICINE, BENK_SWAP_NOT_DONE);
  test_swap_assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_READY);
  test_swap_assert_safe (self);
  g_clear_object (&swap);

  again = test_swap_open_swap (self);
  g_assert_true (benk_swap_is_begun (again));
  test_swap_assert_line (again, BENK_SWAP_SETTINGS, BENK_SWAP_DONE);
  test_swap_assert_line (again, BENK_SWAP_MEDICINE, BENK_SWAP_WILL);
  g_assert_false (
    benk_swap_line_is_ticked (benk_swap_get_line (again, BENK_SWAP_RETURN)));
  benk_swap_set_medicine_by (again, NURSE);
  test_swap_run_well (self, again);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 1);
  test_swap_copy (self, again);
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

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (transfers); i++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect-after@%u", transfers[i]);

      if (test_swap_get_state (self, OLD) != BENK_DEVICE_STATE_OPERATION)
        break;
      test_swap_plug_new (self, fault);
      g_clear_object (&swap);
      swap = test_swap_open_swap (self);
      benk_swap_set_medicine_by (swap, NURSE);
      test_swap_run_well (self, swap);
      n_cases++;
      test_swap_assert_safe (self);
      if (test_swap_get_state (self, NEW) == BENK_DEVICE_STATE_PREPARING)
        {
          g_assert_cmpint (test_swap_get_state (self, OLD), ==,
                           BENK_DEVICE_STATE_OPERATION);
          test_swap_assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
          g_assert_nonnull (
            benk_swap_line_get_detail (benk_swap_get_line (swap, BENK_SWAP_SETTINGS)));
        }
      test_swap_plug_new (self, NULL);
      test_bench_wait_until (self, is_settled, self);
    }
  g_test_message ("%u cables pulled", n_cases);
  g_assert_cmpuint (n_cases, >=, 5);
  if (test_swap_get_state (self, OLD) == BENK_DEVICE_STATE_OPERATION)
    {
      g_clear_object (&swap);
      swap = test_swap_open_swap (self);
      benk_swap_set_medicine_by (swap, NURSE);
      test_swap_run_well (self, swap);
    }
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  test_swap_assert_safe (self);
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

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkSwap) swap = test_swap_open_swap (self);
      BenkSwapPart told = rows[i].left_out == BENK_SWAP_QUARANTINE ? BENK_SWAP_TAKE_OVER
                                                                   : BENK_SWAP_QUARANTINE;
      const char *detail;

      for (guint k = 0; k < BENK_N_SWAP_PARTS; k++)
        benk_swap_line_set_ticked (benk_swap_get_line (swap, (BenkSwapPart) k),
                                   k != rows[i].left_out);
      benk_swap_set_medicine_by (swap, NURSE);
      test_swap_run_well (self, swap);
      detail = benk_swap_line_get_detail (benk_swap_get_line (swap, told));
      g_assert_nonnull (detail);
      if (strstr (detail, rows[i].refused) == NULL)
        g_error ("%u: %s", rows[i].left_out, detail);
      g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_OPERATION);
      g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==,
                       0);
      test_swap_assert_safe (self);
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

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  third = benk_session_fixture_add (&self->base, "MED-7003", BENK_DEVICE_STATE_STOCK);
  test_swap_attest (self, third, BENK_FACT_ADAPTER_PRESENT, NULL, NULL);
  benk_session_fixture_prove_reset (&self->base, third, BENK_LINK_KIND_CHECKLIST);
  session = open_other_window (self);
  here = test_swap_open_swap (self);
  there = test_swap_try_open (self, session, NEW, &error);
  g_assert_no_error (error);
  other = test_swap_try_open (self, session, "MED-7003", &error);
  g_assert_no_error (error);
  benk_swap_set_medicine_by (here, NURSE);
  test_swap_run_well (self, here);
  /* One that still shows the old state changes nothing twice. */
  benk_swap_set_medicine_by (there, NURSE);
  test_swap_run_well (self, there);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM journal WHERE verb ="
                                           " 'swap'"),
                   ==, 1);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM return_case"), ==, 1);
  benk_swap_set_medicine_by (other, NURSE);
  g_assert_false (test_swap_run (self, other, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (test_swap_get_state (self, "MED-7003"), ==, BENK_DEVICE_STATE_STOCK);
  test_swap_assert_safe (self);
}

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static char *
describe_card (TestBenchFixture *self, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, serial);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;

  benk_inventory_load_async (self->base.inventory, benk_device_get_id (device), NULL,
                             benk_session_fixture_keep, &result);
  card = benk_inventory_load_finish (self->base.inventory, BENK_AWAIT (result), NULL);
  g_assert_nonnull (card);
  return g_strdup (benk_device_card_get_sentence (card));
}

/* It is the user's trial: with the other device its days go on, and so it may end. */
static void
assert_days_go_on (TestBenchFixture *self)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, NEW);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  test_swap_attest (self, device, BENK_FACT_EVALUATION, NULL, NULL);
  test_swap_attest (self, device, BENK_FACT_SETTINGS_DOCUMENTED, NULL, NULL);
  test_swap_attest (self, device, BENK_FACT_HANDED_OVER, NULL, NULL);
  benk_session_fixture_advance (&self->base, DAY_MS);
  g_assert_false (benk_session_fixture_set_state (&self->base, device,
                                                  BENK_DEVICE_STATE_OPERATION, NULL,
                                                  &error));
  g_assert_nonnull (strstr (error->message, "least number of days"));
  benk_session_fixture_advance (&self->base, DAY_MS);
  sentence = describe_card (self, NEW);
  g_assert_nonnull (strstr (sentence, "day 8 of the user's trial"));
  test_swap_move (self, device, BENK_DEVICE_STATE_OPERATION);
}

static void
test_trial_goes_on (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;

  test_swap_start_trial (self);
  benk_session_fixture_advance (&self->base, 5 * DAY_MS);
  test_swap_add_new (self, TRUE);
  swap = test_swap_open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  test_swap_run_well (self, swap);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_TRIAL);
  test_swap_assert_safe (self);
  assert_days_go_on (self);
}

/* A unit that was declared faulty first comes from regular use all the same. */
static void
test_faulty_one (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkSwap) swap = NULL;

  test_swap_start_operation (self);
  test_swap_add_new (self, TRUE);
  test_swap_attest (self, self->card, BENK_FACT_USER_COVERED, NULL, NULL);
  test_swap_move (self, self->card, BENK_DEVICE_STATE_FAULTY);
  swap = test_swap_open_swap (self);
  benk_swap_set_medicine_by (swap, NURSE);
  test_swap_run_well (self, swap);
  test_swap_assert_line (swap, BENK_SWAP_ALARMS, BENK_SWAP_NOTHING);
  g_assert_cmpstr (benk_swap_line_get_label (benk_swap_get_line (swap, BENK_SWAP_ALARMS)),
                   ==, "MED-7001 has no open alarm to close");
  g_assert_cmpint (test_swap_get_state (self, NEW), ==, BENK_DEVICE_STATE_OPERATION);
  g_assert_cmpint (test_swap_get_state (self, OLD), ==, BENK_DEVICE_STATE_QUARANTINE);
  test_swap_assert_safe (self);
}

static void
test_refusals (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkSwap) swap = NULL;
  g_autoptr (BenkDevice) dirty = NULL;

  /* On the shelf there is nothing to swap. */
  g_assert_null (test_swap_try_open (self, self->base.session, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  test_swap_start_operation (self);
  g_assert_null (test_swap_try_open (self, self->base.session, OLD, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  swap = test_swap_open_swap (self);
  g_assert_null (benk_swap_get_chosen (swap));
  g_assert_false (test_swap_run (self, swap, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&swap);
  /* A device whose reset is not proven takes over from nobody. */
  dirty = benk_session_fixture_add (&self->base, "MED-7009", BENK_DEVICE_STATE_STOCK);
  swap = test_swap_try_open (self, self->base.session, "MED-7009", &error);
  g_assert_no_error (error);
  g_assert_false (benk_swap_choice_is_possible (benk_swap_get_chosen (swap)));
  g_assert_nonnull (strstr (benk_swap_choice_get_difference (benk_swap_get_chosen (swap)),
                            "reset is not proven"));
  g_assert_false (test_swap_run (self, swap, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 0);
  test_swap_assert_safe (self);
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
    test_swap_attest (self, self->card, arrival[i], NULL, NULL);
  test_swap_move (self, self->card, BENK_DEVICE_STATE_STOCK);
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
  test_swap_run_well (self, swap);
  test_swap_assert_line (swap, BENK_SWAP_SETTINGS, BENK_SWAP_NOT_DONE);
  g_assert_nonnull (
    strstr (benk_swap_line_get_detail (benk_swap_get_line (swap, BENK_SWAP_SETTINGS)),
            "not valid as proof"));
  test_swap_assert_line (swap, BENK_SWAP_TAKE_OVER, BENK_SWAP_NOT_DONE);
  g_assert_cmpint (test_swap_get_state (self, SERIAL), ==, BENK_DEVICE_STATE_STOCK);
  g_assert_cmpint (test_swap_get_state (self, "MED-7100"), ==,
                   BENK_DEVICE_STATE_OPERATION);
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

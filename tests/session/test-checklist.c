/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-fixture.h"

#include <string.h>

#include "benk-device-card.h"
#include "benk-error.h"
#include "benk-plans.h"
#include "benk-returns.h"

static const char *const models[] = { "medido", "evondos-e300", "mini-evondos",
                                      "pilly-sms" };

static const struct
{
  BenkTask task;
  BenkDeviceState before;
  BenkDeviceState after;
  const char *run;
  const char *proof;
} tasks[] = {
  { BENK_TASK_RECEIVE, BENK_DEVICE_STATE_RECEIVED, BENK_DEVICE_STATE_STOCK, "checklist",
    NULL },
  { BENK_TASK_MAKE_READY, BENK_DEVICE_STATE_STOCK, BENK_DEVICE_STATE_READY, "provision",
    "ready" },
  { BENK_TASK_SWAP, BENK_DEVICE_STATE_STOCK, BENK_DEVICE_STATE_READY, "provision",
    "ready" },
  { BENK_TASK_SETTINGS, BENK_DEVICE_STATE_OPERATION, BENK_DEVICE_STATE_OPERATION,
    "settings", NULL },
  { BENK_TASK_RESET, BENK_DEVICE_STATE_QUARANTINE, BENK_DEVICE_STATE_RESET, "reset",
    "reset" },
  { BENK_TASK_COLLECT, BENK_DEVICE_STATE_TO_COLLECT, BENK_DEVICE_STATE_QUARANTINE,
    "checklist", NULL },
  { BENK_TASK_NO_ANSWER, BENK_DEVICE_STATE_QUARANTINE, BENK_DEVICE_STATE_FAULTY,
    "checklist", NULL },
};

/* Every make, every task: the run and the proof a cable job would give, marked. */
static void
test_every_make_and_task (BenkSessionFixture *self, gconstpointer unused)
{
  guint n = 0;

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (gsize t = 0; t < G_N_ELEMENTS (tasks); t++)
      {
        g_autofree char *serial = g_strdup_printf ("S-%u-%u", (guint) m, (guint) t);
        g_autofree char *reference = g_strdup_printf ("Ref-%u-%u", (guint) m, (guint) t);
        g_autoptr (BenkDevice) device =
          benk_checklist_fixture_put (self, models[m], serial, tasks[t].before);
        g_autofree char *sentence = NULL;
        g_autofree char *runs = NULL;
        g_autofree char *proofs = NULL;
        gboolean ready = tasks[t].before == BENK_DEVICE_STATE_STOCK;

        if (ready)
          benk_session_fixture_prove_reset (self, device, BENK_LINK_KIND_CHECKLIST);
        benk_session_fixture_advance (self, 1000);
        sentence = benk_checklist_fixture_do (self->session, tasks[t].task, device,
                                              ready ? reference : NULL);
        g_assert_true (
          g_str_has_prefix (sentence, "Done by checklist, not read from the dispenser"));
        g_assert_cmpint (benk_checklist_fixture_get_state (self, serial), ==,
                         tasks[t].after);
        runs = g_strdup_printf (
          "SELECT count(*) FROM run r JOIN device d ON d.id = r.device_id WHERE d.serial "
          "="
          " '%s' AND r.kind = '%s' AND r.link_kind = 'checklist' AND r.outcome ="
          " 'verified' AND instr (r.reading, '\"version\"') AND instr (r.reading,"
          " '\"staff\"') AND NOT instr (r.reading, 'KA')",
          serial, tasks[t].run);
        g_assert_cmpint (benk_session_fixture_count (self, runs), ==, 1);
        proofs = g_strdup_printf (
          "SELECT count(*) FROM proof p JOIN run r ON r.id = p.run_id JOIN device d ON"
          " d.id = p.device_id WHERE d.serial = '%s' AND p.link_kind = 'checklist' AND"
          " p.kind = '%s'",
          serial, tasks[t].proof != NULL ? tasks[t].proof : "none");
        g_assert_cmpint (benk_session_fixture_count (self, proofs), ==,
                         tasks[t].proof != NULL ? 1 : 0);
        n++;
      }
  g_test_message ("%u lists", n);
}

/* Without any one step there is no run, no proof, and what is ticked is kept. */
static void
test_no_proof_without_every_step (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_RESET, device, NULL);
  guint n = benk_checklist_get_work (list)->form->steps->len;
  guint n_cases = 0;

  benk_checklist_fixture_tick_all (list);
  for (guint mask = 1; mask < 1u << n; mask = mask * 2 + (mask % 3 == 1))
    {
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n; i++)
        {
          const BenkChecklistWork *work = benk_checklist_get_work (list);
          g_autofree char *id =
            g_strdup (((BenkFormStep *) work->form->steps->pdata[i])->id);

          benk_checklist_fixture_set (list, id, (mask & 1u << i) == 0);
        }
      g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "S-1"));
      g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run"), ==,
                       0);
      g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM proof"),
                       ==, 0);
      n_cases++;
    }
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_QUARANTINE);
  g_test_message ("%u incomplete lists refused", n_cases);
}

/* Each kind of step asks for its own. */
static void
test_steps_ask_for_what_they_need (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  const BenkChecklistTick bad[] = {
    { .step = (char *) "fault-described", .done = TRUE },
    { .step = (char *) "fault-described", .done = TRUE, .value = (char *) "   " },
    { .step = (char *) "second-person-states",
      .done = TRUE,
      .value = (char *) "no name" },
    { .step = (char *) "fault-evidence", .done = TRUE },
    { .step = (char *) "polish", .done = TRUE },
    { .step = (char *) "attempt-1", .done = TRUE, .note = (char *) "15507600090" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (benk_checklist_fixture_tick (list, NULL, &bad[i], &error));
      g_assert_nonnull (error);
    }
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_tick"),
                   ==, 0);
}

/* G-RESET-X: three attempts, reason, second person, evidence, mark; never a proof. */
static void
test_device_that_does_not_answer (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autofree char *sentence =
    benk_checklist_fixture_do (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (BenkReturnCase) row = NULL;
  g_autoptr (GError) error = NULL;
  BenkReturns *returns = benk_session_get_returns (self->session);

  g_assert_nonnull (strstr (sentence, "not reset"));
  g_assert_nonnull (strstr (sentence, "may contain personal data"));
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM proof"), ==,
                   0);
  g_assert_cmpint (
    benk_session_fixture_count (
      self, "SELECT count(*) FROM fact f JOIN note r ON r.id = f.ref_id JOIN note s ON"
            " s.id = f.stated_by_id WHERE f.kind = 'reset-impossible' AND r.text ="
            " 'value typed' AND s.text = 'Nurse Named'"),
    ==, 1);
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM fact WHERE kind ="
                                               " 'personal-data-marked'"),
                   ==, 1);

  /* The exception lets it be returned, and nothing else. */
  benk_returns_open_async (returns, benk_device_get_id (device), "Dignio", "dead", NULL,
                           benk_session_fixture_keep, &opened);
  row = benk_returns_open_finish (returns, BENK_AWAIT (opened), &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_RMA_REQUESTED);
}

static gboolean
attest_dead (BenkSessionFixture *self, BenkDevice *device, GError **error)
{
  return benk_session_fixture_attest (self, device, BENK_FACT_RESET_IMPOSSIBLE,
                                      "dark display", "Nurse Named", error);
}

static void
must_refuse_dead (BenkSessionFixture *self, BenkDevice *device, const char *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (attest_dead (self, device, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, said));
  g_assert_nonnull (strstr (error->message, "Does not answer"));
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM fact"), ==, 0);
}

/* Ticks of a list, its newest row each, are attempts; those of a dropped list are none.
 */
static void
test_attested_dead_needs_ticks (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (BenkChecklist) dropped =
    benk_checklist_fixture_start (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  must_refuse_dead (self, device, "Only 0 of 3");
  benk_checklist_fixture_set (dropped, "attempt-1", TRUE);
  benk_checklist_fixture_set (dropped, "attempt-2", TRUE);
  must_refuse_dead (self, device, "Only 2 of 3");
  benk_checklist_drop_async (dropped, "wrong device", NULL, benk_session_fixture_keep,
                             &result);
  g_assert_true (
    benk_checklist_change_finish (dropped, BENK_AWAIT (result), NULL, &error));
  must_refuse_dead (self, device, "Only 0 of 3");

  list = benk_checklist_fixture_start (self->session, BENK_TASK_NO_ANSWER, device, NULL);
  benk_checklist_fixture_set (list, "attempt-1", TRUE);
  benk_checklist_fixture_set (list, "attempt-2", TRUE);
  benk_checklist_fixture_set (list, "attempt-3", TRUE);
  benk_checklist_fixture_set (list, "attempt-2", FALSE);
  must_refuse_dead (self, device, "Only 2 of 3");
  benk_checklist_fixture_set (list, "attempt-2", TRUE);
  g_assert_true (attest_dead (self, device, &error));
  g_assert_no_error (error);
}

/* Jobs that tried to reset it are attempts; one that only played is none. */
static void
test_attested_dead_needs_runs (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_FAULTY);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    benk_session_fixture_fail_reset (self, device, BENK_LINK_KIND_SIMULATED);
  must_refuse_dead (self, device, "Only 0 of 3");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *said = g_strdup_printf ("Only %u of 3", i);

      must_refuse_dead (self, device, said);
      benk_session_fixture_fail_reset (self, device, BENK_LINK_KIND_USB);
    }
  g_assert_true (attest_dead (self, device, &error));
  g_assert_no_error (error);
}

static void
test_allowed_states (BenkSessionFixture *self, gconstpointer unused)
{
  static const struct
  {
    BenkTask task;
    BenkDeviceState state;
  } refused[] = {
    { BENK_TASK_RESET, BENK_DEVICE_STATE_OPERATION },
    { BENK_TASK_RESET, BENK_DEVICE_STATE_TRIAL },
    { BENK_TASK_SETTINGS, BENK_DEVICE_STATE_STOCK },
    { BENK_TASK_MAKE_READY, BENK_DEVICE_STATE_OPERATION },
    { BENK_TASK_MAKE_READY, BENK_DEVICE_STATE_QUARANTINE },
    { BENK_TASK_SWAP, BENK_DEVICE_STATE_READY },
    { BENK_TASK_NO_ANSWER, BENK_DEVICE_STATE_STOCK },
    { BENK_TASK_NO_ANSWER, BENK_DEVICE_STATE_OPERATION },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *serial = g_strdup_printf ("S-%u", (guint) i);
      g_autoptr (BenkDevice) device =
        benk_checklist_fixture_put (self, "medido", serial, refused[i].state);
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_checklist_fixture_try_start (self->session, refused[i].task,
                                                       &device, 1, "Ref-1", &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
    }
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_work"),
                   ==, 0);
}

/* From the first step that leaves something of a user, the device is no longer stock. */
static void
test_make_ready_leaves_the_shelf (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;
  BenkChecklistTick tick = { .step = (char *) "vendor-activates", .done = TRUE };

  list =
    benk_checklist_fixture_start (self->session, BENK_TASK_MAKE_READY, device, "Ref-1");
  benk_checklist_fixture_set (list, "reset-before", TRUE);
  benk_checklist_fixture_set (list, "adapter-present", TRUE);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_STOCK);

  /* Nobody is let near a user with what was not wiped. */
  g_assert_false (benk_checklist_fixture_tick (list, NULL, &tick, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "reset is not proven"));
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_STOCK);

  benk_session_fixture_prove_reset (self, device, BENK_LINK_KIND_CHECKLIST);
  benk_checklist_fixture_set (list, "vendor-activates", TRUE);
  g_assert_cmpint (benk_checklist_fixture_get_state (self, "S-1"), ==,
                   BENK_DEVICE_STATE_PREPARING);
}

static void
save_plan (BenkSessionFixture *self, const char *reference, guint minute)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlanVersion) saved = NULL;
  BenkDoseTime dose = {
    .minute = minute, .weekdays = BENK_WEEKDAYS_ALL, .after_min = 60, .alarm = TRUE
  };

  benk_plan_add_dose (plan, &dose);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 15);
  benk_plan_add_recipient (plan, "coordinator", BENK_DUTY_PERIODS_ALL);
  benk_plans_save_async (benk_session_get_plans (self->session), reference, plan, NULL,
                         benk_session_fixture_keep, &result);
  saved = benk_plans_find_finish (benk_session_get_plans (self->session),
                                  BENK_AWAIT (result), &error);
  g_assert_no_error (error);
}

/* The list names the user and the plan it was compared with; a plan that was changed
 * meanwhile is compared again. */
static void
test_make_ready_names_user_and_plan (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkChecklist) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  benk_session_fixture_prove_reset (self, device, BENK_LINK_KIND_CHECKLIST);
  save_plan (self, "Ref-1", 8 * 60);
  benk_session_fixture_advance (self, 1000);
  list =
    benk_checklist_fixture_start (self->session, BENK_TASK_MAKE_READY, device, "Ref-1");
  words = benk_checklist_describe_plan (list);
  g_assert_cmpstr (words, ==, "For user Ref-1. Compare with the plan: 08:00");
  benk_checklist_fixture_tick_all (list);

  benk_session_fixture_advance (self, 1000);
  save_plan (self, "Ref-1", 9 * 60);
  g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "plan of the user was changed"));
  g_clear_error (&error);

  benk_checklist_fixture_set (list, "read-out-settings", FALSE);
  benk_checklist_fixture_set (list, "read-out-settings", TRUE);
  benk_checklist_fixture_complete (list, &sentence, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (sentence, "By the plan the next dose is"));
  g_assert_nonnull (strstr (sentence, "09:00"));
  g_assert_cmpint (benk_session_fixture_count (
                     self, "SELECT count(*) FROM run r JOIN plan p ON p.id = r.plan_id"
                           " JOIN person u ON u.id = p.person_id WHERE u.reference ="
                           " 'Ref-1'"),
                   ==, 1);
}

static void
test_settings_tell_the_next_dose (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_OPERATION);
  g_autofree char *sentence =
    benk_checklist_fixture_do (self->session, BENK_TASK_SETTINGS, device, NULL);

  g_assert_nonnull (strstr (sentence, "Told about the next dose: value typed."));
  /* What was typed is in the erasable notes only. */
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run WHERE"
                                                     " instr (detail, 'value typed')"),
                   ==, 0);
}

static void
test_dropped_lists_give_nothing (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_checklist_fixture_put (self, "medido", "S-1", BENK_DEVICE_STATE_QUARANTINE);
  g_autoptr (BenkChecklist) list =
    benk_checklist_fixture_start (self->session, BENK_TASK_RESET, device, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_checklist_fixture_tick_all (list);
  benk_checklist_drop_async (list, "wrong device", NULL, benk_session_fixture_keep,
                             &result);
  g_assert_true (benk_checklist_change_finish (list, BENK_AWAIT (result), NULL, &error));
  g_assert_false (benk_checklist_fixture_complete (list, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM proof"), ==,
                   0);
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_tick"),
                   ==, 7);
}

/* Ticks, results and decisions are corrected by a new row, never undone. */
static void
test_nothing_is_undone (BenkSessionFixture *self, gconstpointer unused)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (self, "S-1", BENK_DEVICE_STATE_RECEIVED);
  g_autofree char *done =
    benk_checklist_fixture_do (self->session, BENK_TASK_RECEIVE, device, NULL);
  g_autoptr (GError) error = NULL;
  gint64 ticks = benk_session_fixture_count (self, "SELECT count(*) FROM checklist_tick");
  gboolean undone = benk_session_fixture_undo (self, &error);

  g_assert_nonnull (done);
  g_assert_false (undone);
  g_assert_cmpint (benk_session_fixture_count (self,
                                               "SELECT count(*) FROM checklist_tick"),
                   ==, ticks);
  g_assert_cmpint (benk_session_fixture_count (self, "SELECT count(*) FROM run"), ==, 1);
}

static void
tear_down (BenkSessionFixture *self, gconstpointer unused)
{
  benk_checklist_fixture_remove_photos (self);
  benk_session_fixture_tear_down (self, NULL);
}

#define ADD(name, func)                                                                  \
  g_test_add ("/session/checklist/" name, BenkSessionFixture, NULL,                      \
              benk_session_fixture_set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("every-make-and-task", test_every_make_and_task);
  ADD ("no-proof-without-every-step", test_no_proof_without_every_step);
  ADD ("steps-ask-for-what-they-need", test_steps_ask_for_what_they_need);
  ADD ("device-that-does-not-answer", test_device_that_does_not_answer);
  ADD ("attested-dead-needs-ticks", test_attested_dead_needs_ticks);
  ADD ("attested-dead-needs-runs", test_attested_dead_needs_runs);
  ADD ("allowed-states", test_allowed_states);
  ADD ("make-ready-leaves-the-shelf", test_make_ready_leaves_the_shelf);
  ADD ("make-ready-names-user-and-plan", test_make_ready_names_user_and_plan);
  ADD ("settings-tell-the-next-dose", test_settings_tell_the_next_dose);
  ADD ("dropped-lists-give-nothing", test_dropped_lists_give_nothing);
  ADD ("nothing-is-undone", test_nothing_is_undone);

  return g_test_run ();
}

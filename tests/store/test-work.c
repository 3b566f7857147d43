/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-table-alarm-step.h"
#include "benk-table-feed.h"
#include "benk-table-fixture.h"
#include "benk-table-outbox.h"
#include "benk-table-owed-task.h"
#include "benk-table-person.h"
#include "benk-table-plan.h"
#include "benk-table-proof.h"
#include "benk-table-return.h"
#include "benk-table-run.h"
#include "benk-table-staff.h"

static void
add_run (BenkStoreFixture *fixture,
         BenkDevice *device,
         BenkRunKind kind,
         BenkRunOutcome outcome,
         gboolean proof,
         BenkLinkKind link_kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkRun) run = benk_run_new ();
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_RUN);

  benk_fake_clock_advance (BENK_FAKE_CLOCK (fixture->clock), 1000);
  benk_run_set_device_id (run, benk_device_get_id (device));
  benk_run_set_kind (run, kind);
  benk_run_set_outcome (run, outcome);
  benk_run_set_link_kind (run, link_kind);
  benk_run_set_started_ms (run, benk_clock_get_wall_ms (fixture->clock) - 10);
  benk_run_set_ended_ms (run, benk_clock_get_wall_ms (fixture->clock));
  benk_table_run_insert (fixture->db, run, "table 1: equal", &error);
  g_assert_no_error (error);
  if (proof)
    {
      g_autoptr (BenkProof) row = benk_proof_new ();

      benk_proof_set_device_id (row, benk_device_get_id (device));
      benk_proof_set_kind (row, kind == BENK_RUN_KIND_RESET ? BENK_PROOF_KIND_RESET
                                                            : BENK_PROOF_KIND_READY);
      benk_proof_set_link_kind (row, link_kind);
      benk_proof_set_run_id (row, benk_run_get_id (run));
      benk_table_proof_insert (fixture->db, row, &error);
      g_assert_no_error (error);
    }
  benk_table_fixture_commit (scope);
}

static gboolean
is_reset_proven (BenkStoreFixture *fixture, const char *serial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device = benk_table_fixture_read_device (fixture, serial);
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (fixture->db, benk_device_get_id (device), &error);

  g_assert_no_error (error);
  g_assert_true (benk_device_get_reset_proven (device) ==
                 benk_lifecycle_view_is_reset_proven (view));

  return benk_device_get_reset_proven (device);
}

static void
test_reset_proven (BenkStoreFixture *fixture, gconstpointer demo)
{
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  gboolean simulated_counts = GPOINTER_TO_INT (demo);

  g_assert_false (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_IMPORTED);
  g_assert_false (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_SIMULATED);
  g_assert_true (is_reset_proven (fixture, "S1") == simulated_counts);
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_CHECKLIST);
  g_assert_true (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_READ, BENK_RUN_OUTCOME_VERIFIED, FALSE,
           BENK_LINK_KIND_USB);
  add_run (fixture, device, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_UNTOUCHED, FALSE,
           BENK_LINK_KIND_USB);
  g_assert_true (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_UNKNOWN, FALSE,
           BENK_LINK_KIND_USB);
  g_assert_false (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);
  g_assert_true (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_CHECKLIST);
  g_assert_false (is_reset_proven (fixture, "S1"));
}

/* The clock was a year ahead when the device was reset, and it was in use since. */
static void
test_clock_that_was_ahead (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_TRIAL);
  BenkFakeClock *clock = BENK_FAKE_CLOCK (fixture->clock);
  BenkScope *scope;

  benk_fake_clock_set_wall (clock, FIXTURE_WALL_MS + G_GINT64_CONSTANT (31536000000));
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);
  g_assert_true (is_reset_proven (fixture, "S1"));

  benk_fake_clock_set_wall (clock, FIXTURE_WALL_MS + 1000);
  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_REMOVED);
  benk_table_fixture_attest (fixture, device, BENK_FACT_USER_COVERED);
  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  benk_device_change_state (fixture->db, benk_device_get_id (device),
                            BENK_DEVICE_STATE_QUARANTINE, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  g_assert_false (is_reset_proven (fixture, "S1"));
}

/* What comes first stands in the change log. A laptop whose clock was a year ahead for a
 * day is neither to be stuck afterwards nor to count what came before a use. */
static void
test_clock_that_jumps (BenkStoreFixture *fixture, gconstpointer forward)
{
  gint64 year = G_GINT64_CONSTANT (31536000000);
  gint64 other = FIXTURE_WALL_MS + (GPOINTER_TO_INT (forward) ? year : -year);
  BenkFakeClock *clock = BENK_FAKE_CLOCK (fixture->clock);
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);

  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);
  benk_fake_clock_set_wall (clock, other);
  g_assert_true (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_UNKNOWN, FALSE,
           BENK_LINK_KIND_USB);
  g_assert_false (is_reset_proven (fixture, "S1"));

  benk_fake_clock_set_wall (clock, FIXTURE_WALL_MS + 60000);
  g_assert_false (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);
  g_assert_true (is_reset_proven (fixture, "S1"));
  add_run (fixture, device, BENK_RUN_KIND_PROVISION, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);
  g_assert_false (is_reset_proven (fixture, "S1"));
}

static void
test_wiped_is_not_ready (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_READY);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  BenkScope *scope;

  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) REASON);
  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED);
  benk_table_fixture_prove_ready (fixture, device);
  add_run (fixture, device, BENK_RUN_KIND_RESET, BENK_RUN_OUTCOME_VERIFIED, TRUE,
           BENK_LINK_KIND_USB);

  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  g_assert_false (benk_device_change_state (fixture->db, benk_device_get_id (device),
                                            BENK_DEVICE_STATE_TRIAL, reasons, 0, NULL,
                                            &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  benk_scope_free (scope);
}

static void
test_guards_in_the_scope (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_READY);
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) owed = NULL;
  const BenkId *id = benk_device_get_id (device);
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);

  g_assert_false (benk_device_change_state (fixture->db, id, BENK_DEVICE_STATE_TRIAL,
                                            NULL, 0, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "have not loaded the medicine"));
  g_clear_error (&error);
  benk_scope_free (scope);

  benk_table_fixture_attest (fixture, device, BENK_FACT_MEDICINE_LOADED);
  benk_table_fixture_prove_ready (fixture, device);
  scope = benk_table_fixture_begin (fixture, BENK_VERB_SET_STATE);
  g_assert_false (benk_device_change_state (fixture->db, id, BENK_DEVICE_STATE_TRIAL,
                                            NULL, 0, NULL, &error));
  g_clear_error (&error);
  g_hash_table_insert (reasons, (gpointer) "*", (gpointer) REASON);
  g_assert_true (benk_device_change_state (fixture->db, id, BENK_DEVICE_STATE_TRIAL,
                                           reasons, 0, NULL, &error));
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  owed = benk_table_owed_task_list (fixture->db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (owed->len, ==, 5);
  g_assert_cmpstr (((BenkOwedTask *) g_ptr_array_index (owed, 0))->reason, ==, REASON);
  g_assert_cmpint (((BenkOwedTask *) g_ptr_array_index (owed, 0))->due_ms, >,
                   FIXTURE_WALL_MS);
  /* By time, and what is due at one instant by name. */
  for (guint i = 1; i < owed->len; i++)
    {
      const BenkOwedTask *a = g_ptr_array_index (owed, i - 1);
      const BenkOwedTask *b = g_ptr_array_index (owed, i);

      g_assert_true (a->due_ms < b->due_ms ||
                     (a->due_ms == b->due_ms && strcmp (a->guard, b->guard) < 0));
    }

  scope = benk_table_fixture_begin (fixture, BENK_VERB_OWED_DONE);
  g_assert_true (benk_table_owed_task_set_done (
    fixture->db, &((BenkOwedTask *) g_ptr_array_index (owed, 0))->id, &error));
  g_assert_false (benk_table_owed_task_set_done (
    fixture->db, &((BenkOwedTask *) g_ptr_array_index (owed, 0))->id, &error));
  g_clear_error (&error);
  benk_table_fixture_commit (scope);
}

static void
test_alarm (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkAlarm) alarm = benk_table_fixture_add_alarm (fixture, device);
  g_autoptr (BenkAlarm) read = NULL;
  g_autoptr (BenkStaff) staff = benk_staff_new ();
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  const BenkId *id = benk_alarm_get_id (alarm);
  BenkScope *scope;
  BenkId step;
  guint n_open;

  read = benk_table_alarm_get (fixture->db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (benk_alarm_get_serial (read), ==, "S1");
  g_assert_cmpstr (benk_alarm_get_code_text (read), ==, SOURCE_TEXT);
  g_assert_cmpint (benk_alarm_get_severity (read), ==, 30);
  g_assert_cmpint (benk_alarm_get_via (read), ==, BENK_ALARM_VIA_PORTAL);
  g_assert_cmpint (benk_alarm_get_received_ms (read), ==, FIXTURE_WALL_MS);
  g_assert_cmpint (benk_alarm_get_opened_ms (read), ==, 0);
  g_assert_cmpint (benk_alarm_get_take_deadline_ms (read), ==, FIXTURE_WALL_MS + 60000);
  g_assert_cmpint (benk_alarm_get_resolve_deadline_ms (read), ==, 0);
  g_assert_true (benk_alarm_get_deadlines_proposed (read));
  g_clear_object (&read);

  scope = benk_table_fixture_begin (fixture, BENK_VERB_CLOSE);
  benk_staff_set_initials (staff, "KA");
  benk_staff_set_name (staff, "Kari");
  benk_table_staff_insert (fixture->db, staff, &error);
  benk_table_alarm_take (fixture->db, id, benk_staff_get_id (staff), &error);
  benk_table_alarm_close (fixture->db, id, BENK_ALARM_STATUS_CLOSED, "roll", "visit",
                          CONFIRMED_BY, &error);
  benk_table_alarm_step_insert (fixture->db, id, "closed", "here", 0, REASON, &step,
                                &error);
  benk_table_outbox_insert (fixture->db, &step, id, &step, "followup", &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  read = benk_table_alarm_get (fixture->db, id, &error);
  g_assert_cmpint (benk_alarm_get_status (read), ==, BENK_ALARM_STATUS_CLOSED);
  g_assert_cmpstr (benk_alarm_get_taken_by (read), ==, "KA");
  g_assert_cmpstr (benk_alarm_get_cause (read), ==, "roll");
  g_assert_cmpint (benk_alarm_get_followup (read), ==, BENK_FOLLOWUP_QUEUED);
  open = benk_table_alarm_list_open (fixture->db, &error);
  g_assert_cmpuint (open->len, ==, 0);
  benk_table_alarm_count_open (fixture->db, NULL, &n_open, &error);
  g_assert_cmpuint (n_open, ==, 0);
  steps = benk_table_alarm_step_list (fixture->db, id, &error);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (((BenkAlarmStep *) g_ptr_array_index (steps, 0))->note, ==, REASON);
}

static void
test_return (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_RESET);
  g_autoptr (BenkReturnCase) row = benk_return_case_new ();
  g_autoptr (BenkReturnCase) read = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_RETURN_OPEN);

  benk_return_case_set_device_id (row, benk_device_get_id (device));
  benk_return_case_set_vendor (row, "Evondos AS");
  benk_return_case_set_reason (row, REASON);
  benk_return_case_set_deadline_ms (row, FIXTURE_WALL_MS + 1);
  benk_table_return_insert (fixture->db, row, NULL, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  read = benk_table_return_get_open (fixture->db, benk_device_get_id (device), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (benk_return_case_get_reason (read), ==, REASON);
  g_assert_cmpstr (benk_return_case_get_device_label (read), ==, "S1");

  scope = benk_table_fixture_begin (fixture, BENK_VERB_RETURN_STEP);
  benk_return_case_set_state (read, BENK_RETURN_STATE_CLOSED);
  benk_return_case_set_outcome (read, "repaired");
  benk_return_case_set_tracking (read, "ABC");
  benk_table_return_update (fixture->db, read, NOTE, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);

  open = benk_table_return_list (fixture->db, FALSE, &error);
  g_assert_cmpuint (open->len, ==, 0);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = benk_table_return_list (fixture->db, TRUE, &error);
  g_assert_cmpuint (open->len, ==, 1);
  steps =
    benk_table_return_list_steps (fixture->db, benk_return_case_get_id (row), &error);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpstr (((BenkReturnStep *) g_ptr_array_index (steps, 1))->note, ==, NOTE);
}

static void
check_faults (BenkStoreFixture *fixture, guint n_unread, guint n_in_part)
{
  g_autoptr (GPtrArray) feeds = benk_table_feed_list_with_faults (fixture->db, NULL);
  const BenkFeedRow *feed = g_ptr_array_index (feeds, 0);

  g_assert_cmpuint (feed->n_unread, ==, n_unread);
  g_assert_cmpuint (feed->n_in_part, ==, n_in_part);
  g_assert_cmpuint (feed->faults->len, ==, n_unread + n_in_part);
  for (guint i = 0; i < feed->faults->len; i++)
    {
      const BenkFeedFault *fault = g_ptr_array_index (feed->faults, i);

      g_assert_cmpstr (fault->path, ==, fault->in_part ? "$.odd" : "$.code");
      g_assert_cmpstr (fault->sha256, ==, fault->in_part ? "" : "ab");
      g_assert_cmpint (fault->length, ==, fault->in_part ? 0 : 9);
    }
}

static void
test_feed (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkFeedRow feed = { .name = (char *) "A", .url = (char *) "http://localhost/fhir" };
  g_autoptr (BenkFeedRow) read = NULL;
  benk_table_feed_insert (fixture->db, &feed, &error);
  feed.cursor = (char *) "2026-01-01";
  feed.answered_ms = 5;
  benk_table_feed_update (fixture->db, &feed, &error);
  g_assert_no_error (error);
  read = benk_table_feed_find (fixture->db, "A", &error);
  g_assert_cmpstr (read->cursor, ==, "2026-01-01");
  g_assert_cmpint (read->answered_ms, ==, 5);

  benk_table_feed_fault_set (fixture->db, &feed.id, "1", "7", NULL, "$.id", &error);
  benk_table_feed_fault_set (fixture->db, &feed.id, "1", "8", NULL,
                             "$.code length=9 sha256=ab", &error);
  benk_table_feed_fault_set (fixture->db, &feed.id, "2", "1", &feed.id, "$.odd", &error);
  check_faults (fixture, 1, 1);
  benk_table_feed_fault_set (fixture->db, &feed.id, "1", "9", NULL, NULL, &error);
  check_faults (fixture, 0, 1);
  benk_table_feed_fault_set (fixture->db, &feed.id, "2", "2", &feed.id, NULL, &error);
  g_assert_no_error (error);
  check_faults (fixture, 0, 0);
}

static void
test_plan (BenkStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_table_fixture_add_device (fixture, "S1", BENK_DEVICE_STATE_STOCK);
  g_autoptr (BenkPlanRow) plan = NULL;
  BenkScope *scope = benk_table_fixture_begin (fixture, BENK_VERB_PLAN);
  BenkId person, id;

  benk_table_person_ensure (fixture->db, REFERENCE, &person, &error);
  benk_table_plan_insert (fixture->db, &person, "times=480", 0, &id, &error);
  g_assert_no_error (error);
  benk_table_fixture_commit (scope);
  plan = benk_table_plan_get_of_person (fixture->db, &person, &error);
  g_assert_cmpstr (plan->body, ==, "times=480");
  g_assert_null (
    benk_table_plan_get_in_device (fixture->db, benk_device_get_id (device), &error));
  g_assert_no_error (error);
}

#define ADD(path, function)                                                              \
  g_test_add ("/store/work/" path, BenkStoreFixture, NULL, benk_store_fixture_set_up,    \
              function, benk_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/store/work/a-reset-is-proven-by-what-counts", BenkStoreFixture,
              GINT_TO_POINTER (FALSE), benk_store_fixture_set_up, test_reset_proven,
              benk_store_fixture_tear_down);
  g_test_add ("/store/work/a-simulated-reset-counts-in-a-demo-store", BenkStoreFixture,
              GINT_TO_POINTER (TRUE), benk_store_fixture_set_up_demo, test_reset_proven,
              benk_store_fixture_tear_down);
  ADD ("a-clock-that-was-ahead-proves-nothing", test_clock_that_was_ahead);
  g_test_add (
    "/store/work/what-comes-first-stands-in-the-log-whatever-the-clock-said/back",
    BenkStoreFixture, GINT_TO_POINTER (FALSE), benk_store_fixture_set_up,
    test_clock_that_jumps, benk_store_fixture_tear_down);
  g_test_add (
    "/store/work/what-comes-first-stands-in-the-log-whatever-the-clock-said/ahead",
    BenkStoreFixture, GINT_TO_POINTER (TRUE), benk_store_fixture_set_up,
    test_clock_that_jumps, benk_store_fixture_tear_down);
  ADD ("wiped-is-not-ready", test_wiped_is_not_ready);
  ADD ("guards-are-asked-in-the-scope", test_guards_in_the_scope);
  ADD ("an-alarm-comes-back-as-it-was", test_alarm);
  ADD ("a-return-comes-back-as-it-was", test_return);
  ADD ("a-feed-remembers-what-it-has-seen", test_feed);
  ADD ("a-plan-belongs-to-a-user", test_plan);

  return g_test_run ();
}

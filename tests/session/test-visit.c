/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <string.h>

#include "benk-alarms.h"
#include "benk-error.h"
#include "benk-visit.h"

#define NURSE "Anne Lie, nurse"

static BenkVisits *
get_visits (TestBenchFixture *self)
{
  return benk_session_get_visits (self->base.session);
}

static BenkVisit *
try_start (TestBenchFixture *self, const char *serial, BenkVisitKind kind, GError **error)
{
  g_autoptr (BenkDevice) device = benk_session_fixture_find (&self->base, serial);
  g_autoptr (GAsyncResult) result = NULL;

  benk_visits_start_async (get_visits (self), benk_device_get_id (device), kind, NULL,
                           benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_visits_start_finish (get_visits (self), result, error);
}

static BenkVisit *
start (TestBenchFixture *self, BenkVisitKind kind)
{
  g_autoptr (GError) error = NULL;
  BenkVisit *visit = try_start (self, SERIAL, kind, &error);

  g_assert_no_error (error);
  return visit;
}

static gboolean
try_tick (TestBenchFixture *self,
          BenkVisit *visit,
          const char *item,
          const char *text,
          const char *stated_by,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_visits_tick_async (get_visits (self), visit, item, text, stated_by, NULL,
                          benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_visits_tick_finish (get_visits (self), result, error);
}

static void
tick (TestBenchFixture *self,
      BenkVisit *visit,
      const char *item,
      const char *text,
      const char *stated_by)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_tick (self, visit, item, text, stated_by, &error));
  g_assert_no_error (error);
}

static gboolean
end (TestBenchFixture *self,
     BenkVisit *visit,
     gboolean done,
     const char *reason,
     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (done)
    benk_visits_done_async (get_visits (self), visit, reason, NULL,
                            benk_session_fixture_keep, &result);
  else
    benk_visits_leave_async (get_visits (self), visit, NULL, benk_session_fixture_keep,
                             &result);
  test_bench_await (self, &result);
  return benk_visits_end_finish (get_visits (self), result, error);
}

static BenkVisitItem *
get_item (BenkVisit *visit, const char *id)
{
  GListModel *items = benk_visit_get_items (visit);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkVisitItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (benk_visit_item_get_id (item), id))
        return item;
    }
  g_error ("there is no %s", id);
}

static void
assert_item (BenkVisit *visit, const char *id, const char *state)
{
  g_assert_cmpstr (benk_visit_item_get_state_name (get_item (visit, id)), ==, state);
}

static gboolean
has_guard (GListModel *guards, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (guards); i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);

      if (g_str_equal (benk_next_guard_get_id (guard), id))
        return TRUE;
    }

  return FALSE;
}

static void
make_ready (TestBenchFixture *self)
{
  test_bench_wipe (self);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_make_ready (self);
  benk_session_fixture_advance (&self->base, 1000);
}

/* No network, no feed: nothing of it asks for one. */
static void
test_installs (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  g_autofree char *text = NULL;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  assert_item (visit, "right-device", "open");
  assert_item (visit, "settings", "done");
  assert_item (visit, "test-alarm", "later");
  g_assert_nonnull (strstr (benk_visit_item_get_detail (get_item (visit, "settings")),
                            "not valid as proof"));
  g_assert_true (has_guard (benk_visit_get_missing (visit), "medicine-loaded"));
  g_assert_true (has_guard (benk_visit_get_owed (visit), "baseline"));
  g_assert_true (has_guard (benk_visit_get_owed (visit), "test-alarm-seen"));

  g_assert_false (end (self, visit, TRUE, "later", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "have not loaded the medicine"));
  g_clear_error (&error);
  g_assert_false (try_tick (self, visit, "medicine", NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);

  tick (self, visit, "right-device", "med 7001", NULL);
  tick (self, visit, "power", NULL, NULL);
  tick (self, visit, "coverage", "Good", NULL);
  tick (self, visit, "medicine", NULL, NURSE);
  tick (self, visit, "test-dose", NULL, NULL);
  tick (self, visit, "training-user", NULL, NULL);
  tick (self, visit, "sheet", NULL, NULL);
  assert_item (visit, "medicine", "done");
  assert_item (visit, "training-kin", "open");
  g_assert_cmpuint (g_list_model_get_n_items (benk_visit_get_missing (visit)), ==, 0);
  /* What is owed needs a reason. */
  g_assert_false (end (self, visit, TRUE, "  ", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);

  g_assert_true (end (self, visit, TRUE, "no network in the home", &error));
  g_assert_no_error (error);
  g_assert_true (benk_visit_is_ended (visit));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_TRIAL);
  g_assert_cmpint (
    test_bench_count (self, "SELECT count(*) FROM owed_task WHERE done_ms IS NULL"), ==,
    5);
  text = benk_visit_dup_record_text (visit);
  g_assert_nonnull (strstr (text, "installed in the home (Medido MED-7001)"));
  g_assert_nonnull (strstr (text, "Medicine loaded by health personnel."));
  g_assert_null (strstr (text, "not checked by its number"));
  g_assert_null (strstr (text, "Ref-4711"));
  g_assert_null (strstr (text, "Lie"));
  /* A change of our own list; what was signed stays. */
  g_assert_true (benk_session_fixture_undo (&self->base, &error));
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);
}

/* A clock that is put right changes nothing of what was signed in this visit, and makes
 * nothing of it that was signed before. */
static void
test_clock_is_put_right (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (BenkVisit) settings = NULL;
  g_autofree char *text = NULL;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  benk_session_fixture_advance (&self->base, -3600 * 1000);
  tick (self, visit, "power", NULL, NULL);
  tick (self, visit, "medicine", NULL, NURSE);
  assert_item (visit, "power", "done");
  assert_item (visit, "medicine", "done");
  g_assert_true (end (self, visit, TRUE, "later", &error));
  g_assert_no_error (error);
  text = benk_visit_dup_record_text (visit);
  g_assert_nonnull (strstr (text, "Medicine loaded by health personnel."));
  benk_session_fixture_advance (&self->base, -3600 * 1000);
  settings = start (self, BENK_VISIT_SETTINGS);
  assert_item (settings, "settings", "open");
}

static void
test_another_device_in_hand (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkDevice) other =
    benk_session_fixture_add (&self->base, "MED-7002", BENK_DEVICE_STATE_STOCK);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkVisit) visit = NULL;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  g_assert_false (try_tick (self, visit, "right-device", "MED-7002", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "MED-7002"));
  g_assert_nonnull (strstr (error->message, "MED-7001"));
  g_clear_error (&error);
  g_assert_false (try_tick (self, visit, "right-device", "no such", NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (try_tick (self, visit, "settings", NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_USAGE);
  assert_item (visit, "right-device", "open");
}

/* Left, and the program ended; what was seen to is there, and it is one visit. */
static void
test_goes_on_later (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (BenkVisit) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) open = NULL;
  g_autoptr (GError) error = NULL;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  tick (self, visit, "power", NULL, NULL);
  g_assert_true (end (self, visit, FALSE, NULL, &error));
  g_clear_object (&visit);
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_READY);

  benk_visits_list_async (get_visits (self), NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  open = benk_visits_list_finish (get_visits (self), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (open), ==, 1);
  again = start (self, BENK_VISIT_INSTALL);
  assert_item (again, "power", "done");
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 1);
}

static void
test_two_windows (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkVisit) here = NULL;
  g_autoptr (BenkVisit) there = NULL;
  g_autoptr (GError) error = NULL;

  make_ready (self);
  here = start (self, BENK_VISIT_INSTALL);
  there = start (self, BENK_VISIT_INSTALL);
  tick (self, here, "medicine", NULL, NURSE);
  g_assert_true (end (self, here, TRUE, "later", &error));
  g_assert_true (end (self, there, TRUE, "later", &error));
  g_assert_no_error (error);
  g_assert_true (benk_visit_is_ended (there));
  g_assert_cmpint (test_bench_count (self,
                                     "SELECT count(*) FROM transition WHERE to_state"
                                     " = 'trial'"),
                   ==, 1);
}

static gboolean
is_settled (gpointer data)
{
  return test_bench_count (data, "SELECT count(*) FROM run WHERE outcome = 'unknown'") ==
         0;
}

/* The cable is pulled while a time is changed: the visit is not done until it is known
 * what the dispenser holds. */
static void
test_settings_that_are_not_known (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (3);
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  static const guint transfers[] = { 36, 40, 42, 44, 46 };
  gboolean seen = FALSE;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  tick (self, visit, "medicine", NULL, NURSE);
  g_assert_true (end (self, visit, TRUE, "later", &error));
  g_clear_object (&visit);
  visit = start (self, BENK_VISIT_SETTINGS);
  /* What was read back before does not stand for a change in this visit. */
  assert_item (visit, "settings", "open");
  for (gsize i = 0; i < G_N_ELEMENTS (transfers) && !seen; i++)
    {
      g_autofree char *fault = g_strdup_printf ("disconnect-after@%u", transfers[i]);
      BenkBenchJob *job;

      benk_session_fixture_advance (&self->base, 1000);
      test_bench_plug (self, fault);
      test_bench_settle (self);
      job = benk_bench_change_settings (self->bench, test_bench_get_device (self), plan,
                                        &error);
      g_assert_no_error (error);
      test_bench_finish (self, job, NULL);
      seen = benk_bench_job_get_outcome (job) == BENK_RUN_OUTCOME_UNKNOWN;
      if (seen)
        {
          g_assert_false (end (self, visit, TRUE, NULL, &error));
          g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
          g_clear_error (&error);
        }
      test_bench_plug (self, NULL);
      test_bench_settle (self);
      test_bench_wait_until (self, is_settled, self);
    }
  g_assert_true (seen);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_finish (self,
                     benk_bench_change_settings (self->bench,
                                                 test_bench_get_device (self), plan,
                                                 &error),
                     &error);
  g_assert_no_error (error);
  g_assert_true (end (self, visit, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_item (visit, "settings", "done");
  g_assert_cmpint (test_bench_get_state (self), ==, BENK_DEVICE_STATE_TRIAL);
}

static void
link_user (TestBenchFixture *self, BenkDevice *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_inventory_link_user_async (self->base.inventory, benk_device_get_id (device),
                                  "Ref-4711", NULL, NULL, benk_session_fixture_keep,
                                  &result);
  test_bench_await (self, &result);
  benk_inventory_change_finish (self->base.inventory, result, NULL, &error);
  g_assert_no_error (error);
}

static void
test_collects (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkDevice) device =
    benk_session_fixture_add (&self->base, "MED-7005", BENK_DEVICE_STATE_TO_COLLECT);
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_null (try_start (self, "MED-7005", BENK_VISIT_COLLECT, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_clear_error (&error);
  link_user (self, device);
  visit = try_start (self, "MED-7005", BENK_VISIT_COLLECT, &error);
  g_assert_no_error (error);
  g_assert_false (end (self, visit, TRUE, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "have not taken the medicine out"));
  g_clear_error (&error);
  tick (self, visit, "medicine-removed", NULL, NURSE);
  tick (self, visit, "accessories", NULL, NULL);
  g_assert_true (end (self, visit, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&device);
  device = benk_session_fixture_find (&self->base, "MED-7005");
  g_assert_cmpint (benk_device_get_state (device), ==, BENK_DEVICE_STATE_QUARANTINE);
  text = benk_visit_dup_record_text (visit);
  g_assert_nonnull (strstr (text, "collected (Medido MED-7005)"));
  g_assert_nonnull (strstr (text, "It was not checked by its number that this was the "
                                  "device in hand."));
  g_assert_nonnull (strstr (text, "The accessories were counted."));
}

static void
test_refusals (TestBenchFixture *self, gconstpointer data)
{
  static const BenkVisitKind kinds[] = { BENK_VISIT_INSTALL, BENK_VISIT_SETTINGS,
                                         BENK_VISIT_SWAP, BENK_VISIT_COLLECT };
  g_autoptr (GError) error = NULL;

  /* On the shelf there is no home. */
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_null (try_start (self, SERIAL, kinds[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_clear_error (&error);
    }
  make_ready (self);
  for (gsize i = 1; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_null (try_start (self, SERIAL, kinds[i], &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
      g_clear_error (&error);
    }
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM visit"), ==, 0);
}

static gboolean
has_news (gpointer visit)
{
  return benk_visit_get_n_new_alarms (visit) == 1;
}

/* The page counts what came, and says no word of it. */
static void
test_counts_new_alarms (TestBenchFixture *self, gconstpointer data)
{
  BenkAlarms *alarms = benk_session_get_alarms (self->base.session);
  g_autoptr (BenkDevice) other =
    benk_session_fixture_add (&self->base, "MED-7006", BENK_DEVICE_STATE_OPERATION);
  BenkNewAlarm alarm = { .device = "MED-7006",
                         .code = "1.18",
                         .via = BENK_ALARM_VIA_PHONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) added = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  make_ready (self);
  visit = start (self, BENK_VISIT_INSTALL);
  g_assert_null (benk_visits_get_current (get_visits (self)));
  benk_visits_set_current (get_visits (self), visit);
  g_assert_cmpuint (benk_visit_get_n_new_alarms (visit), ==, 0);
  benk_session_fixture_advance (&self->base, 1000);
  benk_alarms_add_async (alarms, &alarm, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  added = benk_alarms_add_finish (alarms, result, &error);
  g_assert_no_error (error);
  test_bench_wait_until (self, has_news, visit);
  benk_visits_set_current (get_visits (self), NULL);
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

  add ("/session/visit/installs", test_installs);
  add ("/session/visit/another-device-in-hand", test_another_device_in_hand);
  add ("/session/visit/a-clock-that-is-put-right-changes-nothing",
       test_clock_is_put_right);
  add ("/session/visit/goes-on-later", test_goes_on_later);
  add ("/session/visit/two-windows", test_two_windows);
  add ("/session/visit/settings-that-are-not-known", test_settings_that_are_not_known);
  add ("/session/visit/collects", test_collects);
  add ("/session/visit/refusals", test_refusals);
  add ("/session/visit/counts-new-alarms", test_counts_new_alarms);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include "benk-error.h"
#include "benk-plans.h"

#define USER "Ref-4711"

static BenkPlanVersion *
find (TestBenchFixture *self,
      BenkPlanWanted wanted,
      const BenkId *device,
      const char *reference)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenkPlanVersion *version;

  benk_plans_find_async (plans, wanted, device, reference, NULL,
                         benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  version = benk_plans_find_finish (plans, result, &error);
  g_assert_no_error (error);
  return version;
}

static BenkPlanVersion *
save (TestBenchFixture *self, const char *reference, BenkPlan *plan, GError **error)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_plans_save_async (plans, reference, plan, NULL, benk_session_fixture_keep,
                         &result);
  test_bench_await (self, &result);
  return benk_plans_find_finish (plans, result, error);
}

static GPtrArray *
list (TestBenchFixture *self, const char *reference)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions;

  benk_plans_list_async (plans, reference, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  versions = benk_plans_list_finish (plans, result, &error);
  g_assert_no_error (error);
  return versions;
}

static void
test_belongs_to_a_user_before_any_device (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (3);
  g_autoptr (BenkPlan) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlanVersion) saved = save (self, "  " USER " ", plan, &error);
  g_autoptr (BenkPlanVersion) same = NULL;
  g_autoptr (BenkPlanVersion) newest = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  g_assert_no_error (error);
  kept = benk_plan_version_get_plan (saved, &error);
  g_assert_no_error (error);
  g_assert_true (benk_plan_equal (plan, kept));
  g_assert_false (benk_plan_version_get_in_force (saved));
  g_assert_cmpint (benk_plan_version_get_verified_ms (saved), ==, 0);
  g_assert_true (benk_id_is_nil (benk_plan_version_get_device_id (saved)));

  same = save (self, USER, plan, &error);
  g_assert_no_error (error);
  g_assert_true (
    benk_id_equal (benk_plan_version_get_id (saved), benk_plan_version_get_id (same)));

  benk_session_fixture_advance (&self->base, 1000);
  benk_plan_set_volume (plan, 40);
  g_object_unref (save (self, USER, plan, &error));
  g_assert_no_error (error);
  versions = list (self, USER);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_true (benk_id_equal (benk_plan_version_get_id (versions->pdata[1]),
                                benk_plan_version_get_id (saved)));
  newest = find (self, BENK_PLAN_WANTED_NEWEST, NULL, USER);
  g_assert_true (benk_id_equal (benk_plan_version_get_id (versions->pdata[0]),
                                benk_plan_version_get_id (newest)));
  g_assert_null (find (self, BENK_PLAN_WANTED_VERIFIED, NULL, USER));
}

static void
test_refuses_what_cannot_be_kept (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (1);
  g_autoptr (BenkPlan) empty = benk_plan_new ();
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (save (self, " ", plan, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (save (self, "15507600090", plan, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (save (self, USER, empty, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  versions = list (self, USER);
  g_assert_cmpuint (versions->len, ==, 0);
}

static void
test_says_what_is_in_force_where (TestBenchFixture *self, gconstpointer data)
{
  const BenkId *card = benk_device_get_id (self->card);
  g_autoptr (BenkPlanVersion) held = NULL;
  g_autoptr (BenkPlanVersion) by_user = NULL;
  g_autoptr (BenkPlanVersion) by_device = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) other = test_plan_new (2);

  g_assert_null (find (self, BENK_PLAN_WANTED_IN_DEVICE, card, NULL));
  test_bench_wipe (self);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_make_ready (self);
  held = find (self, BENK_PLAN_WANTED_IN_DEVICE, card, NULL);
  g_assert_nonnull (held);
  g_assert_true (benk_plan_version_get_in_force (held));
  g_assert_cmpstr (benk_plan_version_get_serial (held), ==, SERIAL);
  g_assert_cmpint (benk_plan_version_get_link_kind (held), ==, BENK_LINK_KIND_SIMULATED);

  /* What is saved afterwards is the newest, but no device holds it. */
  benk_session_fixture_advance (&self->base, 1000);
  g_object_unref (save (self, USER, other, &error));
  g_assert_no_error (error);
  by_user = find (self, BENK_PLAN_WANTED_VERIFIED, NULL, USER);
  g_assert_true (
    benk_id_equal (benk_plan_version_get_id (by_user), benk_plan_version_get_id (held)));

  /* A reset empties the device; the user's last verified plan is still known. */
  benk_session_fixture_advance (&self->base, 1000);
  by_device = find (self, BENK_PLAN_WANTED_VERIFIED, card, NULL);
  g_assert_true (benk_id_equal (benk_plan_version_get_id (by_device),
                                benk_plan_version_get_id (held)));
  test_bench_wipe (self);
  g_assert_null (find (self, BENK_PLAN_WANTED_IN_DEVICE, card, NULL));
  g_clear_object (&by_user);
  by_user = find (self, BENK_PLAN_WANTED_VERIFIED, NULL, USER);
  g_assert_nonnull (by_user);
  g_assert_false (benk_plan_version_get_in_force (by_user));
}

/* Nothing that only a simulated dispenser was read to hold is verified here. */
static void
test_simulated_verifies_nothing (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (2);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_provision (self->bench, test_bench_get_device (self), plan, USER, &error);

  g_assert_no_error (error);
  test_bench_finish (self, job, NULL);
  g_assert_null (
    find (self, BENK_PLAN_WANTED_IN_DEVICE, benk_device_get_id (self->card), NULL));
  g_assert_null (find (self, BENK_PLAN_WANTED_VERIFIED, NULL, USER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/plans/belongs-to-a-user-before-any-device", TestBenchFixture, NULL,
              test_bench_set_up_demo, test_belongs_to_a_user_before_any_device,
              test_bench_tear_down);
  g_test_add ("/plans/refuses-what-cannot-be-kept", TestBenchFixture, NULL,
              test_bench_set_up_demo, test_refuses_what_cannot_be_kept,
              test_bench_tear_down);
  g_test_add ("/plans/says-what-is-in-force-where", TestBenchFixture, NULL,
              test_bench_set_up_demo, test_says_what_is_in_force_where,
              test_bench_tear_down);
  g_test_add ("/plans/simulated-verifies-nothing", TestBenchFixture, NULL,
              test_bench_set_up_ordinary, test_simulated_verifies_nothing,
              test_bench_tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-error.h"
#include "benk-plan-proposal.h"
#include "benk-plan-templates.h"

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

static GPtrArray *
list_templates (TestBenchFixture *self)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *templates;

  benk_plans_list_templates_async (plans, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  templates = benk_plans_list_templates_finish (plans, result, &error);
  g_assert_no_error (error);
  return templates;
}

/* Saves with a plan, renames with a new name, deletes with neither. */
static gboolean
change_template (TestBenchFixture *self,
                 const char *name,
                 BenkPlan *plan,
                 const char *new_name,
                 GError **error)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (GAsyncResult) result = NULL;

  if (plan != NULL)
    benk_plans_save_template_async (plans, name, plan, NULL, benk_session_fixture_keep,
                                    &result);
  else if (new_name != NULL)
    benk_plans_rename_template_async (plans, name, new_name, NULL,
                                      benk_session_fixture_keep, &result);
  else
    benk_plans_delete_template_async (plans, name, NULL, benk_session_fixture_keep,
                                      &result);
  test_bench_await (self, &result);
  return benk_plans_change_template_finish (plans, result, error);
}

static void
test_templates (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (3);
  g_autoptr (BenkPlan) kept = NULL;
  g_autoptr (GPtrArray) before = list_templates (self);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  BenkPlanTemplate *own;

  g_assert_cmpuint (before->len, >=, 3);
  for (guint i = 0; i < before->len; i++)
    {
      g_autoptr (BenkPlan) proposal =
        benk_plan_template_get_plan (before->pdata[i], &error);

      g_assert_no_error (error);
      g_assert_true (benk_plan_template_is_builtin (before->pdata[i]));
      g_assert_cmpint (benk_plan_get_proposed (proposal), ==, BENK_PLAN_PARTS_ALL);
    }
  benk_plan_set_valid_from (plan, "2026-12-01");
  g_assert_true (change_template (self, " Our usual ", plan, NULL, &error));
  g_assert_true (change_template (self, "Our usual", NULL, "The usual", &error));
  g_assert_no_error (error);
  after = list_templates (self);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  own = g_ptr_array_index (after, before->len);
  g_assert_cmpstr (benk_plan_template_get_name (own), ==, "The usual");
  kept = benk_plan_template_get_plan (own, &error);
  g_assert_cmpstr (benk_plan_get_valid_from (kept), ==, NULL);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM note WHERE kind ="
                                           " 'template'"),
                   ==, 1);
  g_assert_true (change_template (self, "the USUAL", NULL, NULL, &error));
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM note"), ==, 0);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM plan_template"), ==, 0);
}

static void
test_templates_that_are_refused (TestBenchFixture *self, gconstpointer data)
{
  g_autoptr (BenkPlan) plan = test_plan_new (3);
  g_autoptr (BenkPlan) empty = benk_plan_new ();
  g_autoptr (GPtrArray) builtin = list_templates (self);
  const char *proposal = benk_plan_template_get_name (builtin->pdata[0]);
  const struct
  {
    const char *name;
    BenkPlan *plan;
    const char *new_name;
    BenkError code;
  } rows[] = {
    { " ", plan, NULL, BENK_ERROR_INVALID },
    { "Empty", empty, NULL, BENK_ERROR_INVALID },
    { "15507600090", plan, NULL, BENK_ERROR_REFUSED },
    { "mine", plan, NULL, BENK_ERROR_CONFLICT },
    { proposal, plan, NULL, BENK_ERROR_CONFLICT },
    { proposal, NULL, "Other", BENK_ERROR_REFUSED },
    { proposal, NULL, NULL, BENK_ERROR_REFUSED },
    { "Nobody's", NULL, NULL, BENK_ERROR_NOT_FOUND },
    { "Mine", NULL, proposal, BENK_ERROR_CONFLICT },
    { "Mine", NULL, "", BENK_ERROR_INVALID },
  };

  g_assert_true (change_template (self, "Mine", plan, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
        change_template (self, rows[i].name, rows[i].plan, rows[i].new_name, &error));
      g_assert_error (error, BENK_ERROR, (int) rows[i].code);
    }
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM plan_template"), ==, 1);
}

static void
test_files (TestBenchFixture *self, gconstpointer data)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autofree char *path = g_build_filename (self->base.dir, "plan.json", NULL);
  g_autofree char *nowhere = g_build_filename (self->base.dir, "no", "plan.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path (nowhere);
  g_autoptr (BenkPlan) plan = benk_plan_propose ("8 20", NULL);
  g_autoptr (BenkPlan) read = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_plans_save_file_async (plans, plan, file, NULL, benk_session_fixture_keep,
                              &result);
  test_bench_await (self, &result);
  g_assert_true (benk_plans_save_file_finish (plans, result, &error));
  g_clear_object (&result);
  benk_plans_load_file_async (plans, file, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  read = benk_plans_load_file_finish (plans, result, &error);
  g_assert_no_error (error);
  g_assert_true (benk_plan_equal (plan, read));
  g_remove (path);

  g_clear_object (&result);
  benk_plans_save_file_async (plans, plan, missing, NULL, benk_session_fixture_keep,
                              &result);
  test_bench_await (self, &result);
  g_assert_false (benk_plans_save_file_finish (plans, result, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
  g_assert_nonnull (strstr (error->message, nowhere));
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
  g_test_add ("/plans/templates", TestBenchFixture, NULL, test_bench_set_up_demo,
              test_templates, test_bench_tear_down);
  g_test_add ("/plans/templates-that-are-refused", TestBenchFixture, NULL,
              test_bench_set_up_demo, test_templates_that_are_refused,
              test_bench_tear_down);
  g_test_add ("/plans/files", TestBenchFixture, NULL, test_bench_set_up_demo, test_files,
              test_bench_tear_down);
  return g_test_run ();
}

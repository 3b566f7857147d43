/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-main-files.h"

#include <glib/gstdio.h>

#include "benk-bench.h"
#include "benk-demo.h"
#include "benk-dialogue.h"
#include "benk-feeds.h"
#include "benk-plan-file.h"
#include "benk-plan-proposal.h"
#include "benk-plans.h"
#include "benk-session-fixture.h"

/* No call of a window waits for a file. */

typedef struct
{
  BenkSessionFixture base;
  GAsyncResult *result;
  GError *error;
} Fixture;

static char *
get_path (Fixture *self, const char *name)
{
  return g_build_filename (self->base.dir, name, NULL);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  benk_session_fixture_set_up_demo (&self->base, NULL);
  benk_main_files_watch (self->base.dir);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autofree char *dispensers = get_path (self, "dispensers");

  benk_main_files_watch (NULL);
  g_clear_object (&self->result);
  benk_demo_remove_folder (dispensers);
  benk_session_fixture_tear_down (&self->base, NULL);
}

/* Waits, and looks what the main context has touched. */
static GAsyncResult *
await (Fixture *self)
{
  g_autofree char *touched = NULL;

  benk_session_fixture_wait (&self->result);
  touched = benk_main_files_take ();
  g_assert_cmpstr (touched, ==, "");

  return self->result;
}

static void
test_harness (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = get_path (self, "touched");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *touched = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  touched = benk_main_files_take ();
  g_assert_cmpstr (touched, !=, "");
  g_clear_pointer (&touched, g_free);
  g_object_unref (g_file_read (file, NULL, &self->error));
  g_assert_no_error (self->error);
  touched = benk_main_files_take ();
  g_assert_cmpstr (touched, !=, "");
}

static void
test_demo (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkDemo) demo =
    benk_demo_new (self->base.session, self->base.dir, &self->error);

  g_assert_no_error (self->error);
  benk_demo_run_async (demo, NULL, benk_session_fixture_keep, &self->result);
  benk_demo_run_finish (demo, await (self), &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpint (
    benk_session_fixture_count (&self->base,
                                "SELECT count (*) FROM reservation WHERE ended IS NULL"),
    ==, 2);
}

static void
test_demo_folder (Fixture *self, gconstpointer unused)
{
  g_autofree char *watched = g_build_filename (g_get_tmp_dir (), "dosebenk-demo-", NULL);
  g_autofree char *path = NULL;
  g_autofree char *touched = NULL;

  benk_main_files_watch (watched);
  benk_demo_make_folder_async (NULL, benk_session_fixture_keep, &self->result);
  path = benk_demo_make_folder_finish (await (self), &self->error);
  g_assert_no_error (self->error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  benk_demo_remove_folder (path);
  touched = benk_main_files_take ();
  g_assert_cmpstr (touched, !=, "");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_record (Fixture *self, gconstpointer unused)
{
  BenkBench *bench = benk_session_get_bench (self->base.session);
  g_autofree char *path = get_path (self, "dialogue.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  benk_bench_record_async (bench, file, NULL, benk_session_fixture_keep, &self->result);
  benk_bench_record_finish (bench, await (self), &self->error);
  g_assert_no_error (self->error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_clear_object (&self->result);
  benk_bench_record_async (bench, file, NULL, benk_session_fixture_keep, &self->result);
  g_assert_false (benk_bench_record_finish (bench, await (self), &self->error));
  g_assert_nonnull (self->error);
  g_clear_error (&self->error);
}

static void
test_plan (Fixture *self, gconstpointer unused)
{
  BenkPlans *plans = benk_session_get_plans (self->base.session);
  g_autoptr (BenkPlan) plan = benk_plan_propose ("8 20", NULL);
  g_autoptr (BenkPlan) read = NULL;
  g_autofree char *path = get_path (self, "plan.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  benk_plans_save_file_async (plans, plan, file, NULL, benk_session_fixture_keep,
                              &self->result);
  benk_plans_save_file_finish (plans, await (self), &self->error);
  g_assert_no_error (self->error);
  g_clear_object (&self->result);
  benk_plan_file_load_async (file, NULL, benk_session_fixture_keep, &self->result);
  read = benk_plan_file_load_finish (await (self), &self->error);
  g_assert_no_error (self->error);
  g_assert_true (benk_plan_equal (read, plan));
}

static void
test_store (Fixture *self, gconstpointer unused)
{
  g_autofree char *folder = get_path (self, "new");
  g_autofree char *path = g_build_filename (folder, "other.dosebenk", NULL);
  g_autoptr (BenkSession) session = NULL;

  benk_session_create_store_async (path, FALSE, self->base.clock, NULL,
                                   benk_session_fixture_keep, &self->result);
  benk_session_create_store_finish (await (self), &self->error);
  g_assert_no_error (self->error);
  g_clear_object (&self->result);
  benk_session_open_async (path, BENK_SESSION_ENGINE, self->base.clock, NULL,
                           benk_session_fixture_keep, &self->result);
  session = benk_session_open_finish (await (self), &self->error);
  g_assert_no_error (self->error);
  benk_main_files_watch (NULL);
  g_clear_object (&session);
  benk_demo_remove_folder (folder);
}

static void
test_token (Fixture *self, gconstpointer unused)
{
  BenkFeeds *feeds = benk_session_get_feeds (self->base.session);
  g_autofree char *path = get_path (self, "token");
  BenkNewFeed feed = { "Hub", "http://127.0.0.1:9/fhir", NULL, NULL, path };
  g_autoptr (BenkFeed) added = NULL;
  g_autofree char *touched = NULL;

  benk_main_files_watch (NULL);
  g_file_set_contents_full (path, "secret", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  benk_main_files_watch (self->base.dir);
  benk_feeds_add_async (feeds, &feed, NULL, benk_session_fixture_keep, &self->result);
  added = benk_feeds_add_finish (feeds, await (self), &self->error);
  g_assert_no_error (self->error);
  g_clear_object (&self->result);
  benk_feeds_sync_async (feeds, NULL, benk_session_fixture_keep, &self->result);
  /* Nobody listens there; the token was asked for all the same. */
  benk_feeds_sync_finish (feeds, await (self), NULL, NULL, NULL);
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/main-files/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-is-touched-here-is-found", test_harness);
  ADD ("a-demo-starts-without-waiting-for-a-file", test_demo);
  ADD ("a-folder-of-a-demo-is-made-without-waiting-for-a-file", test_demo_folder);
  ADD ("a-dialogue-is-recorded-without-waiting-for-a-file", test_record);
  ADD ("a-plan-is-read-and-written-without-waiting-for-a-file", test_plan);
  ADD ("a-store-is-made-and-opened-without-waiting-for-a-file", test_store);
  ADD ("a-token-is-read-without-waiting-for-a-file", test_token);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-checklist-fixture.h"
#include "benk-document.h"
#include "benk-error.h"

/* A confirmation of reset of the fixture's device, as somebody would ask for it. */

static char *
get_pdf_path (TestBenchFixture *self)
{
  return g_build_filename (self->base.dir, "reset.pdf", NULL);
}

static BenkDocument *
write_to (TestBenchFixture *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_document_write_resets_async (self->base.session, benk_device_get_id (self->card),
                                    1, file, NULL, benk_session_fixture_keep, &result);
  test_bench_await (self, &result);
  return benk_document_write_finish (self->base.session, result, error);
}

static void
test_after_a_reset (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *path = get_pdf_path (self);
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDocument) document = NULL;
  g_autoptr (BenkDocument) second = NULL;
  gsize length;
  gint64 rows;

  test_bench_wipe (self);
  rows = test_bench_count (self, "SELECT count(*) FROM journal");
  document = write_to (self, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (document->path, ==, path);
  g_assert_cmpuint (document->n_devices, ==, 1);
  g_assert_cmpuint (document->n_pages, ==, 1);
  g_assert_false (document->proves);
  g_assert_cmpint (document->seq, ==, rows);
  g_assert_cmpuint (strlen (document->hash), ==, 64);
  g_file_get_contents (path, &first, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, "%PDF-1.4"));

  /* The old one is replaced, and nothing else is left there. */
  second = write_to (self, path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->seq, ==, document->seq);
  g_assert_cmpstr (second->hash, ==, document->hash);
  g_unlink (path);
}

/* What was checked is kept with the run: ids, never what the dispenser said. */
static void
test_checks_are_kept (TestBenchFixture *self, gconstpointer data)
{
  static const char *const ids[] = {
    "clear-log", "wipe",  "identity-after", "wiped",
    "verify",    "empty", "log-after",      "clock-after"
  };

  test_bench_wipe (self);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM run WHERE instr (reading, '{\"id\":\"%s\",\"result\":\"')",
        ids[i]);

      g_assert_cmpint (test_bench_count (self, sql), ==, 1);
    }
}

static void
assert_refused (TestBenchFixture *self, const char *why)
{
  g_autofree char *path = get_pdf_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDocument) document = write_to (self, path, &error);

  g_assert_null (document);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  if (strstr (error->message, why) == NULL)
    g_error ("“%s” is not in: %s", why, error->message);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_refused_without_a_reset (TestBenchFixture *self, gconstpointer data)
{
  assert_refused (self, "Reset it first");
}

/* A wipe that leaves a region has no proof; its own sentence says why. */
static void
test_refused_after_a_failed_reset (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchJob *job = test_bench_wipe (self);

  g_assert_cmpint (benk_bench_job_get_outcome (job), !=, BENK_RUN_OUTCOME_VERIFIED);
  assert_refused (self, "Reset not confirmed");
}

static void
test_refused_once_it_holds_settings (TestBenchFixture *self, gconstpointer data)
{
  test_bench_wipe (self);
  benk_session_fixture_advance (&self->base, 1000);
  test_bench_make_ready (self);
  assert_refused (self, "Reset it again");
}

/* No run of a simulated dispenser proves anything in an ordinary store. */
static void
test_refused_for_a_simulated_one (TestBenchFixture *self, gconstpointer data)
{
  BenkBenchJob *job = test_bench_wipe (self);

  g_assert_false (benk_bench_job_is_proven (job));
  assert_refused (self, "not proven");
  benk_session_fixture_prove_reset (&self->base, self->card, BENK_LINK_KIND_SIMULATED);
  assert_refused (self, "not proven");
}

static char *
read_words (const char *path)
{
  const char *argv[] = { g_getenv ("BENK_TEST_PDFTOTEXT"), "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL,
                &error);
  g_assert_no_error (error);
  return out;
}

/* A checklist proves as well, and never claims that anything was read. */
static void
test_by_checklist (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *path = get_pdf_path (self);
  g_autofree char *sentence = NULL;
  g_autofree char *words = NULL;
  g_autoptr (BenkDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  BenkDevice *device =
    benk_session_fixture_put (&self->base, "MED-7004", BENK_DEVICE_STATE_QUARANTINE);

  g_set_object (&self->card, device);
  g_object_unref (device);
  sentence =
    benk_checklist_fixture_do (self->base.session, BENK_TASK_RESET, device, NULL);
  document = write_to (self, path, &error);
  g_assert_no_error (error);
  g_assert_true (document->proves);
  words = read_words (path);
  g_assert_nonnull (strstr (words, "not read from the dispenser"));
  g_assert_nonnull (strstr (words, "Nothing was read from the dispenser"));
  g_assert_nonnull (strstr (words, "What was done"));
  g_assert_nonnull (strstr (words, "KA 2026-03-02"));
  g_assert_null (strstr (words, "erased"));
  g_assert_null (strstr (words, "proves nothing"));
  g_unlink (path);
}

/* A laptop far away says the district's time, with its distance from UTC: the reset here
 * began at nine in Oslo, and is said like the making ready, which goes by the plan. */
static void
test_times_of_the_district (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *path = get_pdf_path (self);
  g_autofree char *words = NULL;
  g_autoptr (BenkDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job = test_bench_wipe (self);

  if (strstr (benk_bench_job_get_sentence (job), "09:0") == NULL)
    g_error ("%s", benk_bench_job_get_sentence (job));
  document = write_to (self, path, &error);
  g_assert_no_error (error);
  words = read_words (path);
  g_assert_nonnull (strstr (words, "2026-03-02 09:0"));
  g_assert_nonnull (strstr (words, "(UTC+01:00)"));
  g_assert_null (strstr (words, "17:0"));
  test_bench_make_ready (self);
  g_assert_cmpint (test_bench_count (self, "SELECT count(*) FROM run WHERE kind IN"
                                           " ('reset', 'provision') AND outcome ="
                                           " 'verified' AND instr (detail, ' 09:0')"),
                   ==, 2);
  g_unlink (path);
}

static void
test_a_place_that_cannot_be_written (TestBenchFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.dir, "nowhere", "a.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDocument) document = NULL;

  test_bench_wipe (self);
  document = write_to (self, path, &error);
  g_assert_null (document);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
}

#define DEMO(path, fault, function)                                                      \
  g_test_add ("/session/document/" path, TestBenchFixture, fault,                        \
              test_bench_set_up_demo, function, test_bench_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  g_test_init (&argc, &argv, NULL);

  DEMO ("after-a-reset", NULL, test_after_a_reset);
  DEMO ("checks-are-kept", NULL, test_checks_are_kept);
  DEMO ("refused-without-a-reset", NULL, test_refused_without_a_reset);
  DEMO ("refused-after-a-failed-reset", "wipe-leaves-region",
        test_refused_after_a_failed_reset);
  DEMO ("refused-once-it-holds-settings", NULL, test_refused_once_it_holds_settings);
  DEMO ("times-of-the-district", NULL, test_times_of_the_district);
  DEMO ("a-place-that-cannot-be-written", NULL, test_a_place_that_cannot_be_written);
  g_test_add ("/session/document/by-checklist", TestBenchFixture, NULL,
              test_bench_set_up_ordinary, test_by_checklist, test_bench_tear_down);
  g_test_add ("/session/document/refused-for-a-simulated-one", TestBenchFixture, NULL,
              test_bench_set_up_ordinary, test_refused_for_a_simulated_one,
              test_bench_tear_down);
  return g_test_run ();
}

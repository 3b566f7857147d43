/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "benk-alarms-fixture.h"
#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-guidances.h"
#include "benk-vendor-calls.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define WHO "Kari Nesttun"

static BenkGuidances *
get (BenkAlarmsFixture *f)
{
  return benk_session_get_guidances (f->base.session);
}

static GPtrArray *
load (BenkAlarmsFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *current;

  benk_guidances_load_async (get (f), NULL, benk_session_fixture_keep, &result);
  current = benk_guidances_load_finish (get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return current;
}

static GPtrArray *
list (BenkAlarmsFixture *f, const char *model, const char *code, BenkGuidancePart part)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions;

  benk_guidances_versions_async (get (f), model, code, part, NULL,
                                 benk_session_fixture_keep, &result);
  versions = benk_guidances_versions_finish (get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  return versions;
}

/* From what is kept now, unless @base says otherwise. */
static gboolean
save_from (BenkAlarmsFixture *f,
           const char *model,
           const char *code,
           BenkGuidancePart part,
           const char *text,
           const BenkId *base,
           const char *who,
           GError **error)
{
  g_autoptr (BenkGuidanceVersion) version = benk_guidance_version_new (model, code, part);
  g_autoptr (GPtrArray) current = load (f);
  const BenkGuidanceVersion *own = benk_guidance_find (current, model, code, part);
  g_autoptr (GAsyncResult) result = NULL;

  version->based_on = base ? *base : own ? own->id : BENK_ID_NIL;
  version->steps = text ? benk_guidance_split (text) : NULL;
  benk_guidances_save_async (get (f), version, who, NULL, benk_session_fixture_keep,
                             &result);
  return benk_guidances_change_finish (get (f), BENK_AWAIT (result), NULL, error);
}

static void
save (BenkAlarmsFixture *f,
      const char *model,
      const char *code,
      BenkGuidancePart part,
      const char *text,
      const char *who)
{
  g_autoptr (GError) error = NULL;

  save_from (f, model, code, part, text, NULL, who, &error);
  g_assert_no_error (error);
}

static void
decide (BenkAlarmsFixture *f, const char *model, const char *code, const char *who)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_guidances_decide_async (get (f), model, code, BENK_GUIDANCE_ANY, who, NULL,
                               benk_session_fixture_keep, &result);
  benk_guidances_change_finish (get (f), BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
}

static BenkGuidanceVersion *
resolve (BenkAlarmsFixture *f,
         const char *model_id,
         const char *code,
         BenkGuidancePart part)
{
  g_autoptr (GPtrArray) current = load (f);
  g_autoptr (BenkModel) model =
    model_id ? benk_model_load_builtin_one (model_id, NULL) : NULL;

  return benk_guidance_resolve (current, model, code, part);
}

static void
expect (BenkAlarmsFixture *f,
        const char *model,
        const char *code,
        BenkGuidancePart part,
        const char *first)
{
  g_autoptr (BenkGuidanceVersion) version = resolve (f, model, code, part);

  g_assert_cmpstr (version->steps[0], ==, first);
}

static void
test_everything_is_a_proposal_first (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) current = load (f);
  g_autoptr (BenkGuidanceVersion) version =
    resolve (f, "medido", "1.8", BENK_GUIDANCE_DAY);
  g_autoptr (BenkGuidanceVersion) odd = resolve (f, NULL, "no such code", 0);
  g_autofree char *said = benk_guidance_version_describe (version);

  g_assert_cmpuint (current->len, ==, 0);
  g_assert_cmpstr (version->origin, ==, BENK_VERSION_PROGRAM);
  g_assert_cmpstr (said, ==, "Proposed by the program, not decided by the district");
  g_assert_cmpstr (odd->code, ==, "1");
  g_assert_nonnull (odd->steps[0]);
}

/* The nearest counts: the make before the code alone, the part before any time. */
static void
test_the_nearest_counts (BenkAlarmsFixture *f, gconstpointer unused)
{
  const char *proposed = "Visit: clear the jam and put the roll in again as the maker "
                         "describes";

  save (f, NULL, "1.8", BENK_GUIDANCE_ANY, "all", NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_WEEKEND, "all");
  save (f, NULL, "1.8", BENK_GUIDANCE_WEEKEND, "all, weekend", NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_WEEKEND, "all, weekend");
  expect (f, "medido", "1.8", BENK_GUIDANCE_EVENING, "all");
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "medido", NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_WEEKEND, "medido");
  expect (f, "evondos-e300", "1.8", BENK_GUIDANCE_WEEKEND, "all, weekend");
  save (f, "medido", "1.8", BENK_GUIDANCE_EVENING, "medido, evening", NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_EVENING, "medido, evening");
  expect (f, "medido", "1.8", BENK_GUIDANCE_DAY, "medido");
  expect (f, "medido", "1.1", BENK_GUIDANCE_DAY, "Phone the user");

  save (f, "medido", "1.8", BENK_GUIDANCE_EVENING, NULL, NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_EVENING, "medido");
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, NULL, NULL);
  save (f, NULL, "1.8", BENK_GUIDANCE_ANY, NULL, NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_EVENING, proposed);
}

static void
test_versions_are_kept_and_come_back (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) versions = NULL;
  const BenkGuidanceVersion *oldest, *newest;
  g_autofree char *first = NULL;
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;

  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "one\ntwo", WHO);
  benk_session_fixture_advance (&f->base, HOUR);
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "three", NULL);
  versions = list (f, "medido", "1.8", BENK_GUIDANCE_ANY);
  g_assert_cmpuint (versions->len, ==, 2);
  newest = g_ptr_array_index (versions, 0);
  oldest = g_ptr_array_index (versions, 1);
  g_assert_cmpint (newest->number, ==, 2);
  g_assert_true (benk_id_equal (&newest->based_on, &oldest->id));
  g_assert_cmpint (newest->decided_ms, ==, 0);
  g_assert_cmpint (oldest->decided_ms, ==, FIXTURE_WALL_MS);
  g_assert_cmpstr (oldest->decided_by, ==, WHO);
  g_assert_cmpstr (oldest->initials, ==, "KA");
  said = benk_guidance_version_describe (newest);
  g_assert_cmpstr (said, ==, "Changed here, not decided by the district yet");

  text = benk_guidance_join ((const char *const *) oldest->steps);
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, text, NULL);
  expect (f, "medido", "1.8", BENK_GUIDANCE_DAY, "one");
}

static void
test_a_name_decides_what_is_proposed (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkGuidanceVersion) version = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  decide (f, "medido", "1.1", " " WHO " ");
  version = resolve (f, "medido", "1.1", BENK_GUIDANCE_DAY);
  g_assert_cmpstr (version->origin, ==, BENK_VERSION_PROGRAM);
  g_assert_null (version->model_id);
  g_assert_cmpstr (version->steps[0], ==, "Phone the user");
  said = benk_guidance_version_describe (version);
  g_assert_true (g_str_has_prefix (said, "Decided by " WHO ", "));

  benk_guidances_decide_async (get (f), NULL, "1.1", BENK_GUIDANCE_ANY, "  ", NULL,
                               benk_session_fixture_keep, &result);
  g_assert_false (
    benk_guidances_change_finish (get (f), BENK_AWAIT (result), NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
  /* The name is in the erasable table alone. */
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM note WHERE text = '" WHO "'"),
                   ==, 1);
}

static void
test_what_cannot_be_kept_is_refused (BenkAlarmsFixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *model;
    const char *code;
    const char *text;
    const char *who;
    int error;
  } rows[] = {
    { NULL, "9.9", "a", NULL, BENK_ERROR_INVALID },
    { "kite", "1.8", "a", NULL, BENK_ERROR_NOT_FOUND },
    { NULL, "1.8", "", NULL, BENK_ERROR_INVALID },
    { NULL, "1.8", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", NULL,
      BENK_ERROR_INVALID },
    { NULL, "1.8", "a\001b", NULL, BENK_ERROR_INVALID },
    { NULL, "1.8", NUMBER, NULL, BENK_ERROR_REFUSED },
    { NULL, "1.8", "a", NUMBER, BENK_ERROR_REFUSED },
    { NULL, "1.8", NULL, NULL, BENK_ERROR_CONFLICT },
  };
  g_autofree char *longest = g_strnfill (BENK_GUIDANCE_MAX_STEP + 1, 'x');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) local = NULL;

      g_assert_false (save_from (f, rows[i].model, rows[i].code, BENK_GUIDANCE_ANY,
                                 rows[i].text, NULL, rows[i].who, &local));
      g_assert_error (local, BENK_ERROR, rows[i].error);
    }
  g_assert_false (
    save_from (f, NULL, "1.8", BENK_GUIDANCE_ANY, longest, NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM guidance_version"),
                   ==, 0);
  g_test_message ("%u refusals", (guint) G_N_ELEMENTS (rows) + 1);
}

/* What somebody else wrote meanwhile is not passed over unseen. */
static void
test_two_at_once_are_told (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  BenkId none = BENK_ID_NIL;

  save (f, NULL, "1.8", BENK_GUIDANCE_ANY, "first", NULL);
  g_assert_false (
    save_from (f, NULL, "1.8", BENK_GUIDANCE_ANY, "second", &none, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (
    save_from (f, NULL, "1.8", BENK_GUIDANCE_ANY, "first", NULL, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  expect (f, NULL, "1.8", BENK_GUIDANCE_ANY, "first");
}

/* A version that was decided or shown at a call stays while that stands. */
static void
test_changes_can_be_undone (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  save (f, NULL, "1.8", BENK_GUIDANCE_ANY, "mine", NULL);
  decide (f, NULL, "1.8", WHO);
  benk_session_fixture_undo (&f->base, &error);
  g_assert_no_error (error);
  expect (f, NULL, "1.8", BENK_GUIDANCE_ANY, "mine");
  benk_session_fixture_undo (&f->base, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM guidance_version"),
                   ==, 0);
  g_assert_cmpint (benk_session_fixture_count (&f->base,
                                               "SELECT count (*) FROM guidance_decision"),
                   ==, 0);
}

/* Which version was shown when somebody phoned can be found, and is not undone. */
static void
test_a_call_names_the_version (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) noted = NULL;
  g_autoptr (BenkVendorCard) card = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;
  const BenkVendorCall call = { .case_number = "C-1" };

  save (f, "medido", "1.8", BENK_GUIDANCE_DAY, "ours", NULL);
  alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  g_assert_no_error (error);
  benk_vendor_calls_load_async (f->base.session, benk_alarm_get_id (alarm), NULL, NULL,
                                benk_session_fixture_keep, &loaded);
  card = benk_vendor_calls_load_finish (f->base.session, BENK_AWAIT (loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (card->steps[0], ==, "ours");
  benk_vendor_calls_note_async (f->base.session, card, &call, NULL,
                                benk_session_fixture_keep, &noted);
  benk_vendor_calls_change_finish (f->base.session, BENK_AWAIT (noted), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (benk_session_fixture_count (
                     &f->base, "SELECT count (*) FROM vendor_call c JOIN guidance_version"
                               " v ON v.id = c.guidance_id WHERE v.body = 'ours'"),
                   ==, 1);
  g_assert_false (benk_session_fixture_undo (&f->base, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_REFUSED);
}

static void
expect_shown (BenkAlarmsFixture *f, BenkAlarm *alarm, const char *first)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkGuidanceVersion) version = NULL;

  benk_guidances_load_shown_async (get (f), benk_alarm_get_id (alarm), NULL,
                                   benk_session_fixture_keep, &result);
  version = benk_guidances_load_shown_finish (get (f), BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (version->steps[0], ==, first);
}

/* What is written after an alarm was closed was not shown for it, whatever the clock. */
static void
test_what_was_shown_is_found (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (GError) error = NULL;

  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "one", NULL);
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "two", NULL);
  alarm = benk_alarms_fixture_add (f, SERIAL, "1.8", 0, &error);
  g_assert_no_error (error);
  expect_shown (f, alarm, "two");
  benk_alarms_fixture_close (f, alarm, NULL, &error);
  g_assert_no_error (error);
  benk_fake_clock_set_wall (BENK_FAKE_CLOCK (f->base.clock), FIXTURE_WALL_MS - HOUR);
  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "three", NULL);
  save (f, "medido", "1.8", BENK_GUIDANCE_DAY, "four", NULL);
  expect_shown (f, alarm, "two");
}

static GPtrArray *
preview (BenkAlarmsFixture *f, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_guidances_preview_async (get (f), file, NULL, benk_session_fixture_keep, &result);
  return benk_guidances_preview_finish (get (f), BENK_AWAIT (result), error);
}

static GFile *
export_all (BenkAlarmsFixture *f, guint n_expected)
{
  g_autofree char *path = g_build_filename (f->base.dir, "ours.dosebenk-guidance", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  benk_guidances_export_async (get (f), file, NULL, benk_session_fixture_keep, &result);
  benk_guidances_export_finish (get (f), BENK_AWAIT (result), &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_expected);
  return g_steal_pointer (&file);
}

/* Out, and in again after changes: new, changed, the same; nobody has decided it here. */
static void
test_it_goes_between_districts (BenkAlarmsFixture *f, gconstpointer unused)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkGuidanceVersion) taken = NULL;
  g_autofree char *text = NULL;
  g_autofree char *counts = NULL;

  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "a\nb", WHO);
  save (f, NULL, "1.1", BENK_GUIDANCE_WEEKEND, "c", NULL);
  save (f, NULL, "1.2", BENK_GUIDANCE_ANY, "d", NULL);
  decide (f, NULL, "1.3", WHO);
  file = export_all (f, 3);
  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "Kari"));
  g_assert_null (strstr (text, "KA"));

  save (f, "medido", "1.8", BENK_GUIDANCE_ANY, "other", WHO);
  save (f, NULL, "1.2", BENK_GUIDANCE_ANY, NULL, NULL);
  shared = preview (f, file, &error);
  g_assert_no_error (error);
  counts = benk_share_describe (shared);
  g_assert_cmpstr (counts, ==, "1 new · 1 changed · 1 the same · 0 refused");
  expect (f, "medido", "1.8", BENK_GUIDANCE_ANY, "other");

  benk_guidances_import_async (get (f), shared, NULL, benk_session_fixture_keep, &result);
  benk_guidances_change_finish (get (f), BENK_AWAIT (result), NULL, &error);
  g_assert_no_error (error);
  taken = resolve (f, "medido", "1.8", BENK_GUIDANCE_ANY);
  g_assert_cmpstr (taken->steps[1], ==, "b");
  g_assert_cmpstr (taken->origin, ==, BENK_VERSION_IMPORTED);
  g_assert_cmpint (taken->decided_ms, ==, 0);
  expect (f, NULL, "1.2", BENK_GUIDANCE_ANY, "d");

  benk_session_fixture_undo (&f->base, &error);
  g_assert_no_error (error);
  expect (f, "medido", "1.8", BENK_GUIDANCE_ANY, "other");
}

/* Nothing is written of a file that is not one, or only of what can be read. */
static void
test_files_are_input (BenkAlarmsFixture *f, gconstpointer unused)
{
#define HEAD "{\"format\": \"dosebenk-guidance\", \"version\": 1, \"entries\": ["
  static const char *const none[] = {
    "",
    "{}",
    "[]",
    "{\"format\": \"dosebenk-models\", \"version\": 1, \"entries\": []}",
    "{\"format\": \"dosebenk-guidance\", \"version\": 2, \"entries\": []}",
    "{\"format\": \"dosebenk-guidance\", \"version\": 1, \"entries\": {}}",
    "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
    "\377\376",
  };
  static const char *const refused[] = {
    HEAD "7]}",
    HEAD "{}]}",
    HEAD "{\"code\": \"1.8\", \"part\": \"any\", \"steps\": []}]}",
    HEAD "{\"code\": \"1.8\", \"part\": \"any\", \"steps\": [1]}]}",
    HEAD "{\"code\": \"1.8\", \"part\": \"any\", \"steps\": [\"a\\nb\"]}]}",
    HEAD "{\"code\": \"9.9\", \"part\": \"any\", \"steps\": [\"a\"]}]}",
    HEAD "{\"code\": \"1.8\", \"part\": \"night\", \"steps\": [\"a\"]}]}",
    HEAD "{\"model\": 3, \"code\": \"1.8\", \"part\": \"any\", \"steps\": [\"a\"]}]}",
    HEAD "{\"model\": \"kite\", \"code\": \"1.8\", \"part\": \"any\", \"steps\": "
         "[\"a\"]}]}",
    HEAD "{\"code\": \"1.8\", \"part\": \"any\", \"steps\": [\"" NUMBER "\"]}]}",
  };
  g_autofree char *path = g_build_filename (f->base.dir, "odd", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, none[i], -1, NULL);
      g_assert_null (preview (f, file, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) shared = NULL;
      const BenkSharedGuidance *one;

      g_file_set_contents (path, refused[i], -1, NULL);
      shared = preview (f, file, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (shared->len, ==, 1);
      one = g_ptr_array_index (shared, 0);
      g_assert_cmpint (one->entry.verdict, ==, BENK_SHARE_REFUSED);
      g_assert_false (one->entry.take);
      g_assert_nonnull (one->entry.reason);
    }
  g_test_message ("%u files", (guint) (G_N_ELEMENTS (none) + G_N_ELEMENTS (refused)));
}

#define TEST(name, func) BENK_ALARMS_TEST ("/session/guidances/" name, NULL, func)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("everything-is-a-proposal-first", test_everything_is_a_proposal_first);
  TEST ("the-nearest-counts", test_the_nearest_counts);
  TEST ("versions-are-kept-and-come-back", test_versions_are_kept_and_come_back);
  TEST ("a-name-decides-what-is-proposed", test_a_name_decides_what_is_proposed);
  TEST ("what-cannot-be-kept-is-refused", test_what_cannot_be_kept_is_refused);
  TEST ("two-at-once-are-told", test_two_at_once_are_told);
  TEST ("changes-can-be-undone", test_changes_can_be_undone);
  TEST ("a-call-names-the-version", test_a_call_names_the_version);
  TEST ("what-was-shown-is-found", test_what_was_shown_is_found);
  TEST ("it-goes-between-districts", test_it_goes_between_districts);
  TEST ("files-are-input", test_files_are_input);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-fake-clock.h"
#include "benk-plan-check.h"
#include "benk-plan-diff.h"
#include "benk-plan-draft.h"
#include "benk-plan-proposal.h"
#include "benk-plan-words.h"

#include <string.h>

/* 2026-11-22 08:00 UTC, a Sunday; the clock changes on 28 March and 31 October 2027. */
#define NOW_MS G_GINT64_CONSTANT (1795334400000)

static void
test_typed_times (void)
{
  static const struct
  {
    const char *typed;
    int minute;
  } rows[] = {
    { "8", 480 },    { "08", 480 },     { "08:00", 480 },  { "8.30", 510 },
    { "0830", 510 }, { "830", 510 },    { "23:59", 1439 }, { "0", 0 },
    { "24", -1 },    { "8:5", -1 },     { "8:60", -1 },    { "", -1 },
    { ":", -1 },     { "8:00:00", -1 }, { "-1", -1 },      { "8h", -1 },
    { "2400", -1 },  { "12345", -1 },   { "008:00", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint minute = 9999;
      gboolean is = benk_plan_parse_minute (rows[i].typed, &minute);

      g_test_message ("“%s”", rows[i].typed);
      g_assert_cmpint (is ? (int) minute : -1, ==, rows[i].minute);
    }
}

static void
test_proposal_is_marked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_propose (" 20:00, 8 14.30;", &error);
  g_autofree char *times = benk_plan_describe_times (plan);
  g_autofree char *mark = benk_plan_describe_proposed (plan);

  g_assert_no_error (error);
  g_assert_cmpstr (times, ==, "08:00 · 14:30 · 20:00");
  g_assert_true (benk_plan_validate (plan, NULL));
  g_assert_cmpstr (mark, ==,
                   "Proposed by the program, not decided by the district "
                   "(windows, alarms, recipients)");
  g_assert_null (benk_plan_propose ("08:00 kl. 9", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "kl."));
  benk_plan_set_proposed (plan, 0);
  g_assert_null (benk_plan_describe_proposed (plan));
}

typedef struct
{
  const char *name;
  BenkDoseTime doses[3];
  guint n_doses;
  const char *chambers; /* a model that says so, or NULL */
  BenkPlanField field;
  int item;
  gboolean blocks;
  const char *sentence; /* NULL = no problem at all */
} ProblemRow;

#define EVERY BENK_WEEKDAYS_ALL

static const ProblemRow problem_rows[] = {
  { "nothing", { { 480, EVERY, 0, 60, TRUE }, { 1200, EVERY, 0, 60, TRUE } }, 2, NULL },
  { "windows-touch", { { 480, EVERY, 0, 60, TRUE }, { 600, EVERY, 60, 0, TRUE } }, 2 },
  { "windows-overlap",
    { { 480, EVERY, 0, 60, TRUE }, { 539, EVERY, 0, 60, TRUE } },
    2,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    1,
    FALSE,
    "The windows of 08:00 and 08:59 overlap" },
  { "other-weekdays", { { 480, 0x1f, 0, 60, TRUE }, { 500, 0x60, 0, 60, TRUE } }, 2 },
  { "over-midnight",
    { { 1430, 0x01, 0, 60, TRUE } },
    1,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    0,
    FALSE,
    "23:50: The window goes over midnight" },
  { "before-midnight",
    { { 10, 0x01, 15, 60, TRUE } },
    1,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    0,
    FALSE,
    "00:10: The window goes over midnight" },
  { "overlap-over-sunday-midnight",
    { { 20, 0x01, 0, 10, TRUE }, { 1430, 0x40, 0, 60, TRUE } },
    2,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    1,
    FALSE,
    "The windows of 00:20 and 23:50 overlap" },
  { "spring",
    { { 150, EVERY, 0, 60, TRUE } },
    1,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    0,
    FALSE,
    "02:30: There is no such time on 28 Mar 2027" },
  { "autumn",
    { { 150, EVERY, 0, 60, TRUE } },
    1,
    NULL,
    BENK_PLAN_FIELD_DOSES,
    0,
    FALSE,
    "02:30: This time comes twice on 31 Oct 2027" },
  { "three-is-safe", { { 180, EVERY, 0, 60, TRUE } }, 1 },
  { "not-on-sundays", { { 150, 0x3f, 0, 60, TRUE } }, 1 },
  { "chambers-last",
    { { 480, EVERY, 0, 60, TRUE }, { 720, EVERY, 0, 60, TRUE } },
    2,
    "10",
    BENK_PLAN_FIELD_DOSES,
    -1,
    FALSE,
    "Tray has 10 chambers: with these times it lasts 5 days." },
  { "chambers-too-few",
    { { 480, EVERY, 0, 60, TRUE }, { 720, EVERY, 0, 60, TRUE } },
    2,
    "1",
    BENK_PLAN_FIELD_DOSES,
    -1,
    TRUE,
    "Tray has 1 chambers, and the plan needs 2 on one day." },
  { "chambers-enough", { { 480, EVERY, 0, 60, TRUE } }, 1, "28" },
};

static BenkModel *
make_model (const char *more)
{
  g_autofree char *text =
    g_strdup_printf ("[Model]\nId=tray\nName=Tray\nPackaging=tray\n%s\n",
                     more != NULL ? more : "");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BenkModel *model = benk_model_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  return model;
}

static const BenkPlanProblem *
find_problem (GPtrArray *problems, const char *sentence)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const BenkPlanProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_has_prefix (problem->sentence, sentence))
        return problem;
      g_test_message ("%s", problem->sentence);
    }
  return NULL;
}

static void
test_problem_row (gconstpointer data)
{
  const ProblemRow *row = data;
  g_autoptr (BenkPlan) plan = benk_plan_propose (NULL, NULL);
  g_autofree char *chambers =
    row->chambers != NULL ? g_strconcat ("Chambers=", row->chambers, NULL) : NULL;
  g_autoptr (BenkModel) model = make_model (chambers);
  g_autoptr (GPtrArray) problems = NULL;
  const BenkPlanProblem *problem;

  for (guint i = 0; i < row->n_doses; i++)
    benk_plan_add_dose (plan, &row->doses[i]);
  problems = benk_plan_list_problems (plan, model, NOW_MS);
  if (row->sentence == NULL)
    {
      g_assert_cmpuint (problems->len, ==, 0);
      return;
    }
  problem = find_problem (problems, row->sentence);
  g_assert_nonnull (problem);
  g_assert_cmpint (problem->field, ==, row->field);
  g_assert_cmpint (problem->item, ==, row->item);
  g_assert_cmpint (problem->blocks, ==, row->blocks);
  g_assert_cmpint (benk_plan_validate (plan, NULL), ==,
                   !row->blocks || row->chambers != NULL);
}

static void
test_other_warnings (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_propose ("8", NULL);
  g_autoptr (GPtrArray) problems = NULL;

  benk_plan_set_rule (plan, BENK_ALARM_CONDITION_MISSED, FALSE, 0);
  benk_plan_set_valid_from (plan, "2026-11-21");
  problems = benk_plan_list_problems (plan, NULL, NOW_MS);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpint (find_problem (problems, "A missed dose raises no alarm")->field, ==,
                   BENK_PLAN_FIELD_ALARMS);
  g_assert_cmpint (find_problem (problems, "The first day is over")->field, ==,
                   BENK_PLAN_FIELD_VALID_FROM);
  benk_plan_set_valid_from (plan, "2026-11-22");
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = benk_plan_list_problems (plan, NULL, NOW_MS);
  g_assert_cmpuint (problems->len, ==, 1);
}

static void
test_times_from_the_roll (void)
{
  g_autoptr (BenkClock) clock = BENK_CLOCK (benk_fake_clock_new (NOW_MS));
  g_autoptr (BenkPlanDraft) draft = benk_plan_draft_new (clock);
  g_autoptr (BenkModel) roll = make_model ("TimesFromRoll=true");
  g_autoptr (BenkModel) tray = make_model (NULL);
  g_autoptr (BenkPlan) from_file = benk_plan_propose ("8", NULL);

  g_assert_false (benk_plan_draft_is_complete (draft));
  benk_plan_draft_set_model (draft, roll);
  g_assert_true (benk_plan_get_times_from_roll (benk_plan_draft_get_plan (draft)));
  g_assert_true (benk_plan_draft_is_complete (draft));
  g_assert_cmpint (benk_plan_next_dose (benk_plan_draft_get_plan (draft), NOW_MS), ==,
                   -1);
  benk_plan_draft_set_model (draft, tray);
  g_assert_false (benk_plan_draft_is_complete (draft));

  /* What a file says of the roll does not lock a model that is known. */
  benk_plan_set_times_from_roll (from_file, TRUE);
  benk_plan_draft_take (draft, benk_plan_copy (from_file), NULL);
  g_assert_false (benk_plan_get_times_from_roll (benk_plan_draft_get_plan (draft)));
}

/* No public source says so of any make; a model that claims it must give one. */
static void
test_no_shipped_model_claims_the_roll (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = benk_model_load_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < models->len; i++)
    g_assert_cmpint (benk_model_get_times_from_roll (models->pdata[i]), ==,
                     BENK_KNOWN_UNKNOWN);
}

static void
assert_diff (const BenkPlan *before, const BenkPlan *after, const char *joined)
{
  g_auto (GStrv) sentences = benk_plan_diff (before, after);
  g_autofree char *text = g_strjoinv (" | ", sentences);

  g_assert_cmpstr (text, ==, joined);
}

static void
test_diff (void)
{
  g_autoptr (BenkPlan) before = benk_plan_propose ("8 14 20", NULL);
  g_autoptr (BenkPlan) after = benk_plan_copy (before);
  BenkDoseTime dose = *benk_plan_get_dose (before, 0);

  benk_plan_set_proposed (after, 0);
  assert_diff (before, after, "");
  dose.minute = 510;
  benk_plan_replace_dose (after, 0, &dose);
  assert_diff (before, after, "08:00 → 08:30");
  dose.weekdays = 0x1f;
  dose.before_min = 30;
  dose.alarm = FALSE;
  benk_plan_replace_dose (after, 0, &dose);
  assert_diff (before, after,
               "08:00 → 08:30 (Mon–Fri) | Window of 08:30 (Mon–Fri): 08:00–09:00 → "
               "08:00–09:30 | 08:30 (Mon–Fri): alarm switched off");

  g_clear_pointer (&after, benk_plan_unref);
  after = benk_plan_propose ("8 20", NULL);
  assert_diff (before, after, "Removed: 14:00");
  assert_diff (after, before, "Added: 14:00");
}

static void
test_diff_of_the_rest (void)
{
  g_autoptr (BenkPlan) before = benk_plan_propose ("8", NULL);
  g_autoptr (BenkPlan) after = benk_plan_copy (before);

  benk_plan_set_rule (after, BENK_ALARM_CONDITION_MISSED, TRUE, 45);
  benk_plan_set_rule (after, BENK_ALARM_CONDITION_BATTERY_LOW, FALSE, 0);
  benk_plan_set_rule (after, BENK_ALARM_CONDITION_EMPTY, TRUE, 0);
  benk_plan_set_periods (after, "coordinator", 0);
  benk_plan_set_periods (after, "charge-nurse", BENK_DUTY_PERIODS_ALL);
  benk_plan_set_periods (after, "night-team", BENK_DUTY_PERIOD_EVENING);
  benk_plan_set_language (after, "nb");
  benk_plan_set_volume (after, 40);
  benk_plan_set_zone (after, "Europe/Stockholm");
  benk_plan_set_valid_from (after, "2026-12-01");
  assert_diff (before, after,
               "Alarm “Dose missed”: after 15 → 45 min | Alarm switched off: Battery low "
               "| Alarm switched on. Empty: alarm at once | Coordinator receives alarms: "
               "day → never | Charge nurse receives alarms: evening, weekend → day, "
               "evening, weekend | night-team receives alarms: never → evening | "
               "Language: not set → nb | Volume: not set → 40 % | Time zone: Europe/Oslo "
               "→ Europe/Stockholm | Valid from: not set → 2026-12-01");
}

static void
test_words (void)
{
  static const struct
  {
    guint weekdays;
    const char *words;
  } rows[] = {
    { EVERY, "every day" }, { 0, "no day" },           { 0x1f, "Mon–Fri" },
    { 0x60, "Sat, Sun" },   { 0x45, "Mon, Wed, Sun" }, { 0x47, "Mon–Wed, Sun" },
  };
  g_autoptr (BenkPlan) plan = benk_plan_propose ("9 20", NULL);
  g_autoptr (GTimeZone) oslo = benk_time_zone_find ("Europe/Oslo");
  /* 09:20 and 08:20 in Oslo. */
  g_autofree char *late = benk_plan_describe_next_dose (plan, NOW_MS + 1200000, oslo);
  g_autofree char *soon = benk_plan_describe_next_dose (plan, NOW_MS - 2400000, oslo);
  g_autofree char *tomorrow =
    benk_plan_describe_next_dose (plan, NOW_MS + 12 * G_GINT64_CONSTANT (3600000), oslo);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = benk_plan_describe_weekdays (rows[i].weekdays);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
  g_assert_cmpstr (late, ==, "Next dose at 20:00");
  g_assert_cmpstr (soon, ==, "Next dose in 40 min");
  g_assert_cmpstr (tomorrow, ==, "Next dose at 23 Nov 09:00");
}

static void
count (BenkPlanDraft *draft, guint *n)
{
  (*n)++;
}

static void
test_undo (void)
{
  g_autoptr (BenkClock) clock = BENK_CLOCK (benk_fake_clock_new (NOW_MS));
  g_autoptr (BenkPlanDraft) draft = benk_plan_draft_new (clock);
  g_autoptr (BenkPlan) first = NULL;
  BenkDoseTime dose;
  guint n = 0;
  guint at;

  g_signal_connect (draft, "changed", G_CALLBACK (count), &n);
  benk_plan_draft_add_dose (draft, 480);
  at = benk_plan_draft_add_dose (draft, 1200);
  g_assert_cmpuint (at, ==, 1);
  first = benk_plan_copy (benk_plan_draft_get_plan (draft));

  /* A drag is one change, however many steps it had. */
  dose = *benk_plan_get_dose (first, 1);
  for (guint minute = 1195; minute > 450; minute -= 5)
    {
      dose.minute = minute;
      at = benk_plan_draft_set_dose (draft, at, &dose, "drag");
    }
  g_assert_cmpuint (at, ==, 0);
  benk_plan_draft_end_run (draft);
  g_assert_cmpint (benk_plan_get_proposed (benk_plan_draft_get_plan (draft)), ==,
                   BENK_PLAN_PARTS_ALL);
  dose.after_min = 90;
  benk_plan_draft_set_dose (draft, at, &dose, "drag");
  g_assert_cmpint (benk_plan_get_proposed (benk_plan_draft_get_plan (draft)), ==,
                   BENK_PLAN_PARTS_ALL);
  dose = *benk_plan_get_dose (first, 0);
  dose.before_min = 30;
  benk_plan_draft_set_dose (draft, 1, &dose, NULL);
  g_assert_cmpint (benk_plan_get_proposed (benk_plan_draft_get_plan (draft)), ==,
                   BENK_PLAN_PART_ALARMS | BENK_PLAN_PART_RECIPIENTS);
  benk_plan_draft_undo (draft);
  benk_plan_draft_undo (draft);
  benk_plan_draft_undo (draft);
  g_assert_true (benk_plan_equal (benk_plan_draft_get_plan (draft), first));
  benk_plan_draft_redo (draft);
  g_assert_true (benk_plan_draft_can_redo (draft));
  benk_plan_draft_remove_dose (draft, 0);
  g_assert_false (benk_plan_draft_can_redo (draft));
  while (benk_plan_draft_can_undo (draft))
    benk_plan_draft_undo (draft);
  g_assert_cmpuint (benk_plan_get_n_doses (benk_plan_draft_get_plan (draft)), ==, 0);
  g_assert_cmpuint (n, >, 150);
}

static void
test_deciding (void)
{
  g_autoptr (BenkClock) clock = BENK_CLOCK (benk_fake_clock_new (NOW_MS));
  g_autoptr (BenkPlanDraft) draft = benk_plan_draft_new (clock);
  BenkPlan *plan;

  benk_plan_draft_set_rule (draft, BENK_ALARM_CONDITION_MISSED, TRUE, 15);
  g_assert_false (benk_plan_draft_can_undo (draft));
  benk_plan_draft_add_dose (draft, 480);
  benk_plan_draft_set_rule (draft, BENK_ALARM_CONDITION_MISSED, TRUE, 45);
  plan = benk_plan_draft_get_plan (draft);
  g_assert_cmpint (benk_plan_get_proposed (plan), ==, BENK_PLAN_PARTS_ALL);
  benk_plan_draft_set_rule (draft, BENK_ALARM_CONDITION_BATTERY_LOW, FALSE, 0);
  benk_plan_draft_set_periods (draft, "charge-nurse", BENK_DUTY_PERIODS_ALL);
  plan = benk_plan_draft_get_plan (draft);
  g_assert_cmpint (benk_plan_get_proposed (plan), ==,
                   BENK_PLAN_PART_WINDOWS | BENK_PLAN_PART_RECIPIENTS);
  benk_plan_draft_set_periods (draft, "coordinator", 0);
  benk_plan_draft_decide (draft);
  g_assert_cmpint (benk_plan_get_proposed (benk_plan_draft_get_plan (draft)), ==, 0);
  benk_plan_draft_undo (draft);
  g_assert_cmpint (benk_plan_get_proposed (benk_plan_draft_get_plan (draft)), ==,
                   BENK_PLAN_PART_WINDOWS);
}

static void
test_template (void)
{
  g_autoptr (BenkPlan) plan = benk_plan_propose ("8", NULL);
  g_autoptr (BenkPlan) pattern = benk_plan_propose ("7 12 17 22", NULL);
  g_autofree char *times = NULL;

  benk_plan_set_zone (plan, "Europe/Stockholm");
  benk_plan_set_language (plan, "nb");
  benk_plan_set_valid_from (plan, "2026-12-01");
  benk_plan_set_volume (pattern, 30);
  benk_plan_set_proposed (pattern, 0);
  benk_plan_apply (plan, pattern);
  times = benk_plan_describe_times (plan);
  g_assert_cmpstr (times, ==, "07:00 · 12:00 · 17:00 · 22:00");
  g_assert_cmpstr (benk_plan_get_zone (plan), ==, "Europe/Stockholm");
  g_assert_cmpstr (benk_plan_get_language (plan), ==, "nb");
  g_assert_cmpstr (benk_plan_get_valid_from (plan), ==, "2026-12-01");
  g_assert_cmpint (benk_plan_get_volume (plan), ==, 30);
  g_assert_cmpint (benk_plan_get_proposed (plan), ==, 0);

  benk_plan_set_times_from_roll (plan, TRUE);
  benk_plan_clear_doses (pattern);
  benk_plan_apply (plan, pattern);
  g_assert_cmpuint (benk_plan_get_n_doses (plan), ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/plan-edit/typed-times", test_typed_times);
  g_test_add_func ("/core/plan-edit/proposal-is-marked", test_proposal_is_marked);
  for (gsize i = 0; i < G_N_ELEMENTS (problem_rows); i++)
    {
      g_autofree char *path =
        g_strconcat ("/core/plan-edit/problem/", problem_rows[i].name, NULL);

      g_test_add_data_func (path, &problem_rows[i], test_problem_row);
    }
  g_test_add_func ("/core/plan-edit/other-warnings", test_other_warnings);
  g_test_add_func ("/core/plan-edit/times-from-the-roll", test_times_from_the_roll);
  g_test_add_func ("/core/plan-edit/no-shipped-model-claims-the-roll",
                   test_no_shipped_model_claims_the_roll);
  g_test_add_func ("/core/plan-edit/diff", test_diff);
  g_test_add_func ("/core/plan-edit/diff-of-the-rest", test_diff_of_the_rest);
  g_test_add_func ("/core/plan-edit/words", test_words);
  g_test_add_func ("/core/plan-edit/undo", test_undo);
  g_test_add_func ("/core/plan-edit/deciding", test_deciding);
  g_test_add_func ("/core/plan-edit/template", test_template);

  return g_test_run ();
}

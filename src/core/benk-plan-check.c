/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-check-private.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-names.h"
#include "benk-plan-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_RULES 32
#define MAX_RECIPIENTS 32
#define MAX_ROLE_OCTETS 32

static const BenkName field_names[] = {
  [BENK_PLAN_FIELD_DOSES] = { "doses", N_ ("Dose times") },
  [BENK_PLAN_FIELD_ALARMS] = { "alarms", N_ ("Alarms") },
  [BENK_PLAN_FIELD_DAY] = { "day", N_ ("Recipients by day") },
  [BENK_PLAN_FIELD_EVENING] = { "evening", N_ ("Recipients in the evening") },
  [BENK_PLAN_FIELD_WEEKEND] = { "weekend", N_ ("Recipients in the weekend") },
  [BENK_PLAN_FIELD_RECIPIENTS] = { "recipients", N_ ("Recipients") },
  [BENK_PLAN_FIELD_ZONE] = { "zone", N_ ("Time zone") },
  [BENK_PLAN_FIELD_LANGUAGE] = { "language", N_ ("Language") },
  [BENK_PLAN_FIELD_VOLUME] = { "volume", N_ ("Volume") },
  [BENK_PLAN_FIELD_VALID_FROM] = { "valid-from", N_ ("Valid from") },
};

BENK_DEFINE_NAMES (BenkPlanField, benk_plan_field, field_names)

/**
 * benk_plan_problem_free:
 * @self: (nullable) (transfer full): a problem
 */
void
benk_plan_problem_free (BenkPlanProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->sentence);
  g_free (self);
}

static gboolean
same_sentence (gconstpointer a, gconstpointer b)
{
  return g_str_equal (((const BenkPlanProblem *) a)->sentence, b);
}

/*< private >
 * benk_plan_say:
 *
 * Adds a problem, unless its sentence is there already.
 */
void
benk_plan_say (GPtrArray *problems,
               BenkPlanField field,
               int item,
               gboolean blocks,
               const char *format,
               ...)
{
  g_autofree char *sentence = NULL;
  BenkPlanProblem *problem;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  if (g_ptr_array_find_with_equal_func (problems, sentence, same_sentence, NULL))
    return;

  problem = g_new0 (BenkPlanProblem, 1);
  problem->field = field;
  problem->item = item;
  problem->blocks = blocks;
  problem->sentence = g_steal_pointer (&sentence);
  g_ptr_array_add (problems, problem);
}

/*< private >
 * benk_plan_say_dose:
 *
 * Adds a problem of one dose time, with that time before it.
 */
void
benk_plan_say_dose (GPtrArray *problems,
                    const BenkPlan *plan,
                    guint i,
                    gboolean blocks,
                    const char *sentence)
{
  g_autofree char *time =
    benk_plan_describe_minute (benk_plan_get_dose (plan, i)->minute);

  benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, (int) i, blocks, "%s: %s", time,
                 sentence);
}

static void
check_doses (const BenkPlan *plan, GPtrArray *problems)
{
  guint n = benk_plan_get_n_doses (plan);

  if (n == 0 && !benk_plan_get_times_from_roll (plan))
    benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, -1, TRUE, "%s",
                   _ ("The plan has no dose time."));
  if (n > BENK_PLAN_MAX_DOSES)
    benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, -1, TRUE, "%s",
                   _ ("The plan has too many dose times."));

  for (guint i = 0; i < n; i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      if (dose->minute >= BENK_MINUTES_PER_DAY)
        benk_plan_say_dose (problems, plan, i, TRUE,
                            _ ("This is not a time of the day."));
      if (dose->weekdays == 0 || (dose->weekdays & ~BENK_WEEKDAYS_ALL) != 0)
        benk_plan_say_dose (problems, plan, i, TRUE, _ ("No day of the week is chosen."));
      if (dose->before_min > BENK_PLAN_MAX_WINDOW_MIN ||
          dose->after_min > BENK_PLAN_MAX_WINDOW_MIN)
        benk_plan_say_dose (problems, plan, i, TRUE,
                            _ ("The window is longer than half a day."));
      for (guint j = 0; j < i; j++)
        if (benk_plan_get_dose (plan, j)->minute == dose->minute &&
            (benk_plan_get_dose (plan, j)->weekdays & dose->weekdays) != 0)
          benk_plan_say_dose (problems, plan, i, TRUE,
                              _ ("This dose time is there twice on the same day."));
    }
}

static void
check_rules (const BenkPlan *plan, GPtrArray *problems)
{
  guint n = benk_plan_get_n_rules (plan);

  if (n == 0)
    benk_plan_say (problems, BENK_PLAN_FIELD_ALARMS, -1, TRUE, "%s",
                   _ ("No alarm is switched on."));
  if (n > MAX_RULES)
    benk_plan_say (problems, BENK_PLAN_FIELD_ALARMS, -1, TRUE, "%s",
                   _ ("The plan has too many alarms."));

  for (guint i = 0; i < n; i++)
    {
      const BenkAlarmRule *rule = benk_plan_get_rule (plan, i);

      if (benk_alarm_condition_to_name (rule->condition) == NULL)
        benk_plan_say (problems, BENK_PLAN_FIELD_ALARMS, (int) i, TRUE, "%s",
                       _ ("An alarm is of an unknown kind."));
      if (rule->delay_min > BENK_MINUTES_PER_DAY)
        benk_plan_say (problems, BENK_PLAN_FIELD_ALARMS, (int) i, TRUE, "%s",
                       _ ("The delay of an alarm is longer than a day."));
    }
}

static gboolean
is_role (const char *role)
{
  static const char pattern[] = "^[a-z][a-z0-9-]*$";

  return role != NULL && strlen (role) <= MAX_ROLE_OCTETS &&
         g_regex_match_simple (pattern, role, G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
check_recipients (const BenkPlan *plan, GPtrArray *problems)
{
  guint periods = 0;

  if (benk_plan_get_n_recipients (plan) > MAX_RECIPIENTS)
    benk_plan_say (problems, BENK_PLAN_FIELD_RECIPIENTS, -1, TRUE, "%s",
                   _ ("The plan has too many recipients."));

  for (guint i = 0; i < benk_plan_get_n_recipients (plan); i++)
    {
      const BenkRecipient *recipient = benk_plan_get_recipient (plan, i);

      periods |= recipient->periods;
      if (!is_role (recipient->role))
        benk_plan_say (
          problems, BENK_PLAN_FIELD_RECIPIENTS, (int) i, TRUE, "%s",
          _ ("A recipient is not a role. Names and numbers do not belong here."));
    }

  if ((periods & BENK_DUTY_PERIOD_DAY) == 0)
    benk_plan_say (problems, BENK_PLAN_FIELD_DAY, -1, TRUE, "%s",
                   _ ("Nobody receives the alarms by day."));
  if ((periods & BENK_DUTY_PERIOD_EVENING) == 0)
    benk_plan_say (problems, BENK_PLAN_FIELD_EVENING, -1, TRUE, "%s",
                   _ ("Nobody receives the alarms in the evening."));
  if ((periods & BENK_DUTY_PERIOD_WEEKEND) == 0)
    benk_plan_say (problems, BENK_PLAN_FIELD_WEEKEND, -1, TRUE, "%s",
                   _ ("Nobody receives the alarms in the weekend."));
}

static void
check_rest (const BenkPlan *plan, GPtrArray *problems)
{
  static const char tag[] = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$";
  g_autoptr (GTimeZone) zone = benk_time_zone_find (benk_plan_get_zone (plan));
  const char *language = benk_plan_get_language (plan);
  const char *valid_from = benk_plan_get_valid_from (plan);
  GDate date;

  if (zone == NULL)
    benk_plan_say (problems, BENK_PLAN_FIELD_ZONE, -1, TRUE, "%s",
                   _ ("The time zone is unknown."));
  if (language != NULL &&
      !g_regex_match_simple (tag, language, G_REGEX_DOLLAR_ENDONLY, 0))
    benk_plan_say (problems, BENK_PLAN_FIELD_LANGUAGE, -1, TRUE, "%s",
                   _ ("The language is not a language tag."));
  if (benk_plan_get_volume (plan) < -1 || benk_plan_get_volume (plan) > 100)
    benk_plan_say (problems, BENK_PLAN_FIELD_VOLUME, -1, TRUE, "%s",
                   _ ("The volume is not between 0 and 100."));
  if (valid_from != NULL && !benk_date_parse (valid_from, &date))
    benk_plan_say (problems, BENK_PLAN_FIELD_VALID_FROM, -1, TRUE, "%s",
                   _ ("The first day is not a date."));
}

/* What nobody hears of, and a first day that is over. */
static void
warn_rest (const BenkPlan *plan, gint64 wall_ms, GPtrArray *problems)
{
  GDate first, today;
  gboolean wanted = FALSE;

  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    wanted |= benk_plan_get_dose (plan, i)->alarm;
  if (wanted && benk_plan_get_n_rules (plan) > 0 &&
      benk_plan_find_rule (plan, BENK_ALARM_CONDITION_MISSED) == NULL)
    benk_plan_say (problems, BENK_PLAN_FIELD_ALARMS, -1, FALSE, "%s",
                   _ ("A missed dose raises no alarm: “Dose missed” is off."));
  if (benk_plan_get_local_date (plan, wall_ms, &today) &&
      benk_date_parse (benk_plan_get_valid_from (plan), &first) &&
      g_date_compare (&first, &today) < 0)
    benk_plan_say (problems, BENK_PLAN_FIELD_VALID_FROM, -1, FALSE, "%s",
                   _ ("The first day is over; the plan holds at once."));
}

/**
 * benk_plan_list_problems:
 * @self: a plan
 * @model: (nullable): the model it is for, where that is known
 * @wall_ms: the present in UTC ms; below 0 leaves out what depends on it
 *
 * Everything that is missing or should be looked at, what keeps the plan from being
 * written first. Only what a public source says of a model counts against a plan.
 *
 * Returns: (transfer full) (element-type BenkPlanProblem): the problems, empty if there
 *   are none
 */
GPtrArray *
benk_plan_list_problems (const BenkPlan *self, BenkModel *model, gint64 wall_ms)
{
  GPtrArray *problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_plan_problem_free);

  check_doses (self, problems);
  check_rules (self, problems);
  check_recipients (self, problems);
  check_rest (self, problems);
  if (model != NULL)
    benk_plan_check_model (self, model, problems);
  benk_plan_warn_windows (self, problems);
  benk_plan_warn_clock_changes (self, wall_ms, problems);
  warn_rest (self, wall_ms, problems);

  return problems;
}

/**
 * benk_plan_check:
 * @self: a plan
 *
 * Everything that keeps the plan from being written to a device: at least one dose time,
 * one alarm, and one recipient by day, in the evening and in the weekend; nothing
 * malformed.
 *
 * Returns: (transfer full) (array zero-terminated=1): translated sentences, empty if it
 * is valid
 */
char **
benk_plan_check (const BenkPlan *self)
{
  g_autoptr (GPtrArray) problems = benk_plan_list_problems (self, NULL, -1);
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const BenkPlanProblem *problem = g_ptr_array_index (problems, i);

      if (problem->blocks)
        g_strv_builder_add (sentences, problem->sentence);
    }

  return g_strv_builder_end (sentences);
}

/**
 * benk_plan_validate:
 * @self: a plan
 * @error: return location for a %BENK_ERROR_INVALID that names every fault
 *
 * Returns: %TRUE if the plan may be written to a device
 */
gboolean
benk_plan_validate (const BenkPlan *self, GError **error)
{
  g_auto (GStrv) faults = benk_plan_check (self);
  g_autofree char *text = NULL;

  if (faults[0] == NULL)
    return TRUE;

  text = g_strjoinv (" ", faults);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, text);

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTES_PER_DAY 1440
#define MAX_WINDOW_MIN 720
#define MAX_RULES 32
#define MAX_RECIPIENTS 32
#define MAX_ROLE_OCTETS 32

static void
say (GPtrArray *faults, const char *sentence)
{
  if (!g_ptr_array_find_with_equal_func (faults, sentence, g_str_equal, NULL))
    g_ptr_array_add (faults, g_strdup (sentence));
}

static void
check_doses (const BenkPlan *plan, GPtrArray *faults)
{
  guint n = benk_plan_get_n_doses (plan);

  if (n == 0)
    say (faults, _ ("The plan has no dose time."));
  if (n > BENK_PLAN_MAX_DOSES)
    say (faults, _ ("The plan has too many dose times."));

  for (guint i = 0; i < n; i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      if (dose->minute >= MINUTES_PER_DAY)
        say (faults, _ ("A dose time is not a time of the day."));
      if (dose->weekdays == 0 || (dose->weekdays & ~BENK_WEEKDAYS_ALL) != 0)
        say (faults, _ ("A dose time has no day of the week."));
      if (dose->before_min > MAX_WINDOW_MIN || dose->after_min > MAX_WINDOW_MIN)
        say (faults, _ ("The window of a dose time is longer than half a day."));
      for (guint j = 0; j < i; j++)
        if (benk_plan_get_dose (plan, j)->minute == dose->minute &&
            (benk_plan_get_dose (plan, j)->weekdays & dose->weekdays) != 0)
          say (faults, _ ("A dose time is there twice."));
    }
}

static void
check_rules (const BenkPlan *plan, GPtrArray *faults)
{
  guint n = benk_plan_get_n_rules (plan);

  if (n == 0)
    say (faults, _ ("No alarm is switched on."));
  if (n > MAX_RULES)
    say (faults, _ ("The plan has too many alarms."));

  for (guint i = 0; i < n; i++)
    {
      const BenkAlarmRule *rule = benk_plan_get_rule (plan, i);

      if (benk_alarm_condition_to_name (rule->condition) == NULL)
        say (faults, _ ("An alarm is of an unknown kind."));
      if (rule->delay_min > MINUTES_PER_DAY)
        say (faults, _ ("The delay of an alarm is longer than a day."));
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
check_recipients (const BenkPlan *plan, GPtrArray *faults)
{
  guint periods = 0;

  if (benk_plan_get_n_recipients (plan) > MAX_RECIPIENTS)
    say (faults, _ ("The plan has too many recipients."));

  for (guint i = 0; i < benk_plan_get_n_recipients (plan); i++)
    {
      const BenkRecipient *recipient = benk_plan_get_recipient (plan, i);

      periods |= recipient->periods;
      if (!is_role (recipient->role))
        say (faults,
             _ ("A recipient is not a role. Names and numbers do not belong here."));
    }

  if ((periods & BENK_DUTY_PERIOD_DAY) == 0)
    say (faults, _ ("Nobody receives the alarms by day."));
  if ((periods & BENK_DUTY_PERIOD_EVENING) == 0)
    say (faults, _ ("Nobody receives the alarms in the evening."));
  if ((periods & BENK_DUTY_PERIOD_WEEKEND) == 0)
    say (faults, _ ("Nobody receives the alarms in the weekend."));
}

static void
check_rest (const BenkPlan *plan, GPtrArray *faults)
{
  static const char tag[] = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$";
  g_autoptr (GTimeZone) zone = benk_time_zone_find (benk_plan_get_zone (plan));
  const char *language = benk_plan_get_language (plan);
  const char *valid_from = benk_plan_get_valid_from (plan);
  GDate date;

  if (zone == NULL)
    say (faults, _ ("The time zone is unknown."));
  if (language != NULL &&
      !g_regex_match_simple (tag, language, G_REGEX_DOLLAR_ENDONLY, 0))
    say (faults, _ ("The language is not a language tag."));
  if (benk_plan_get_volume (plan) < -1 || benk_plan_get_volume (plan) > 100)
    say (faults, _ ("The volume is not between 0 and 100."));
  if (valid_from != NULL && !benk_date_parse (valid_from, &date))
    say (faults, _ ("The first day is not a date."));
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
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  check_doses (self, faults);
  check_rules (self, faults);
  check_recipients (self, faults);
  check_rest (self, faults);
  g_ptr_array_add (faults, NULL);

  return (char **) g_ptr_array_steal (faults, NULL);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-proposal.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-plan-words.h"

#include <glib/gi18n.h>

/* No source gives these numbers: they are proposed, shown, and the district's to decide.
 */
#define PROPOSED_WINDOW_MIN 60
#define PROPOSED_DELAY_MIN 15

static const BenkAlarmCondition proposed_alarms[] = { BENK_ALARM_CONDITION_MISSED,
                                                      BENK_ALARM_CONDITION_BATTERY_LOW };

static const struct
{
  const char *role;
  BenkDutyPeriods periods;
} proposed_roles[] = {
  { "coordinator", BENK_DUTY_PERIOD_DAY },
  { "charge-nurse", BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND },
};

/**
 * benk_plan_propose_dose:
 * @minute: minute of the day
 *
 * Returns: a dose at @minute every day, with the window that is proposed
 */
BenkDoseTime
benk_plan_propose_dose (guint minute)
{
  return (BenkDoseTime){ .minute = minute,
                         .weekdays = BENK_WEEKDAYS_ALL,
                         .after_min = PROPOSED_WINDOW_MIN,
                         .alarm = TRUE };
}

/**
 * benk_plan_propose_delay:
 * @condition: what raises an alarm
 *
 * Returns: after how many minutes it is proposed to
 */
guint
benk_plan_propose_delay (BenkAlarmCondition condition)
{
  return condition == BENK_ALARM_CONDITION_MISSED ||
             condition == BENK_ALARM_CONDITION_LATE
           ? PROPOSED_DELAY_MIN
           : 0;
}

/**
 * benk_plan_propose:
 * @times: (nullable): dose times as a person types them, "08:00 14 20.30"
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * A plan around dose times. Windows, alarms and recipients are the program's proposals,
 * and marked so.
 *
 * Returns: (transfer full) (nullable): the plan; without dose times if @times is empty
 */
BenkPlan *
benk_plan_propose (const char *times, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (times != NULL ? times : "", " ,;\t\n", -1);
  g_autoptr (BenkPlan) plan = benk_plan_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      BenkDoseTime dose;
      guint minute;

      if (*words[i] == '\0')
        continue;
      if (!benk_plan_parse_minute (words[i], &minute))
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("“%s” is not a time such as 08:00."), words[i]);
          return NULL;
        }
      dose = benk_plan_propose_dose (minute);
      benk_plan_add_dose (plan, &dose);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (proposed_alarms); i++)
    benk_plan_set_rule (plan, proposed_alarms[i], TRUE,
                        benk_plan_propose_delay (proposed_alarms[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (proposed_roles); i++)
    benk_plan_set_periods (plan, proposed_roles[i].role, proposed_roles[i].periods);
  benk_plan_set_proposed (plan, BENK_PLAN_PARTS_ALL);
  return g_steal_pointer (&plan);
}

/**
 * benk_plan_find_proposed:
 * @self: a plan
 *
 * Returns: the parts in which something is as the program would propose it
 */
BenkPlanParts
benk_plan_find_proposed (const BenkPlan *self)
{
  guint parts = 0;

  for (guint i = 0; i < benk_plan_get_n_doses (self); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (self, i);

      if (dose->before_min == 0 && dose->after_min == PROPOSED_WINDOW_MIN)
        parts |= BENK_PLAN_PART_WINDOWS;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (proposed_alarms); i++)
    {
      const BenkAlarmRule *rule = benk_plan_find_rule (self, proposed_alarms[i]);

      if (rule != NULL && rule->delay_min == benk_plan_propose_delay (rule->condition))
        parts |= BENK_PLAN_PART_ALARMS;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (proposed_roles); i++)
    if (benk_plan_get_periods (self, proposed_roles[i].role) == proposed_roles[i].periods)
      parts |= BENK_PLAN_PART_RECIPIENTS;

  return (BenkPlanParts) parts;
}

/**
 * benk_plan_apply:
 * @self: a plan
 * @pattern: a template
 *
 * Takes over dose times, alarms, recipients, language and volume of @pattern. Zone and
 * first day stay, and dose times too where they come from the roll.
 */
void
benk_plan_apply (BenkPlan *self, const BenkPlan *pattern)
{
  if (!benk_plan_get_times_from_roll (self))
    {
      benk_plan_clear_doses (self);
      for (guint i = 0; i < benk_plan_get_n_doses (pattern); i++)
        benk_plan_add_dose (self, benk_plan_get_dose (pattern, i));
    }
  benk_plan_clear_rules (self);
  for (guint i = 0; i < benk_plan_get_n_rules (pattern); i++)
    benk_plan_add_rule (self, benk_plan_get_rule (pattern, i)->condition,
                        benk_plan_get_rule (pattern, i)->delay_min);
  benk_plan_clear_recipients (self);
  for (guint i = 0; i < benk_plan_get_n_recipients (pattern); i++)
    benk_plan_add_recipient (self, benk_plan_get_recipient (pattern, i)->role,
                             benk_plan_get_recipient (pattern, i)->periods);
  if (benk_plan_get_language (pattern) != NULL)
    benk_plan_set_language (self, benk_plan_get_language (pattern));
  if (benk_plan_get_volume (pattern) >= 0)
    benk_plan_set_volume (self, benk_plan_get_volume (pattern));
  benk_plan_set_proposed (self, benk_plan_get_proposed (pattern));
}

/**
 * benk_plan_describe_proposed:
 * @self: a plan
 *
 * Returns: (transfer full) (nullable): "Windows, alarms: proposed by the program, …", or
 *   %NULL if everything is decided
 */
char *
benk_plan_describe_proposed (const BenkPlan *self)
{
  static const char *const parts[] = { N_ ("windows"), N_ ("alarms"), N_ ("recipients") };
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((benk_plan_get_proposed (self) & 1u << i) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", _ (parts[i]));
  if (names->len == 0)
    return NULL;
  /* Translators: parts of the settings, in brackets. */
  return g_strdup_printf ("%s (%s)",
                          _ ("Proposed by the program, not decided by the district"),
                          names->str);
}

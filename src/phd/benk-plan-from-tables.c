/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-tables.h"

#include "benk-error.h"
#include "benk-ext-table.h"

#include <string.h>

static BenkExtTable *
parse (const BenkJobPlan *self, guint16 id, GError **error)
{
  if (self->tables[id - 1] != NULL)
    return benk_ext_table_parse (id, self->tables[id - 1], error);
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, "Table %u is missing", id);
  return NULL;
}

static gboolean
take_schedule (BenkPlan *plan, const BenkExtTable *table, GError **error)
{
  const BenkMderTime *from = &table->valid_from;
  g_autofree char *date =
    g_strdup_printf ("%04u-%02u-%02u", from->year, from->month, from->day);

  benk_plan_set_valid_from (plan, from->year != 0 ? date : NULL);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const BenkDoseEntry *entry = &g_array_index (table->rows, BenkDoseEntry, i);
      gboolean daily =
        entry->recurrence == BENK_DOSE_EVERY_N_DAYS && entry->recurrence_arg == 1;
      BenkDoseTime dose = {
        .minute = entry->minute,
        .weekdays = daily ? BENK_WEEKDAYS_ALL : entry->recurrence_arg,
        .before_min = entry->before_min,
        .after_min = entry->after_min,
        .alarm = (entry->flags & BENK_DOSE_FLAG_ALARM) != 0,
      };

      if (!daily && entry->recurrence != BENK_DOSE_WEEKDAYS)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                       "Dose %u does not repeat by weekdays", entry->entry_id);
          return FALSE;
        }
      benk_plan_add_dose (plan, &dose);
    }
  return TRUE;
}

/* "charge-nurse:evening+weekend", as this program writes it. */
static gboolean
take_recipient (BenkPlan *plan, const char *alias, GError **error)
{
  static const char *const names[] = { "day", "evening", "weekend" };
  g_auto (GStrv) parts = g_strsplit (alias, ":", 2);
  g_auto (GStrv) words = parts[0] != NULL && parts[1] != NULL
                           ? g_strsplit (parts[1], "+", G_N_ELEMENTS (names))
                           : NULL;
  guint periods = 0;

  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_strv_contains ((const char *const *) words, names[i]))
      periods |= 1u << i;
  if (periods == 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                   "A recipient was not written by this program");
      return FALSE;
    }
  benk_plan_add_recipient (plan, parts[0], (BenkDutyPeriods) periods);
  return TRUE;
}

/**
 * benk_job_plan_to_plan:
 * @self: tables and settings as of benk_job_plan_from_plan()
 * @error: return location for a %BENK_ERROR_INVALID, or a %BENK_ERROR_UNSUPPORTED for
 *   what a plan cannot say
 *
 * The way back, for comparing: of what a device holds no octet is kept.
 *
 * Returns: (transfer full) (nullable): the plan
 */
BenkPlan *
benk_job_plan_to_plan (const BenkJobPlan *self, GError **error)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();
  g_autoptr (BenkExtTable) schedule = parse (self, BENK_TABLE_SCHEDULE, error);
  g_autoptr (BenkExtTable) rules = NULL;
  g_autoptr (BenkExtTable) recipients = NULL;

  if (schedule == NULL || !take_schedule (plan, schedule, error))
    return NULL;
  rules = parse (self, BENK_TABLE_ALARM_RULES, error);
  recipients = rules != NULL ? parse (self, BENK_TABLE_RECIPIENTS, error) : NULL;
  if (recipients == NULL)
    return NULL;
  for (guint i = 0; i < rules->rows->len; i++)
    {
      const BenkRuleEntry *entry = &g_array_index (rules->rows, BenkRuleEntry, i);

      benk_plan_add_rule (plan, (BenkAlarmCondition) entry->condition, entry->delay_min);
    }
  for (guint i = 0; i < recipients->rows->len; i++)
    if (!take_recipient (plan,
                         g_array_index (recipients->rows, BenkRecipientEntry, i).address,
                         error))
      return NULL;
  benk_plan_set_zone (plan, self->zone);
  benk_plan_set_language (plan, self->language);
  benk_plan_set_volume (plan, self->volume);
  return benk_plan_validate (plan, error) ? g_steal_pointer (&plan) : NULL;
}

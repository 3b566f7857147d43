/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-tables.h"

#include "benk-error.h"
#include "benk-ext-table.h"

#include <string.h>

#define ONE_DOSE 0x0001        /* SFLOAT 1 */
#define UNIT_DIMENSIONLESS 512 /* partition 4 */
#define CHANNEL_GATEWAY 4
/* The summer-time rules of F105. */
#define DST_NONE 0
#define DST_EUROPE 1
#define DST_BY_NAME 2

static guint32
bcd_date (const BenkMderTime *time)
{
  guint32 digits[] = { time->year / 1000u,     time->year / 100u % 10u,
                       time->year / 10u % 10u, time->year % 10u,
                       time->month / 10u,      time->month % 10u,
                       time->day / 10u,        time->day % 10u };
  guint32 bcd = 0;

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    bcd = bcd << 4 | digits[i];
  return bcd;
}

static BenkMderTime
get_valid_from (const BenkPlan *plan)
{
  BenkMderTime time = { 0 };
  GDate date;

  if (benk_plan_get_valid_from (plan) == NULL ||
      !benk_date_parse (benk_plan_get_valid_from (plan), &date))
    return time;
  time.year = g_date_get_year (&date);
  time.month = (guint8) g_date_get_month (&date);
  time.day = g_date_get_day (&date);
  return time;
}

/* What is given, to whom and by whose order never reaches the dispenser from here. */
static GBytes *
compose_schedule (const BenkPlan *plan)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_SCHEDULE);

  table->valid_from = get_valid_from (plan);
  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);
      gboolean daily = dose->weekdays == BENK_WEEKDAYS_ALL;
      BenkDoseEntry entry = {
        .entry_id = (guint16) (i + 1),
        .amount = ONE_DOSE,
        .unit = UNIT_DIMENSIONLESS,
        .minute = (guint16) dose->minute,
        .before_min = (guint16) dose->before_min,
        .after_min = (guint16) dose->after_min,
        .recurrence = daily ? BENK_DOSE_EVERY_N_DAYS : BENK_DOSE_WEEKDAYS,
        .recurrence_arg = daily ? 1 : dose->weekdays,
        .anchor = bcd_date (&table->valid_from),
        .flags = dose->alarm ? BENK_DOSE_FLAG_ALARM : 0,
      };

      g_array_append_val (table->rows, entry);
    }
  return benk_ext_table_compose (table);
}

static GBytes *
compose_rules (const BenkPlan *plan)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_ALARM_RULES);
  guint n_recipients = MIN (benk_plan_get_n_recipients (plan), BENK_TABLE_MAX_RECIPIENTS);

  for (guint i = 0; i < benk_plan_get_n_rules (plan); i++)
    {
      const BenkAlarmRule *rule = benk_plan_get_rule (plan, i);
      BenkRuleEntry entry = {
        .rule_id = (guint16) (i + 1),
        .condition = (guint16) rule->condition,
        .delay_min = (guint16) rule->delay_min,
        .action = BENK_RULE_SOUND | BENK_RULE_LIGHT | BENK_RULE_NOTIFY,
        .volume = (guint16) MAX (benk_plan_get_volume (plan), 0),
        .n_recipients = n_recipients,
      };

      for (guint j = 0; j < n_recipients; j++)
        entry.recipients[j] = (guint16) (j + 1);
      g_array_append_val (table->rows, entry);
    }
  return benk_ext_table_compose (table);
}

/* A recipient is a role and when it is on duty; the gateway knows the rest. */
static char *
make_alias (const BenkRecipient *recipient)
{
  static const char *const periods[] = { "day", "evening", "weekend" };
  GString *alias = g_string_new (recipient->role);
  char separator = ':';

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if ((recipient->periods & 1u << i) != 0)
      {
        g_string_append_printf (alias, "%c%s", separator, periods[i]);
        separator = '+';
      }
  return g_string_free (alias, FALSE);
}

static GBytes *
compose_recipients (const BenkPlan *plan)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_RECIPIENTS);

  for (guint i = 0; i < benk_plan_get_n_recipients (plan); i++)
    {
      BenkRecipientEntry entry = {
        .recipient_id = (guint16) (i + 1),
        .channel = CHANNEL_GATEWAY,
        .priority = (guint16) (i + 1),
        .address = make_alias (benk_plan_get_recipient (plan, i)),
      };

      g_array_append_val (table->rows, entry);
    }
  return benk_ext_table_compose (table);
}

/* Both halves of one year show the standard offset and whether there is summer time. */
static void
fill_zone (BenkJobPlan *self, GTimeZone *zone)
{
  const gint64 january = G_GINT64_CONSTANT (1767225600);
  const gint64 july = G_GINT64_CONSTANT (1782864000);
  int winter = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, january);
  int summer = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, july);
  gboolean changes =
    g_time_zone_is_dst (zone, winter) != g_time_zone_is_dst (zone, summer);
  int standard = g_time_zone_is_dst (zone, winter) ? summer : winter;

  self->zone_offset_min = (gint16) (g_time_zone_get_offset (zone, standard) / 60);
  self->zone_dst_rule = !changes                                   ? DST_NONE
                        : g_str_has_prefix (self->zone, "Europe/") ? DST_EUROPE
                                                                   : DST_BY_NAME;
}

/**
 * benk_job_plan_from_plan:
 * @self: (out): filled; to be cleared in any case
 * @plan: what the dispenser shall do
 *
 * Lays the plan out as tables 1 to 3 of the service extension and its settings. Medicine
 * code, label, order reference and recipients' names stay empty.
 *
 * Returns: %FALSE with the error of benk_plan_validate(), or %BENK_ERROR_INVALID when the
 *   plan is too large for a table
 */
gboolean
benk_job_plan_from_plan (BenkJobPlan *self, const BenkPlan *plan, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  memset (self, 0, sizeof *self);
  self->volume = -1;
  if (!benk_plan_validate (plan, error))
    return FALSE;
  if (benk_plan_get_times_from_roll (plan))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                   "The dose times come from the roll; over USB they are written");
      return FALSE;
    }
  self->tables[0] = compose_schedule (plan);
  self->tables[1] = compose_rules (plan);
  self->tables[2] = compose_recipients (plan);
  if (self->tables[0] == NULL || self->tables[1] == NULL || self->tables[2] == NULL ||
      benk_plan_get_n_recipients (plan) > BENK_TABLE_MAX_RECIPIENTS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   "The plan is too large for the dispenser");
      return FALSE;
    }
  self->language = g_strdup (benk_plan_get_language (plan));
  self->volume = benk_plan_get_volume (plan);
  zone = benk_time_zone_find (benk_plan_get_zone (plan));
  if (zone != NULL)
    {
      self->zone = g_strdup (benk_plan_get_zone (plan));
      fill_zone (self, zone);
    }
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-words.h"

#include "benk-config.h"
#include "benk-wording.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* Short and whole; Monday first. */
static const char *const weekday_labels[7][2] = {
  { N_ ("Mon"), N_ ("Monday") },    { N_ ("Tue"), N_ ("Tuesday") },
  { N_ ("Wed"), N_ ("Wednesday") }, { N_ ("Thu"), N_ ("Thursday") },
  { N_ ("Fri"), N_ ("Friday") },    { N_ ("Sat"), N_ ("Saturday") },
  { N_ ("Sun"), N_ ("Sunday") },
};

/* Who may receive alarms; a file may name others. */
static const char *const roles[][2] = {
  { "coordinator", N_ ("Coordinator") },
  { "charge-nurse", N_ ("Charge nurse") },
  { "response-centre", N_ ("Response centre") },
  { "next-of-kin", N_ ("Next of kin") },
  { "technician", N_ ("Technical resource person") },
};

static gboolean
read_number (const char *text, guint most, guint *number)
{
  guint64 value;

  if (strlen (text) > 2 || !g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

/**
 * benk_plan_parse_minute:
 * @text: what a person typed: "8", "08:00", "8.30", "0830"
 * @out_minute: (out): minute of the day, untouched on failure
 *
 * Returns: %TRUE if @text is a time of the day
 */
gboolean
benk_plan_parse_minute (const char *text, guint *out_minute)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ":.", 3);
  gsize length = strlen (text);
  guint hour = 0, minute = 0;

  if (g_strv_length (parts) == 1 && (length == 3 || length == 4))
    {
      g_autofree char *hours = g_strndup (text, length - 2);

      if (!read_number (hours, 23, &hour) ||
          !read_number (text + length - 2, 59, &minute))
        return FALSE;
    }
  else if (g_strv_length (parts) < 1 || g_strv_length (parts) > 2 ||
           !read_number (parts[0], 23, &hour) ||
           (parts[1] != NULL &&
            (strlen (parts[1]) != 2 || !read_number (parts[1], 59, &minute))))
    return FALSE;

  *out_minute = hour * 60 + minute;
  return TRUE;
}

/**
 * benk_plan_describe_minute:
 * @minute: minute of the day
 *
 * Returns: (transfer full): "08:00"; "–" if it is none
 */
char *
benk_plan_describe_minute (guint minute)
{
  if (minute >= 1440)
    return g_strdup ("–");
  return g_strdup_printf ("%02u:%02u", minute / 60, minute % 60);
}

/**
 * benk_plan_get_weekday_label:
 * @day: 0 = Monday to 6 = Sunday
 *
 * Returns: (transfer none): the short name of the day
 */
const char *
benk_plan_get_weekday_label (guint day)
{
  g_return_val_if_fail (day < 7, NULL);

  return _ (weekday_labels[day][0]);
}

/**
 * benk_plan_get_weekday_name:
 * @day: 0 = Monday to 6 = Sunday
 *
 * Returns: (transfer none): the whole name of the day
 */
const char *
benk_plan_get_weekday_name (guint day)
{
  g_return_val_if_fail (day < 7, NULL);

  return _ (weekday_labels[day][1]);
}

/**
 * benk_plan_describe_weekdays:
 * @weekdays: bit 0 = Monday
 *
 * Returns: (transfer full): "every day", "Mon–Fri", "Mon, Wed, Sun"
 */
char *
benk_plan_describe_weekdays (guint weekdays)
{
  GString *text;

  if (weekdays == BENK_WEEKDAYS_ALL)
    return g_strdup (_ ("every day"));
  if ((weekdays & BENK_WEEKDAYS_ALL) == 0)
    return g_strdup (_ ("no day"));

  text = g_string_new (NULL);
  for (guint day = 0; day < 7; day++)
    {
      guint last = day;

      if ((weekdays & 1u << day) == 0)
        continue;
      while (last < 6 && (weekdays & 1u << (last + 1)) != 0)
        last++;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              benk_plan_get_weekday_label (day));
      if (last > day + 1)
        {
          g_string_append_printf (text, "–%s", benk_plan_get_weekday_label (last));
          day = last;
        }
    }
  return g_string_free (text, FALSE);
}

static char *
add_minutes (guint minute, int more)
{
  return benk_plan_describe_minute ((guint) ((int) minute + more + 1440) % 1440);
}

/**
 * benk_plan_describe_window:
 * @dose: a dose time
 *
 * Returns: (transfer full): "07:45–09:00"
 */
char *
benk_plan_describe_window (const BenkDoseTime *dose)
{
  g_autofree char *from = add_minutes (dose->minute, -(int) MIN (dose->before_min, 1440));
  g_autofree char *to = add_minutes (dose->minute, (int) MIN (dose->after_min, 1440));

  return g_strdup_printf ("%s–%s", from, to);
}

/**
 * benk_plan_describe_dose:
 * @dose: a dose time
 *
 * Returns: (transfer full): everything about it in one line, as a screen reader says it
 */
char *
benk_plan_describe_dose (const BenkDoseTime *dose)
{
  g_autofree char *time = benk_plan_describe_minute (dose->minute);
  g_autofree char *window = benk_plan_describe_window (dose);
  g_autofree char *days = benk_plan_describe_weekdays (dose->weekdays);

  return g_strdup_printf (dose->alarm ? _ ("Dose at %s, window %s, %s, with alarm")
                                      : _ ("Dose at %s, window %s, %s, without alarm"),
                          time, window, days);
}

/**
 * benk_plan_describe_times:
 * @self: a plan
 *
 * Returns: (transfer full): "08:00 · 14:00 · 20:00 (Mon–Fri)"
 */
char *
benk_plan_describe_times (const BenkPlan *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < benk_plan_get_n_doses (self); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (self, i);
      g_autofree char *time = benk_plan_describe_minute (dose->minute);
      g_autofree char *days = benk_plan_describe_weekdays (dose->weekdays);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", time);
      if (dose->weekdays != BENK_WEEKDAYS_ALL)
        g_string_append_printf (text, " (%s)", days);
    }
  if (benk_plan_get_times_from_roll (self))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            _ ("times come from the roll"));
  return g_string_free (text, FALSE);
}

/**
 * benk_plan_describe_rule:
 * @rule: an alarm that is on
 *
 * Returns: (transfer full): "Dose missed after 15 min", "Battery low at once"
 */
char *
benk_plan_describe_rule (const BenkAlarmRule *rule)
{
  const char *label = benk_alarm_condition_get_label (rule->condition);

  if (rule->delay_min == 0)
    /* Translators: what raises an alarm. */
    return g_strdup_printf (_ ("%s: alarm at once"), label);
  return g_strdup_printf (_ ("%s: alarm after %u min"), label, rule->delay_min);
}

/**
 * benk_plan_describe_periods:
 * @periods: when a recipient receives
 *
 * Returns: (transfer full): "day, evening"; "never" for none
 */
char *
benk_plan_describe_periods (BenkDutyPeriods periods)
{
  static const char *const words[] = { N_ ("day"), N_ ("evening"), N_ ("weekend") };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((periods & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (words[i]));
  if (text->len == 0)
    g_string_append (text, _ ("never"));
  return g_string_free (text, FALSE);
}

/**
 * benk_plan_describe_next_dose:
 * @self: a plan
 * @now_ms: the present in UTC ms
 * @zone: the zone of the person who reads
 *
 * Says when the next dose comes by this plan: relative under an hour, else the local
 * clock time, with the date when that is another day. It is computed, not read.
 *
 * Returns: (transfer full): the words
 */
char *
benk_plan_describe_next_dose (const BenkPlan *self, gint64 now_ms, GTimeZone *zone)
{
  gint64 next_ms = benk_plan_next_dose (self, now_ms);
  g_autofree char *words = NULL;

  if (benk_plan_get_times_from_roll (self))
    return g_strdup (_ ("The dose times come from the roll."));
  if (next_ms < 0)
    return g_strdup (_ ("No next dose."));
  if (next_ms - now_ms < HOUR_MS)
    {
      words = benk_wording_duration (next_ms - now_ms);
      return g_strdup_printf (_ ("Next dose in %s"), words);
    }
  words = benk_wording_instant (next_ms, now_ms, zone);
  return g_strdup_printf (_ ("Next dose at %s"), words);
}

/**
 * benk_plan_get_n_roles:
 *
 * Returns: how many roles are offered as recipients
 */
guint
benk_plan_get_n_roles (void)
{
  return G_N_ELEMENTS (roles);
}

/**
 * benk_plan_get_role:
 * @i: a number below benk_plan_get_n_roles()
 *
 * Returns: (transfer none): the id of a role
 */
const char *
benk_plan_get_role (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (roles), NULL);

  return roles[i][0];
}

/**
 * benk_plan_describe_role:
 * @role: id of a role
 *
 * Returns: (transfer full): its words; of a role that is not known here its id
 */
char *
benk_plan_describe_role (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i][0], role) == 0)
      return g_strdup (_ (roles[i][1]));

  return g_strdup (role);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-wording.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/**
 * benk_wording_duration:
 * @ms: a length of time in milliseconds; its sign is ignored
 *
 * Says a length of time in the two largest units that matter: "40 s", "12 min",
 * "1 h 52 min", "3 d 4 h".
 *
 * Returns: (transfer full): the words
 */
char *
benk_wording_duration (gint64 ms)
{
  gint64 length = ABS (ms);

  if (length < MINUTE_MS)
    return g_strdup_printf (_ ("%d s"), (int) (length / 1000));
  if (length < HOUR_MS)
    return g_strdup_printf (_ ("%d min"), (int) (length / MINUTE_MS));
  if (length < DAY_MS)
    return g_strdup_printf (_ ("%d h %d min"), (int) (length / HOUR_MS),
                            (int) (length % HOUR_MS / MINUTE_MS));
  return g_strdup_printf (_ ("%d d %d h"), (int) (length / DAY_MS),
                          (int) (length % DAY_MS / HOUR_MS));
}

/**
 * benk_wording_instant:
 * @ms: milliseconds since 1970 in UTC
 * @now_ms: the present, for saying the date only where it is another day
 * @zone: the zone of the person who reads
 *
 * Says an instant as a local clock time, with the date when it is not today and the year
 * when it is not this year.
 *
 * Returns: (transfer full): the words
 */
char *
benk_wording_instant (gint64 ms, gint64 now_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) utc_now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) time = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) now = utc_now ? g_date_time_to_timezone (utc_now, zone) : NULL;

  if (!time || !now)
    return g_strdup ("–");
  if (g_date_time_get_year (time) != g_date_time_get_year (now))
    /* Translators: a date of another year with a clock time. */
    return g_date_time_format (time, _ ("%-d %b %Y %H:%M"));
  if (g_date_time_get_day_of_year (time) != g_date_time_get_day_of_year (now))
    /* Translators: a date of this year with a clock time. */
    return g_date_time_format (time, _ ("%-d %b %H:%M"));
  return g_date_time_format (time, "%H:%M");
}

/**
 * benk_wording_age:
 * @ms: an instant in the past, milliseconds since 1970 in UTC
 * @now_ms: the present
 *
 * Returns: (transfer full): how long ago @ms was, as a length of time
 */
char *
benk_wording_age (gint64 ms, gint64 now_ms)
{
  return benk_wording_duration (MAX (now_ms - ms, 0));
}

/**
 * benk_wording_deadline:
 * @alarm: an alarm
 * @now_ms: the present by this computer, milliseconds since 1970 in UTC
 * @overdue: (out) (optional): whether the deadline has passed
 *
 * Says which of the two deadlines counts and how long it is: the earlier one while nobody
 * has taken it, else that to resolve it; outside one's own duty whom to phone when it has
 * passed.
 *
 * Returns: (transfer full) (nullable): the words, or %NULL without a deadline
 */
char *
benk_wording_deadline (BenkAlarm *alarm, gint64 now_ms, gboolean *overdue)
{
  gint64 deadline = benk_alarm_get_due_ms (alarm);
  gboolean to_take = benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW &&
                     benk_alarm_get_take_deadline_ms (alarm) == deadline;
  gint64 left = deadline - now_ms - benk_alarm_get_clock_skew_ms (alarm);
  g_autofree char *length = benk_wording_duration (left);

  if (overdue)
    *overdue = deadline > 0 && left < 0;
  if (deadline <= 0)
    return NULL;
  if (left < 0 && benk_alarm_get_call (alarm) != NULL)
    /* Translators: a role, with a telephone number. */
    return g_strdup_printf (_ ("Overdue – phone %s"), benk_alarm_get_call (alarm));
  if (left < 0)
    return g_strdup_printf (_ ("%s overdue"), length);
  return g_strdup_printf (to_take ? _ ("Take within %s") : _ ("Resolve within %s"),
                          length);
}

/**
 * benk_wording_alarm:
 * @alarm: an alarm
 *
 * Says what an alarm is: the short words for its code, and of a code that is not known
 * here the source's own text, else the code itself.
 *
 * Returns: (transfer full): the words
 */
char *
benk_wording_alarm (BenkAlarm *alarm)
{
  const BenkAlarmCode *code = benk_alarm_code_find (benk_alarm_get_code (alarm));
  const char *text = benk_alarm_get_code_text (alarm);

  if (code && !g_str_equal (code->code, BENK_ALARM_CODE_OTHER))
    return g_strdup (benk_alarm_code_get_label (code));
  if (text && *text)
    return g_strdup_printf (_ ("Other alarm: %s"), text);
  return g_strdup_printf (_ ("Other alarm: %s"), benk_alarm_get_code (alarm));
}

/**
 * benk_wording_severity:
 * @severity: 0, 10, 20, 30 or 40 (vkp-severity-level-v090)
 *
 * Returns: (transfer none): the word for a severity; what lies between counts as the
 * lower
 */
const char *
benk_wording_severity (int severity)
{
  if (severity >= 40)
    return _ ("Critical");
  if (severity >= 30)
    return _ ("Severe");
  if (severity >= 20)
    return _ ("Moderate");
  if (severity >= 10)
    return _ ("Normal");
  return _ ("Not graded");
}

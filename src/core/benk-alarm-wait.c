/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-wait.h"

#include "benk-config.h"
#include "benk-duty.h"
#include "benk-names.h"
#include "benk-plan.h"

#include <glib/gi18n.h>

/* Proposed by the program: when a vendor's desk has had time to answer. */
#define PROPOSED_MINUTE (10 * 60)
/* Norway has no longer row of days off. */
#define DAYS_TO_LOOK 14

static const BenkName wait_names[] = {
  [BENK_WAIT_NONE] = { "none", N_ ("Not waiting") },
  [BENK_WAIT_VENDOR] = { "vendor", N_ ("Vendor") },
  [BENK_WAIT_VISIT] = { "visit", N_ ("Visit") },
  [BENK_WAIT_CARE] = { "care", N_ ("Care") },
  [BENK_WAIT_DELIVERY] = { "delivery", N_ ("Delivery") },
};

BENK_DEFINE_NAMES (BenkWait, benk_wait, wait_names)

static const BenkName covered_names[] = {
  [BENK_COVERED_UNKNOWN] = { "unknown", N_ ("Not known") },
  [BENK_COVERED_YES] = { "yes", N_ ("Yes") },
  [BENK_COVERED_NO] = { "no", N_ ("No") },
};

BENK_DEFINE_NAMES (BenkCovered, benk_covered, covered_names)

static gboolean
is_set (BenkAlarm *alarm)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN &&
         benk_alarm_get_waiting_for (alarm) != BENK_WAIT_NONE;
}

/**
 * benk_alarm_is_waiting:
 * @alarm: an alarm
 * @now_ms: UTC milliseconds
 *
 * Returns: whether it waits for something that is to come later than @now_ms. Its
 *   deadlines run on
 */
gboolean
benk_alarm_is_waiting (BenkAlarm *alarm, gint64 now_ms)
{
  return is_set (alarm) && benk_alarm_get_waiting_until_ms (alarm) > now_ms;
}

/**
 * benk_alarm_has_waited:
 * @alarm: an alarm
 * @now_ms: UTC milliseconds
 *
 * Returns: whether it has waited to its end, and nobody has done anything about that yet
 */
gboolean
benk_alarm_has_waited (BenkAlarm *alarm, gint64 now_ms)
{
  return is_set (alarm) && benk_alarm_get_waiting_until_ms (alarm) <= now_ms;
}

static GDateTime *
to_zone (gint64 ms, const char *zone)
{
  g_autoptr (GTimeZone) tz = benk_time_zone_find (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  if (utc == NULL)
    return NULL;
  if (tz == NULL)
    tz = benk_time_zone_new_district ();
  return g_date_time_to_timezone (utc, tz);
}

/**
 * benk_wait_propose_until:
 * @zone: name of the time zone of the district (IANA)
 * @now_ms: UTC milliseconds
 *
 * Returns: UTC milliseconds of 10:00 on the next working day; proposed by the program
 */
gint64
benk_wait_propose_until (const char *zone, gint64 now_ms)
{
  g_autoptr (GDateTime) local = to_zone (now_ms, zone);
  GDate day;

  g_return_val_if_fail (local != NULL, now_ms);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  for (guint i = 0; i < DAYS_TO_LOOK; i++)
    {
      g_date_add_days (&day, 1);
      if (benk_date_is_workday (&day))
        break;
    }
  return benk_local_minute_to_ms (zone, &day, PROPOSED_MINUTE);
}

static int
count_days (GDateTime *from, GDateTime *to)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, (GDateDay) g_date_time_get_day_of_month (from),
                  (GDateMonth) g_date_time_get_month (from),
                  (GDateYear) g_date_time_get_year (from));
  g_date_set_dmy (&b, (GDateDay) g_date_time_get_day_of_month (to),
                  (GDateMonth) g_date_time_get_month (to),
                  (GDateYear) g_date_time_get_year (to));
  return g_date_days_between (&a, &b);
}

/**
 * benk_wait_describe_until:
 * @until_ms: UTC milliseconds
 * @now_ms: the present, UTC milliseconds
 * @zone: name of the time zone of the district (IANA)
 *
 * Returns: (transfer full): the end as it stands after "until": a clock time, with the
 *   weekday within a week, else with the date
 */
char *
benk_wait_describe_until (gint64 until_ms, gint64 now_ms, const char *zone)
{
  g_autoptr (GDateTime) until = to_zone (until_ms, zone);
  g_autoptr (GDateTime) now = to_zone (now_ms, zone);
  int days;

  if (until == NULL || now == NULL)
    return g_strdup ("–");
  days = count_days (now, until);
  if (days == 0)
    /* Translators: a clock time today, after “until”. */
    return g_date_time_format (until, C_ ("until", "%H:%M"));
  if (days > -7 && days < 7)
    /* Translators: a weekday of these days with a clock time, after “until”. */
    return g_date_time_format (until, C_ ("until", "%a %H:%M"));
  /* Translators: a day further away with a clock time, after “until”. */
  return g_date_time_format (until, C_ ("until", "%a %-d %b %H:%M"));
}

static char *
describe_over (BenkWait value, const char *until)
{
  switch (value)
    {
    case BENK_WAIT_VENDOR:
      return g_strdup_printf (_ ("Has waited for the vendor until %s"), until);
    case BENK_WAIT_VISIT:
      return g_strdup_printf (_ ("Has waited for a visit until %s"), until);
    case BENK_WAIT_CARE:
      return g_strdup_printf (_ ("Has waited for care until %s"), until);
    case BENK_WAIT_DELIVERY:
      return g_strdup_printf (_ ("Has waited for a delivery until %s"), until);
    case BENK_WAIT_NONE:
    default:
      return g_strdup (benk_wait_get_label (BENK_WAIT_NONE));
    }
}

/**
 * benk_wait_describe:
 * @value: what is waited for
 * @until_ms: until when, UTC milliseconds
 * @over: whether that has come
 * @now_ms: the present, UTC milliseconds
 * @zone: name of the time zone of the district (IANA)
 *
 * Returns: (transfer full): "Waiting for the vendor until Tue 10:00"
 */
char *
benk_wait_describe (
  BenkWait value, gint64 until_ms, gboolean over, gint64 now_ms, const char *zone)
{
  g_autofree char *until = benk_wait_describe_until (until_ms, now_ms, zone);

  if (over)
    return describe_over (value, until);
  switch (value)
    {
    case BENK_WAIT_VENDOR:
      return g_strdup_printf (_ ("Waiting for the vendor until %s"), until);
    case BENK_WAIT_VISIT:
      return g_strdup_printf (_ ("Waiting for a visit until %s"), until);
    case BENK_WAIT_CARE:
      return g_strdup_printf (_ ("Waiting for care until %s"), until);
    case BENK_WAIT_DELIVERY:
      return g_strdup_printf (_ ("Waiting for a delivery until %s"), until);
    case BENK_WAIT_NONE:
    default:
      return g_strdup (benk_wait_get_label (BENK_WAIT_NONE));
    }
}

/**
 * benk_alarm_describe_waiting:
 * @alarm: an alarm
 * @now_ms: the present, UTC milliseconds
 *
 * Returns: (transfer full) (nullable): what it waits for, or has waited for, and until
 *   when; %NULL if it does not wait
 */
char *
benk_alarm_describe_waiting (BenkAlarm *alarm, gint64 now_ms)
{
  gboolean over = benk_alarm_has_waited (alarm, now_ms);

  if (!over && !benk_alarm_is_waiting (alarm, now_ms))
    return NULL;
  return benk_wait_describe (benk_alarm_get_waiting_for (alarm),
                             benk_alarm_get_waiting_until_ms (alarm), over, now_ms,
                             BENK_DISTRICT_ZONE);
}

/**
 * benk_wait_describe_covered:
 * @value: the answer
 * @said_by: (nullable): who said so; "" if erased
 *
 * Returns: (transfer full): whether the user is covered meanwhile, as a sentence
 */
char *
benk_wait_describe_covered (BenkCovered value, const char *said_by)
{
  const char *answer;

  switch (value)
    {
    case BENK_COVERED_YES:
      answer = _ ("The user is covered");
      break;
    case BENK_COVERED_NO:
      answer = _ ("The user is not covered");
      break;
    case BENK_COVERED_UNKNOWN:
    default:
      answer = _ ("Not known whether the user is covered");
      break;
    }
  if (said_by == NULL)
    return g_strdup (answer);
  /* Translators: a sentence, then who said so. */
  return g_strdup_printf (_ ("%s (stated by %s)"), answer,
                          *said_by ? said_by : _ ("erased"));
}

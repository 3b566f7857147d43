/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-quiet.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-error.h"
#include "benk-names.h"

#define MINUTE_MS (60 * 1000)
/* The longest way to a day duty is that over Easter: four changes a day for a week. */
#define MAX_CHANGES 40

static const BenkName names[] = {
  [BENK_QUIET_HALF_HOUR] = { "30m", N_ ("30 minutes") },
  [BENK_QUIET_HOUR] = { "1h", N_ ("1 hour") },
  [BENK_QUIET_DUTY_END] = { "duty-end", N_ ("End of duty") },
  [BENK_QUIET_NEXT_DUTY] = { "next-duty", N_ ("Start of the next duty") },
};

BENK_DEFINE_NAMES (BenkQuiet, benk_quiet, names)

/**
 * benk_quiet_get_latest:
 * @hours: when duties change
 * @zone: name of the time zone of the district (IANA)
 * @now_ms: the present, UTC milliseconds
 *
 * Nobody begins a duty with a desktop that says nothing.
 *
 * Returns: UTC milliseconds at which the next day duty begins; @now_ms if that is not
 *   known
 */
gint64
benk_quiet_get_latest (const BenkDutyHours *hours, const char *zone, gint64 now_ms)
{
  gint64 at_ms = now_ms;

  for (int i = 0; i < MAX_CHANGES; i++)
    {
      at_ms = benk_duty_next_change (hours, zone, at_ms);
      if (at_ms < 0)
        break;
      if (benk_duty_at (hours, zone, at_ms) == BENK_DUTY_DAY)
        return at_ms;
    }
  return now_ms;
}

/**
 * benk_quiet_get_end:
 * @value: a choice
 * @hours: when duties change
 * @zone: name of the time zone of the district (IANA)
 * @now_ms: the present, UTC milliseconds
 *
 * Returns: UTC milliseconds until when it is, never later than the next day duty begins;
 *   0 if that cannot be chosen now
 */
gint64
benk_quiet_get_end (BenkQuiet value,
                    const BenkDutyHours *hours,
                    const char *zone,
                    gint64 now_ms)
{
  gint64 latest_ms = benk_quiet_get_latest (hours, zone, now_ms);

  switch (value)
    {
    case BENK_QUIET_HALF_HOUR:
      return MIN (now_ms + 30 * MINUTE_MS, latest_ms);
    case BENK_QUIET_HOUR:
      return MIN (now_ms + 60 * MINUTE_MS, latest_ms);
    case BENK_QUIET_DUTY_END:
      return benk_duty_at (hours, zone, now_ms) == BENK_DUTY_DAY
               ? benk_duty_next_change (hours, zone, now_ms)
               : 0;
    case BENK_QUIET_NEXT_DUTY:
      return latest_ms;
    default:
      return 0;
    }
}

static gboolean
parse_minute (const char *text, guint *minute)
{
  guint64 hour, rest;
  char *end;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  hour = g_ascii_strtoull (text, &end, 10);
  if ((*end != ':' && *end != '.') || !g_ascii_isdigit (end[1]) ||
      !g_ascii_isdigit (end[2]) || end[3])
    return FALSE;
  rest = g_ascii_strtoull (end + 1, NULL, 10);
  if (hour > 23 || rest > 59)
    return FALSE;
  *minute = (guint) (hour * 60 + rest);
  return TRUE;
}

/* The next time it is so late there. */
static gint64
find_minute (const char *zone, guint minute, gint64 now_ms)
{
  g_autoptr (GTimeZone) tz = benk_time_zone_find (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = tz && utc ? g_date_time_to_timezone (utc, tz) : NULL;
  gint64 at_ms;
  GDate day;

  if (!local)
    return now_ms;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  at_ms = benk_local_minute_to_ms (zone, &day, minute);
  if (at_ms > now_ms)
    return at_ms;
  g_date_add_days (&day, 1);
  return benk_local_minute_to_ms (zone, &day, minute);
}

/**
 * benk_quiet_parse_end:
 * @text: a time of the clock, such as "13:30"
 * @hours: when duties change
 * @zone: name of the time zone of the district (IANA)
 * @now_ms: the present, UTC milliseconds
 * @error: %BENK_ERROR_INVALID if it is no time, %BENK_ERROR_REFUSED if it is too late
 *
 * Returns: UTC milliseconds of the next time it is so late; 0 with @error
 */
gint64
benk_quiet_parse_end (const char *text,
                      const BenkDutyHours *hours,
                      const char *zone,
                      gint64 now_ms,
                      GError **error)
{
  gint64 latest_ms = benk_quiet_get_latest (hours, zone, now_ms);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *latest = NULL;
  gint64 end_ms;
  guint minute;

  if (!parse_minute (stripped, &minute))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("“%s” is not a time such as 13:30."), stripped);
      return 0;
    }
  end_ms = find_minute (zone, minute, now_ms);
  if (end_ms <= latest_ms)
    return end_ms;
  latest = benk_wait_describe_until (latest_ms, now_ms, zone);
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("Quiet ends at the latest when the next duty begins, %s."), latest);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-duty.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

#define DAYS_TO_LOOK 15

/* Days after Easter Sunday, or a fixed day where the month is given. */
static const struct
{
  BenkHoliday holiday;
  int month;
  int day;
  const char *label;
} holidays[BENK_N_HOLIDAYS] = {
  { BENK_HOLIDAY_NEW_YEAR, 1, 1, N_ ("New Year's Day") },
  { BENK_HOLIDAY_MAUNDY_THURSDAY, 0, -3, N_ ("Maundy Thursday") },
  { BENK_HOLIDAY_GOOD_FRIDAY, 0, -2, N_ ("Good Friday") },
  { BENK_HOLIDAY_EASTER_SUNDAY, 0, 0, N_ ("Easter Sunday") },
  { BENK_HOLIDAY_EASTER_MONDAY, 0, 1, N_ ("Easter Monday") },
  { BENK_HOLIDAY_LABOUR_DAY, 5, 1, N_ ("Labour Day") },
  { BENK_HOLIDAY_CONSTITUTION_DAY, 5, 17, N_ ("Constitution Day") },
  { BENK_HOLIDAY_ASCENSION_DAY, 0, 39, N_ ("Ascension Day") },
  { BENK_HOLIDAY_WHIT_SUNDAY, 0, 49, N_ ("Whit Sunday") },
  { BENK_HOLIDAY_WHIT_MONDAY, 0, 50, N_ ("Whit Monday") },
  { BENK_HOLIDAY_CHRISTMAS_DAY, 12, 25, N_ ("Christmas Day") },
  { BENK_HOLIDAY_BOXING_DAY, 12, 26, N_ ("Boxing Day") },
};

static const BenkName duty_names[] = {
  [BENK_DUTY_DAY] = { "day", N_ ("Day") },
  [BENK_DUTY_EVENING] = { "evening", N_ ("Evening") },
  [BENK_DUTY_NIGHT] = { "night", N_ ("Night") },
  [BENK_DUTY_WEEKEND] = { "weekend", N_ ("Weekend") },
};

BENK_DEFINE_NAMES (BenkDuty, benk_duty, duty_names)

static const BenkName role_names[] = {
  [BENK_DUTY_ROLE_COORDINATOR] = { "coordinator", N_ ("coordinator") },
  [BENK_DUTY_ROLE_CHARGE_NURSE] = { "charge-nurse", N_ ("charge nurse") },
  [BENK_DUTY_ROLE_TECHNICIAN] = { "technician", N_ ("technical resource person") },
  [BENK_DUTY_ROLE_VENDOR] = { "vendor", N_ ("vendor") },
};

BENK_DEFINE_NAMES (BenkDutyRole, benk_duty_role, role_names)

/**
 * benk_easter_sunday:
 * @year: a year, 1900 to 2199
 * @out_date: (out caller-allocates): Easter Sunday
 *
 * Gregorian computus (Meeus, Astronomical Algorithms, 8; Butcher's rule).
 *
 * Returns: %FALSE if @year is out of range
 */
gboolean
benk_easter_sunday (guint year, GDate *out_date)
{
  int a, b, c, d, e, f, g, h, i, k, l, m, month, day;

  if (year < 1900 || year > 2199)
    return FALSE;

  a = (int) year % 19;
  b = (int) year / 100;
  c = (int) year % 100;
  d = b / 4;
  e = b % 4;
  f = (b + 8) / 25;
  g = (b - f + 1) / 3;
  h = (19 * a + b - d - g + 15) % 30;
  i = c / 4;
  k = c % 4;
  l = (32 + 2 * e + 2 * i - h - k) % 7;
  m = (a + 11 * h + 22 * l) / 451;
  month = (h + l - 7 * m + 114) / 31;
  day = (h + l - 7 * m + 114) % 31 + 1;

  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

/**
 * benk_holidays_on:
 * @date: a local day
 *
 * Returns: the #BenkHoliday bits of the public holidays on that day; 0 if there is none
 * or the year is not between 1900 and 2199
 */
guint
benk_holidays_on (const GDate *date)
{
  guint found = 0;
  int from_easter;
  GDate easter;

  if (!benk_easter_sunday (g_date_get_year (date), &easter))
    return 0;

  from_easter = g_date_days_between (&easter, date);
  for (gsize i = 0; i < G_N_ELEMENTS (holidays); i++)
    {
      if (holidays[i].month == 0 && holidays[i].day == from_easter)
        found |= holidays[i].holiday;
      else if (holidays[i].month == (int) g_date_get_month (date) &&
               holidays[i].day == (int) g_date_get_day (date))
        found |= holidays[i].holiday;
    }

  return found;
}

/**
 * benk_holiday_get_label:
 * @holiday: one bit
 *
 * Returns: (transfer none) (nullable): its name, translated
 */
const char *
benk_holiday_get_label (BenkHoliday holiday)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (holidays[i].holiday == holiday)
      return g_dgettext (GETTEXT_PACKAGE, holidays[i].label);

  return NULL;
}

/**
 * benk_date_is_workday:
 * @date: a local day
 *
 * Returns: %TRUE if it is Monday to Friday and no public holiday
 */
gboolean
benk_date_is_workday (const GDate *date)
{
  return g_date_get_weekday (date) <= G_DATE_FRIDAY && benk_holidays_on (date) == 0;
}

/**
 * benk_date_is_eve:
 * @date: a local day
 *
 * The eves of Easter, Whitsun and Christmas have holiday peace from 16:00
 * (helligdagsfredloven § 3). They are not public holidays.
 *
 * Returns: %TRUE if it is one of the three
 */
gboolean
benk_date_is_eve (const GDate *date)
{
  GDate next = *date;
  guint tomorrow;

  g_date_add_days (&next, 1);
  tomorrow = benk_holidays_on (&next);

  return (tomorrow & (BENK_HOLIDAY_EASTER_SUNDAY | BENK_HOLIDAY_WHIT_SUNDAY |
                      BENK_HOLIDAY_CHRISTMAS_DAY)) != 0;
}

/**
 * benk_date_is_late_eve:
 * @date: a local day
 *
 * New Year's Eve and the Wednesday before Maundy Thursday are ordinary days that a
 * district may shorten.
 *
 * Returns: %TRUE if it is one of the two
 */
gboolean
benk_date_is_late_eve (const GDate *date)
{
  GDate next = *date;

  g_date_add_days (&next, 1);

  return (benk_holidays_on (&next) &
          (BENK_HOLIDAY_NEW_YEAR | BENK_HOLIDAY_MAUNDY_THURSDAY)) != 0;
}

/**
 * benk_duty_hours_are_valid:
 * @hours: when duties change
 *
 * Returns: whether the day comes before the evening, and all of it within one day
 */
gboolean
benk_duty_hours_are_valid (const BenkDutyHours *hours)
{
  const guint ends[] = { hours->day_end, hours->eve_end,
                         hours->late_end != 0 ? hours->late_end : hours->day_end };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends[i] <= hours->day_start || ends[i] > hours->day_end)
      return FALSE;

  return hours->evening_end > hours->day_end && hours->evening_end <= 24 * 60;
}

static gboolean
get_local (const char *zone_name, gint64 wall_ms, GDate *out_date, guint *out_minute)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_find (zone_name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_ms / 1000);
  g_autoptr (GDateTime) local = NULL;
  int year, month, day;

  if (zone == NULL || utc == NULL)
    return FALSE;

  local = g_date_time_to_timezone (utc, zone);
  g_date_time_get_ymd (local, &year, &month, &day);
  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *out_minute =
    (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));

  return TRUE;
}

static guint
get_day_end (const BenkDutyHours *hours, const GDate *date)
{
  if (benk_date_is_eve (date))
    return MIN (hours->eve_end, hours->day_end);
  if (hours->late_end != 0 && benk_date_is_late_eve (date))
    return MIN (hours->late_end, hours->day_end);

  return hours->day_end;
}

/**
 * benk_duty_at:
 * @hours: when duties change
 * @zone: name of a time zone (IANA)
 * @wall_ms: UTC ms
 *
 * Returns: which duty it is; %BENK_DUTY_NIGHT if @zone is unknown
 */
BenkDuty
benk_duty_at (const BenkDutyHours *hours, const char *zone, gint64 wall_ms)
{
  guint minute;
  GDate date;

  if (!get_local (zone, wall_ms, &date, &minute))
    return BENK_DUTY_NIGHT;
  if (!benk_date_is_workday (&date))
    return BENK_DUTY_WEEKEND;
  if (minute < hours->day_start || minute >= hours->evening_end)
    return BENK_DUTY_NIGHT;

  return minute < get_day_end (hours, &date) ? BENK_DUTY_DAY : BENK_DUTY_EVENING;
}

/**
 * benk_duty_next_change:
 * @hours: when duties change
 * @zone: name of a time zone (IANA)
 * @wall_ms: UTC ms
 *
 * Returns: UTC ms of the next moment at which it is another duty, or -1 if @zone is
 * unknown
 */
gint64
benk_duty_next_change (const BenkDutyHours *hours, const char *zone, gint64 wall_ms)
{
  BenkDuty now = benk_duty_at (hours, zone, wall_ms);
  guint minute;
  GDate date;

  if (!get_local (zone, wall_ms, &date, &minute))
    return -1;

  for (int i = 0; i < DAYS_TO_LOOK; i++, g_date_add_days (&date, 1))
    {
      const guint edges[] = { 0, hours->day_start, get_day_end (hours, &date),
                              hours->evening_end };

      for (gsize j = 0; j < G_N_ELEMENTS (edges); j++)
        {
          gint64 at_ms = benk_local_minute_to_ms (zone, &date, edges[j]);

          if (at_ms > wall_ms && benk_duty_at (hours, zone, at_ms) != now)
            return at_ms;
        }
    }

  return -1;
}

/**
 * benk_duty_workdays_on:
 * @hours: when duties change
 * @zone: name of a time zone (IANA)
 * @wall_ms: UTC ms
 * @n_days: how many working days on; 0 = today, or the next working day if it is too late
 *
 * Returns: UTC ms of the end of the day duty on that working day, or -1 if @zone is
 * unknown
 */
gint64
benk_duty_workdays_on (const BenkDutyHours *hours,
                       const char *zone,
                       gint64 wall_ms,
                       guint n_days)
{
  guint left = n_days;
  guint minute;
  GDate date;

  if (n_days > 366 || !get_local (zone, wall_ms, &date, &minute))
    return -1;

  while (TRUE)
    {
      gint64 end_ms = benk_local_minute_to_ms (zone, &date, get_day_end (hours, &date));

      if (benk_date_is_workday (&date) && end_ms > wall_ms && left == 0)
        return end_ms;

      g_date_add_days (&date, 1);
      if (benk_date_is_workday (&date) && left > 0)
        left--;
    }
}

/**
 * benk_duty_get_period:
 * @duty: a duty
 *
 * Returns: the period of a plan's recipients it belongs to
 */
BenkDutyPeriods
benk_duty_get_period (BenkDuty duty)
{
  switch (duty)
    {
    case BENK_DUTY_DAY:
      return BENK_DUTY_PERIOD_DAY;
    case BENK_DUTY_WEEKEND:
      return BENK_DUTY_PERIOD_WEEKEND;
    case BENK_DUTY_EVENING:
    case BENK_DUTY_NIGHT:
    default:
      return BENK_DUTY_PERIOD_EVENING;
    }
}

/**
 * benk_duty_get_owner:
 * @duty: a duty
 *
 * Who owns the alarms: the coordinator by day, else the charge nurse. Who owns them at
 * night is in no source; the charge nurse is proposed.
 *
 * Returns: the role
 */
BenkDutyRole
benk_duty_get_owner (BenkDuty duty)
{
  return duty == BENK_DUTY_DAY ? BENK_DUTY_ROLE_COORDINATOR : BENK_DUTY_ROLE_CHARGE_NURSE;
}

/**
 * benk_duty_get_supporter:
 * @duty: a duty
 *
 * Who supports: the technical resource person by day, else the vendor.
 *
 * Returns: the role
 */
BenkDutyRole
benk_duty_get_supporter (BenkDuty duty)
{
  return duty == BENK_DUTY_DAY ? BENK_DUTY_ROLE_TECHNICIAN : BENK_DUTY_ROLE_VENDOR;
}

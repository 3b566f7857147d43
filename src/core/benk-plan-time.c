/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan.h"

#include <string.h>

#define DAYS_TO_LOOK 8
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define MAX_ZONE_NAME 64

/* A district has one; more come with plans of users who are away. */
#define MAX_KEPT_ZONES 16

/**
 * benk_date_parse:
 * @text: (nullable): "YYYY-MM-DD"
 * @out_date: (out caller-allocates): the date, untouched on failure
 *
 * Returns: %TRUE if @text is a date between the years 1900 and 2199
 */
gboolean
benk_date_parse (const char *text, GDate *out_date)
{
  guint numbers[3] = { 0 };

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;

  for (int i = 0, part = 0; i < 10; i++)
    {
      if (i == 4 || i == 7)
        part++;
      else if (g_ascii_isdigit (text[i]))
        numbers[part] = numbers[part] * 10 + (guint) g_ascii_digit_value (text[i]);
      else
        return FALSE;
    }

  if (numbers[0] < 1900 || numbers[0] > 2199 ||
      !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1],
                         (GDateYear) numbers[0]))
    return FALSE;

  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) numbers[2], (GDateMonth) numbers[1],
                  (GDateYear) numbers[0]);

  return TRUE;
}

static GTimeZone *
read_zone (const char *name)
{
  static const char pattern[] = "^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){1,2}$";

  if (strlen (name) > MAX_ZONE_NAME)
    return NULL;
  if (strcmp (name, "UTC") != 0 &&
      !g_regex_match_simple (pattern, name, G_REGEX_DOLLAR_ENDONLY, 0))
    return NULL;
  return g_time_zone_new_identifier (name);
}

/**
 * benk_time_zone_find:
 * @zone: (nullable): name of a time zone (IANA), as "Europe/Oslo" or "UTC"
 *
 * A zone is a file of the computer, and some hundred rules: those in use are kept, for
 * they are asked for with every alarm and every row. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL if it is not known here
 */
GTimeZone *
benk_time_zone_find (const char *zone)
{
  static GMutex mutex;
  static GHashTable *kept;
  g_autoptr (GMutexLocker) locker = NULL;
  GTimeZone *found;

  if (zone == NULL)
    return NULL;
  locker = g_mutex_locker_new (&mutex);
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) g_time_zone_unref);
  found = g_hash_table_lookup (kept, zone);
  if (found != NULL)
    return g_time_zone_ref (found);
  found = read_zone (zone);
  if (found != NULL && g_hash_table_size (kept) < MAX_KEPT_ZONES)
    g_hash_table_insert (kept, g_strdup (zone), g_time_zone_ref (found));
  return found;
}

/**
 * benk_time_zone_new_district:
 *
 * The zone of every time that is said of a device, whatever zone the computer is set to:
 * its plan's where it has one, else this one.
 *
 * Returns: (transfer full): the zone of the district, %BENK_DISTRICT_ZONE
 */
GTimeZone *
benk_time_zone_new_district (void)
{
  GTimeZone *zone = benk_time_zone_find (BENK_DISTRICT_ZONE);

  /* A computer without time zones knows its own only. */
  return zone != NULL ? zone : g_time_zone_new_local ();
}

/* Seconds since 1970 that a clock on the wall would show if it never moved. */
static gint64
get_local_seconds (const GDate *date, guint minute)
{
  GDate epoch;

  g_date_clear (&epoch, 1);
  g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, 1970);

  return (gint64) g_date_days_between (&epoch, date) * SECONDS_PER_DAY +
         (gint64) minute * 60;
}

static gint64
to_ms (GTimeZone *zone, const GDate *date, guint minute)
{
  const GTimeType types[] = { G_TIME_TYPE_DAYLIGHT, G_TIME_TYPE_STANDARD };
  gint64 first_ms = G_MAXINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gint64 local = get_local_seconds (date, minute);
      int interval = g_time_zone_adjust_time (zone, types[i], &local);
      gint64 ms = (local - g_time_zone_get_offset (zone, interval)) * 1000;

      first_ms = MIN (first_ms, ms);
    }

  return first_ms;
}

/**
 * benk_local_minute_to_ms:
 * @zone: name of a time zone (IANA)
 * @date: a local day
 * @minute: minute of that day, 0 to 1439
 *
 * The instant at which a clock on the wall shows @minute. Where the clock is put forward
 * and the minute does not exist, the first instant after the gap; where it is put back
 * and the minute comes twice, the first of the two. What a dispenser itself does in those
 * nights is not known of any make.
 *
 * Returns: UTC ms, or -1 if @zone is unknown
 */
gint64
benk_local_minute_to_ms (const char *zone, const GDate *date, guint minute)
{
  g_autoptr (GTimeZone) found = benk_time_zone_find (zone);

  return found != NULL ? to_ms (found, date, minute) : -1;
}

static void
get_local_date (GTimeZone *zone, gint64 wall_ms, GDate *out_date)
{
  gint64 seconds = wall_ms / 1000;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 local = seconds + g_time_zone_get_offset (zone, interval);
  gint64 days = local / SECONDS_PER_DAY;

  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, 1, G_DATE_JANUARY, 1970);
  g_date_add_days (out_date, (guint) CLAMP (days, 0, 100000));
}

/* @early: by the first moment a dose may come, not by its time. */
static gint64
find_next (const BenkPlan *self, gint64 wall_ms, gboolean early)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_find (benk_plan_get_zone (self));
  gint64 next_ms = -1;
  GDate day, first;

  if (zone == NULL || wall_ms < 0)
    return -1;

  get_local_date (zone, wall_ms, &day);
  if (benk_date_parse (benk_plan_get_valid_from (self), &first) &&
      g_date_compare (&first, &day) > 0)
    day = first;

  /* A dose of the day after may come before one of today. */
  for (int i = 0, more = early ? 1 : 0; i < DAYS_TO_LOOK && (next_ms < 0 || more-- > 0);
       i++, g_date_add_days (&day, 1))
    for (guint j = 0; j < benk_plan_get_n_doses (self); j++)
      {
        const BenkDoseTime *dose = benk_plan_get_dose (self, j);
        guint bit = 1u << (g_date_get_weekday (&day) - G_DATE_MONDAY);
        gint64 at_ms;

        if ((dose->weekdays & bit) == 0 || dose->minute >= 1440)
          continue;
        at_ms = to_ms (zone, &day, dose->minute);
        if (early)
          at_ms -= MIN (dose->before_min, BENK_PLAN_MAX_WINDOW_MIN) * MINUTE_MS;
        if (at_ms > wall_ms && (next_ms < 0 || at_ms < next_ms))
          next_ms = at_ms;
      }

  return next_ms;
}

/**
 * benk_plan_next_dose:
 * @self: a plan
 * @wall_ms: UTC ms
 *
 * When the next dose comes after @wall_ms. It is computed, not read from a device.
 *
 * Returns: UTC ms, or -1 if there is none or the zone is unknown
 */
gint64
benk_plan_next_dose (const BenkPlan *self, gint64 wall_ms)
{
  return find_next (self, wall_ms, FALSE);
}

/**
 * benk_plan_next_window:
 * @self: a plan
 * @wall_ms: UTC ms
 *
 * When the next dose that may not come yet at @wall_ms may come at the earliest.
 *
 * Returns: UTC ms, or -1 if there is none or the zone is unknown
 */
gint64
benk_plan_next_window (const BenkPlan *self, gint64 wall_ms)
{
  return find_next (self, wall_ms, TRUE);
}

/**
 * benk_plan_get_local_date:
 * @self: a plan
 * @wall_ms: UTC ms
 * @out_date: (out caller-allocates): the day it is in the zone of @self
 *
 * Returns: %FALSE if the zone is unknown or @wall_ms is below 0
 */
gboolean
benk_plan_get_local_date (const BenkPlan *self, gint64 wall_ms, GDate *out_date)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (wall_ms < 0)
    return FALSE;
  zone = benk_time_zone_find (benk_plan_get_zone (self));
  if (zone == NULL)
    return FALSE;
  get_local_date (zone, wall_ms, out_date);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-schedule.h"

#define DAY_S 86400
#define MINUTES_OF_DAY 1440
/* A dose that comes more seldom than once a year is not looked for. */
#define HORIZON_DAYS 400

static guint
bcd_part (guint32 bcd, guint shift, guint digits)
{
  guint value = 0;

  for (guint i = digits; i > 0; i--)
    value = value * 10 + (bcd >> (shift + 4 * (i - 1)) & 0xf);
  return value;
}

/* The day of a BCD date, counted from 1970-01-01; -1 for none. */
static gint64
get_anchor_day (guint32 bcd)
{
  BenkMderTime time = { .year = (guint16) bcd_part (bcd, 16, 4),
                        .month = (guint8) bcd_part (bcd, 8, 2),
                        .day = (guint8) bcd_part (bcd, 0, 2) };
  gint64 seconds = benk_mder_time_to_seconds (&time);

  return seconds < 0 ? -1 : seconds / DAY_S;
}

static gboolean
is_understood (const BenkDoseEntry *dose)
{
  gint64 anchor = get_anchor_day (dose->anchor);

  if (dose->minute >= MINUTES_OF_DAY)
    return FALSE;
  switch (dose->recurrence)
    {
    case BENK_DOSE_EVERY_N_DAYS:
      return dose->recurrence_arg == 1 || (dose->recurrence_arg > 1 && anchor >= 0);
    case BENK_DOSE_WEEKDAYS:
    case BENK_DOSE_DAY_OF_MONTH:
      return TRUE;
    case BENK_DOSE_ONCE:
      return anchor >= 0;
    default:
      return FALSE;
    }
}

static gboolean
is_given_on (const BenkDoseEntry *dose, gint64 day)
{
  gint64 anchor = get_anchor_day (dose->anchor);

  if (anchor >= 0 && day < anchor)
    return FALSE;
  switch (dose->recurrence)
    {
    case BENK_DOSE_EVERY_N_DAYS:
      return dose->recurrence_arg == 1 || (day - anchor) % dose->recurrence_arg == 0;
    case BENK_DOSE_WEEKDAYS:
      /* 1970-01-01 was a Thursday; bit 0 is Monday. */
      return (dose->recurrence_arg >> ((day + 3) % 7) & 1) != 0;
    case BENK_DOSE_DAY_OF_MONTH:
      return benk_mder_time_from_seconds (day * DAY_S).day == dose->recurrence_arg;
    case BENK_DOSE_ONCE:
    default:
      return day == anchor;
    }
}

static gint64
find_on_day (const BenkExtTable *schedule, gint64 day, gint64 after_s)
{
  gint64 found = G_MAXINT64;

  for (guint i = 0; i < schedule->rows->len; i++)
    {
      const BenkDoseEntry *dose = &g_array_index (schedule->rows, BenkDoseEntry, i);
      gint64 at = day * DAY_S + dose->minute * 60;

      if (at > after_s && at < found && is_given_on (dose, day))
        found = at;
    }
  return found;
}

/**
 * benk_schedule_next_dose:
 * @schedule: a schedule table
 * @local_s: now, as seconds since 1970-01-01 00:00 of the dispenser's local clock
 *
 * Finds when the dispenser gives its next dose. A recurrence that is not understood makes
 * the whole answer unknown.
 *
 * Returns: seconds of the same clock, or %BENK_SCHEDULE_NONE
 */
gint64
benk_schedule_next_dose (const BenkExtTable *schedule, gint64 local_s)
{
  gint64 from = benk_mder_time_to_seconds (&schedule->valid_from);
  gint64 to = benk_mder_time_to_seconds (&schedule->valid_to);
  gint64 start = MAX (local_s, from - 1);

  g_return_val_if_fail (schedule->id == BENK_TABLE_SCHEDULE, BENK_SCHEDULE_NONE);

  for (guint i = 0; i < schedule->rows->len; i++)
    if (!is_understood (&g_array_index (schedule->rows, BenkDoseEntry, i)))
      return BENK_SCHEDULE_NONE;
  for (gint64 day = start / DAY_S; day <= start / DAY_S + HORIZON_DAYS; day++)
    {
      gint64 at = find_on_day (schedule, day, start);

      if (at != G_MAXINT64)
        return to >= 0 && at > to ? BENK_SCHEDULE_NONE : at;
    }
  return BENK_SCHEDULE_NONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-away.h"

/* What lies further back than a long weekend before the newest gap is told no more. */
#define OLDEST_MS (5 * 24 * G_GINT64_CONSTANT (3600000))

/* The times that are in both. */
static GArray *
intersect (const GArray *a, const GArray *b)
{
  GArray *both = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));

  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < b->len; k++)
      {
        BenkWatchGap gap = g_array_index (a, BenkWatchGap, i);
        const BenkWatchGap *other = &g_array_index (b, BenkWatchGap, k);

        gap.from_ms = MAX (gap.from_ms, other->from_ms);
        gap.to_ms = MIN (gap.to_ms, other->to_ms);
        if (gap.from_ms < gap.to_ms)
          g_array_append_val (both, gap);
      }
  return both;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const BenkWatchGap *one = a;
  const BenkWatchGap *two = b;

  return one->from_ms < two->from_ms ? -1 : one->from_ms > two->from_ms;
}

/**
 * benk_away_find_unwatched:
 * @of_sources: (element-type GArray): the gaps of each source, as by
 *   benk_watch_find_gaps()
 * @now_ms: UTC milliseconds
 *
 * When this program watched no source at all: before it first did, and for at least
 * %BENK_AWAY_LEAST_MS each time since. A time that goes on is none yet.
 *
 * Returns: (transfer full) (element-type BenkWatchGap): the times, in their order
 */
GArray *
benk_away_find_unwatched (GPtrArray *of_sources, gint64 now_ms)
{
  g_autoptr (GArray) all = NULL;
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));

  for (guint i = 0; i < of_sources->len; i++)
    {
      GArray *both = all == NULL ? g_array_ref (g_ptr_array_index (of_sources, i))
                                 : intersect (all, g_ptr_array_index (of_sources, i));

      g_clear_pointer (&all, g_array_unref);
      all = both;
    }
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      BenkWatchGap gap = g_array_index (all, BenkWatchGap, i);

      if (gap.to_ms <= now_ms &&
          (gap.from_ms == G_MININT64 || gap.to_ms - gap.from_ms >= BENK_AWAY_LEAST_MS))
        g_array_append_val (gaps, gap);
    }
  g_array_sort (gaps, compare);
  return gaps;
}

/**
 * benk_away_find_gaps:
 * @unwatched: (element-type BenkWatchGap): as by benk_away_find_unwatched()
 * @put_away_ms: up to when absences were put away, UTC milliseconds; 0 = none was
 *
 * Which of them are told as an absence. The time before the first watch is none.
 *
 * Returns: (transfer full) (element-type BenkWatchGap): the times, in their order
 */
GArray *
benk_away_find_gaps (const GArray *unwatched, gint64 put_away_ms)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));
  gint64 last_ms = G_MININT64;

  for (guint i = 0; i < unwatched->len; i++)
    {
      BenkWatchGap gap = g_array_index (unwatched, BenkWatchGap, i);

      if (gap.from_ms == G_MININT64 || gap.to_ms <= put_away_ms)
        continue;
      g_array_append_val (gaps, gap);
      last_ms = MAX (last_ms, gap.to_ms);
    }
  while (gaps->len > 0 &&
         g_array_index (gaps, BenkWatchGap, 0).to_ms < last_ms - OLDEST_MS)
    g_array_remove_index (gaps, 0);
  return gaps;
}

static gboolean
is_in (const GArray *gaps, gint64 at_ms)
{
  return at_ms != 0 && benk_watch_find_gap (gaps, at_ms) != NULL;
}

/**
 * benk_away_judge:
 * @gaps: (element-type BenkWatchGap): an absence
 * @alarm: an alarm
 *
 * An alarm belongs to an absence if it was raised in it, or ended in it by somebody or
 * something else.
 *
 * Returns: what became of it
 */
BenkAwayKind
benk_away_judge (const GArray *gaps, BenkAlarm *alarm)
{
  BenkAlarmStatus status = benk_alarm_get_status (alarm);
  gint64 closed_ms = benk_alarm_get_closed_ms (alarm);
  gboolean raised = is_in (gaps, benk_alarm_get_raised_ms (alarm));
  gboolean here =
    status == BENK_ALARM_STATUS_CLOSED && benk_alarm_get_cause (alarm) != NULL;

  if (benk_alarm_status_is_open (status))
    return raised ? BENK_AWAY_OPEN : BENK_AWAY_NOT;
  if (!raised && (here || !is_in (gaps, closed_ms)))
    return BENK_AWAY_NOT;
  if (here)
    return BENK_AWAY_HERE;
  if (status == BENK_ALARM_STATUS_SETTLED &&
      benk_alarm_get_dispensed_ms (alarm) == closed_ms)
    return BENK_AWAY_SETTLED;
  return BENK_AWAY_ELSEWHERE;
}

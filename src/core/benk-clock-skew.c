/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-clock-skew.h"

/* What is cut off of a Date. */
#define RESOLUTION_MS 1000
/* Clocks that are kept right by the network differ by so much. */
#define TOLERANCE_MS 2000
/* One that has not answered for so long says nothing beside those that have. */
#define STALE_MS (60 * 60 * 1000)

/* A server's time minus the time since this computer was started lies between both: that
 * holds whatever happens to the clock on the wall. */
typedef struct
{
  gint64 low_ms;
  gint64 high_ms;
  gint64 at_ms;
} Bounds;

struct _BenkClockSkew
{
  GHashTable *sources; /* BenkId → Bounds */
};

/**
 * benk_clock_skew_new:
 *
 * Learns from the `Date` of servers' answers how wrong the clock on the wall is. It
 * counts by the clock that does not jump: when that on the wall is set, what was learnt
 * stays true, and the next look sees how wrong it is then.
 *
 * Returns: (transfer full): one that has learnt nothing
 */
BenkClockSkew *
benk_clock_skew_new (void)
{
  BenkClockSkew *self = g_new0 (BenkClockSkew, 1);

  self->sources = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                         (GDestroyNotify) benk_id_free, g_free);
  return self;
}

/** benk_clock_skew_free: @self: (nullable) (transfer full): what was learnt */
void
benk_clock_skew_free (BenkClockSkew *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->sources);
  g_free (self);
}

/* All answers of a server narrow it down. When they do not fit together one of the clocks
 * went on at another pace or was set: the newest answer is what counts. */
static void
narrow (Bounds *bounds, const Bounds *heard)
{
  gint64 low_ms = MAX (bounds->low_ms, heard->low_ms);
  gint64 high_ms = MIN (bounds->high_ms, heard->high_ms);

  if (bounds->at_ms == 0 || low_ms > high_ms)
    {
      *bounds = *heard;
      return;
    }
  *bounds = (Bounds){ low_ms, high_ms, heard->at_ms };
}

/**
 * benk_clock_skew_add:
 * @self: what was learnt
 * @source: which server
 * @sample: its answer
 *
 * Learns from one more answer.
 *
 * Returns: whether it is one to learn from: its end is not before its beginning, and it
 *   says a time after 1970
 */
gboolean
benk_clock_skew_add (BenkClockSkew *self,
                     const BenkId *source,
                     const BenkClockSample *sample)
{
  const Bounds heard = { sample->date_ms - sample->ended_ms,
                         sample->date_ms + RESOLUTION_MS - sample->begun_ms,
                         MAX (sample->ended_ms, 1) };
  Bounds *bounds = g_hash_table_lookup (self->sources, source);

  if (sample->date_ms <= 0 || sample->ended_ms < sample->begun_ms)
    return FALSE;
  if (bounds == NULL)
    {
      bounds = g_new0 (Bounds, 1);
      g_hash_table_insert (self->sources, benk_id_copy (source), bounds);
    }
  narrow (bounds, &heard);
  return TRUE;
}

static gint64
find_newest (const BenkClockSkew *self)
{
  gint64 newest_ms = 0;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    newest_ms = MAX (newest_ms, ((const Bounds *) value)->at_ms);
  return newest_ms;
}

/* What all of them allow. Where they allow nothing in common, the upper end is below the
 * lower one by as much as they are apart. */
static guint
join (const BenkClockSkew *self, Bounds *all)
{
  gint64 newest_ms = find_newest (self);
  guint n = 0;
  GHashTableIter iter;
  gpointer value;

  *all = (Bounds){ G_MININT64, G_MAXINT64, newest_ms };
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Bounds *bounds = value;

      if (newest_ms - bounds->at_ms > STALE_MS)
        continue;
      all->low_ms = MAX (all->low_ms, bounds->low_ms);
      all->high_ms = MIN (all->high_ms, bounds->high_ms);
      n++;
    }
  return n;
}

/**
 * benk_clock_skew_look:
 * @self: what was learnt
 * @wall_ms: the clock on the wall, UTC milliseconds
 * @boot_ms: the clock that does not jump, milliseconds
 * @skew: (out): how wrong that on the wall is
 *
 * A clock that differs from the servers' by no more than two seconds, and what the way to
 * them leaves open, is right. Servers that differ from each other by more than twice that
 * do not agree; which of them is wrong cannot be known.
 */
void
benk_clock_skew_look (const BenkClockSkew *self,
                      gint64 wall_ms,
                      gint64 boot_ms,
                      BenkSkew *skew)
{
  Bounds all;
  gint64 ms;

  *skew = (BenkSkew){ .kind = BENK_SKEW_UNKNOWN, .n_sources = join (self, &all) };
  if (skew->n_sources == 0)
    return;
  if (all.low_ms - all.high_ms > 2 * TOLERANCE_MS)
    {
      skew->kind = BENK_SKEW_DISAGREE;
      skew->apart_ms = all.low_ms - all.high_ms;
      return;
    }
  ms = all.low_ms + (all.high_ms - all.low_ms) / 2 + boot_ms - wall_ms;
  skew->error_ms = ABS (all.high_ms - all.low_ms) / 2;
  skew->kind =
    ABS (ms) > TOLERANCE_MS + skew->error_ms ? BENK_SKEW_KNOWN : BENK_SKEW_NONE;
  skew->ms = skew->kind == BENK_SKEW_KNOWN ? ms : 0;
}

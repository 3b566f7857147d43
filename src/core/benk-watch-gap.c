/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-watch-gap.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName event_names[] = {
  [BENK_WATCH_EVENT_BEGINS] = { "begins", N_ ("Watch begun") },
  [BENK_WATCH_EVENT_ENDS] = { "ends", N_ ("Watch ended") },
  [BENK_WATCH_EVENT_SILENT] = { "silent", N_ ("Source silent") },
  [BENK_WATCH_EVENT_ANSWERS] = { "answers", N_ ("Source answers") },
  [BENK_WATCH_EVENT_LATE] = { "late", N_ ("Asked late") },
  [BENK_WATCH_EVENT_CLOCK_JUMP] = { "clock-jump", N_ ("Clock set") },
};

BENK_DEFINE_NAMES (BenkWatchEventKind, benk_watch_event_kind, event_names)

static const BenkName cause_names[] = {
  [BENK_GAP_NOT_RUNNING] = { "not-running", N_ ("the program did not run") },
  [BENK_GAP_SILENT] = { "source-silent", N_ ("the source did not answer") },
  [BENK_GAP_LATE] = { "asked-late", N_ ("the program came late to ask") },
  [BENK_GAP_CLOCK] = { "clock-set", N_ ("the clock was set forward") },
  [BENK_GAP_NOT_RECEIVED] = { "not-received",
                              N_ ("the program heard of it after the deadline") },
};

BENK_DEFINE_NAMES (BenkGapCause, benk_gap_cause, cause_names)

/* While the log is read. A gap is open from @since_ms. */
typedef struct
{
  GArray *gaps;
  gboolean running;
  gboolean open;
  gint64 begun_ms;
  gint64 since_ms;
  BenkGapCause cause;
} Reading;

static void
add (Reading *self, gint64 from_ms, gint64 to_ms, BenkGapCause cause)
{
  BenkWatchGap gap = { from_ms, to_ms, cause };

  if (from_ms < to_ms)
    g_array_append_val (self->gaps, gap);
}

static void
open_gap (Reading *self, gint64 answered_ms, BenkGapCause cause)
{
  if (self->open)
    return;
  self->open = TRUE;
  self->since_ms = MAX (answered_ms, self->begun_ms);
  self->cause = cause;
}

static void
close_gap (Reading *self, gint64 at_ms)
{
  if (self->open)
    add (self, self->since_ms, at_ms, self->cause);
  self->open = FALSE;
}

static void
begin (Reading *self, const BenkWatchEvent *event)
{
  /* It ended without saying so, as at a loss of power. */
  if (!self->open)
    open_gap (self, event->detail_ms, BENK_GAP_NOT_RUNNING);
  close_gap (self, event->at_ms);
  self->running = TRUE;
  self->begun_ms = event->at_ms;
}

static void
read_event (Reading *self, const BenkWatchEvent *event)
{
  switch (event->kind)
    {
    case BENK_WATCH_EVENT_BEGINS:
      begin (self, event);
      break;
    case BENK_WATCH_EVENT_ENDS:
      if (self->running)
        open_gap (self, event->detail_ms, BENK_GAP_NOT_RUNNING);
      self->running = FALSE;
      break;
    case BENK_WATCH_EVENT_SILENT:
      if (self->running)
        open_gap (self, event->detail_ms, BENK_GAP_SILENT);
      break;
    case BENK_WATCH_EVENT_ANSWERS:
      if (self->running)
        close_gap (self, event->at_ms);
      break;
    case BENK_WATCH_EVENT_LATE:
      if (self->running && !self->open)
        add (self, MAX (event->detail_ms, self->begun_ms), event->at_ms, BENK_GAP_LATE);
      break;
    case BENK_WATCH_EVENT_CLOCK_JUMP:
      self->begun_ms = MIN (self->begun_ms, event->at_ms);
      if (self->running && !self->open && event->detail_ms > 0)
        add (self, event->at_ms - event->detail_ms, event->at_ms, BENK_GAP_CLOCK);
      break;
    default:
      break;
    }
}

/**
 * benk_watch_find_gaps:
 * @events: (array length=n_events): what the log tells of one source, in the order it was
 *   written
 * @n_events: how many
 * @answered_ms: UTC milliseconds the source last answered; 0 = never
 * @now_ms: UTC milliseconds
 *
 * When this program did not watch a source. Where nothing says that it did, it did not.
 *
 * Returns: (transfer full) (element-type BenkWatchGap): the gaps
 */
GArray *
benk_watch_find_gaps (const BenkWatchEvent *events,
                      gsize n_events,
                      gint64 answered_ms,
                      gint64 now_ms)
{
  Reading self = { .open = TRUE, .since_ms = G_MININT64, .cause = BENK_GAP_NOT_RUNNING };

  self.gaps = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));
  for (gsize i = 0; i < n_events; i++)
    read_event (&self, &events[i]);
  if (!self.open && now_ms - MAX (answered_ms, self.begun_ms) > BENK_WATCH_SILENCE_MS)
    open_gap (&self, answered_ms, BENK_GAP_NOT_RUNNING);
  close_gap (&self, G_MAXINT64);

  return self.gaps;
}

/**
 * benk_watch_find_gap:
 * @gaps: (element-type BenkWatchGap): gaps
 * @at_ms: UTC milliseconds
 *
 * Returns: (nullable): the gap that @at_ms is in; its first instant was still watched
 */
const BenkWatchGap *
benk_watch_find_gap (const GArray *gaps, gint64 at_ms)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      const BenkWatchGap *gap = &g_array_index (gaps, BenkWatchGap, i);

      if (gap->from_ms < at_ms && at_ms <= gap->to_ms)
        return gap;
    }

  return NULL;
}

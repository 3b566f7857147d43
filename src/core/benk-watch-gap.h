/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BENK_WATCH_SILENCE_MS:
 *
 * How long a source may not have answered and still counts as watched. It is asked at
 * least once a minute, and an answer may take as long again.
 */
#define BENK_WATCH_SILENCE_MS G_GINT64_CONSTANT (180000)

/**
 * BenkWatchEventKind:
 * @BENK_WATCH_EVENT_BEGINS: the program begins to ask a source.
 * @BENK_WATCH_EVENT_ENDS: it stops.
 * @BENK_WATCH_EVENT_SILENT: the source does not answer.
 * @BENK_WATCH_EVENT_ANSWERS: it answers again.
 * @BENK_WATCH_EVENT_LATE: the program came late to ask, as after a sleep.
 * @BENK_WATCH_EVENT_CLOCK_JUMP: the clock of the computer was set.
 *
 * What the log of the watch tells of a source.
 */
typedef enum
{
  BENK_WATCH_EVENT_BEGINS,
  BENK_WATCH_EVENT_ENDS,
  BENK_WATCH_EVENT_SILENT,
  BENK_WATCH_EVENT_ANSWERS,
  BENK_WATCH_EVENT_LATE,
  BENK_WATCH_EVENT_CLOCK_JUMP,
} BenkWatchEventKind;

#define BENK_N_WATCH_EVENT_KINDS (BENK_WATCH_EVENT_CLOCK_JUMP + 1)

const char *benk_watch_event_kind_to_name (BenkWatchEventKind value);
gboolean benk_watch_event_kind_from_name (const char *name,
                                          BenkWatchEventKind *out_value);
const char *benk_watch_event_kind_get_label (BenkWatchEventKind value);

/**
 * BenkWatchEvent:
 * @feed: the source
 * @kind: what happened
 * @at_ms: UTC milliseconds it was noticed
 * @detail_ms: UTC milliseconds the source had last answered by then, 0 = never; of a
 *   clock that was set, by how much
 *
 * A row of the log of the watch.
 */
typedef struct
{
  BenkId feed;
  BenkWatchEventKind kind;
  gint64 at_ms;
  gint64 detail_ms;
} BenkWatchEvent;

/**
 * BenkGapCause:
 * @BENK_GAP_NOT_RUNNING: the program did not run.
 * @BENK_GAP_SILENT: the source did not answer.
 * @BENK_GAP_LATE: the program came late to ask.
 * @BENK_GAP_CLOCK: the clock of the computer was set forward over it.
 * @BENK_GAP_NOT_RECEIVED: the program heard of the alarm after its deadline.
 *
 * Why something was not watched by this program.
 */
typedef enum
{
  BENK_GAP_NOT_RUNNING,
  BENK_GAP_SILENT,
  BENK_GAP_LATE,
  BENK_GAP_CLOCK,
  BENK_GAP_NOT_RECEIVED,
} BenkGapCause;

#define BENK_N_GAP_CAUSES (BENK_GAP_NOT_RECEIVED + 1)

const char *benk_gap_cause_to_name (BenkGapCause value);
gboolean benk_gap_cause_from_name (const char *name, BenkGapCause *out_value);
const char *benk_gap_cause_get_label (BenkGapCause value);

/**
 * BenkWatchGap:
 * @from_ms: UTC milliseconds; %G_MININT64 = since ever
 * @to_ms: UTC milliseconds; %G_MAXINT64 = it goes on
 * @cause: why
 *
 * A time in which this program did not watch a source.
 */
typedef struct
{
  gint64 from_ms;
  gint64 to_ms;
  BenkGapCause cause;
} BenkWatchGap;

GArray *benk_watch_find_gaps (const BenkWatchEvent *events,
                              gsize n_events,
                              gint64 answered_ms,
                              gint64 now_ms);
const BenkWatchGap *benk_watch_find_gap (const GArray *gaps, gint64 at_ms);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-watch-gap.h"

G_BEGIN_DECLS

/**
 * BENK_AWAY_LEAST_MS:
 *
 * From how long a gap on somebody was away: four hours, proposed by the program.
 */
#define BENK_AWAY_LEAST_MS (4 * G_GINT64_CONSTANT (3600000))

/**
 * BenkAwayKind:
 * @BENK_AWAY_NOT: it does not belong to the absence.
 * @BENK_AWAY_ELSEWHERE: closed in another system.
 * @BENK_AWAY_SETTLED: settled by the dispenser.
 * @BENK_AWAY_HERE: ended since in this program, or as somebody told it.
 * @BENK_AWAY_OPEN: still open.
 *
 * What became of an alarm of an absence.
 */
typedef enum
{
  BENK_AWAY_NOT,
  BENK_AWAY_ELSEWHERE,
  BENK_AWAY_SETTLED,
  BENK_AWAY_HERE,
  BENK_AWAY_OPEN,
} BenkAwayKind;

#define BENK_N_AWAY_KINDS (BENK_AWAY_OPEN + 1)

GArray *benk_away_find_unwatched (GPtrArray *of_sources, gint64 now_ms);
GArray *benk_away_find_gaps (const GArray *unwatched, gint64 put_away_ms);
BenkAwayKind benk_away_judge (const GArray *gaps, BenkAlarm *alarm);

G_END_DECLS

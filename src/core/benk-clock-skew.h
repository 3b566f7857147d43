/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkClockSample:
 * @begun_ms: when the server was asked, milliseconds of the clock that does not jump
 * @ended_ms: when its answer began, by the same clock
 * @date_ms: what it said the time was, UTC milliseconds, a whole second
 *
 * One answer with a `Date` (RFC 9110 6.6.1): the server wrote it between @begun_ms and
 * @ended_ms, and cut off what was beyond the second.
 */
typedef struct
{
  gint64 begun_ms;
  gint64 ended_ms;
  gint64 date_ms;
} BenkClockSample;

/**
 * BenkSkewKind:
 * @BENK_SKEW_UNKNOWN: no server has said what time it is
 * @BENK_SKEW_NONE: the clock is right, for all that can be known
 * @BENK_SKEW_KNOWN: it is wrong
 * @BENK_SKEW_DISAGREE: the servers do not agree
 *
 * What the servers say of the clock on the wall.
 */
typedef enum
{
  BENK_SKEW_UNKNOWN,
  BENK_SKEW_NONE,
  BENK_SKEW_KNOWN,
  BENK_SKEW_DISAGREE,
} BenkSkewKind;

/**
 * BenkSkew:
 * @kind: what is known
 * @ms: their time minus that of the wall, milliseconds; 0 unless it is wrong
 * @error_ms: it may be so much more or less
 * @apart_ms: how far apart they are where they do not agree; else 0
 * @n_sources: how many it rests on
 *
 * How wrong a clock is. A plain struct.
 */
typedef struct
{
  BenkSkewKind kind;
  gint64 ms;
  gint64 error_ms;
  gint64 apart_ms;
  guint n_sources;
} BenkSkew;

typedef struct _BenkClockSkew BenkClockSkew;

BenkClockSkew *benk_clock_skew_new (void);
void benk_clock_skew_free (BenkClockSkew *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkClockSkew, benk_clock_skew_free)

gboolean benk_clock_skew_add (BenkClockSkew *self,
                              const BenkId *source,
                              const BenkClockSample *sample);
void benk_clock_skew_look (const BenkClockSkew *self,
                           gint64 wall_ms,
                           gint64 boot_ms,
                           BenkSkew *skew);

G_END_DECLS

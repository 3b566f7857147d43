/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"

G_BEGIN_DECLS

/**
 * BENK_OUTAGE_DEVICES:
 *
 * Signs of so many devices within %BENK_OUTAGE_MS are rather one outage than several
 * faults. Proposed by the program: domain.md 4.1 says "many at once".
 */
#define BENK_OUTAGE_DEVICES 3

/**
 * BENK_OUTAGE_MS:
 *
 * Milliseconds within which they come. What comes no later than this after its last sign
 * is of the same outage. Proposed by the program.
 */
#define BENK_OUTAGE_MS (15 * 60 * 1000)

/**
 * BenkOutageSign:
 * @about: of what device, as benk_alarm_dup_about() says
 * @at_ms: UTC milliseconds
 * @known: it was said before to be of an outage
 *
 * One sign of an outage.
 */
typedef struct
{
  const char *about;
  gint64 at_ms;
  gboolean known;
} BenkOutageSign;

gboolean benk_alarm_is_outage_sign (BenkAlarm *alarm);
void benk_outage_find (const BenkOutageSign *signs, guint n_signs, guint *out_outages);

void benk_alarm_group_mark (BenkAlarm *const *alarms, guint n_alarms, gint64 now_ms);

G_END_DECLS

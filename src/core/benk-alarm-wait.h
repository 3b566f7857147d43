/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"

G_BEGIN_DECLS

/**
 * BENK_WAIT_MAX_MS:
 *
 * As long as an alarm may wait before it is looked at again: 90 days, milliseconds.
 */
#define BENK_WAIT_MAX_MS (G_GINT64_CONSTANT (90) * 24 * 60 * 60 * 1000)

const char *benk_wait_to_name (BenkWait value);
gboolean benk_wait_from_name (const char *name, BenkWait *out_value);
const char *benk_wait_get_label (BenkWait value);

const char *benk_covered_to_name (BenkCovered value);
gboolean benk_covered_from_name (const char *name, BenkCovered *out_value);
const char *benk_covered_get_label (BenkCovered value);

gboolean benk_alarm_is_waiting (BenkAlarm *alarm, gint64 now_ms);
gboolean benk_alarm_has_waited (BenkAlarm *alarm, gint64 now_ms);
gint64 benk_wait_propose_until (const char *zone, gint64 now_ms);

char *benk_wait_describe_until (gint64 until_ms, gint64 now_ms, const char *zone);
char *benk_wait_describe (
  BenkWait value, gint64 until_ms, gboolean over, gint64 now_ms, const char *zone);
char *benk_alarm_describe_waiting (BenkAlarm *alarm, gint64 now_ms);
char *benk_wait_describe_covered (BenkCovered value, const char *said_by);

G_END_DECLS

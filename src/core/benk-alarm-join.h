/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"

G_BEGIN_DECLS

/* The same code from the same device within this is not an alarm of its own, but the
 * first one again (domain.md 4.2). */
#define BENK_ALARM_REPEAT_MS (900 * 1000)

/**
 * BenkAlarmSpan:
 * @raised_ms: UTC milliseconds it was raised
 * @ended_ms: UTC milliseconds it was closed or settled; 0 = it is open
 *
 * From when to when an alarm was open.
 */
typedef struct
{
  gint64 raised_ms;
  gint64 ended_ms;
} BenkAlarmSpan;

char *benk_alarm_about (const BenkId *device, const char *serial, const BenkId *alarm);
char *benk_alarm_dup_about (BenkAlarm *alarm);
GPtrArray *
benk_alarm_gather (const gpointer *items, const char *const *keys, guint n_items);

void benk_alarm_join (const BenkAlarmSpan *spans, guint n_spans, guint *out_firsts);

G_END_DECLS

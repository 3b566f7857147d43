/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "benk-alarm.h"

G_BEGIN_DECLS

char *benk_wording_duration (gint64 ms);
char *benk_wording_instant (gint64 ms, gint64 now_ms, GTimeZone *zone);
char *benk_wording_age (gint64 ms, gint64 now_ms);
char *benk_wording_deadline (BenkAlarm *alarm, gint64 now_ms, gboolean *overdue);
char *benk_wording_alarm (BenkAlarm *alarm);
const char *benk_wording_severity (int severity);

G_END_DECLS

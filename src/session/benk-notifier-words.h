/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libnotify/notify.h>

#include "benk-alarm.h"

G_BEGIN_DECLS

/* What a bubble about an alarm says: which device and what, never who. */
NotifyUrgency benk_bubble_get_urgency (BenkAlarm *alarm);
char *benk_bubble_dup_summary (BenkAlarm *alarm);
gboolean benk_bubble_is_wanted (BenkAlarm *alarm, gint64 now_ms);

G_END_DECLS

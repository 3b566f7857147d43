/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarm-entry.h"

G_BEGIN_DECLS

/* What a row of the list of alarms says. */
int benk_alarm_words_get_severity (BenkAlarmEntry *entry);
gboolean benk_alarm_words_is_over (BenkAlarmEntry *entry);
char *benk_alarm_words_describe_all (const GPtrArray *alarms);
char *benk_alarm_words_describe_title (BenkAlarmEntry *entry);
char *benk_alarm_words_describe_devices (BenkAlarmEntry *entry);
char *benk_alarm_words_describe_state (BenkAlarmEntry *entry, gint64 now_ms);

G_END_DECLS

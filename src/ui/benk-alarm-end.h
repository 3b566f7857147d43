/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARM_END (benk_alarm_end_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmEnd, benk_alarm_end, BENK, ALARM_END, GtkBox)

void benk_alarm_end_set_session (BenkAlarmEnd *self, BenkSession *session);
void benk_alarm_end_show (BenkAlarmEnd *self, BenkAlarm *alarm);

G_END_DECLS

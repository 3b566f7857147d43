/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* Shown while an alarm waits for somebody to accept it. */
#define BENK_TYPE_ALARM_HAND_BAR (benk_alarm_hand_bar_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmHandBar, benk_alarm_hand_bar, BENK, ALARM_HAND_BAR, GtkBox)

void
benk_alarm_hand_bar_show (BenkAlarmHandBar *self, BenkSession *session, BenkAlarm *alarm);
gboolean benk_alarm_hand_bar_may_hand_over (BenkSession *session, BenkAlarm *alarm);

G_END_DECLS

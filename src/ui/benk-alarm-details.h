/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-alarm.h"
#include "benk-session.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARM_DETAILS (benk_alarm_details_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAlarmDetails, benk_alarm_details, BENK, ALARM_DETAILS, GtkWidget)

void benk_alarm_details_set_session (BenkAlarmDetails *self,
                                     BenkSession *session,
                                     BenkTicker *ticker);
void benk_alarm_details_set_alarm (BenkAlarmDetails *self, BenkAlarm *alarm);
gboolean benk_alarm_details_note_call (BenkAlarmDetails *self);

G_END_DECLS

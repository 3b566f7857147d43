/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* Of what batch the roll is that an alarm stopped at, in its details. */
#define BENK_TYPE_ALARM_BATCH_BAR (benk_alarm_batch_bar_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAlarmBatchBar, benk_alarm_batch_bar, BENK, ALARM_BATCH_BAR, GtkBox)

void benk_alarm_batch_bar_show (BenkAlarmBatchBar *self,
                                BenkSession *session,
                                BenkAlarm *alarm);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARM_GUIDANCE (benk_alarm_guidance_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAlarmGuidance, benk_alarm_guidance, BENK, ALARM_GUIDANCE, AdwPreferencesGroup)

void benk_alarm_guidance_show (BenkAlarmGuidance *self,
                               BenkSession *session,
                               BenkAlarm *alarm);

G_END_DECLS

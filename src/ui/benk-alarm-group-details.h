/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-alarm-entry.h"
#include "benk-session.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARM_GROUP_DETAILS (benk_alarm_group_details_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAlarmGroupDetails, benk_alarm_group_details, BENK, ALARM_GROUP_DETAILS, GtkWidget)

void benk_alarm_group_details_set_session (BenkAlarmGroupDetails *self,
                                           BenkSession *session,
                                           BenkTicker *ticker);
void benk_alarm_group_details_set_entry (BenkAlarmGroupDetails *self,
                                         BenkAlarmEntry *entry);
GArray *benk_alarm_group_details_list_shown (BenkAlarmEntry *entry);

G_END_DECLS

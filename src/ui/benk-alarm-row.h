/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-alarm-entry.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

#define BENK_TYPE_ALARM_ROW (benk_alarm_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmRow, benk_alarm_row, BENK, ALARM_ROW, GtkWidget)

BenkAlarmRow *benk_alarm_row_new (BenkTicker *ticker);
void benk_alarm_row_set_entry (BenkAlarmRow *self, BenkAlarmEntry *entry);
BenkAlarmEntry *benk_alarm_row_get_entry (BenkAlarmRow *self);

G_END_DECLS

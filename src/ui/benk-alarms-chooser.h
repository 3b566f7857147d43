/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-alarms-shown.h"
#include "benk-ticker.h"

G_BEGIN_DECLS

/* Signal "chosen": what benk_alarms_chooser_get_entry() says has changed. */
#define BENK_TYPE_ALARMS_CHOOSER (benk_alarms_chooser_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAlarmsChooser, benk_alarms_chooser, BENK, ALARMS_CHOOSER, GObject)

BenkAlarmsChooser *benk_alarms_chooser_new (BenkAlarmsShown *shown,
                                            GtkListView *list,
                                            GtkListView *strip,
                                            BenkTicker *ticker);
BenkAlarmEntry *benk_alarms_chooser_get_entry (BenkAlarmsChooser *self);
gboolean benk_alarms_chooser_is_by_itself (BenkAlarmsChooser *self);
void benk_alarms_chooser_want (BenkAlarmsChooser *self, const BenkId *id);
gboolean benk_alarms_chooser_is_wanting (BenkAlarmsChooser *self);
void benk_alarms_chooser_toggle (BenkAlarmsChooser *self, const BenkId *id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms-waiting.h"
#include "benk-clock.h"

G_BEGIN_DECLS

/* A list of BenkAlarmEntry. Signal "waiting": what benk_alarms_shown_get_waiting() says
 * has changed. */
#define BENK_TYPE_ALARMS_SHOWN (benk_alarms_shown_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmsShown, benk_alarms_shown, BENK, ALARMS_SHOWN, GObject)

BenkAlarmsShown *benk_alarms_shown_new (GListModel *queue, BenkClock *clock);
void benk_alarms_shown_set_held (BenkAlarmsShown *self, gboolean held);
void benk_alarms_shown_note_input (BenkAlarmsShown *self);
void benk_alarms_shown_set_team (BenkAlarmsShown *self, const BenkId *team);
void benk_alarms_shown_set_initials (BenkAlarmsShown *self, const char *initials);
void benk_alarms_shown_set_flood (BenkAlarmsShown *self, gboolean flood);
gboolean benk_alarms_shown_is_flood (BenkAlarmsShown *self);
GListModel *benk_alarms_shown_get_strip (BenkAlarmsShown *self);
void benk_alarms_shown_expand (BenkAlarmsShown *self, guint position, gboolean expand);
guint benk_alarms_shown_find (BenkAlarmsShown *self, const BenkId *id);
void benk_alarms_shown_follow (BenkAlarmsShown *self);
void benk_alarms_shown_apply (BenkAlarmsShown *self);
const BenkAlarmsWaiting *benk_alarms_shown_get_waiting (BenkAlarmsShown *self);
gboolean benk_alarms_shown_is_waiting (BenkAlarmsShown *self);

G_END_DECLS

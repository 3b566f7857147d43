/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"
#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkAlarmsWaiting:
 * @n_new: alarms that are not shown yet
 * @n_critical: how many of them are critical
 * @n_gone: shown alarms that are no longer open
 * @moved: whether those that stay stand in another order
 *
 * What has happened behind a list that is held.
 */
typedef struct
{
  guint n_new;
  guint n_critical;
  guint n_gone;
  gboolean moved;
} BenkAlarmsWaiting;

/* A list of BenkAlarmEntry. Signal "waiting": what benk_alarms_shown_get_waiting() says
 * has changed. */
#define BENK_TYPE_ALARMS_SHOWN (benk_alarms_shown_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmsShown, benk_alarms_shown, BENK, ALARMS_SHOWN, GObject)

BenkAlarmsShown *benk_alarms_shown_new (GListModel *queue, BenkClock *clock);
void benk_alarms_shown_set_held (BenkAlarmsShown *self, gboolean held);
void benk_alarms_shown_note_input (BenkAlarmsShown *self);
void benk_alarms_shown_set_team (BenkAlarmsShown *self, const BenkId *team);
void benk_alarms_shown_set_initials (BenkAlarmsShown *self, const char *initials);
void benk_alarms_shown_follow (BenkAlarmsShown *self);
void benk_alarms_shown_apply (BenkAlarmsShown *self);
const BenkAlarmsWaiting *benk_alarms_shown_get_waiting (BenkAlarmsShown *self);
gboolean benk_alarms_shown_is_waiting (BenkAlarmsShown *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Says when anything becomes of an alarm of the queue. */
typedef struct _BenkAlarmsWatch BenkAlarmsWatch;

BenkAlarmsWatch *benk_alarms_watch_new (GCallback changed, gpointer user_data);
void benk_alarms_watch_follow (BenkAlarmsWatch *self, GListModel *queue);
void benk_alarms_watch_free (BenkAlarmsWatch *self);

G_END_DECLS

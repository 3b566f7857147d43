/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarms-plan.h"

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

void benk_alarms_waiting_count (BenkAlarmsWaiting *self,
                                GPtrArray *entries,
                                const BenkAlarmsPlan *plan);
gboolean benk_alarms_waiting_is_any (const BenkAlarmsWaiting *self);

G_END_DECLS

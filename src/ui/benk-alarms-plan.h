/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-alarm-entry.h"

G_BEGIN_DECLS

/**
 * BenkAlarmsView:
 * @team: whose alarms are shown; nil = all
 * @initials: (nullable): of who is at the keyboard
 * @flood: whether more come than one reads one by one
 * @now_ms: UTC milliseconds
 *
 * How the queue is looked at.
 */
typedef struct
{
  BenkId team;
  const char *initials;
  gboolean flood;
  gint64 now_ms;
} BenkAlarmsView;

/**
 * BenkAlarmPlace:
 * @kind: one alarm, or why several stand in one row
 * @section: where
 * @alarms: (element-type BenkAlarm): which; the queue holds them
 *
 * A row that is to be.
 */
typedef struct
{
  BenkAlarmEntryKind kind;
  BenkAlarmSection section;
  GPtrArray *alarms;
} BenkAlarmPlace;

/**
 * BenkAlarmsPlan:
 * @places: (element-type BenkAlarmPlace): in their order
 * @n_strip: so many of them, from the start, stand in the strip of critical ones
 *
 * The rows of the list as they should be.
 */
typedef struct
{
  GPtrArray *places;
  guint n_strip;
} BenkAlarmsPlan;

BenkAlarmsPlan *benk_alarms_plan_new (GListModel *queue, const BenkAlarmsView *view);
void benk_alarms_plan_free (BenkAlarmsPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAlarmsPlan, benk_alarms_plan_free)

G_END_DECLS

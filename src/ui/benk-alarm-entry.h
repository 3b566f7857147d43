/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-alarm.h"

G_BEGIN_DECLS

/**
 * BenkAlarmSection:
 * @BENK_ALARM_SECTION_MINE: critical, with who is at the keyboard, or technical and
 *   nobody's yet.
 * @BENK_ALARM_SECTION_OTHERS: of care and medicine, and nobody's yet.
 * @BENK_ALARM_SECTION_WAITING: waits for something that is to come.
 * @BENK_ALARM_SECTION_WITH: with somebody else.
 *
 * Where an open alarm stands in the list.
 */
typedef enum
{
  BENK_ALARM_SECTION_MINE,
  BENK_ALARM_SECTION_OTHERS,
  BENK_ALARM_SECTION_WAITING,
  BENK_ALARM_SECTION_WITH,
} BenkAlarmSection;

#define BENK_N_ALARM_SECTIONS (BENK_ALARM_SECTION_WITH + 1)

BenkAlarmSection
benk_alarm_section_find (BenkAlarm *alarm, const char *initials, gint64 now_ms);
const char *benk_alarm_section_get_heading (BenkAlarmSection section);

/* A row of the list of alarms. Signal "changed": it, or its alarm. */
#define BENK_TYPE_ALARM_ENTRY (benk_alarm_entry_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmEntry, benk_alarm_entry, BENK, ALARM_ENTRY, GObject)

BenkAlarmEntry *benk_alarm_entry_new (BenkAlarm *alarm);
BenkAlarm *benk_alarm_entry_get_alarm (BenkAlarmEntry *self);
BenkAlarmSection benk_alarm_entry_get_section (BenkAlarmEntry *self);
gboolean benk_alarm_entry_get_heads (BenkAlarmEntry *self);
void benk_alarm_entry_set_section (BenkAlarmEntry *self,
                                   BenkAlarmSection section,
                                   gboolean heads);

G_END_DECLS

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

/**
 * BenkAlarmEntryKind:
 * @BENK_ALARM_ENTRY_ONE: an alarm.
 * @BENK_ALARM_ENTRY_MEMBER: an alarm below the row of its group.
 * @BENK_ALARM_ENTRY_INCIDENT: several devices at once, rather one outage.
 * @BENK_ALARM_ENTRY_USER: several alarms of one user.
 * @BENK_ALARM_ENTRY_BATCH: several devices at rolls of one batch.
 * @BENK_ALARM_ENTRY_CODE: alarms of one code, in a flood.
 *
 * What a row stands for.
 */
typedef enum
{
  BENK_ALARM_ENTRY_ONE,
  BENK_ALARM_ENTRY_MEMBER,
  BENK_ALARM_ENTRY_INCIDENT,
  BENK_ALARM_ENTRY_USER,
  BENK_ALARM_ENTRY_BATCH,
  BENK_ALARM_ENTRY_CODE,
} BenkAlarmEntryKind;

/* A row of the list of alarms. Signal "changed": it is to be shown anew. */
#define BENK_TYPE_ALARM_ENTRY (benk_alarm_entry_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarmEntry, benk_alarm_entry, BENK, ALARM_ENTRY, GObject)

BenkAlarmEntry *benk_alarm_entry_new (BenkAlarm *alarm);
BenkAlarmEntry *benk_alarm_entry_new_group (BenkAlarmEntryKind kind);
BenkAlarm *benk_alarm_entry_get_alarm (BenkAlarmEntry *self);
const GPtrArray *benk_alarm_entry_get_alarms (BenkAlarmEntry *self);
void benk_alarm_entry_set_alarms (BenkAlarmEntry *self,
                                  BenkAlarm *const *alarms,
                                  guint n_alarms);
BenkAlarmEntryKind benk_alarm_entry_get_kind (BenkAlarmEntry *self);
gboolean benk_alarm_entry_is_group (BenkAlarmEntry *self);
gboolean benk_alarm_entry_get_expanded (BenkAlarmEntry *self);
void benk_alarm_entry_set_expanded (BenkAlarmEntry *self, gboolean expanded);
BenkAlarmSection benk_alarm_entry_get_section (BenkAlarmEntry *self);
gboolean benk_alarm_entry_get_heads (BenkAlarmEntry *self);
void benk_alarm_entry_place (BenkAlarmEntry *self,
                             BenkAlarmSection section,
                             gboolean heads,
                             gboolean member);
void benk_alarm_entry_tell (BenkAlarmEntry *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-entry.h"

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-alarms-hand.h"

#define CRITICAL 40

/**
 * BenkAlarmEntry:
 *
 * A row of the list of alarms: an alarm, and where it stands until the list is made anew.
 */
struct _BenkAlarmEntry
{
  GObject parent_instance;

  BenkAlarm *alarm;
  gulong notify_handler;
  BenkAlarmSection section;
  gboolean heads;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkAlarmEntry, benk_alarm_entry, G_TYPE_OBJECT)

static void
tell (BenkAlarmEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
benk_alarm_entry_finalize (GObject *object)
{
  BenkAlarmEntry *self = BENK_ALARM_ENTRY (object);

  g_clear_signal_handler (&self->notify_handler, self->alarm);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (benk_alarm_entry_parent_class)->finalize (object);
}

static void
benk_alarm_entry_class_init (BenkAlarmEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_alarm_entry_finalize;
  /**
   * BenkAlarmEntry::changed:
   *
   * It is to be shown anew.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_ALARM_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_alarm_entry_init (BenkAlarmEntry *self)
{
}

/**
 * benk_alarm_section_find:
 * @alarm: an alarm
 * @initials: (nullable): of who is at the keyboard
 * @now_ms: UTC milliseconds
 *
 * A critical one stands first whoever has it.
 *
 * Returns: where it stands in the list
 */
BenkAlarmSection
benk_alarm_section_find (BenkAlarm *alarm, const char *initials, gint64 now_ms)
{
  if (benk_alarm_get_severity (alarm) >= CRITICAL)
    return BENK_ALARM_SECTION_MINE;
  if (benk_alarm_is_waiting (alarm, now_ms))
    return BENK_ALARM_SECTION_WAITING;
  if (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_TAKEN)
    return benk_alarm_is_with (alarm, initials) ? BENK_ALARM_SECTION_MINE
                                                : BENK_ALARM_SECTION_WITH;
  return benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL
           ? BENK_ALARM_SECTION_MINE
           : BENK_ALARM_SECTION_OTHERS;
}

/**
 * benk_alarm_section_get_heading:
 * @section: where alarms stand in the list
 *
 * Returns: (nullable): what stands above them; %NULL for those that come first
 */
const char *
benk_alarm_section_get_heading (BenkAlarmSection section)
{
  switch (section)
    {
    case BENK_ALARM_SECTION_OTHERS:
      /* Translators: heading above alarms that care or medicine are responsible for. */
      return C_ ("alarms", "Others’: care and medicine");
    case BENK_ALARM_SECTION_WAITING:
      return C_ ("alarms", "Waiting");
    case BENK_ALARM_SECTION_WITH:
      /* Translators: heading above alarms that another person has taken. */
      return C_ ("alarms", "With somebody else");
    case BENK_ALARM_SECTION_MINE:
    default:
      return NULL;
    }
}

/**
 * benk_alarm_entry_new:
 * @alarm: an alarm
 *
 * Returns: (transfer full): a row that shows @alarm
 */
BenkAlarmEntry *
benk_alarm_entry_new (BenkAlarm *alarm)
{
  BenkAlarmEntry *self = g_object_new (BENK_TYPE_ALARM_ENTRY, NULL);

  self->alarm = g_object_ref (alarm);
  self->notify_handler =
    g_signal_connect_swapped (alarm, "notify", G_CALLBACK (tell), self);
  return self;
}

/**
 * benk_alarm_entry_get_alarm:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
BenkAlarm *
benk_alarm_entry_get_alarm (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), NULL);
  return self->alarm;
}

/**
 * benk_alarm_entry_get_section:
 * @self: a row
 *
 * Returns: where it stands, whatever has become of its alarm since
 */
BenkAlarmSection
benk_alarm_entry_get_section (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), BENK_ALARM_SECTION_MINE);
  return self->section;
}

/**
 * benk_alarm_entry_get_heads:
 * @self: a row
 *
 * Returns: whether it is the first of its section
 */
gboolean
benk_alarm_entry_get_heads (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), FALSE);
  return self->heads;
}

/**
 * benk_alarm_entry_set_section:
 * @self: a row
 * @section: where it stands
 * @heads: whether it is the first there
 *
 * Says where it stands from now on.
 */
void
benk_alarm_entry_set_section (BenkAlarmEntry *self,
                              BenkAlarmSection section,
                              gboolean heads)
{
  g_return_if_fail (BENK_IS_ALARM_ENTRY (self));
  if (self->section == section && self->heads == heads)
    return;
  self->section = section;
  self->heads = heads;
  tell (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-entry.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-alarm-wait.h"
#include "benk-alarms-hand.h"

/**
 * BenkAlarmEntry:
 *
 * A row of the list of alarms: an alarm, or several as one, and where it stands until the
 * list is made anew.
 */
struct _BenkAlarmEntry
{
  GObject parent_instance;

  GPtrArray *alarms; /* BenkAlarm; in the order of the queue */
  BenkAlarmEntryKind kind;
  BenkAlarmSection section;
  gboolean heads;
  gboolean expanded;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkAlarmEntry, benk_alarm_entry, G_TYPE_OBJECT)

static void
benk_alarm_entry_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_ALARM_ENTRY (object)->alarms);
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
  self->alarms = g_ptr_array_new_with_free_func (g_object_unref);
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
  if (benk_alarm_is_critical (alarm))
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

  g_ptr_array_add (self->alarms, g_object_ref (alarm));
  return self;
}

/**
 * benk_alarm_entry_new_group:
 * @kind: why several alarms stand in one row
 *
 * Returns: (transfer full): a row for several alarms, without any yet
 */
BenkAlarmEntry *
benk_alarm_entry_new_group (BenkAlarmEntryKind kind)
{
  BenkAlarmEntry *self = g_object_new (BENK_TYPE_ALARM_ENTRY, NULL);

  self->kind = kind;
  return self;
}

/**
 * benk_alarm_entry_get_alarm:
 * @self: a row
 *
 * Returns: (transfer none): what it shows; of several the first
 */
BenkAlarm *
benk_alarm_entry_get_alarm (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), NULL);
  return g_ptr_array_index (self->alarms, 0);
}

/**
 * benk_alarm_entry_get_alarms:
 * @self: a row
 *
 * Returns: (transfer none) (element-type BenkAlarm): all that it stands for
 */
const GPtrArray *
benk_alarm_entry_get_alarms (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), NULL);
  return self->alarms;
}

/**
 * benk_alarm_entry_set_alarms:
 * @self: the row of a group
 * @alarms: (array length=n_alarms): in the order of the queue
 * @n_alarms: how many, one at the least
 *
 * Says what it stands for from now on.
 */
void
benk_alarm_entry_set_alarms (BenkAlarmEntry *self,
                             BenkAlarm *const *alarms,
                             guint n_alarms)
{
  GPtrArray *now;

  g_return_if_fail (BENK_IS_ALARM_ENTRY (self));
  if (self->alarms->len == n_alarms &&
      memcmp (self->alarms->pdata, alarms, n_alarms * sizeof *alarms) == 0)
    return;
  now = g_ptr_array_new_full (n_alarms, g_object_unref);
  for (guint i = 0; i < n_alarms; i++)
    g_ptr_array_add (now, g_object_ref (alarms[i]));
  g_ptr_array_unref (self->alarms);
  self->alarms = now;
  benk_alarm_entry_tell (self);
}

/**
 * benk_alarm_entry_get_kind:
 * @self: a row
 *
 * Returns: what it stands for
 */
BenkAlarmEntryKind
benk_alarm_entry_get_kind (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), BENK_ALARM_ENTRY_ONE);
  return self->kind;
}

/**
 * benk_alarm_entry_is_group:
 * @self: a row
 *
 * Returns: whether it stands for several alarms
 */
gboolean
benk_alarm_entry_is_group (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), FALSE);
  return self->kind > BENK_ALARM_ENTRY_MEMBER;
}

/**
 * benk_alarm_entry_get_expanded:
 * @self: the row of a group
 *
 * Returns: whether its alarms stand below it
 */
gboolean
benk_alarm_entry_get_expanded (BenkAlarmEntry *self)
{
  g_return_val_if_fail (BENK_IS_ALARM_ENTRY (self), FALSE);
  return self->expanded;
}

/**
 * benk_alarm_entry_set_expanded:
 * @self: the row of a group
 * @expanded: whether its alarms stand below it
 *
 * Says so; who has the list puts them there.
 */
void
benk_alarm_entry_set_expanded (BenkAlarmEntry *self, gboolean expanded)
{
  g_return_if_fail (BENK_IS_ALARM_ENTRY (self));
  if (self->expanded == expanded)
    return;
  self->expanded = expanded;
  benk_alarm_entry_tell (self);
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
 * benk_alarm_entry_place:
 * @self: a row
 * @section: where it stands
 * @heads: whether it is the first there
 * @member: whether it stands below the row of its group
 *
 * Says where it stands from now on.
 */
void
benk_alarm_entry_place (BenkAlarmEntry *self,
                        BenkAlarmSection section,
                        gboolean heads,
                        gboolean member)
{
  BenkAlarmEntryKind kind;

  g_return_if_fail (BENK_IS_ALARM_ENTRY (self));
  kind = benk_alarm_entry_is_group (self) ? self->kind
         : member                         ? BENK_ALARM_ENTRY_MEMBER
                                          : BENK_ALARM_ENTRY_ONE;
  if (self->section == section && self->heads == heads && self->kind == kind)
    return;
  self->section = section;
  self->heads = heads;
  self->kind = kind;
  benk_alarm_entry_tell (self);
}

/**
 * benk_alarm_entry_tell:
 * @self: a row
 *
 * Says that it is to be shown anew: something has become of its alarms.
 */
void
benk_alarm_entry_tell (BenkAlarmEntry *self)
{
  g_return_if_fail (BENK_IS_ALARM_ENTRY (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

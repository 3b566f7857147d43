/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-plan.h"

static void
place_free (gpointer data)
{
  BenkAlarmPlace *place = data;

  g_ptr_array_unref (place->alarms);
  g_free (place);
}

static BenkAlarmPlace *
add_place (BenkAlarmsPlan *self, BenkAlarm *alarm, BenkAlarmSection section)
{
  BenkAlarmPlace *place = g_new0 (BenkAlarmPlace, 1);

  place->section = section;
  place->alarms = g_ptr_array_new ();
  g_ptr_array_add (place->alarms, alarm);
  g_ptr_array_add (self->places, place);
  return place;
}

static BenkAlarmEntryKind
get_kind (const BenkAlarmsView *view, BenkAlarm *alarm)
{
  if (view->flood)
    return BENK_ALARM_ENTRY_CODE;
  switch (benk_alarm_get_group_kind (alarm))
    {
    case BENK_ALARM_GROUP_INCIDENT:
      return BENK_ALARM_ENTRY_INCIDENT;
    case BENK_ALARM_GROUP_USER:
      return BENK_ALARM_ENTRY_USER;
    case BENK_ALARM_GROUP_BATCH:
      return BENK_ALARM_ENTRY_BATCH;
    case BENK_ALARM_GROUP_NONE:
    default:
      return BENK_ALARM_ENTRY_ONE;
    }
}

/* (nullable): the same for all that stand in one row. */
static gconstpointer
get_key (const BenkAlarmsView *view, BenkAlarm *alarm)
{
  if (benk_alarm_is_critical (alarm))
    return NULL;
  if (view->flood)
    return benk_alarm_get_code (alarm);
  return benk_alarm_get_group_kind (alarm) != BENK_ALARM_GROUP_NONE
           ? benk_alarm_get_group_face (alarm)
           : NULL;
}

/* The first of a group says where it stands. */
static void
add_section (BenkAlarmsPlan *self,
             const BenkAlarmsView *view,
             GPtrArray *alarms,
             BenkAlarmSection section)
{
  g_autoptr (GHashTable) groups = view->flood
                                    ? g_hash_table_new (g_str_hash, g_str_equal)
                                    : g_hash_table_new (benk_id_hash, benk_id_equal);

  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);
      gconstpointer key = get_key (view, alarm);
      BenkAlarmPlace *place = key ? g_hash_table_lookup (groups, key) : NULL;

      if (place)
        {
          place->kind = get_kind (view, alarm);
          g_ptr_array_add (place->alarms, alarm);
          continue;
        }
      place = add_place (self, alarm, section);
      if (key)
        g_hash_table_insert (groups, (gpointer) key, place);
    }
}

/**
 * benk_alarms_plan_new:
 * @queue: the live list of open #BenkAlarm, by urgency
 * @view: how it is looked at
 *
 * Returns: (transfer full): by sections, and in each as in @queue, with what belongs
 *   together in one row; in a flood the critical ones first, each by itself, and the rest
 *   by their codes
 */
BenkAlarmsPlan *
benk_alarms_plan_new (GListModel *queue, const BenkAlarmsView *view)
{
  BenkAlarmsPlan *self = g_new0 (BenkAlarmsPlan, 1);
  GPtrArray *sections[BENK_N_ALARM_SECTIONS];
  guint n = g_list_model_get_n_items (queue);

  self->places = g_ptr_array_new_with_free_func (place_free);
  for (guint i = 0; i < BENK_N_ALARM_SECTIONS; i++)
    sections[i] = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);
      BenkAlarmSection section;

      if (!benk_id_is_nil (&view->team) &&
          !benk_id_equal (benk_alarm_get_team_id (alarm), &view->team))
        continue;
      section = benk_alarm_section_find (alarm, view->initials, view->now_ms);
      if (view->flood && benk_alarm_is_critical (alarm))
        {
          add_place (self, alarm, section);
          self->n_strip++;
        }
      else
        g_ptr_array_add (sections[section], alarm);
    }
  for (guint i = 0; i < BENK_N_ALARM_SECTIONS; i++)
    {
      add_section (self, view, sections[i], (BenkAlarmSection) i);
      g_ptr_array_unref (sections[i]);
    }
  return self;
}

/**
 * benk_alarms_plan_free:
 * @self: a plan
 *
 * Frees it.
 */
void
benk_alarms_plan_free (BenkAlarmsPlan *self)
{
  g_ptr_array_unref (self->places);
  g_free (self);
}

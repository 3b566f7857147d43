/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-watch.h"

#include "benk-alarm.h"

struct _BenkAlarmsWatch
{
  GCallback changed;
  gpointer user_data;
  GHashTable *alarms; /* BenkAlarm */
};

/**
 * benk_alarms_watch_new:
 * @changed: called with @user_data when a property of an alarm has changed
 * @user_data: for @changed
 *
 * Returns: (transfer full): a watch over no alarm yet
 */
BenkAlarmsWatch *
benk_alarms_watch_new (GCallback changed, gpointer user_data)
{
  BenkAlarmsWatch *self = g_new0 (BenkAlarmsWatch, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->alarms = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  return self;
}

static void
leave (BenkAlarmsWatch *self, GHashTable *alarms)
{
  GHashTableIter iter;
  gpointer alarm;

  g_hash_table_iter_init (&iter, alarms);
  while (g_hash_table_iter_next (&iter, &alarm, NULL))
    g_signal_handlers_disconnect_by_func (alarm, (gpointer) self->changed,
                                          self->user_data);
}

/**
 * benk_alarms_watch_follow:
 * @self: a watch
 * @queue: a list of #BenkAlarm
 *
 * Watches what is in @queue now. Only what has come and gone is touched: there may be
 * thousands.
 */
void
benk_alarms_watch_follow (BenkAlarmsWatch *self, GListModel *queue)
{
  guint n = g_list_model_get_n_items (queue);
  g_autoptr (GHashTable) gone = g_steal_pointer (&self->alarms);
  gpointer left;

  self->alarms = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  for (guint i = 0; i < n; i++)
    {
      BenkAlarm *alarm = g_list_model_get_item (queue, i);

      if (g_hash_table_steal_extended (gone, alarm, &left, NULL))
        g_object_unref (left);
      else
        g_signal_connect_swapped (alarm, "notify", self->changed, self->user_data);
      g_hash_table_add (self->alarms, alarm);
    }
  leave (self, gone);
}

/**
 * benk_alarms_watch_free:
 * @self: a watch
 *
 * Frees it.
 */
void
benk_alarms_watch_free (BenkAlarmsWatch *self)
{
  leave (self, self->alarms);
  g_hash_table_unref (self->alarms);
  g_free (self);
}

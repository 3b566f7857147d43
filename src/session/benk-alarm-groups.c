/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-groups.h"

#include "benk-alarm-group.h"
#include "benk-alarms-private.h"

static int
compare (gconstpointer a, gconstpointer b, gpointer now_ms)
{
  return benk_alarm_compare (*(BenkAlarm *const *) a, *(BenkAlarm *const *) b,
                             *(gint64 *) now_ms);
}

/* Only what a source stamped is of its time: what was written down here has this
 * computer's. */
void
benk_alarm_set_clock (BenkAlarm *alarm, gint64 skew_ms)
{
  if (benk_alarm_get_via (alarm) == BENK_ALARM_VIA_FEED)
    benk_alarm_set_clock_skew_ms (alarm, skew_ms);
}

/* Open alarms in the order of the queue, with whom to phone, and groups. Where they
 * are read: thousands may be open. */
void
benk_alarm_arrange (GPtrArray *open,
                    const BenkDutyRoster *roster,
                    const char *initials,
                    gint64 now_ms,
                    gint64 skew_ms)
{
  for (guint i = 0; i < open->len; i++)
    benk_alarm_set_clock (g_ptr_array_index (open, i), skew_ms);
  benk_alarm_set_owners (open, roster, initials, now_ms + skew_ms);
  g_ptr_array_sort_with_data (open, compare, &now_ms);
  benk_alarm_group_mark ((BenkAlarm *const *) open->pdata, open->len, now_ms);
}

/**
 * benk_alarms_list_group:
 * @self: the alarms
 * @face: BenkAlarm:group-face of one of a group
 *
 * Returns: (transfer full) (element-type BenkAlarm): the group as it is now, in the order
 *   of the queue, the face first; empty where there is no such group any more
 */
GPtrArray *
benk_alarms_list_group (BenkAlarms *self, const BenkId *face)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *queue = benk_alarms_get_queue (self);

  for (guint i = 0; !benk_id_is_nil (face) && i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (benk_id_equal (benk_alarm_get_group_face (alarm), face))
        g_ptr_array_add (members, g_steal_pointer (&alarm));
    }
  return members;
}

/**
 * benk_alarms_list_ids:
 * @alarms: (element-type BenkAlarm): alarms
 *
 * Returns: (transfer full) (element-type BenkId): their ids, in the same order
 */
GArray *
benk_alarms_list_ids (const GPtrArray *alarms)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (BenkId), alarms->len);

  for (guint i = 0; i < alarms->len; i++)
    g_array_append_vals (ids, benk_alarm_get_id (alarms->pdata[i]), 1);
  return ids;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-waiting.h"

#include <string.h>

/* What has become of the alarms that are shown. */
typedef struct
{
  const BenkAlarmsPlan *plan;
  GHashTable *numbers; /* from an alarm's id to its place in the plan, from 1 */
  GHashTable *now;     /* from an alarm's id to the alarm */
  GHashTable *shown;   /* ids of those that have a row */
  BenkAlarmsWaiting waiting;
  guint last;
} Count;

static void
count_init (Count *count, const BenkAlarmsPlan *plan)
{
  memset (count, 0, sizeof *count);
  count->plan = plan;
  count->numbers = g_hash_table_new (benk_id_hash, benk_id_equal);
  count->now = g_hash_table_new (benk_id_hash, benk_id_equal);
  count->shown = g_hash_table_new (benk_id_hash, benk_id_equal);
  for (guint i = 0; i < plan->places->len; i++)
    {
      const BenkAlarmPlace *place = g_ptr_array_index (plan->places, i);

      for (guint k = 0; k < place->alarms->len; k++)
        {
          BenkAlarm *alarm = g_ptr_array_index (place->alarms, k);
          gpointer id = (gpointer) benk_alarm_get_id (alarm);

          g_hash_table_insert (count->numbers, id, GUINT_TO_POINTER (i + 1));
          g_hash_table_insert (count->now, id, alarm);
        }
    }
}

static void
count_clear (Count *count)
{
  g_hash_table_unref (count->numbers);
  g_hash_table_unref (count->now);
  g_hash_table_unref (count->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

/* One that was closed and opened again is another object; its row stays where it is. */
static void
renew (Count *count, BenkAlarmEntry *entry)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);
  g_autoptr (GPtrArray) now = g_ptr_array_new ();

  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm =
        g_hash_table_lookup (count->now,
                             benk_alarm_get_id (g_ptr_array_index (alarms, i)));

      g_ptr_array_add (now, alarm ? alarm : alarms->pdata[i]);
    }
  benk_alarm_entry_set_alarms (entry, (BenkAlarm *const *) now->pdata, now->len);
}

/* A row goes to one place, and all that is there comes from it, or is new. */
static void
count_row (Count *count, BenkAlarmEntry *entry)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);
  guint number = 0;

  for (guint i = 0; i < alarms->len; i++)
    {
      const BenkId *id = benk_alarm_get_id (g_ptr_array_index (alarms, i));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (count->numbers, id));

      if (n == 0)
        {
          count->waiting.n_gone++;
          continue;
        }
      g_hash_table_add (count->shown, (gpointer) id);
      count->waiting.moved |= number != 0 && n != number;
      number = n;
    }
  if (number != 0)
    {
      const BenkAlarmPlace *place = g_ptr_array_index (count->plan->places, number - 1);
      BenkAlarmEntryKind kind = benk_alarm_entry_get_kind (entry);

      count->waiting.moved |= number <= count->last || place->kind != kind ||
                              place->section != benk_alarm_entry_get_section (entry);
      count->last = MAX (number, count->last);
    }
  renew (count, entry);
}

/**
 * benk_alarms_waiting_count:
 * @self: (out caller-allocates): what waits
 * @entries: (element-type BenkAlarmEntry): the rows, held still
 * @plan: how they should be
 *
 * Counts what has happened behind rows that are held. Of one that was closed and opened
 * again the row takes the new object.
 */
void
benk_alarms_waiting_count (BenkAlarmsWaiting *self,
                           GPtrArray *entries,
                           const BenkAlarmsPlan *plan)
{
  g_auto (Count) count;
  GHashTableIter iter;
  gpointer id, alarm;

  count_init (&count, plan);
  for (guint i = 0; i < entries->len; i++)
    if (benk_alarm_entry_get_kind (entries->pdata[i]) == BENK_ALARM_ENTRY_MEMBER)
      renew (&count, entries->pdata[i]);
    else
      count_row (&count, entries->pdata[i]);
  g_hash_table_iter_init (&iter, count.now);
  while (g_hash_table_iter_next (&iter, &id, &alarm))
    if (!g_hash_table_contains (count.shown, id))
      {
        count.waiting.n_new++;
        count.waiting.n_critical += benk_alarm_is_critical (alarm);
      }
  *self = count.waiting;
}

/**
 * benk_alarms_waiting_is_any:
 * @self: what waits
 *
 * Returns: whether anything does
 */
gboolean
benk_alarms_waiting_is_any (const BenkAlarmsWaiting *self)
{
  return self->n_new > 0 || self->n_gone > 0 || self->moved;
}

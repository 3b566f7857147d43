/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-table-alarm.h"

/* (transfer full) (array): of each of the open alarms, which is the first of its group.
 */
static guint *
find_firsts (GPtrArray *alike)
{
  g_autofree BenkAlarmSpan *spans = g_new0 (BenkAlarmSpan, alike->len);
  guint *firsts = g_new0 (guint, alike->len);

  for (guint i = 0; i < alike->len; i++)
    spans[i].raised_ms = benk_alarm_get_raised_ms (g_ptr_array_index (alike, i));
  benk_alarm_join (spans, alike->len, firsts);
  return firsts;
}

/* Who stands for a group: the first that somebody has, else the first. */
static guint
find_face (GPtrArray *alike, const guint *firsts, guint first)
{
  for (guint i = first; i < alike->len && firsts[i] == first; i++)
    if (benk_alarm_get_status (g_ptr_array_index (alike, i)) == BENK_ALARM_STATUS_TAKEN)
      return i;
  return first;
}

/* What is noted of the roll is known of all that are about it, also where an earlier one
 * is learned of later. */
static void
lend_batch (BenkAlarm *from, BenkAlarm *to)
{
  if (benk_alarm_get_roll_batch (from) == NULL || benk_alarm_get_roll_batch (to) != NULL)
    return;
  benk_alarm_set_roll_packer (to, benk_alarm_get_roll_packer (from));
  benk_alarm_set_roll_batch (to, benk_alarm_get_roll_batch (from));
}

static void
mark_hidden (GPtrArray *alike, GHashTable *hidden)
{
  g_autofree guint *firsts = find_firsts (alike);

  for (guint first = 0; first < alike->len;)
    {
      guint face = find_face (alike, firsts, first);
      guint i = first;

      for (; i < alike->len && firsts[i] == first; i++)
        if (i != face)
          {
            lend_batch (g_ptr_array_index (alike, i), g_ptr_array_index (alike, face));
            g_hash_table_add (hidden, g_ptr_array_index (alike, i));
          }
      benk_alarm_set_n_joined (g_ptr_array_index (alike, face), (int) (i - first - 1));
      first = i;
    }
}

/* (transfer full): of open alarms in the order they were raised, those that stand for
 * themselves and for what joined them. */
GPtrArray *
benk_alarm_join_open (GPtrArray *open)
{
  g_auto (GStrv) keys = g_new0 (char *, open->len + 1);
  g_autoptr (GHashTable) hidden = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) groups = NULL;
  GPtrArray *faces = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < open->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (open, i);
      g_autofree char *about = benk_alarm_dup_about (alarm);

      keys[i] = g_strconcat (about, "|", benk_alarm_get_code (alarm), NULL);
    }
  groups = benk_alarm_gather (open->pdata, (const char *const *) keys, open->len);
  for (guint i = 0; i < groups->len; i++)
    mark_hidden (g_ptr_array_index (groups, i), hidden);
  for (guint i = 0; i < open->len; i++)
    if (!g_hash_table_contains (hidden, g_ptr_array_index (open, i)))
      g_ptr_array_add (faces, g_object_ref (g_ptr_array_index (open, i)));
  return faces;
}

static guint
find_alarm (GPtrArray *alike, BenkAlarm *alarm)
{
  for (guint i = 0; i < alike->len; i++)
    if (benk_id_equal (benk_alarm_get_id (g_ptr_array_index (alike, i)),
                       benk_alarm_get_id (alarm)))
      return i;
  return G_MAXUINT;
}

/* (transfer full): the open alarms that one row of the queue stands for, @alarm among
 * them also where it has ended. */
GPtrArray *
benk_alarm_list_joined (BenkDb *db, BenkAlarm *alarm, GError **error)
{
  g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) alike = benk_table_alarm_list_alike (db, alarm, error);
  g_autofree guint *firsts = NULL;
  guint at;

  if (alike == NULL)
    return NULL;
  firsts = find_firsts (alike);
  at = find_alarm (alike, alarm);
  g_ptr_array_add (joined, g_object_ref (alarm));
  for (guint i = 0; i < alike->len && at != G_MAXUINT; i++)
    if (firsts[i] == firsts[at] && i != at)
      g_ptr_array_add (joined, g_object_ref (g_ptr_array_index (alike, i)));
  return g_steal_pointer (&joined);
}

/* Of an alarm that has just come: what stands for it. */
gboolean
benk_alarm_find_face (
  BenkDb *db, BenkAlarm *alarm, BenkId *face, BenkIntakeOutcome *outcome, GError **error)
{
  g_autoptr (GPtrArray) alike = NULL;
  g_autofree guint *firsts = NULL;
  gboolean repeat;
  guint at;

  if (!benk_table_alarm_is_repeat (db, alarm, BENK_ALARM_REPEAT_MS, &repeat, error))
    return FALSE;
  if (!repeat)
    return TRUE;
  alike = benk_table_alarm_list_alike (db, alarm, error);
  if (alike == NULL)
    return FALSE;
  at = find_alarm (alike, alarm);
  if (at == G_MAXUINT)
    return TRUE;
  firsts = find_firsts (alike);
  for (guint i = 0; i < alike->len; i++)
    if (firsts[i] == firsts[at] && i != at)
      *outcome = BENK_INTAKE_JOINED;
  *face =
    *benk_alarm_get_id (g_ptr_array_index (alike, find_face (alike, firsts, firsts[at])));
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-told-private.h"

#include "benk-alarm-group.h"
#include "benk-alarm-join.h"
#include "benk-alarm-wait.h"

BenkTold *
benk_told_new (BenkAlarm *alarm, guint64 order)
{
  BenkTold *told = g_new0 (BenkTold, 1);

  told->alarm = g_object_ref (alarm);
  told->order = order;
  told->fresh = TRUE;
  return told;
}

void
benk_told_free (BenkTold *told)
{
  g_object_unref (told->alarm);
  g_free (told->key);
  g_free (told);
}

int
benk_told_get_severity (const BenkTold *told)
{
  return benk_alarm_get_severity (told->alarm);
}

gboolean
benk_told_is_critical (const BenkTold *told)
{
  return benk_alarm_is_critical (told->alarm);
}

/* Those of care and medicine are seen but quiet. */
gboolean
benk_told_is_loud (const BenkTold *told)
{
  return benk_told_is_critical (told) ||
         benk_alarm_get_responsibility (told->alarm) == BENK_RESPONSIBILITY_TECHNICAL;
}

/* Of an alarm that somebody has only the end of its waiting is told. */
gboolean
benk_told_is_wanted (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW ||
         benk_alarm_has_waited (alarm, now_ms);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const BenkTold *first = *(BenkTold *const *) a;
  const BenkTold *second = *(BenkTold *const *) b;

  return (first->order > second->order) - (first->order < second->order);
}

int
benk_told_compare_worst (gconstpointer a, gconstpointer b)
{
  const BenkTold *first = *(BenkTold *const *) a;
  const BenkTold *second = *(BenkTold *const *) b;
  int difference = benk_told_get_severity (second) - benk_told_get_severity (first);

  return difference ? difference : compare_order (a, b);
}

static void
set_key (BenkTold *told, char *key)
{
  g_free (told->key);
  told->key = key;
}

static gboolean
is_of_incident (const BenkTold *told)
{
  return g_strcmp0 (told->key, BENK_TOLD_INCIDENT) == 0;
}

static int
compare_received (gconstpointer a, gconstpointer b)
{
  gint64 first = benk_alarm_get_received_ms ((*(BenkTold *const *) a)->alarm);
  gint64 second = benk_alarm_get_received_ms ((*(BenkTold *const *) b)->alarm);

  return (first > second) - (first < second);
}

/* After a night there is one bubble, not one a device. */
static gboolean
is_of_past (const BenkTold *told)
{
  return g_strcmp0 (told->key, BENK_TOLD_MISSED) == 0 ||
         g_strcmp0 (told->key, BENK_TOLD_LATE) == 0 ||
         g_strcmp0 (told->key, BENK_TOLD_OVERDUE) == 0;
}

/* One that has a key keeps it: a bubble does not change its subject. Only a burst gathers
 * those that came before it was known to be one. A bubble tells what has come: when it
 * was received counts. */
static void
gather_incident (GPtrArray *all)
{
  g_autoptr (GPtrArray) signs = g_ptr_array_new ();
  g_autoptr (GPtrArray) about = g_ptr_array_new_with_free_func (g_free);
  g_autofree BenkOutageSign *times = g_new0 (BenkOutageSign, all->len);
  g_autofree guint *outages = g_new0 (guint, all->len);

  for (guint i = 0; i < all->len; i++)
    if (benk_alarm_is_outage_sign (((BenkTold *) g_ptr_array_index (all, i))->alarm))
      g_ptr_array_add (signs, g_ptr_array_index (all, i));
  g_ptr_array_sort (signs, compare_received);
  for (guint i = 0; i < signs->len; i++)
    {
      const BenkTold *told = g_ptr_array_index (signs, i);

      g_ptr_array_add (about, benk_alarm_dup_about (told->alarm));
      times[i].about = g_ptr_array_index (about, i);
      times[i].at_ms = benk_alarm_get_received_ms (told->alarm);
      times[i].known = is_of_incident (told);
    }
  benk_outage_find (times, signs->len, outages);
  for (guint i = 0; i < signs->len; i++)
    {
      BenkTold *told = g_ptr_array_index (signs, i);

      if (outages[i] > 0 && !is_of_past (told))
        set_key (told, g_strdup (BENK_TOLD_INCIDENT));
    }
}

static gboolean
has_key_of_own (const BenkTold *told)
{
  return told->key && !g_str_equal (told->key, BENK_TOLD_REST);
}

/* A critical one has its own bubble, whatever it shared before. */
static void
choose_key (BenkTold *told, GHashTable *keys)
{
  g_autofree char *device = NULL;

  if (has_key_of_own (told))
    return;
  if (told->key && !benk_told_is_critical (told))
    return;
  device = benk_alarm_dup_about (told->alarm);
  if (!g_hash_table_contains (keys, device) &&
      g_hash_table_size (keys) >= BENK_TOLD_MAX_BUBBLES && !benk_told_is_critical (told))
    set_key (told, g_strdup (BENK_TOLD_REST));
  else
    set_key (told, g_strdup (device));
  if (has_key_of_own (told))
    g_hash_table_add (keys, g_strdup (told->key));
}

/* What was raised while nothing was watched shares one bubble; a critical one does not.
 */
void
benk_told_share_late (BenkTold *told)
{
  if (told->key == NULL && !benk_told_is_critical (told))
    set_key (told, g_strdup (BENK_TOLD_LATE));
}

static void
group_free (BenkToldGroup *group)
{
  g_free (group->key);
  g_ptr_array_unref (group->members);
  g_free (group);
}

static void
add_to_group (GPtrArray *groups, GHashTable *by_key, BenkTold *told)
{
  BenkToldGroup *group = g_hash_table_lookup (by_key, told->key);

  if (!group)
    {
      group = g_new0 (BenkToldGroup, 1);
      group->key = g_strdup (told->key);
      group->members = g_ptr_array_new ();
      g_ptr_array_add (groups, group);
      g_hash_table_insert (by_key, group->key, group);
    }
  g_ptr_array_add (group->members, told);
}

/* (transfer full) (element-type BenkTold): in the order they were told */
static GPtrArray *
list_open (GHashTable *told)
{
  GPtrArray *all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((BenkTold *) value)->held)
      g_ptr_array_add (all, value);
  g_ptr_array_sort (all, compare_order);
  return all;
}

/* (transfer full) (element-type BenkToldGroup): what shares a bubble, but for what is
 * held back */
GPtrArray *
benk_told_group_all (GHashTable *told)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = list_open (told);

  gather_incident (all);
  for (guint i = 0; i < all->len; i++)
    {
      const BenkTold *one = g_ptr_array_index (all, i);

      if (has_key_of_own (one))
        g_hash_table_add (keys, g_strdup (one->key));
    }
  for (guint i = 0; i < all->len; i++)
    {
      BenkTold *one = g_ptr_array_index (all, i);

      choose_key (one, keys);
      add_to_group (groups, by_key, one);
    }
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_sort (((BenkToldGroup *) g_ptr_array_index (groups, i))->members,
                      benk_told_compare_worst);
  return groups;
}

/* Closed by a person: only what is new opens it again. */
gboolean
benk_told_group_is_shown (const BenkToldGroup *group)
{
  for (guint i = 0; i < group->members->len; i++)
    if (!((const BenkTold *) g_ptr_array_index (group->members, i))->dismissed)
      return TRUE;
  return FALSE;
}

gboolean
benk_told_group_is_fresh (const BenkToldGroup *group)
{
  for (guint i = 0; i < group->members->len; i++)
    if (((const BenkTold *) g_ptr_array_index (group->members, i))->fresh)
      return TRUE;
  return FALSE;
}

gboolean
benk_told_group_is_incident (const BenkToldGroup *group)
{
  return g_str_equal (group->key, BENK_TOLD_INCIDENT);
}

/* Care's and medicine's alarms are not ours to take from a bubble; nor does one take
 * several devices at once without looking. */
gboolean
benk_told_group_can_take (const BenkToldGroup *group)
{
  for (guint i = 0; i < group->members->len; i++)
    {
      const BenkTold *told = g_ptr_array_index (group->members, i);

      if (benk_alarm_get_status (told->alarm) != BENK_ALARM_STATUS_NEW ||
          benk_alarm_get_responsibility (told->alarm) != BENK_RESPONSIBILITY_TECHNICAL)
        return FALSE;
    }
  return !g_str_equal (group->key, BENK_TOLD_REST) &&
         !g_str_equal (group->key, BENK_TOLD_MISSED) &&
         (group->members->len == 1 || (!g_str_equal (group->key, BENK_TOLD_LATE) &&
                                       !g_str_equal (group->key, BENK_TOLD_OVERDUE))) &&
         !benk_told_group_is_incident (group);
}

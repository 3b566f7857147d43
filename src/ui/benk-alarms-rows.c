/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-rows.h"

/* The rows there are: what stays is the same row, and is chosen still. */
typedef struct
{
  GHashTable *ones;   /* by alarm */
  GHashTable *groups; /* by each of their alarms */
} Known;

static void
known_init (Known *known, GPtrArray *entries)
{
  known->ones = g_hash_table_new (NULL, NULL);
  known->groups = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      BenkAlarmEntry *entry = g_ptr_array_index (entries, i);
      const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);
      gboolean is_group = benk_alarm_entry_is_group (entry);

      for (guint k = 0; k < alarms->len; k++)
        g_hash_table_insert (is_group ? known->groups : known->ones, alarms->pdata[k],
                             entry);
    }
}

static void
known_clear (Known *known)
{
  g_hash_table_unref (known->ones);
  g_hash_table_unref (known->groups);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static void
add_one (Known *known,
         GPtrArray *rows,
         BenkAlarm *alarm,
         BenkAlarmSection section,
         gboolean heads,
         gboolean member)
{
  BenkAlarmEntry *entry = g_hash_table_lookup (known->ones, alarm);

  entry = entry ? g_object_ref (entry) : benk_alarm_entry_new (alarm);
  benk_alarm_entry_place (entry, section, heads, member);
  g_ptr_array_add (rows, entry);
}

/* (transfer full): a group whose alarms were not all exchanged is the same group. */
static BenkAlarmEntry *
find_group (Known *known, const BenkAlarmPlace *place)
{
  for (guint i = 0; i < place->alarms->len; i++)
    {
      BenkAlarmEntry *entry =
        g_hash_table_lookup (known->groups, place->alarms->pdata[i]);
      const GPtrArray *alarms = entry ? benk_alarm_entry_get_alarms (entry) : NULL;

      if (entry == NULL || benk_alarm_entry_get_kind (entry) != place->kind)
        continue;
      for (guint k = 0; k < alarms->len; k++)
        g_hash_table_remove (known->groups, alarms->pdata[k]);
      return g_object_ref (entry);
    }
  return benk_alarm_entry_new_group (place->kind);
}

static void
add_group (Known *known, GPtrArray *rows, const BenkAlarmPlace *place, gboolean heads)
{
  BenkAlarmEntry *entry = find_group (known, place);

  benk_alarm_entry_set_alarms (entry, (BenkAlarm *const *) place->alarms->pdata,
                               place->alarms->len);
  benk_alarm_entry_place (entry, place->section, heads, FALSE);
  g_ptr_array_add (rows, entry);
  for (guint i = 0; benk_alarm_entry_get_expanded (entry) && i < place->alarms->len; i++)
    add_one (known, rows, place->alarms->pdata[i], place->section, FALSE, TRUE);
}

/**
 * benk_alarms_rows_make:
 * @entries: (element-type BenkAlarmEntry): the rows there are
 * @plan: how they should be
 * @strip: (element-type BenkAlarmEntry): what is to stand in the strip is appended
 * @rows: (element-type BenkAlarmEntry): the other rows are appended, open groups open
 *
 * Makes the rows; those that are there already stay the same objects.
 */
void
benk_alarms_rows_make (GPtrArray *entries,
                       const BenkAlarmsPlan *plan,
                       GPtrArray *strip,
                       GPtrArray *rows)
{
  g_auto (Known) known;

  known_init (&known, entries);
  for (guint i = 0; i < plan->places->len; i++)
    {
      const BenkAlarmPlace *place = g_ptr_array_index (plan->places, i);
      const BenkAlarmPlace *above =
        i > plan->n_strip ? g_ptr_array_index (plan->places, i - 1) : NULL;
      gboolean heads = above == NULL || above->section != place->section;

      if (place->kind == BENK_ALARM_ENTRY_ONE)
        add_one (&known, i < plan->n_strip ? strip : rows, place->alarms->pdata[0],
                 place->section, heads, FALSE);
      else
        add_group (&known, rows, place, heads);
    }
}

/**
 * benk_alarms_rows_compare:
 * @old: rows
 * @rows: rows that come instead
 * @head: (out): how many at the start are the same
 * @tail: (out): how many at the end are
 *
 * Says what need not move.
 */
void
benk_alarms_rows_compare (GPtrArray *old, GPtrArray *rows, guint *head, guint *tail)
{
  *head = *tail = 0;
  while (*head < old->len && *head < rows->len && old->pdata[*head] == rows->pdata[*head])
    (*head)++;
  while (*tail < old->len - *head && *tail < rows->len - *head &&
         old->pdata[old->len - 1 - *tail] == rows->pdata[rows->len - 1 - *tail])
    (*tail)++;
}

/**
 * benk_alarms_rows_list:
 * @strip: the rows of the strip
 * @rows: the other rows
 *
 * Returns: (transfer full) (element-type BenkAlarmEntry): all of them
 */
GPtrArray *
benk_alarms_rows_list (GListModel *strip, GPtrArray *rows)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (strip); i++)
    g_ptr_array_add (entries, g_list_model_get_item (strip, i));
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (entries, g_object_ref (rows->pdata[i]));
  return entries;
}

/**
 * benk_alarms_rows_splice:
 * @store: a list of rows
 * @rows: what it should be
 * @few: so many new ones at the most
 *
 * Makes @store what it should be with one splice; where there are more new ones than
 * @few, only up to the last of those.
 */
void
benk_alarms_rows_splice (GListStore *store, GPtrArray *rows, guint few)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) old = benk_alarms_rows_list (G_LIST_MODEL (store), none);
  guint head, tail, n_added;

  benk_alarms_rows_compare (old, rows, &head, &tail);
  n_added = rows->len - head - tail;
  if (n_added > few)
    {
      tail = 0;
      n_added = few;
    }
  if (head + tail < old->len || n_added > 0)
    g_list_store_splice (store, head, old->len - head - tail, rows->pdata + head,
                         n_added);
}

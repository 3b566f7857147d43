/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-told-private.h"

#include "benk-alarms-private.h"

/* What becomes of all that is told: while it is quiet, at the end of that, and when a
 * deadline runs out. */

static void
set_key (BenkTold *told, const char *key)
{
  g_free (told->key);
  told->key = g_strdup (key);
}

/* What is held back while it is quiet; a critical one is not. */
void
benk_told_hold_back (GHashTable *all, gboolean is_quiet)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BenkTold *told = value;

      if (is_quiet && told->fresh && !told->key && !benk_told_is_critical (told))
        told->held = TRUE;
      else if (benk_told_is_critical (told))
        told->held = FALSE;
    }
}

/* What came meanwhile is told in one bubble, and what became overdue in one; to one who
 * has just ended it, in none: they look at the list. */
void
benk_told_end_quiet (GHashTable *all, gboolean by_person, gint64 now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BenkTold *told = value;

      if (told->held)
        {
          told->held = FALSE;
          told->dismissed = by_person;
          told->overdue = benk_alarm_is_overdue (told->alarm, now_ms);
          set_key (told, BENK_TOLD_MISSED);
        }
      else if (told->overdue_held)
        {
          benk_told_note_overdue (all, told);
          told->dismissed = told->fresh ? by_person : told->dismissed;
          told->fresh = FALSE;
        }
    }
}

/* (transfer full) (element-type utf8): whose bubble it is; the worst first */
GPtrArray *
benk_told_list_ids (GHashTable *all, const char *key)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((BenkTold *) value)->key, key) == 0)
      g_ptr_array_add (members, value);
  g_ptr_array_sort (members, benk_told_compare_worst);
  for (guint i = 0; i < members->len; i++)
    {
      const BenkTold *told = g_ptr_array_index (members, i);

      g_ptr_array_add (ids, benk_id_to_string (benk_alarm_get_id (told->alarm)));
    }
  return ids;
}

static gboolean
is_of_incident (const BenkTold *told)
{
  return g_strcmp0 (told->key, BENK_TOLD_INCIDENT) == 0;
}

static gboolean
is_incident_overdue (GHashTable *all)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (is_of_incident (value) && ((const BenkTold *) value)->overdue)
      return TRUE;
  return FALSE;
}

/* All that are overdue share one bubble; a critical one has its own, and of an incident
 * it is told once for all of it. */
void
benk_told_note_overdue (GHashTable *all, BenkTold *told)
{
  gboolean is_known = is_of_incident (told) && is_incident_overdue (all);

  told->overdue = TRUE;
  told->overdue_held = FALSE;
  if (is_known)
    return;
  told->fresh = TRUE;
  told->dismissed = FALSE;
  if (!is_of_incident (told) && !benk_told_is_critical (told))
    set_key (told, BENK_TOLD_OVERDUE);
}

/* Of one that was not told of before nothing is shown until then. */
void
benk_told_hold_overdue (BenkTold *told)
{
  told->overdue_held = TRUE;
  if (told->key != NULL)
    return;
  told->fresh = FALSE;
  told->dismissed = TRUE;
  set_key (told, BENK_TOLD_OVERDUE);
}

/* The clock was wrong: it is an alarm that was told, and nothing more. */
void
benk_told_forget_overdue (BenkTold *told)
{
  told->overdue = FALSE;
  told->overdue_held = FALSE;
  if (g_strcmp0 (told->key, BENK_TOLD_OVERDUE) != 0)
    return;
  told->dismissed = TRUE;
  set_key (told, NULL);
}

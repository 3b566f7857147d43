/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-join.h"

/**
 * benk_alarm_about:
 * @device: a device; nil = not known
 * @serial: (nullable): serial number that a source gave
 * @alarm: the alarm
 *
 * Returns: (transfer full): what an alarm is about, the same for all that are: a device,
 *   what calls itself by one serial number, or itself alone
 */
char *
benk_alarm_about (const BenkId *device, const char *serial, const BenkId *alarm)
{
  if (!benk_id_is_nil (device))
    return benk_id_to_string (device);
  if (serial != NULL)
    return g_strconcat ("?", serial, NULL);
  return benk_id_to_string (alarm);
}

/**
 * benk_alarm_dup_about:
 * @alarm: an alarm
 *
 * Returns: (transfer full): what it is about: see benk_alarm_about()
 */
char *
benk_alarm_dup_about (BenkAlarm *alarm)
{
  return benk_alarm_about (benk_alarm_get_device_id (alarm),
                           benk_alarm_get_serial (alarm), benk_alarm_get_id (alarm));
}

/**
 * benk_alarm_gather:
 * @items: (array length=n_items): alarms, or rows of a report
 * @keys: (array length=n_items): of each what it has in common with others; %NULL:
 * nothing
 * @n_items: how many
 *
 * Returns: (transfer full) (element-type GPtrArray): those of one key, in their order;
 *   only where there are several
 */
GPtrArray *
benk_alarm_gather (const gpointer *items, const char *const *keys, guint n_items)
{
  GPtrArray *several =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) by_key =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                           (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < n_items; i++)
    {
      GPtrArray *alike;

      if (keys[i] == NULL)
        continue;
      alike = g_hash_table_lookup (by_key, keys[i]);
      if (alike == NULL)
        {
          alike = g_ptr_array_new ();
          g_hash_table_insert (by_key, (gpointer) keys[i], alike);
        }
      g_ptr_array_add (alike, items[i]);
      if (alike->len == 2)
        g_ptr_array_add (several, g_ptr_array_ref (alike));
    }
  return several;
}

/**
 * benk_alarm_join:
 * @spans: (array length=n_spans): the alarms of one code from one device, by the time
 * they were raised
 * @n_spans: how many
 * @out_firsts: (array length=n_spans) (out caller-allocates): of each, the index of the
 *   alarm that it only says again; its own where it is the first
 *
 * Joins repeated alarms. One joins the first if it was raised within
 * %BENK_ALARM_REPEAT_MS of it, while it, or another that joined it, was still open. It
 * asks nothing but when they were raised and ended, so that what was learned first makes
 * no difference.
 */
void
benk_alarm_join (const BenkAlarmSpan *spans, guint n_spans, guint *out_firsts)
{
  guint first = 0;
  gint64 open_until_ms = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      gint64 ended_ms = spans[i].ended_ms != 0 ? spans[i].ended_ms : G_MAXINT64;

      if (i == 0 || spans[i].raised_ms >= spans[first].raised_ms + BENK_ALARM_REPEAT_MS ||
          spans[i].raised_ms >= open_until_ms)
        {
          first = i;
          open_until_ms = ended_ms;
        }
      open_until_ms = MAX (open_until_ms, ended_ms);
      out_firsts[i] = first;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-group.h"

#include "benk-alarm-join.h"
#include "benk-alarm-wait.h"
#include "benk-roll-batch.h"

#define NO_POWER "1.19"
#define NO_CONTACT "1.20"

/**
 * benk_alarm_is_outage_sign:
 * @alarm: an alarm
 *
 * Returns: whether it may be one of many of an outage: no contact, or no mains power. A
 *   critical one stands for itself
 */
gboolean
benk_alarm_is_outage_sign (BenkAlarm *alarm)
{
  const char *code = benk_alarm_get_code (alarm);

  return !benk_alarm_is_critical (alarm) &&
         (g_strcmp0 (code, NO_CONTACT) == 0 || g_strcmp0 (code, NO_POWER) == 0);
}

/* How many devices within how many milliseconds are one thing. */
typedef struct
{
  guint n_devices;
  gint64 within_ms;
} Rule;

/* Of how many devices there are signs in a part of the list that moves on. */
typedef struct
{
  const BenkOutageSign *signs;
  gint64 within_ms;
  GHashTable *seen; /* about → how many signs of it */
  guint from;
} Window;

static void
enter (Window *window, guint at)
{
  gpointer about = (gpointer) window->signs[at].about;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (window->seen, about));

  g_hash_table_insert (window->seen, about, GUINT_TO_POINTER (n + 1));
  for (; window->signs[at].at_ms - window->signs[window->from].at_ms > window->within_ms;
       window->from++)
    {
      about = (gpointer) window->signs[window->from].about;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (window->seen, about));
      if (n > 1)
        g_hash_table_insert (window->seen, about, GUINT_TO_POINTER (n - 1));
      else
        g_hash_table_remove (window->seen, about);
    }
}

static void
find (const BenkOutageSign *signs, guint n_signs, const Rule *rule, guint *out_numbers)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Window window = { signs, rule->within_ms, seen, 0 };
  guint n_found = 0;

  for (guint i = 0, end = 0; i < n_signs; i = end)
    {
      gboolean is_one = FALSE;

      for (end = i;
           end < n_signs &&
           (end == i || signs[end].at_ms - signs[end - 1].at_ms <= rule->within_ms);
           end++)
        {
          enter (&window, end);
          is_one =
            is_one || signs[end].known || g_hash_table_size (seen) >= rule->n_devices;
        }
      n_found += is_one;
      for (guint k = i; k < end; k++)
        out_numbers[k] = is_one ? n_found : 0;
    }
}

/**
 * benk_outage_find:
 * @signs: (array length=n_signs): by their time
 * @n_signs: how many
 * @out_outages: (array length=n_signs) (out caller-allocates): of each the number of its
 *   outage, from 1; 0: it is of none
 *
 * Finds outages: signs of %BENK_OUTAGE_DEVICES devices within %BENK_OUTAGE_MS, with all
 * that follow or precede one of them by no more than that. What is known to be of one
 * needs no others.
 */
void
benk_outage_find (const BenkOutageSign *signs, guint n_signs, guint *out_outages)
{
  static const Rule rule = { BENK_OUTAGE_DEVICES, BENK_OUTAGE_MS };

  find (signs, n_signs, &rule, out_outages);
}

/* -- Groups -------------------------------------------------------------------------- */

typedef struct
{
  BenkAlarm *alarm;
  char *about;
  guint index;
} Sign;

static void
sign_clear (gpointer data)
{
  g_free (((Sign *) data)->about);
}

static int
compare_signs (gconstpointer a, gconstpointer b)
{
  gint64 one = benk_alarm_get_raised_ms (((const Sign *) a)->alarm);
  gint64 two = benk_alarm_get_raised_ms (((const Sign *) b)->alarm);

  return (one > two) - (one < two);
}

/* What one group never mixes: whose alarms are, who has them, and what stands aside in
 * the queue for a time. */
static char *
dup_standing (BenkAlarm *alarm, gint64 now_ms)
{
  const char *who = benk_alarm_get_taken_by (alarm);
  const char *call = benk_alarm_get_call (alarm);
  gboolean handed = benk_alarm_get_handed_ms (alarm) > benk_alarm_get_accepted_ms (alarm);

  return g_strdup_printf ("%d|%d|%s|%d%d%d|%s", benk_alarm_get_responsibility (alarm),
                          benk_alarm_get_status (alarm), who ? who : "", handed,
                          benk_alarm_is_waiting (alarm, now_ms),
                          benk_alarm_get_gone_ms (alarm) > 0, call ? call : "");
}

static gboolean
may_group (BenkAlarm *alarm)
{
  return benk_alarm_status_is_open (benk_alarm_get_status (alarm)) &&
         !benk_alarm_is_critical (alarm);
}

static GArray *
signs_new (void)
{
  GArray *signs = g_array_new (FALSE, FALSE, sizeof (Sign));

  g_array_set_clear_func (signs, sign_clear);
  return signs;
}

static void
add_sign (GArray *signs, BenkAlarm *alarm, guint index)
{
  Sign sign = { alarm, benk_alarm_dup_about (alarm), index };

  g_array_append_val (signs, sign);
}

/* Of each of @found, at its index in @numbers, the number of what it is a sign of; those
 * that are of none are left. */
static void
number_signs (GArray *found, const Rule *rule, guint *numbers)
{
  g_autofree BenkOutageSign *signs = g_new0 (BenkOutageSign, found->len);
  g_autofree guint *numbered = g_new0 (guint, found->len);

  g_array_sort (found, compare_signs);
  for (guint i = 0; i < found->len; i++)
    {
      const Sign *sign = &g_array_index (found, Sign, i);

      signs[i].about = sign->about;
      signs[i].at_ms = benk_alarm_get_raised_ms (sign->alarm);
    }
  find (signs, found->len, rule, numbered);
  for (guint i = 0; i < found->len; i++)
    numbers[g_array_index (found, Sign, i).index] = numbered[i];
}

/* (transfer full) (array): of each alarm the number of its outage, or 0. */
static guint *
number_outages (BenkAlarm *const *alarms, guint n_alarms)
{
  static const Rule rule = { BENK_OUTAGE_DEVICES, BENK_OUTAGE_MS };
  g_autoptr (GArray) found = signs_new ();
  guint *numbers = g_new0 (guint, n_alarms);

  for (guint i = 0; i < n_alarms; i++)
    if (may_group (alarms[i]) && benk_alarm_is_outage_sign (alarms[i]))
      add_sign (found, alarms[i], i);
  number_signs (found, &rule, numbers);
  return numbers;
}

/* (transfer full): by its key, of each batch the alarms that may be gathered. */
static GHashTable *
list_batches (BenkAlarm *const *alarms, guint n_alarms)
{
  GHashTable *batches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n_alarms; i++)
    {
      g_autofree char *key =
        may_group (alarms[i]) ? benk_roll_batch_dup_key (alarms[i]) : NULL;
      GArray *found = key ? g_hash_table_lookup (batches, key) : NULL;

      if (!key || benk_alarm_get_group_kind (alarms[i]) != BENK_ALARM_GROUP_NONE)
        continue;
      if (!found)
        {
          found = signs_new ();
          g_hash_table_insert (batches, g_steal_pointer (&key), found);
        }
      add_sign (found, alarms[i], i);
    }
  return batches;
}

static void
set_group (BenkAlarm *alarm, BenkAlarmGroup kind, BenkAlarm *face, guint n)
{
  const BenkId none = BENK_ID_NIL;

  benk_alarm_set_group_kind (alarm, kind);
  benk_alarm_set_group_face (alarm, face ? benk_alarm_get_id (face) : &none);
  benk_alarm_set_n_group (alarm, (int) n);
}

/* Some of a batch may be with somebody else: what is left must be several devices. */
static gboolean
is_group (GPtrArray *group, BenkAlarmGroup kind)
{
  return kind != BENK_ALARM_GROUP_BATCH ||
         benk_roll_batch_count_devices ((BenkAlarm *const *) group->pdata, group->len) >=
           BENK_ROLL_BATCH_DEVICES;
}

/* Takes the keys. */
static void
gather (BenkAlarm *const *alarms, char **keys, guint n_alarms, BenkAlarmGroup kind)
{
  g_autoptr (GPtrArray) groups =
    benk_alarm_gather ((const gpointer *) alarms, (const char *const *) keys, n_alarms);

  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      if (!is_group (group, kind))
        continue;
      for (guint k = 0; k < group->len; k++)
        set_group (g_ptr_array_index (group, k), kind, g_ptr_array_index (group, 0),
                   group->len);
    }
  for (guint i = 0; i < n_alarms; i++)
    g_clear_pointer (&keys[i], g_free);
}

static void
gather_incidents (BenkAlarm *const *alarms, char **keys, guint n_alarms, gint64 now_ms)
{
  g_autofree guint *outages = number_outages (alarms, n_alarms);

  for (guint i = 0; i < n_alarms; i++)
    if (outages[i] > 0)
      {
        g_autofree char *standing = dup_standing (alarms[i], now_ms);

        keys[i] = g_strdup_printf ("%u|%s", outages[i], standing);
      }
  gather (alarms, keys, n_alarms, BENK_ALARM_GROUP_INCIDENT);
}

static void
gather_batches (BenkAlarm *const *alarms, char **keys, guint n_alarms, gint64 now_ms)
{
  static const Rule rule = { BENK_ROLL_BATCH_DEVICES, BENK_ROLL_BATCH_MS };
  g_autoptr (GHashTable) batches = list_batches (alarms, n_alarms);
  g_autofree guint *numbers = g_new0 (guint, n_alarms);
  GHashTableIter iter;
  gpointer key, found;

  g_hash_table_iter_init (&iter, batches);
  while (g_hash_table_iter_next (&iter, &key, &found))
    {
      number_signs (found, &rule, numbers);
      for (guint i = 0; i < ((GArray *) found)->len; i++)
        {
          guint at = g_array_index ((GArray *) found, Sign, i).index;
          g_autofree char *standing = NULL;

          if (numbers[at] == 0)
            continue;
          standing = dup_standing (alarms[at], now_ms);
          keys[at] = g_strdup_printf ("%s|%u|%s", (char *) key, numbers[at], standing);
        }
    }
  gather (alarms, keys, n_alarms, BENK_ALARM_GROUP_BATCH);
}

static void
gather_users (BenkAlarm *const *alarms, char **keys, guint n_alarms, gint64 now_ms)
{
  for (guint i = 0; i < n_alarms; i++)
    {
      const BenkId *person = benk_alarm_get_person_id (alarms[i]);
      g_autofree char *user = NULL;
      g_autofree char *standing = NULL;

      if (benk_id_is_nil (person) || !may_group (alarms[i]) ||
          benk_alarm_get_group_kind (alarms[i]) != BENK_ALARM_GROUP_NONE)
        continue;
      user = benk_id_to_string (person);
      standing = dup_standing (alarms[i], now_ms);
      keys[i] = g_strconcat (user, "|", standing, NULL);
    }
  gather (alarms, keys, n_alarms, BENK_ALARM_GROUP_USER);
}

/**
 * benk_alarm_group_mark:
 * @alarms: (array length=n_alarms): open alarms in the order of the queue, repeats
 * joined, with whom to phone; all of them, whatever a list shows
 * @n_alarms: how many
 * @now_ms: UTC milliseconds
 *
 * Says of each alarm what group it is in, if any: an incident, else a batch of rolls,
 * else the alarms of its user. Nothing is hidden by that: the first of a group stands for
 * it, and nothing in it comes before that in the queue; one that is critical is in none;
 * and what is another's to resolve, has been taken by another, or by nobody, is another
 * group. Whatever was learned first makes no difference.
 */
void
benk_alarm_group_mark (BenkAlarm *const *alarms, guint n_alarms, gint64 now_ms)
{
  g_autofree char **keys = g_new0 (char *, n_alarms);

  for (guint i = 0; i < n_alarms; i++)
    set_group (alarms[i], BENK_ALARM_GROUP_NONE, NULL, 0);
  gather_incidents (alarms, keys, n_alarms, now_ms);
  gather_batches (alarms, keys, n_alarms, now_ms);
  gather_users (alarms, keys, n_alarms, now_ms);
}

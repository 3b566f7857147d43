/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-diff.h"

#include "benk-config.h"
#include "benk-plan-words.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define NONE -1

/* Which dose of the other plan each dose is, after as before. */
typedef struct
{
  const BenkPlan *before;
  const BenkPlan *after;
  GArray *of_before; /* (element-type int) */
  GArray *of_after;  /* (element-type int) */
} Pairs;

static void
say (GStrvBuilder *sentences, char *sentence)
{
  g_autofree char *owned = sentence;

  g_strv_builder_add (sentences, owned);
}

static int
get_pair (GArray *pairs, guint i)
{
  return g_array_index (pairs, int, i);
}

static void
join (Pairs *pairs, guint before, guint after)
{
  g_array_index (pairs->of_before, int, before) = (int) after;
  g_array_index (pairs->of_after, int, after) = (int) before;
}

/* Of the doses without a pair, the two that are nearest in the day, if they are within
 * @most minutes of each other. */
static gboolean
join_nearest (Pairs *pairs, int most)
{
  int best = most + 1;
  guint best_before = 0, best_after = 0;

  for (guint i = 0; i < pairs->of_before->len; i++)
    for (guint j = 0; j < pairs->of_after->len; j++)
      {
        const BenkDoseTime *before = benk_plan_get_dose (pairs->before, i);
        const BenkDoseTime *after = benk_plan_get_dose (pairs->after, j);
        int apart = 2 * abs ((int) before->minute - (int) after->minute) +
                    (before->weekdays != after->weekdays);

        if (get_pair (pairs->of_before, i) != NONE ||
            get_pair (pairs->of_after, j) != NONE || apart >= best)
          continue;
        best = apart;
        best_before = i;
        best_after = j;
      }
  if (best > most)
    return FALSE;
  join (pairs, best_before, best_after);
  return TRUE;
}

static GArray *
new_pairs (guint n)
{
  GArray *pairs = g_array_sized_new (FALSE, FALSE, sizeof (int), n);
  const int none = NONE;

  for (guint i = 0; i < n; i++)
    g_array_append_val (pairs, none);
  return pairs;
}

static char *
describe_moved (const BenkDoseTime *dose)
{
  g_autofree char *time = benk_plan_describe_minute (dose->minute);
  g_autofree char *days = benk_plan_describe_weekdays (dose->weekdays);

  return dose->weekdays == BENK_WEEKDAYS_ALL ? g_steal_pointer (&time)
                                             : g_strdup_printf ("%s (%s)", time, days);
}

static void
compare_dose (const BenkDoseTime *before,
              const BenkDoseTime *after,
              GStrvBuilder *sentences)
{
  g_autofree char *from = describe_moved (before);
  g_autofree char *to = describe_moved (after);
  g_autofree char *old_window = benk_plan_describe_window (before);
  g_autofree char *window = benk_plan_describe_window (after);

  if (before->minute != after->minute || before->weekdays != after->weekdays)
    say (sentences, g_strdup_printf ("%s → %s", from, to));
  if (before->before_min != after->before_min || before->after_min != after->after_min)
    say (sentences,
         g_strdup_printf (_ ("Window of %s: %s → %s"), to, old_window, window));
  if (!before->alarm != !after->alarm)
    say (sentences, g_strdup_printf (after->alarm ? _ ("%s: alarm switched on")
                                                  : _ ("%s: alarm switched off"),
                                     to));
}

static void
compare_doses (const BenkPlan *before, const BenkPlan *after, GStrvBuilder *sentences)
{
  g_autoptr (GArray) of_before = new_pairs (benk_plan_get_n_doses (before));
  g_autoptr (GArray) of_after = new_pairs (benk_plan_get_n_doses (after));
  Pairs pairs = { before, after, of_before, of_after };

  while (join_nearest (&pairs, 2 * 1440))
    ;
  for (guint i = 0; i < of_before->len; i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (before, i);
      g_autofree char *time = describe_moved (dose);

      if (get_pair (of_before, i) == NONE)
        say (sentences, g_strdup_printf (_ ("Removed: %s"), time));
      else
        compare_dose (dose, benk_plan_get_dose (after, (guint) get_pair (of_before, i)),
                      sentences);
    }
  for (guint j = 0; j < of_after->len; j++)
    if (get_pair (of_after, j) == NONE)
      {
        g_autofree char *time = describe_moved (benk_plan_get_dose (after, j));

        say (sentences, g_strdup_printf (_ ("Added: %s"), time));
      }
}

static void
compare_rules (const BenkPlan *before, const BenkPlan *after, GStrvBuilder *sentences)
{
  for (int c = BENK_ALARM_CONDITION_MISSED; c <= BENK_ALARM_CONDITION_CLOCK_UNSET; c++)
    {
      const BenkAlarmRule *old = benk_plan_find_rule (before, (BenkAlarmCondition) c);
      const BenkAlarmRule *rule = benk_plan_find_rule (after, (BenkAlarmCondition) c);
      const char *label = benk_alarm_condition_get_label ((BenkAlarmCondition) c);
      g_autofree char *words = rule != NULL ? benk_plan_describe_rule (rule) : NULL;

      if (old == NULL && rule != NULL)
        say (sentences, g_strdup_printf (_ ("Alarm switched on. %s"), words));
      else if (old != NULL && rule == NULL)
        say (sentences, g_strdup_printf (_ ("Alarm switched off: %s"), label));
      else if (old != NULL && old->delay_min != rule->delay_min)
        say (sentences, g_strdup_printf (_ ("Alarm “%s”: after %u → %u min"), label,
                                         old->delay_min, rule->delay_min));
    }
}

static void
compare_role (const BenkPlan *before,
              const BenkPlan *after,
              const char *role,
              GStrvBuilder *sentences)
{
  BenkDutyPeriods old = benk_plan_get_periods (before, role);
  BenkDutyPeriods new = benk_plan_get_periods (after, role);
  g_autofree char *name = benk_plan_describe_role (role);
  g_autofree char *from = benk_plan_describe_periods (old);
  g_autofree char *to = benk_plan_describe_periods (new);

  if (old != new)
    say (sentences, g_strdup_printf (_ ("%s receives alarms: %s → %s"), name, from, to));
}

static void
compare_recipients (const BenkPlan *before,
                    const BenkPlan *after,
                    GStrvBuilder *sentences)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const BenkPlan *plans[] = { before, after };

  for (guint k = 0; k < G_N_ELEMENTS (plans); k++)
    for (guint i = 0; i < benk_plan_get_n_recipients (plans[k]); i++)
      {
        const char *role = benk_plan_get_recipient (plans[k], i)->role;

        if (role != NULL && g_hash_table_add (seen, (gpointer) role))
          compare_role (before, after, role, sentences);
      }
}

static void
compare_text (const char *label,
              const char *old,
              const char *new,
              GStrvBuilder *sentences)
{
  const char *nothing = _ ("not set");

  if (g_strcmp0 (old, new) != 0)
    say (sentences, g_strdup_printf ("%s: %s → %s", label, old != NULL ? old : nothing,
                                     new != NULL ? new : nothing));
}

static char *
describe_volume (int volume)
{
  return volume < 0 ? NULL : g_strdup_printf ("%d %%", volume);
}

/**
 * benk_plan_diff:
 * @before: what is in force, or was saved before
 * @after: what is to be
 *
 * What changes, one sentence each: dose times that are moved, added or removed, windows,
 * alarms, recipients, and the rest. Which parts are proposals is no difference.
 *
 * Returns: (transfer full) (array zero-terminated=1): translated sentences, empty if both
 *   make the dispenser do the same
 */
char **
benk_plan_diff (const BenkPlan *before, const BenkPlan *after)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autofree char *old_volume = describe_volume (benk_plan_get_volume (before));
  g_autofree char *volume = describe_volume (benk_plan_get_volume (after));

  compare_doses (before, after, sentences);
  if (!benk_plan_get_times_from_roll (before) != !benk_plan_get_times_from_roll (after))
    g_strv_builder_add (sentences,
                        benk_plan_get_times_from_roll (after)
                          ? _ ("The dose times come from the roll.")
                          : _ ("The dose times no longer come from the roll."));
  compare_rules (before, after, sentences);
  compare_recipients (before, after, sentences);
  compare_text (_ ("Language"), benk_plan_get_language (before),
                benk_plan_get_language (after), sentences);
  compare_text (_ ("Volume"), old_volume, volume, sentences);
  compare_text (_ ("Time zone"), benk_plan_get_zone (before), benk_plan_get_zone (after),
                sentences);
  compare_text (_ ("Valid from"), benk_plan_get_valid_from (before),
                benk_plan_get_valid_from (after), sentences);

  return g_strv_builder_end (sentences);
}

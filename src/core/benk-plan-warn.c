/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-check-private.h"

#include "benk-config.h"
#include "benk-plan-words.h"

#include <glib/gi18n.h>

#define MINUTES_PER_WEEK (7 * BENK_MINUTES_PER_DAY)
/* A year: every clock change once. */
#define DAYS_AHEAD 366
#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/* One window on the circle of a week. */
typedef struct
{
  guint dose;
  int start;
  int end;
} Window;

static gboolean
is_sound (const BenkDoseTime *dose)
{
  return dose->minute < BENK_MINUTES_PER_DAY &&
         dose->before_min <= BENK_PLAN_MAX_WINDOW_MIN &&
         dose->after_min <= BENK_PLAN_MAX_WINDOW_MIN;
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const Window *left = a;
  const Window *right = b;

  return left->start != right->start ? left->start - right->start
                                     : (int) left->dose - (int) right->dose;
}

static GArray *
list_windows (const BenkPlan *plan)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (Window));

  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      for (int day = 0; day < 7 && is_sound (dose); day++)
        {
          int at = day * BENK_MINUTES_PER_DAY + (int) dose->minute;
          Window window = { i, at - (int) dose->before_min, at + (int) dose->after_min };

          if ((dose->weekdays & 1u << day) != 0)
            g_array_append_val (windows, window);
        }
    }
  g_array_sort (windows, compare_windows);
  return windows;
}

static void
say_overlap (const BenkPlan *plan, guint a, guint b, GPtrArray *problems)
{
  guint first = MIN (a, b);
  guint second = MAX (a, b);
  g_autofree char *from =
    benk_plan_describe_minute (benk_plan_get_dose (plan, first)->minute);
  g_autofree char *to =
    benk_plan_describe_minute (benk_plan_get_dose (plan, second)->minute);

  benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, (int) second, FALSE,
                 _ ("The windows of %s and %s overlap. What the dispenser does then is "
                    "not known."),
                 from, to);
}

/*< private >
 * benk_plan_warn_windows:
 *
 * Windows that overlap on some day of the week, or go over midnight.
 */
void
benk_plan_warn_windows (const BenkPlan *plan, GPtrArray *problems)
{
  g_autoptr (GArray) windows = list_windows (plan);

  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      if (is_sound (dose) && (dose->before_min > dose->minute ||
                              dose->minute + dose->after_min > BENK_MINUTES_PER_DAY))
        benk_plan_say_dose (problems, plan, i, FALSE,
                            _ ("The window goes over midnight. What the dispenser does "
                               "then is not known."));
    }
  for (guint i = 0; i < windows->len; i++)
    {
      const Window *window = &g_array_index (windows, Window, i);

      /* The last windows of the week may reach into the first. */
      for (guint k = 1; k < windows->len; k++)
        {
          const Window *next = &g_array_index (windows, Window, (i + k) % windows->len);
          int start = next->start + (i + k < windows->len ? 0 : MINUTES_PER_WEEK);

          if (start >= window->end)
            break;
          if (next->dose != window->dose)
            say_overlap (plan, window->dose, next->dose, problems);
        }
    }
}

static int
get_offset_s (GTimeZone *zone, gint64 utc_s)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc_s);

  return g_time_zone_get_offset (zone, interval);
}

/* The second at which the offset changes between two instants that differ in it. */
static gint64
find_change (GTimeZone *zone, gint64 from, gint64 to)
{
  int before = get_offset_s (zone, from);

  while (to - from > 1)
    {
      gint64 middle = from + (to - from) / 2;

      if (get_offset_s (zone, middle) == before)
        from = middle;
      else
        to = middle;
    }
  return to;
}

static void
say_change (const BenkPlan *plan, gint64 at, int before, int after, GPtrArray *problems)
{
  gint64 low = at + MIN (before, after);
  gint64 high = at + MAX (before, after);
  gint64 day_s = low - (low % SECONDS_PER_DAY);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (day_s);
  guint bit = 1u << (g_date_time_get_day_of_week (day) - 1);
  /* Translators: a day with its month and year, as 28 Mar 2027. */
  g_autofree char *date = g_date_time_format (day, _ ("%-d %b %Y"));

  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);
      gint64 local = day_s + (gint64) dose->minute * 60;
      g_autofree char *sentence = NULL;

      if ((dose->weekdays & bit) == 0 || local < low || local >= high)
        continue;
      sentence = g_strdup_printf (
        after > before ? _ ("There is no such time on %s: the clock goes forward. What "
                            "the dispenser does then is not known.")
                       : _ ("This time comes twice on %s: the clock goes back. What the "
                            "dispenser does then is not known."),
        date);
      benk_plan_say_dose (problems, plan, i, FALSE, sentence);
    }
}

/*< private >
 * benk_plan_warn_clock_changes:
 *
 * Dose times that the nights of the next clock changes do not have, or have twice.
 */
void
benk_plan_warn_clock_changes (const BenkPlan *plan, gint64 wall_ms, GPtrArray *problems)
{
  g_autoptr (GTimeZone) zone = NULL;
  gint64 now_s = wall_ms / 1000;

  if (wall_ms < 0 || benk_plan_get_n_doses (plan) == 0)
    return;
  zone = benk_time_zone_find (benk_plan_get_zone (plan));
  if (zone == NULL)
    return;
  for (int day = 0; day < DAYS_AHEAD; day++)
    {
      gint64 from = now_s + day * SECONDS_PER_DAY;
      int before = get_offset_s (zone, from);
      int after = get_offset_s (zone, from + SECONDS_PER_DAY);

      if (before != after)
        say_change (plan, find_change (zone, from, from + SECONDS_PER_DAY), before, after,
                    problems);
    }
}

/*< private >
 * benk_plan_check_model:
 *
 * What the model's own facts say against the plan.
 */
void
benk_plan_check_model (const BenkPlan *plan, BenkModel *model, GPtrArray *problems)
{
  guint chambers = benk_model_get_chambers (model);
  guint most = 0;

  for (guint day = 0; day < 7; day++)
    {
      guint n = 0;

      for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
        if ((benk_plan_get_dose (plan, i)->weekdays & 1u << day) != 0)
          n++;
      most = MAX (most, n);
    }
  if (chambers > 0 && most > chambers)
    benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, -1, TRUE,
                   _ ("%s has %u chambers, and the plan needs %u on one day."),
                   benk_model_get_name (model), chambers, most);
  else if (chambers > 0 && most > 0 && chambers / most < 7)
    benk_plan_say (problems, BENK_PLAN_FIELD_DOSES, -1, FALSE,
                   ngettext ("%s has %u chambers: with these times it lasts %u day.",
                             "%s has %u chambers: with these times it lasts %u days.",
                             chambers / most),
                   benk_model_get_name (model), chambers, chambers / most);
}

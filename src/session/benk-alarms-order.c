/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarm-wait.h"
#include "benk-alarms-private.h"
#include "benk-deadline.h"

gboolean
benk_alarm_is_overdue (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_deadline_has_run_out (benk_alarm_get_due_ms (alarm), 0,
                                    now_ms + benk_alarm_get_clock_skew_ms (alarm));
}

/* Technical, and not another's because it is outside one's own duty. */
gboolean
benk_alarm_is_own_overdue (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL &&
         benk_alarm_get_call (alarm) == NULL && benk_alarm_is_overdue (alarm, now_ms);
}

/* A deadline that runs out while an alarm waits is told in its row all the same. */
static gboolean
stands_aside (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_alarm_is_waiting (alarm, now_ms) && !benk_alarm_is_critical (alarm);
}

/* Ascending, with "none" at the end. */
static int
compare_times (gint64 a, gint64 b)
{
  if (a <= 0 || b <= 0)
    return (a <= 0) - (b <= 0);
  return (a > b) - (a < b);
}

/* Critical, overdue, next dose, deadline; then technical before others', older first.
 * Those that wait come last, among themselves in the same order. */
int
benk_alarm_compare (BenkAlarm *a, BenkAlarm *b, gint64 now_ms)
{
  int order = stands_aside (a, now_ms) - stands_aside (b, now_ms);

  if (order == 0)
    order = benk_alarm_is_critical (b) - benk_alarm_is_critical (a);
  if (order == 0)
    order = benk_alarm_is_overdue (b, now_ms) - benk_alarm_is_overdue (a, now_ms);
  if (order == 0)
    order =
      compare_times (benk_alarm_get_next_dose_ms (a), benk_alarm_get_next_dose_ms (b));
  if (order == 0)
    order = compare_times (benk_alarm_get_due_ms (a), benk_alarm_get_due_ms (b));
  if (order == 0)
    order =
      (int) benk_alarm_get_responsibility (a) - (int) benk_alarm_get_responsibility (b);
  if (order == 0)
    order = compare_times (benk_alarm_get_raised_ms (a), benk_alarm_get_raised_ms (b));
  if (order == 0)
    order = benk_id_compare (benk_alarm_get_id (a), benk_alarm_get_id (b));
  return order;
}

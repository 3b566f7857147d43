/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-notifier-words.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-alarm-wait.h"

#define CRITICAL 40

NotifyUrgency
benk_bubble_get_urgency (BenkAlarm *alarm)
{
  if (benk_alarm_get_severity (alarm) >= CRITICAL)
    return NOTIFY_URGENCY_CRITICAL;
  return benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL
           ? NOTIFY_URGENCY_NORMAL
           : NOTIFY_URGENCY_LOW;
}

/* One that somebody has is told again only when what it waited for should be there. */
char *
benk_bubble_dup_summary (BenkAlarm *alarm)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (benk_alarm_get_code (alarm));
  const char *label = benk_alarm_code_get_label (code);

  if (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW)
    return g_strdup (label);
  return g_strdup_printf (_ ("%s: waiting is over"), label);
}

gboolean
benk_bubble_is_wanted (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW ||
         benk_alarm_has_waited (alarm, now_ms);
}

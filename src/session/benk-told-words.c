/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-told-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"

/* What a bubble says: which device and what, never who. */

static BenkUrgency
get_urgency (const BenkToldGroup *group)
{
  BenkUrgency urgency = BENK_URGENCY_LOW;

  for (guint i = 0; i < group->members->len; i++)
    {
      const BenkTold *told = g_ptr_array_index (group->members, i);

      if (benk_told_is_critical (told))
        return BENK_URGENCY_CRITICAL;
      if (benk_told_is_loud (told))
        urgency = BENK_URGENCY_NORMAL;
    }
  return urgency;
}

/* One that somebody has is told again only when what it waited for should be there. */
static char *
describe_alarm (BenkAlarm *alarm)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (benk_alarm_get_code (alarm));
  const char *label = benk_alarm_code_get_label (code);

  if (benk_alarm_get_status (alarm) == BENK_ALARM_STATUS_NEW)
    return g_strdup (label);
  return g_strdup_printf (_ ("%s: waiting is over"), label);
}

static void
describe_device (const BenkToldGroup *group, BenkNotice *notice)
{
  const BenkTold *worst = g_ptr_array_index (group->members, 0);
  const char *device = benk_alarm_get_device_label (worst->alarm);
  guint n_more = group->members->len - 1;
  g_autofree char *what = describe_alarm (worst->alarm);

  notice->body = g_strdup (device ? device : _ ("Unknown device, not registered"));
  if (n_more == 0)
    notice->summary = g_steal_pointer (&what);
  else
    /* Translators: what an alarm is about, and how many more there are of its device. */
    notice->summary =
      g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more), what,
                       n_more);
}

static const char *
get_code (const BenkToldGroup *group, guint at)
{
  const BenkTold *told = g_ptr_array_index (group->members, at);

  return benk_alarm_get_code (told->alarm);
}

static void
describe_incident (const BenkToldGroup *group, BenkNotice *notice)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (get_code (group, 0));
  guint n = group->members->len;
  gboolean alike = TRUE;

  for (guint i = 1; i < n; i++)
    alike = alike && g_strcmp0 (get_code (group, i), get_code (group, 0)) == 0;
  if (alike)
    /* Translators: what all of them are about, and how many there are. */
    notice->summary = g_strdup_printf (ngettext ("%s: %u alarm", "%s: %u alarms", n),
                                       benk_alarm_code_get_label (code), n);
  else
    notice->summary = g_strdup_printf (ngettext ("No contact or power: %u alarm",
                                                 "No contact or power: %u alarms", n),
                                       n);
  notice->body = g_strdup (_ ("Perhaps one cause, such as an outage."));
}

/* (transfer full): what the bubble of a group says */
BenkNotice *
benk_told_group_describe (const BenkToldGroup *group)
{
  BenkNotice *notice = g_new0 (BenkNotice, 1);
  guint n = group->members->len;

  notice->urgency = get_urgency (group);
  if (benk_told_group_can_take (group))
    notice->take = g_strdup (n == 1 ? _ ("I’ll Take It") : _ ("I’ll Take Them"));
  if (g_str_equal (group->key, BENK_TOLD_REST))
    {
      notice->summary =
        g_strdup_printf (ngettext ("%u more alarm", "%u more alarms", n), n);
      notice->body = g_strdup ("");
    }
  else if (g_str_equal (group->key, BENK_TOLD_MISSED))
    {
      notice->summary =
        g_strdup_printf (ngettext ("%u alarm came while it was quiet",
                                   "%u alarms came while it was quiet", n),
                         n);
      notice->body = g_strdup (_ ("Nobody has taken them."));
    }
  else if (g_str_equal (group->key, BENK_TOLD_LATE) && n > 1)
    {
      notice->summary =
        g_strdup_printf (ngettext ("%u alarm was raised earlier and is open",
                                   "%u alarms were raised earlier and are open", n),
                         n);
      notice->body = g_strdup (_ ("Nobody has taken them."));
    }
  else if (benk_told_group_is_incident (group))
    describe_incident (group, notice);
  else
    describe_device (group, notice);
  return notice;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-told-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"

#define MAX_DEVICES 3

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
describe_alarm (const BenkTold *told)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (benk_alarm_get_code (told->alarm));
  const char *label = benk_alarm_code_get_label (code);

  if (benk_alarm_get_status (told->alarm) == BENK_ALARM_STATUS_NEW)
    /* Translators: what an alarm is about; its deadline has run out. */
    return told->overdue ? g_strdup_printf (_ ("%s: overdue"), label) : g_strdup (label);
  return g_strdup_printf (_ ("%s: waiting is over"), label);
}

static const char *
get_device (const BenkTold *told)
{
  const char *device = benk_alarm_get_device_label (told->alarm);

  return device ? device : _ ("Unknown device, not registered");
}

static void
describe_device (const BenkToldGroup *group, BenkNotice *notice)
{
  const BenkTold *worst = g_ptr_array_index (group->members, 0);
  guint n_more = group->members->len - 1;
  g_autofree char *what = describe_alarm (worst);

  notice->body = g_strdup (get_device (worst));
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

static gboolean
is_overdue (const BenkToldGroup *group)
{
  for (guint i = 0; i < group->members->len; i++)
    if (((const BenkTold *) g_ptr_array_index (group->members, i))->overdue)
      return TRUE;
  return FALSE;
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
  if (is_overdue (group))
    notice->body = g_strdup (_ ("Overdue. Perhaps one cause, such as an outage."));
  else
    notice->body = g_strdup (_ ("Perhaps one cause, such as an outage."));
}

/* The worst ones by name: a bubble has no room for more. */
static char *
list_devices (const BenkToldGroup *group)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) named = g_string_new (NULL);
  guint n_more;

  for (guint i = 0; i < group->members->len; i++)
    {
      const char *device = get_device (g_ptr_array_index (group->members, i));

      if (g_hash_table_add (known, (gpointer) device) &&
          g_hash_table_size (known) <= MAX_DEVICES)
        g_string_append_printf (named, "%s%s", named->len > 0 ? ", " : "", device);
    }
  if (g_hash_table_size (known) <= MAX_DEVICES)
    return g_strdup (named->str);
  n_more = g_hash_table_size (known) - MAX_DEVICES;
  /* Translators: devices, and how many more there are. */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more),
                          named->str, n_more);
}

static void
describe_overdue (const BenkToldGroup *group, BenkNotice *notice)
{
  guint n = group->members->len;

  notice->summary =
    g_strdup_printf (ngettext ("%u alarm is overdue", "%u alarms are overdue", n), n);
  notice->body = list_devices (group);
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
  else if (g_str_equal (group->key, BENK_TOLD_OVERDUE) && n > 1)
    describe_overdue (group, notice);
  else if (benk_told_group_is_incident (group))
    describe_incident (group, notice);
  else
    describe_device (group, notice);
  return notice;
}

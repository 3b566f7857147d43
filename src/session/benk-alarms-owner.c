/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarms-hand.h"

/* Outside one's own duty an alarm is its owner's, but not one that one has. */
static void
set_owner (BenkAlarm *alarm,
           const BenkDutyRoster *roster,
           const BenkDutyNow *now,
           const char *initials)
{
  g_autofree char *call = NULL;

  if (benk_alarm_status_is_open (benk_alarm_get_status (alarm)) &&
      now->supporter != BENK_DUTY_ROLE_TECHNICIAN &&
      !benk_alarm_is_with (alarm, initials))
    call = benk_duty_roster_describe_role (roster, now->team, now->owner);
  benk_alarm_set_call (alarm, call);
}

/* Each team is looked up once: thousands of alarms may be shown at a time. */
void
benk_alarm_set_owners (GPtrArray *alarms,
                       const BenkDutyRoster *roster,
                       const char *initials,
                       gint64 now_ms)
{
  g_autoptr (GHashTable) known =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL, g_free);

  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);
      const BenkId *team = benk_alarm_get_team_id (alarm);
      BenkDutyNow *now = g_hash_table_lookup (known, team);

      if (now == NULL)
        {
          now = g_new0 (BenkDutyNow, 1);
          benk_duty_roster_look (roster, team, now_ms, now);
          g_hash_table_insert (known, (gpointer) team, now);
        }
      set_owner (alarm, roster, now, initials);
    }
}

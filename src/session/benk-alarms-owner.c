/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarms-hand.h"

/* Outside one's own duty an alarm is its owner's, but not one that one has. */
void
benk_alarm_set_owner (BenkAlarm *alarm,
                      const BenkDutyRoster *roster,
                      const char *initials,
                      gint64 now_ms)
{
  g_autofree char *call = NULL;
  BenkDutyNow now;

  benk_duty_roster_look (roster, benk_alarm_get_team_id (alarm), now_ms, &now);
  if (benk_alarm_status_is_open (benk_alarm_get_status (alarm)) &&
      now.supporter != BENK_DUTY_ROLE_TECHNICIAN && !benk_alarm_is_with (alarm, initials))
    call = benk_duty_roster_describe_role (roster, now.team, now.owner);
  benk_alarm_set_call (alarm, call);
}

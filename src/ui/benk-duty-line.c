/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duty-line.h"

#include <glib/gi18n.h>

#include "benk-duty.h"
#include "benk-plan.h"
#include "benk-wording.h"

/* Duties follow the municipality's clock, not the computer's. */
#define ZONE "Europe/Oslo"

/* The longest row of duties with one supporter is Easter: four a day for six days. */
#define MAX_CHANGES 40

/* Until when the one who supports now does so. */
static gint64
get_support_end (const BenkDutyHours *hours, gint64 now_ms, BenkDutyRole role)
{
  gint64 end_ms = now_ms;

  for (int i = 0; i < MAX_CHANGES; i++)
    {
      end_ms = benk_duty_next_change (hours, ZONE, end_ms);
      if (end_ms < 0 ||
          benk_duty_get_supporter (benk_duty_at (hours, ZONE, end_ms)) != role)
        break;
    }
  return end_ms;
}

/**
 * benk_duty_line_describe:
 * @now_ms: the present, milliseconds since 1970 in UTC
 *
 * Says who supports and who owns alarms now, by the hours that are proposed.
 *
 * Returns: (transfer full): one line
 */
char *
benk_duty_line_describe (gint64 now_ms)
{
  /* While somebody holds a zone, its file is not read anew for every look at it. */
  g_autoptr (GTimeZone) held = benk_time_zone_find (ZONE);
  BenkDutyHours hours = BENK_DUTY_HOURS_PROPOSED;
  BenkDuty duty = benk_duty_at (&hours, ZONE, now_ms);
  BenkDutyRole role = benk_duty_get_supporter (duty);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 end_ms = get_support_end (&hours, now_ms, role);
  g_autofree char *end = benk_wording_instant (end_ms, now_ms, zone);
  g_autofree char *support =
    g_strdup_printf (role == BENK_DUTY_ROLE_TECHNICIAN
                       ? _ ("Support: you until %s, then the vendor")
                       : _ ("Support: the vendor until %s"),
                     end);
  g_autofree char *alarms =
    g_strdup_printf (_ ("Alarms: %s"),
                     benk_duty_role_get_label (benk_duty_get_owner (duty)));

  return g_strdup_printf ("%s · %s", support, alarms);
}

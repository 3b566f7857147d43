/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-plan.h"

#include "benk-bench-spy.h"

BenkPlan *
benk_bench_plan_new (void)
{
  BenkPlan *plan = benk_plan_new ();

  for (guint i = 0; i < 4; i++)
    {
      BenkDoseTime dose = { .minute = 8 * 60 + i * 240,
                            .weekdays = BENK_WEEKDAYS_ALL,
                            .before_min = 15,
                            .after_min = 60,
                            .alarm = TRUE };

      benk_plan_add_dose (plan, &dose);
    }
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_MISSED, 45);
  benk_plan_add_rule (plan, BENK_ALARM_CONDITION_BATTERY_LOW, 0);
  benk_plan_add_recipient (plan, "coordinator", BENK_DUTY_PERIOD_DAY);
  benk_plan_add_recipient (plan, "charge-nurse",
                           BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND);
  return plan;
}

/* What was sent, one word an APDU: its tag, or its service and what that is asked of. */
static char *
describe (GBytes *apdu)
{
  gsize length;
  const guint8 *octets = g_bytes_get_data (apdu, &length);
  guint tag = (guint) octets[0] << 8 | octets[1];
  guint service = length >= 10 ? (guint) octets[8] << 8 | octets[9] : 0;

  if (tag != 0xE700)
    return g_strdup_printf ("%04x", tag);
  if (service == 0x0103)
    return length >= 20 ? g_strdup_printf ("GET %02x%02x", octets[18], octets[19])
                        : g_strdup ("GET all");
  if (service == 0x0105)
    return g_strdup_printf ("SET %02x%02x", octets[20], octets[21]);
  if (service == 0x0107)
    return g_strdup_printf ("ACTION %02x%02x", octets[14], octets[15]);
  return g_strdup_printf ("%04x", service);
}

void
benk_bench_plan_print_services (GArray *sent)
{
  g_print ("\nSent to one dispenser, in order (%u):", sent->len);
  for (guint i = 0; i < sent->len; i++)
    {
      g_autofree char *word = describe (g_array_index (sent, BenkBenchSent, i).apdu);

      g_print ("%s %s", i > 0 ? "," : "", word);
    }
  g_print (".\n");
}

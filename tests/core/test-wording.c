/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-wording.h"

#include <string.h>

#include "benk-deadline.h"

#define NOW_MS G_GINT64_CONSTANT (1772440860000)
#define MINUTE (60 * 1000)

/* Minutes from now; 0 = no such deadline. */
static const struct
{
  BenkAlarmStatus status;
  int take;
  int resolve;
  const char *call;
  const char *words;
  gboolean overdue;
} DEADLINES[] = {
  { BENK_ALARM_STATUS_NEW, 12, 60, NULL, "Take within 12 min", FALSE },
  { BENK_ALARM_STATUS_NEW, -8, 60, NULL, "8 min overdue", TRUE },
  { BENK_ALARM_STATUS_NEW, 12, 0, NULL, "Take within 12 min", FALSE },
  { BENK_ALARM_STATUS_NEW, 12, 12, NULL, "Take within 12 min", FALSE },
  { BENK_ALARM_STATUS_NEW, -8, 0, NULL, "8 min overdue", TRUE },
  { BENK_ALARM_STATUS_NEW, -8, -3, NULL, "8 min overdue", TRUE },
  /* The dose comes before the time to take it is over. */
  { BENK_ALARM_STATUS_NEW, 15, 2, NULL, "Resolve within 2 min", FALSE },
  { BENK_ALARM_STATUS_NEW, 13, -1, NULL, "1 min overdue", TRUE },
  { BENK_ALARM_STATUS_NEW, -2, -15, NULL, "15 min overdue", TRUE },
  { BENK_ALARM_STATUS_NEW, 13, -1, "charge nurse 22", "Overdue – phone charge nurse 22",
    TRUE },
  /* Such as soon empty: nobody has to take it at once. */
  { BENK_ALARM_STATUS_NEW, 0, 20, NULL, "Resolve within 20 min", FALSE },
  { BENK_ALARM_STATUS_NEW, 0, -20, NULL, "20 min overdue", TRUE },
  { BENK_ALARM_STATUS_NEW, 0, -20, "charge nurse 22", "Overdue – phone charge nurse 22",
    TRUE },
  { BENK_ALARM_STATUS_NEW, 0, 20, "charge nurse 22", "Resolve within 20 min", FALSE },
  { BENK_ALARM_STATUS_NEW, 0, 0, NULL, NULL, FALSE },
  { BENK_ALARM_STATUS_TAKEN, -8, 20, NULL, "Resolve within 20 min", FALSE },
  { BENK_ALARM_STATUS_TAKEN, 12, -8, NULL, "8 min overdue", TRUE },
  { BENK_ALARM_STATUS_TAKEN, -8, 0, NULL, NULL, FALSE },
};

static gint64
get_ms (int minutes)
{
  return minutes != 0 ? NOW_MS + (gint64) minutes * MINUTE : 0;
}

static void
test_deadlines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DEADLINES); i++)
    {
      g_autoptr (BenkAlarm) alarm = benk_alarm_new ();
      g_autofree char *words = NULL;
      gboolean overdue;

      benk_alarm_set_status (alarm, DEADLINES[i].status);
      benk_alarm_set_take_deadline_ms (alarm, get_ms (DEADLINES[i].take));
      benk_alarm_set_resolve_deadline_ms (alarm, get_ms (DEADLINES[i].resolve));
      benk_alarm_set_call (alarm, DEADLINES[i].call);
      words = benk_wording_deadline (alarm, NOW_MS, &overdue);
      g_assert_cmpstr (words, ==, DEADLINES[i].words);
      g_assert_cmpint (overdue, ==, DEADLINES[i].overdue);
    }
}

static void
test_proposed (void)
{
  static const struct
  {
    const char *code;
    gint64 dose_ms;
    gboolean proposed;
    const char *says;
  } rows[] = {
    { "1.8", NOW_MS + MINUTE, TRUE, "Proposed by the program, not decided" },
    { "1.8", -1, TRUE, "before the next dose, which is not known" },
    { "1.1", -1, TRUE, "Proposed by the program, not decided" },
    { "1.8", -1, FALSE, NULL },
    { "1.1", NOW_MS + MINUTE, FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenkAlarm) alarm = benk_alarm_new ();

      benk_alarm_set_code (alarm, rows[i].code);
      benk_alarm_set_next_dose_ms (alarm, rows[i].dose_ms);
      benk_alarm_set_deadlines_proposed (alarm, rows[i].proposed);
      if (rows[i].says)
        g_assert_nonnull (strstr (benk_deadline_explain_proposed (alarm), rows[i].says));
      else
        g_assert_null (benk_deadline_explain_proposed (alarm));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/wording/the-deadline-that-counts", test_deadlines);
  g_test_add_func ("/core/wording/why-it-is-proposed", test_proposed);
  return g_test_run ();
}

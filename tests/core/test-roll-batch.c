/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-error.h"
#include "benk-roll-batch.h"
#include "benk-scan.h"

#include <string.h>

/* @says: NULL where it is refused. */
static const struct
{
  const char *packer;
  const char *batch;
  const char *says;
  const char *refused;
} cases[] = {
  { NULL, "4711", "4711", NULL },
  { "Pakkeriet", "4711", "4711 (Pakkeriet)", NULL },
  { "  Pakkeriet \t Øst ", "  L-47/11 ", "L-47/11 (Pakkeriet Øst)", NULL },
  { "", "4711", "4711", NULL },
  { NULL, "ab12", "ab12", NULL },
  { NULL, "AB-1234", "AB-1234", NULL },
  { NULL, "490154203237518", "490154203237518", NULL },
  { "Apotek 1", "BATCH: 4711", "4711 (Apotek 1)", NULL },
  { NULL, "LOT:L26B;PACKER:Apotek 1 Multidose;EXP:2026-12", "L26B (Apotek 1 Multidose)",
    NULL },
  { "typed", "Pakkeri: Øst & Vest AS Parti: P-9", "P-9 (Øst & Vest AS)", NULL },
  { NULL, "Pakkeri: Øst Batch nr.: P-9 EXP: 2026", "P-9 (Øst)", NULL },
  { NULL, "Parti nr.: P-9 Pakket av: Øst", "P-9 (Øst)", NULL },
  { NULL, "Ola Nordmann 13116900216\nBatch: 4711\nPakkeri: Vest\n08:00 Paracet",
    "4711 (Vest)", NULL },
  { NULL, "(01)07038010000003(10)4711(17)261231", "4711", NULL },
  { "Vest", "]d2010703801000000310L-4711", "L-4711 (Vest)", NULL },
  { NULL, "(01)07038010000003(17)261231", NULL, "names no batch" },
  { NULL, "PAKKERI: Vest", NULL, "names no batch" },
  { NULL, "SN: PP001001", NULL, "names no batch" },
  { NULL, "7038010000003", NULL, "number of a product" },
  { NULL, "DOSEBENK.1.0123456789ABCDEF0123456789ABCDEF", NULL, "label of a device" },
  { NULL, "DOSEBENK.1.0123", NULL, "Only a part" },
  { NULL, "]d210", NULL, "Only a part" },
  { NULL, NULL, NULL, "missing" },
  { NULL, "   ", NULL, "missing" },
  { NULL, "Kari", NULL, "one word" },
  { NULL, "Kari Nordmann 7", NULL, "one word" },
  { NULL, "47\"11", NULL, "one word" },
  { NULL, "47\001B", NULL, "one word" },
  { NULL, "12345678901234567890123456789012345678901", NULL, "40 characters" },
  { "12345678901234567890123456789012345678901", "1", NULL, "40 characters" },
  { "Kari <kari@example.com>", "1", NULL, "firm" },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (BenkRollBatch) roll = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *says = NULL;
      gboolean read =
        benk_roll_batch_read (&roll, cases[i].packer, cases[i].batch, &error);

      if (cases[i].says)
        {
          g_assert_no_error (error);
          g_assert_true (read);
        }
      else
        {
          g_assert_false (read);
          g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
          if (strstr (error->message, cases[i].refused) == NULL)
            g_error ("%s: %s", cases[i].batch, error->message);
        }
      says = benk_roll_batch_describe (roll.packer, roll.batch);
      g_assert_cmpstr (says, ==, cases[i].says);
    }
  g_test_message ("%u cases", (guint) G_N_ELEMENTS (cases));
}

static void
test_longest (void)
{
  g_autofree char *batch = g_strnfill (BENK_ROLL_BATCH_MAX, '7');
  g_autofree char *long_scan = g_strnfill (BENK_SCAN_MAX + 1, '7');
  g_auto (BenkRollBatch) roll = { 0 };
  g_auto (BenkRollBatch) none = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_roll_batch_read (&roll, batch, batch, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (roll.batch, ==, batch);
  g_assert_false (benk_roll_batch_read (&none, NULL, long_scan, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_null (none.batch);
}

/* As a scanner types it with Caps Lock on: the letters are put right first. */
static void
test_scanned (void)
{
  g_autoptr (BenkScan) label = benk_scan_read ("batch:l-4711", BENK_SCAN_CAPS_ON);
  g_autoptr (BenkScan) plain = benk_scan_read ("]c1l-4711", BENK_SCAN_CAPS_ON);
  g_autoptr (BenkScan) product = benk_scan_read ("]E07038010000003", BENK_SCAN_CAPS_OFF);
  g_auto (BenkRollBatch) one = { 0 };
  g_auto (BenkRollBatch) two = { 0 };
  g_auto (BenkRollBatch) three = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_roll_batch_take_scan (&one, "Vest", label, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (one.batch, ==, "L-4711");
  g_assert_cmpstr (one.packer, ==, "Vest");
  g_assert_false (benk_roll_batch_take_scan (&three, NULL, product, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  /* It says to be GS1 and is not: only a part of it could be read. */
  g_assert_false (benk_roll_batch_take_scan (&two, NULL, plain, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

static void
test_codes (void)
{
  static const char *const about[] = { "1.6", "1.7", "1.8" };
  static const char *const others[] = {
    "1", "1.1", "1.5", "1.9", "1.16", "1.60", "", NULL
  };

  for (gsize i = 0; i < G_N_ELEMENTS (about); i++)
    g_assert_true (benk_roll_batch_concerns (about[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (benk_roll_batch_concerns (others[i]));
}

static BenkAlarm *
make_alarm (const char *serial, const char *code, gint64 raised_ms)
{
  BenkAlarm *alarm = benk_alarm_new ();

  benk_alarm_set_serial (alarm, serial);
  benk_alarm_set_code (alarm, code);
  benk_alarm_set_code_text (alarm, "Ola Nordmann");
  benk_alarm_set_taken_by (alarm, "KA");
  benk_alarm_set_raised_ms (alarm, raised_ms);
  benk_alarm_set_roll_batch (alarm, "4711");
  benk_alarm_set_roll_packer (alarm, "Pakkeriet");
  return alarm;
}

/* Nothing of a device, a user or who took it. */
static void
test_report (void)
{
  g_autoptr (BenkAlarm) one = make_alarm ("PP001001", "1.8", 1795372225345);
  g_autoptr (BenkAlarm) two = make_alarm ("PP001002", "1.6", 1795372226345);
  g_autoptr (BenkAlarm) three = make_alarm ("PP001002", "1.8", 1795512226345);
  BenkAlarm *const alarms[] = { one, two, three };
  g_autofree char *text = benk_roll_batch_compose_report (alarms, 3);

  g_assert_cmpuint (benk_roll_batch_count_devices (alarms, 3), ==, 2);
  g_assert_cmpstr (text, ==,
                   "Packer: Pakkeriet\n"
                   "Roll batch: 4711\n"
                   "Dispensers with open alarms: 2\n"
                   "Pouch not read (1.6): 1\n"
                   "Roll jammed (1.8): 2\n"
                   "First alarm: 22 Nov 2026 19:30\n"
                   "Last alarm: 24 Nov 2026 10:23\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/roll-batch/read-or-refused", test_read);
  g_test_add_func ("/core/roll-batch/the-longest", test_longest);
  g_test_add_func ("/core/roll-batch/scanned", test_scanned);
  g_test_add_func ("/core/roll-batch/codes", test_codes);
  g_test_add_func ("/core/roll-batch/report-names-no-person", test_report);

  return g_test_run ();
}

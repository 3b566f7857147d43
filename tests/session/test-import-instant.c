/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-import-instant.h"
#include "benk-plan.h"

#define NONE BENK_IMPORT_INSTANT_NONE
#define DAY BENK_IMPORT_INSTANT_DAY
#define EXACT BENK_IMPORT_INSTANT_EXACT
#define TWICE BENK_IMPORT_INSTANT_TWICE
#define SKIPPED BENK_IMPORT_INSTANT_SKIPPED

typedef struct
{
  const char *text;
  const char *clock;
  BenkImportInstant sure;
  const char *utc; /* NULL where there is none */
} Row;

/* 25 October 2026 is the night with two hours from two to three, 29 March 2026 the one
 * with none. */
static const Row ROWS[] = {
  { "2026-03-02T08:05:12+01:00", NULL, EXACT, "2026-03-02T07:05:12Z" },
  { "2026-03-02T07:05:12Z", NULL, EXACT, "2026-03-02T07:05:12Z" },
  { "2026-03-02T07:05:12.123Z", NULL, EXACT, "2026-03-02T07:05:12Z" },
  { "2026-03-02 08:05 CET", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "2026-07-02 08:05 +0200", NULL, EXACT, "2026-07-02T06:05:00Z" },
  { "2026-03-02 08:05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "02.03.2026 08:05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "2.3.26 kl. 08.05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "02/03-2026 8:05:30", NULL, EXACT, "2026-03-02T07:05:30Z" },
  { "02/03/2026, 08:05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "3/2/2026 8:05 PM", NULL, EXACT, "2026-03-02T19:05:00Z" },
  { "3/2/2026 12:05 AM", NULL, EXACT, "2026-03-01T23:05:00Z" },
  { "3/22/2026 08:05", NULL, EXACT, "2026-03-22T07:05:00Z" },
  { "man. 2. mars 2026 kl. 08:05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "2 Mar 2026 08:05", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "lørdag 11. juli 2026 08:05", NULL, EXACT, "2026-07-11T06:05:00Z" },
  { "46083,3368055556", NULL, EXACT, "2026-03-02T07:05:00Z" },
  { "46083", "08:05", EXACT, "2026-03-02T07:05:00Z" },
  { "02.03.2026", "08:05", EXACT, "2026-03-02T07:05:00Z" },
  { "02.03.2026 00:00:00", "kl 08.05", EXACT, "2026-03-02T07:05:00Z" },
  { "02.03.2026", "", DAY, "2026-03-01T23:00:00Z" },
  { "02.03.2026", NULL, DAY, "2026-03-01T23:00:00Z" },
  { "25.10.2026 02:30", NULL, TWICE, "2026-10-25T00:30:00Z" },
  { "25.10.2026 01:59", NULL, EXACT, "2026-10-24T23:59:00Z" },
  { "25.10.2026 03:00", NULL, EXACT, "2026-10-25T02:00:00Z" },
  { "2026-10-25T02:30:00+01:00", NULL, EXACT, "2026-10-25T01:30:00Z" },
  { "29.03.2026 02:30", NULL, SKIPPED, "2026-03-29T01:30:00Z" },
  { "29.03.2026 03:00", NULL, EXACT, "2026-03-29T01:00:00Z" },
  { "", NULL, NONE, NULL },
  { "i går", NULL, NONE, NULL },
  { "31.02.2026 08:05", NULL, NONE, NULL },
  { "02.03.2026 24:05", NULL, NONE, NULL },
  { "02.03.2026 08:60", NULL, NONE, NULL },
  { "02.03.2026 08:05 senere", NULL, NONE, NULL },
  { "02.03.1926 08:05", NULL, NONE, NULL },
  { "13 PM", NULL, NONE, NULL },
  { "3/2/2026 13:05 PM", NULL, NONE, NULL },
  { "2026-03-02T08:05:12+25:00", NULL, NONE, NULL },
  { "99999999999", NULL, NONE, NULL },
};

static void
test_table (void)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      const Row *row = &ROWS[i];
      gint64 ms = -1;
      BenkImportInstant sure =
        benk_import_read_instant (row->text, row->clock, zone, &ms);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
      g_autofree char *text = g_date_time_format_iso8601 (utc);

      g_test_message ("“%s” “%s” → %d %s", row->text, row->clock ? row->clock : "", sure,
                      text);
      g_assert_cmpint (sure, ==, row->sure);
      if (row->utc != NULL)
        g_assert_cmpstr (text, ==, row->utc);
    }
}

/* Whatever stands in a cell ends in an answer. */
static void
test_anything (void)
{
  static const char letters[] = "0123456789.:/-, TZkl+AMPo\xc3\xb8";
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  guint n = g_test_slow () ? 2000000 : 20000;
  guint n_read = 0;

  for (guint i = 0; i < n; i++)
    {
      const Row *row = &ROWS[(guint) g_test_rand_int_range (0, G_N_ELEMENTS (ROWS))];
      g_autofree char *text = g_strdup (row->text);
      gsize length = strlen (text);
      gint64 ms;

      for (int change = 0; length > 0 && change < 3; change++)
        text[(gsize) g_test_rand_int_range (0, (int) length)] =
          letters[g_test_rand_int_range (0, sizeof letters - 1)];
      if (!g_utf8_validate (text, -1, NULL))
        continue;
      n_read += benk_import_read_instant (text, row->clock, zone, &ms) != NONE;
      g_assert_cmpint (ms, >=, -1);
    }
  g_test_message ("%u of %u damaged cells were still times", n_read, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/import-instant/reads-dates-and-times-of-portals",
                   test_table);
  g_test_add_func ("/session/import-instant/answers-whatever-stands-there",
                   test_anything);
  return g_test_run ();
}

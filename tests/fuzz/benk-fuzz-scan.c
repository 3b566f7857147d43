/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fuzz.h"

#include "benk-scan.h"

#include <string.h>

/* Whatever is typed has a meaning, and the meaning of our own code is what was put in. */

static void
try_own (const BenkScan *scan)
{
  g_autofree char *code = benk_scan_compose_own (&scan->id, scan->asset);
  g_autoptr (BenkScan) again = benk_scan_read (code, BENK_SCAN_CAPS_OFF);

  g_assert_true (benk_id_equal (&scan->id, &again->id));
}

void
benk_fuzz_scan (const guint8 *data, gsize length)
{
  g_autofree char *text =
    length > 0 ? g_strndup ((const char *) data, length) : g_strdup ("");

  for (guint caps = 0; caps <= BENK_SCAN_CAPS_ON; caps++)
    {
      g_autoptr (BenkScan) scan = benk_scan_read (text, (BenkScanCaps) caps);
      g_autoptr (BenkScan) copy = benk_scan_copy (scan);
      g_autoptr (BenkScan) both = benk_scan_join (scan, copy);
      g_auto (GStrv) names = benk_scan_get_names (copy);

      g_assert_null (both);
      g_assert_true (g_utf8_validate (scan->text, -1, NULL));
      g_assert_cmpint (benk_scan_names_device (scan), ==,
                       g_strv_length (names) > 0 || !benk_id_is_nil (&scan->id));
      g_assert_true (scan->gtin == NULL || strlen (scan->gtin) <= BENK_SCAN_MAX);
      if (!benk_id_is_nil (&scan->id))
        try_own (scan);
    }
}

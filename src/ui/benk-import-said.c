/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-said.h"

#include <glib/gi18n.h>

/**
 * benk_import_said_n_written:
 * @import: a list that was compared
 *
 * Returns: how many of its rows leave something behind
 */
guint
benk_import_said_n_written (BenkImport *import)
{
  return benk_import_count (import, BENK_IMPORT_NEW) +
         benk_import_count (import, BENK_IMPORT_CHANGED) +
         benk_import_count (import, BENK_IMPORT_JOINS) +
         benk_import_count (import, BENK_IMPORT_CLOSED);
}

/**
 * benk_import_said_counts:
 * @import: a list that was compared
 *
 * Returns: (transfer full): what its rows would do
 */
char *
benk_import_said_counts (BenkImport *import)
{
  int n[BENK_N_IMPORT_VERDICTS];

  for (int i = 0; i < BENK_N_IMPORT_VERDICTS; i++)
    n[i] = (int) benk_import_count (import, (BenkImportVerdict) i);
  if (!benk_import_is_of_alarms (import))
    return g_strdup_printf (_ ("%d new · %d changed · %d the same · %d need a look"),
                            n[BENK_IMPORT_NEW], n[BENK_IMPORT_CHANGED],
                            n[BENK_IMPORT_SAME], n[BENK_IMPORT_WRONG]);
  return g_strdup_printf (_ (
                            "%d new and open · %d join an open alarm · %d over already · "
                            "%d changed · %d the same · %d need a look"),
                          n[BENK_IMPORT_NEW], n[BENK_IMPORT_JOINS], n[BENK_IMPORT_CLOSED],
                          n[BENK_IMPORT_CHANGED], n[BENK_IMPORT_SAME],
                          n[BENK_IMPORT_WRONG]);
}

/**
 * benk_import_said_row:
 * @row: a row that was compared
 *
 * Returns: (transfer full): which it is, and what it would do
 */
char *
benk_import_said_row (BenkImportRow *row)
{
  guint line = benk_import_row_get_line (row);
  const char *label = benk_import_row_get_label (row);

  switch (benk_import_row_get_verdict (row))
    {
    case BENK_IMPORT_NEW:
      return g_strdup_printf (_ ("Line %u · new · %s"), line, label);
    case BENK_IMPORT_CHANGED:
      return g_strdup_printf (_ ("Line %u · changes · %s"), line, label);
    case BENK_IMPORT_SAME:
      return g_strdup_printf (_ ("Line %u · the same · %s"), line, label);
    case BENK_IMPORT_WRONG:
      return g_strdup_printf (_ ("Line %u · left out · %s"), line, label);
    case BENK_IMPORT_JOINS:
      return g_strdup_printf (_ ("Line %u · joins an open alarm · %s"), line, label);
    case BENK_IMPORT_CLOSED:
      return g_strdup_printf (_ ("Line %u · new, and over already · %s"), line, label);
    case BENK_IMPORT_BLANK:
    default:
      return g_strdup_printf (_ ("Line %u · blank"), line);
    }
}

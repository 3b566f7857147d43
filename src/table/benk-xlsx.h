/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-sheet.h"

G_BEGIN_DECLS

/**
 * BenkXlsxColumn:
 * @BENK_XLSX_COLUMN_TEXT: text, also where it looks like a number
 * @BENK_XLSX_COLUMN_DATE: YYYY-MM-DD, written as a day that a spreadsheet can reckon with
 *
 * What a column of a written file holds.
 */
typedef enum
{
  BENK_XLSX_COLUMN_TEXT,
  BENK_XLSX_COLUMN_DATE,
} BenkXlsxColumn;

BenkSheet *benk_xlsx_read_bytes (GBytes *bytes,
                                 const char *name,
                                 GStrv *out_names,
                                 guint *out_chosen,
                                 GCancellable *cancellable,
                                 GError **error);
GBytes *benk_xlsx_write_bytes (BenkSheet *sheet,
                               const char *name,
                               const BenkXlsxColumn *columns,
                               guint n_columns,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS

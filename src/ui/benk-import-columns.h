/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-import.h"

G_BEGIN_DECLS

/* What the columns and the words of a list are taken for, to be corrected. Its signal
 * "sheet-chosen" names another sheet of the workbook; "changed" says that something is
 * taken for something else. */
#define BENK_TYPE_IMPORT_COLUMNS (benk_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkImportColumns, benk_import_columns, BENK, IMPORT_COLUMNS, GtkWidget)

void benk_import_columns_show (BenkImportColumns *self, BenkImport *import);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

/**
 * BenkImportVerdict:
 * @BENK_IMPORT_NEW: a device that is not known yet
 * @BENK_IMPORT_CHANGED: a known device with something to correct
 * @BENK_IMPORT_SAME: a known device as it is
 * @BENK_IMPORT_WRONG: needs a person's eyes; is left out
 * @BENK_IMPORT_BLANK: nothing stands there
 *
 * What a row of a list is to the inventory.
 */
typedef enum
{
  BENK_IMPORT_NEW,
  BENK_IMPORT_CHANGED,
  BENK_IMPORT_SAME,
  BENK_IMPORT_WRONG,
  BENK_IMPORT_BLANK,
} BenkImportVerdict;

#define BENK_N_IMPORT_VERDICTS 5

#define BENK_TYPE_IMPORT_ROW (benk_import_row_get_type ())
G_DECLARE_FINAL_TYPE (BenkImportRow, benk_import_row, BENK, IMPORT_ROW, GObject)
guint benk_import_row_get_line (BenkImportRow *self);
BenkImportVerdict benk_import_row_get_verdict (BenkImportRow *self);
/* Model and serial as they stand in the list; why it is wrong, or what changes. */
const char *benk_import_row_get_label (BenkImportRow *self);
const char *benk_import_row_get_reason (BenkImportRow *self);

/* A list that was read and compared; nothing is written before it is applied. */
#define BENK_TYPE_IMPORT (benk_import_get_type ())
G_DECLARE_FINAL_TYPE (BenkImport, benk_import, BENK, IMPORT, GObject)

void benk_import_preview_async (BenkInventory *inventory,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
BenkImport *benk_import_preview_finish (GAsyncResult *result, GError **error);
const char *benk_import_get_name (BenkImport *self);
/* "Windows-1252, semicolon": what the file was read as. */
const char *benk_import_get_format (BenkImport *self);
/* "Serienr → serial": what each column was taken for; the rest of the headings. */
GStrv benk_import_get_columns (BenkImport *self);
GListModel *benk_import_get_rows (BenkImport *self);
guint benk_import_count (BenkImport *self, BenkImportVerdict verdict);
void benk_import_apply_async (BenkImport *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean benk_import_apply_finish (BenkImport *self,
                                   GAsyncResult *result,
                                   gint64 *seq,
                                   GError **error);

G_END_DECLS

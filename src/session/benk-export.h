/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"

G_BEGIN_DECLS

/**
 * BenkExportPhase:
 * @BENK_EXPORT_READING: the devices are read
 * @BENK_EXPORT_COMPOSING: their rows are written down
 * @BENK_EXPORT_SAVING: the file is packed and saved
 *
 * What an export does.
 */
typedef enum
{
  BENK_EXPORT_READING,
  BENK_EXPORT_COMPOSING,
  BENK_EXPORT_SAVING,
} BenkExportPhase;

#define BENK_TYPE_EXPORT (benk_export_get_type ())
G_DECLARE_FINAL_TYPE (BenkExport, benk_export, BENK, EXPORT, GObject)

/* Writes the devices of a query as a list that can be imported again: a workbook if the
 * file's name ends in .xlsx, else text. */
BenkExport *
benk_export_new (BenkInventory *inventory, const BenkDeviceQuery *query, GFile *file);

BenkExportPhase benk_export_get_progress (BenkExport *self, double *fraction);

void benk_export_run_async (BenkExport *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_export_run_finish (BenkExport *self,
                                 GAsyncResult *result,
                                 guint *n_devices,
                                 GError **error);

G_END_DECLS

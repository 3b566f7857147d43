/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"

G_BEGIN_DECLS

/* Writes the devices of a query as a list that can be imported again: a workbook if the
 * file's name ends in .xlsx, else text. */
void benk_export_async (BenkInventory *inventory,
                        const BenkDeviceQuery *query,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean benk_export_finish (BenkInventory *inventory,
                             GAsyncResult *result,
                             guint *n_devices,
                             GError **error);

G_END_DECLS

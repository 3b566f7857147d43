/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"
#include "benk-scan.h"

G_BEGIN_DECLS

void benk_inventory_scan_async (BenkInventory *self,
                                const BenkScan *scan,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *
benk_inventory_scan_finish (BenkInventory *self, GAsyncResult *result, GError **error);

G_END_DECLS

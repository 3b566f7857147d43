/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"
#include "benk-scan.h"
#include "benk-session-private.h"
#include "benk-table-device.h"

G_BEGIN_DECLS

gboolean benk_inventory_check_attest (BenkDb *db,
                                      const BenkId *device,
                                      BenkFactKind kind,
                                      GError **error);
gboolean benk_inventory_attest_in_scope (BenkDb *db,
                                         const BenkId *device,
                                         BenkFactKind kind,
                                         const char *ref,
                                         const char *stated_by,
                                         GError **error);
void benk_inventory_refuse (BenkInventory *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data,
                            GError *error);
BenkDeviceFilter benk_inventory_make_filter (const BenkDeviceQuery *query);
GPtrArray *benk_inventory_copy_words (GPtrArray *words);
BenkSession *benk_inventory_get_session (BenkInventory *self);
BenkDevice *benk_inventory_find_text (BenkDb *db, const char *text, GError **error);
GPtrArray *benk_inventory_find_scanned (BenkDb *db, const BenkScan *scan, GError **error);

G_END_DECLS

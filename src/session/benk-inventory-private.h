/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"
#include "benk-scan.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

BenkSession *benk_inventory_get_session (BenkInventory *self);
GPtrArray *benk_inventory_find_scanned (BenkDb *db, const BenkScan *scan, GError **error);

G_END_DECLS

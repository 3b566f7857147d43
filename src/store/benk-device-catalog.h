/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-table-device.h"

G_BEGIN_DECLS

void benk_device_catalog_drop (BenkDb *db);
GArray *benk_device_catalog_query (BenkDb *db,
                                   const BenkDeviceFilter *filter,
                                   const char *const *words,
                                   const char *order_sql,
                                   GError **error);
gboolean benk_device_catalog_is_read (BenkDb *db);
gboolean benk_device_catalog_count (BenkDb *db, guint *counts, GError **error);

G_END_DECLS

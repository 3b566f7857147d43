/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-count.h"
#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_stocktake_insert (BenkDb *db,
                                      const BenkId *place,
                                      BenkId *out_id,
                                      GError **error);
gboolean
benk_table_stocktake_end (BenkDb *db, const BenkId *id, gboolean dropped, GError **error);
BenkCount *benk_table_stocktake_get (BenkDb *db, const BenkId *id, GError **error);
BenkCount *benk_table_stocktake_get_open (BenkDb *db, GError **error);
GPtrArray *benk_table_stocktake_list (BenkDb *db, guint limit, GError **error);

GPtrArray *benk_table_stocktake_list_items (
  BenkDb *db, const BenkId *id, guint verdicts, guint limit, GError **error);
BenkCountItem *
benk_table_stocktake_get_item (BenkDb *db, const BenkId *item, GError **error);
BenkCountItem *benk_table_stocktake_find_device (BenkDb *db,
                                                 const BenkId *id,
                                                 const BenkId *device,
                                                 GError **error);
BenkCountItem *benk_table_stocktake_find_code (BenkDb *db,
                                               const BenkId *id,
                                               const char *code,
                                               GError **error);
gboolean benk_table_stocktake_add_item (BenkDb *db,
                                        const BenkId *id,
                                        const BenkId *device,
                                        const char *code,
                                        const BenkId *found_place,
                                        BenkId *out_item,
                                        GError **error);
gboolean benk_table_stocktake_set_found (BenkDb *db,
                                         const BenkId *item,
                                         const BenkId *found_place,
                                         GError **error);
gboolean benk_table_stocktake_settle (BenkDb *db,
                                      const BenkId *item,
                                      const char *settled,
                                      const BenkId *device,
                                      const BenkId *found_place,
                                      GError **error);
GArray *benk_table_stocktake_list_fixes (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS

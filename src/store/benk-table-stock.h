/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

BenkStockSummary *
benk_table_stock_load (BenkDb *db, const char *today, guint days, GError **error);
GPtrArray *benk_table_stock_list_limits (BenkDb *db, const char *today, GError **error);
gboolean benk_table_stock_set_limit (
  BenkDb *db, const char *model_id, const BenkId *place, guint least, GError **error);
gboolean benk_table_stock_claim_warning (BenkDb *db,
                                         const BenkId *limit,
                                         const char *today,
                                         gboolean *out_first,
                                         GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

gboolean benk_table_forecast_load (BenkDb *db,
                                   BenkStockSummary *summary,
                                   GPtrArray *reservations,
                                   GError **error);

G_END_DECLS

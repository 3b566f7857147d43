/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

/* States down, models across; a number shows those devices in the list. */
#define BENK_TYPE_STOCK_TABLE (benk_stock_table_get_type ())
G_DECLARE_FINAL_TYPE (BenkStockTable, benk_stock_table, BENK, STOCK_TABLE, GtkWidget)

void benk_stock_table_show (BenkStockTable *self,
                            BenkSession *session,
                            const BenkStockSummary *summary);

G_END_DECLS

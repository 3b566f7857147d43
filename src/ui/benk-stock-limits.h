/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

/* The low-stock limits, edited where they stand; 0 = no limit. */
#define BENK_TYPE_STOCK_LIMITS (benk_stock_limits_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkStockLimits, benk_stock_limits, BENK, STOCK_LIMITS, AdwPreferencesGroup)

void benk_stock_limits_show (BenkStockLimits *self,
                             BenkSession *session,
                             const BenkStockSummary *summary);

G_END_DECLS

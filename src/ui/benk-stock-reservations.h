/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

void benk_stock_reservations_show (AdwPreferencesGroup *group,
                                   GPtrArray *rows,
                                   BenkSession *session,
                                   const BenkStockSummary *summary);
void benk_stock_forecast_show (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               BenkSession *session,
                               const BenkStockSummary *summary);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* The shelf at a glance: models by state, limits, places, what ends soon. */
#define BENK_TYPE_STOCK_VIEW (benk_stock_view_get_type ())
G_DECLARE_FINAL_TYPE (BenkStockView, benk_stock_view, BENK, STOCK_VIEW, GtkWidget)

GtkWidget *benk_stock_view_new (BenkSession *session);

G_END_DECLS

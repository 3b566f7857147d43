/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-reading.h"
#include "benk-session.h"
#include "benk-stock-summary.h"

G_BEGIN_DECLS

/* The shelf at a glance, its low-stock limits, and the warning once a day. The signal
 * "low" (const GPtrArray of BenkStockLimit) is emitted when watched, at most once a local
 * day a limit, in the technician's hours. */
#define BENK_TYPE_STOCK (benk_stock_get_type ())
G_DECLARE_FINAL_TYPE (BenkStock, benk_stock, BENK, STOCK, GObject)

/* @days: so many days ahead the end of a warranty or a lease counts as soon. */
void benk_stock_load_async (BenkStock *self,
                            guint days,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
BenkStockSummary *
benk_stock_load_finish (BenkStock *self, GAsyncResult *result, GError **error);

/* @place: (nullable): by name; NULL for all places together. @least: 0 = no limit. */
void benk_stock_set_limit_async (BenkStock *self,
                                 const char *model_id,
                                 const char *place,
                                 guint least,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean benk_stock_set_limit_finish (BenkStock *self,
                                      GAsyncResult *result,
                                      gint64 *seq,
                                      GError **error);

void benk_stock_watch (BenkStock *self);
BenkReading *benk_stock_get_reading (BenkStock *self);
char *benk_stock_describe_limit (BenkStock *self, const BenkStockLimit *limit);
char *benk_stock_describe_low (BenkStock *self, GPtrArray *limits);

G_END_DECLS

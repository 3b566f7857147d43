/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench.h"

G_BEGIN_DECLS

/* Whatever is plugged in, a dispenser or not. Properties: "card" (a BenkDevice), the card
 * it is bound to. It opens that card, and proves nothing. */
#define BENK_TYPE_USB_ITEM (benk_usb_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbItem, benk_usb_item, BENK, USB_ITEM, GObject)

const char *benk_usb_item_get_bus_path (BenkUsbItem *self);
guint benk_usb_item_get_vendor_id (BenkUsbItem *self);
guint benk_usb_item_get_product_id (BenkUsbItem *self);
const char *benk_usb_item_get_serial (BenkUsbItem *self);
const char *benk_usb_item_get_label (BenkUsbItem *self);
gboolean benk_usb_item_is_healthcare (BenkUsbItem *self);
BenkDevice *benk_usb_item_get_card (BenkUsbItem *self);

/* Live list of BenkUsbItem. The bench's signal "card-plugged" (BenkUsbItem) tells that
 * one with a card was plugged in. */
GListModel *benk_bench_get_usb_items (BenkBench *self);
/* @device: the card, or nil to forget it. */
void benk_bench_bind_async (BenkBench *self,
                            BenkUsbItem *item,
                            const BenkId *device,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean benk_bench_bind_finish (BenkBench *self,
                                 GAsyncResult *result,
                                 gint64 *seq,
                                 GError **error);

G_END_DECLS

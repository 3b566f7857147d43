/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bus-private.h"
#include "benk-usb-item.h"

G_BEGIN_DECLS

BenkUsbItem *benk_usb_item_new (const BenkBusEvent *event);
void benk_usb_item_set_card (BenkUsbItem *self, BenkDevice *card);

/* What is bound among everything on USB, as a part of the bench. */
typedef struct _BenkUsbItems BenkUsbItems;

BenkUsbItems *benk_usb_items_new (BenkBench *bench, BenkSession *session);
void benk_usb_items_free (BenkUsbItems *self);
GListModel *benk_usb_items_get_list (BenkUsbItems *self);
void benk_usb_items_take (BenkUsbItems *self, const BenkBusEvent *event);
void benk_usb_items_look_again (BenkUsbItems *self);
BenkUsbItems *benk_bench_get_items (BenkBench *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-link.h"
#include "benk-usb-device.h"

G_BEGIN_DECLS

#define BENK_TYPE_USB_LINK (benk_usb_link_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbLink, benk_usb_link, BENK, USB_LINK, BenkLink)

BenkLink *benk_usb_link_new (BenkUsbDevice *device);

G_END_DECLS

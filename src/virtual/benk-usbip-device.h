/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-usbip.h"
#include "benk-virtual-usb.h"

G_BEGIN_DECLS

#define BENK_TYPE_USBIP_DEVICE (benk_usbip_device_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbipDevice, benk_usbip_device, BENK, USBIP_DEVICE, GObject)

BenkUsbipDevice *benk_usbip_device_new (BenkVirtualDispenser *dispenser, guint port);
BenkVirtualDispenser *benk_usbip_device_get_dispenser (BenkUsbipDevice *self);
BenkVirtualUsb *benk_usbip_device_get_usb (BenkUsbipDevice *self);
const char *benk_usbip_device_get_busid (BenkUsbipDevice *self);
gboolean benk_usbip_device_is_present (BenkUsbipDevice *self);
gboolean benk_usbip_device_is_imported (BenkUsbipDevice *self);
GBytes *benk_usbip_device_describe (BenkUsbipDevice *self);

BenkUsbipStatus benk_usbip_device_import (BenkUsbipDevice *self);
void benk_usbip_device_release (BenkUsbipDevice *self);
gboolean benk_usbip_device_handle (BenkUsbipDevice *self,
                                   BenkUsbipMessage *message,
                                   GError **error);

G_END_DECLS

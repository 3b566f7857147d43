/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-phdc.h"

G_BEGIN_DECLS

#define BENK_TYPE_USB_DEVICE (benk_usb_device_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbDevice, benk_usb_device, BENK, USB_DEVICE, GObject)

const char *benk_usb_device_get_bus_path (BenkUsbDevice *self);
guint16 benk_usb_device_get_vendor_id (BenkUsbDevice *self);
guint16 benk_usb_device_get_product_id (BenkUsbDevice *self);
const char *benk_usb_device_get_manufacturer (BenkUsbDevice *self);
const char *benk_usb_device_get_product (BenkUsbDevice *self);
const char *benk_usb_device_get_serial (BenkUsbDevice *self);
const BenkPhdcFunction *benk_usb_device_get_function (BenkUsbDevice *self);
gboolean benk_usb_device_is_simulated (BenkUsbDevice *self);
const GError *benk_usb_device_get_error (BenkUsbDevice *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libusb.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENK_TYPE_USB_CONTEXT (benk_usb_context_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbContext, benk_usb_context, BENK, USB_CONTEXT, GObject)

/* libusb in one GMainContext. libusb holds locks while it calls back, so callbacks only
 * defer; what they deferred runs in order once libusb has returned. */

BenkUsbContext *benk_usb_context_new (GError **error);
libusb_context *benk_usb_context_get_libusb (BenkUsbContext *self);
GMainContext *benk_usb_context_get_main_context (BenkUsbContext *self);
int benk_usb_context_open (BenkUsbContext *self,
                           libusb_device *device,
                           libusb_device_handle **handle);
void benk_usb_context_close (BenkUsbContext *self, libusb_device_handle *handle);
guint benk_usb_context_get_n_open (BenkUsbContext *self);
void benk_usb_context_defer (BenkUsbContext *self,
                             GSourceFunc func,
                             gpointer data,
                             GDestroyNotify destroy);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-usb-context.h"
#include "benk-usb-device.h"

G_BEGIN_DECLS

/* More bulk IN pipes than any known device has; further ones are left alone. */
#define BENK_USB_MAX_PIPES 8

/**
 * BenkUsbPipe:
 * @address: bEndpointAddress
 * @packet: octets of one packet, 1 to 1024
 * @qos: bits of #BenkPhdcQos, 0 if the device does not say
 *
 * A bulk endpoint.
 */
typedef struct
{
  guint8 address;
  guint16 packet;
  guint8 qos;
} BenkUsbPipe;

/**
 * BenkUsbInterface:
 * @number: bInterfaceNumber
 * @function: what the class descriptors say
 * @n_in: bulk IN pipes in @in
 * @in: the pipes, each of which is read
 * @out: the first bulk OUT pipe of the best reliability
 *
 * The personal healthcare interface of a device.
 */
typedef struct
{
  guint8 number;
  BenkPhdcFunction function;
  guint n_in;
  BenkUsbPipe in[BENK_USB_MAX_PIPES];
  BenkUsbPipe out;
} BenkUsbInterface;

gboolean benk_usb_interface_find (const struct libusb_config_descriptor *config,
                                  BenkUsbInterface *interface,
                                  GError **error);

gboolean benk_usb_device_is_hub (libusb_device *libusb);
gboolean benk_usb_device_is_candidate (libusb_device *libusb);
BenkUsbDevice *benk_usb_device_new (BenkUsbContext *context, libusb_device *libusb);
void benk_usb_device_probe_async (BenkUsbDevice *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void benk_usb_device_probe_finish (BenkUsbDevice *self, GAsyncResult *result);
void benk_usb_device_cancel_probe (BenkUsbDevice *self);
void benk_usb_device_begin_close (BenkUsbDevice *self);
void benk_usb_device_end_close (BenkUsbDevice *self);
void benk_usb_device_wait_closed (BenkUsbDevice *self, GSourceFunc func, gpointer data);
BenkUsbContext *benk_usb_device_get_context (BenkUsbDevice *self);
libusb_device *benk_usb_device_get_libusb (BenkUsbDevice *self);
const BenkUsbInterface *benk_usb_device_get_interface (BenkUsbDevice *self);

G_END_DECLS

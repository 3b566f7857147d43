/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

/** Identity on the bus: a test id of pid.codes, so no maker's. */
#define BENK_VIRTUAL_USB_VENDOR 0x1209
#define BENK_VIRTUAL_USB_PRODUCT 0x0001
#define BENK_VIRTUAL_USB_PACKET 64
#define BENK_VIRTUAL_USB_IN 0x81
#define BENK_VIRTUAL_USB_OUT 0x02

/**
 * BenkVirtualUsbStatus:
 * @BENK_VIRTUAL_USB_OK: done
 * @BENK_VIRTUAL_USB_NAK: not now; ask again after [signal@VirtualUsb::ready]
 * @BENK_VIRTUAL_USB_STALL: the endpoint is halted, or endpoint 0 knows no such request
 * @BENK_VIRTUAL_USB_BABBLE: the device sent more than there was room for
 * @BENK_VIRTUAL_USB_GONE: the device has left the bus
 */
typedef enum
{
  BENK_VIRTUAL_USB_OK,
  BENK_VIRTUAL_USB_NAK,
  BENK_VIRTUAL_USB_STALL,
  BENK_VIRTUAL_USB_BABBLE,
  BENK_VIRTUAL_USB_GONE,
} BenkVirtualUsbStatus;

#define BENK_TYPE_VIRTUAL_USB (benk_virtual_usb_get_type ())
G_DECLARE_FINAL_TYPE (BenkVirtualUsb, benk_virtual_usb, BENK, VIRTUAL_USB, GObject)

BenkVirtualUsb *benk_virtual_usb_new (BenkVirtualDispenser *dispenser);
BenkVirtualDispenser *benk_virtual_usb_get_dispenser (BenkVirtualUsb *self);

GBytes *benk_virtual_usb_get_device_descriptor (BenkVirtualUsb *self);
GBytes *benk_virtual_usb_get_config_descriptor (BenkVirtualUsb *self);
GBytes *benk_virtual_usb_get_string (BenkVirtualUsb *self, guint index);

void benk_virtual_usb_configure (BenkVirtualUsb *self, gboolean configured);
void benk_virtual_usb_set_zlp (BenkVirtualUsb *self, gboolean zlp);
void benk_virtual_usb_hold_out (BenkVirtualUsb *self, gboolean hold);

BenkVirtualUsbStatus
benk_virtual_usb_control (BenkVirtualUsb *self, const guint8 setup[8], GBytes **answer);
BenkVirtualUsbStatus benk_virtual_usb_out (BenkVirtualUsb *self,
                                           guint8 endpoint,
                                           const guint8 *packet,
                                           gsize length);
BenkVirtualUsbStatus
benk_virtual_usb_in (BenkVirtualUsb *self, guint8 endpoint, GBytes **packet);

BenkVirtualUsbStatus benk_virtual_usb_write (
  BenkVirtualUsb *self, guint8 endpoint, const guint8 *data, gsize length, gboolean zlp);
BenkVirtualUsbStatus benk_virtual_usb_read (BenkVirtualUsb *self,
                                            guint8 endpoint,
                                            GByteArray *into,
                                            gsize room);

G_END_DECLS

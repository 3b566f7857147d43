/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-link.h"
#include "benk-usb-device.h"

G_BEGIN_DECLS

#define BENK_TYPE_USB_LINK (benk_usb_link_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbLink, benk_usb_link, BENK, USB_LINK, BenkLink)

/**
 * BenkUsbDirection:
 * @BENK_USB_FROM_DEVICE: read on a bulk IN pipe
 * @BENK_USB_TO_DEVICE: written on the bulk OUT pipe
 *
 * Which way octets went.
 */
typedef enum
{
  BENK_USB_FROM_DEVICE,
  BENK_USB_TO_DEVICE,
} BenkUsbDirection;

/**
 * BenkUsbTapFunc:
 * @link: the link
 * @direction: which way
 * @endpoint: bEndpointAddress of the pipe
 * @data: (array length=length): one transfer
 * @length: how many octets, 0 for a zero-length packet
 * @user_data: as given
 *
 * Sees every transfer that carried something over.
 */
typedef void (*BenkUsbTapFunc) (BenkUsbLink *link,
                                BenkUsbDirection direction,
                                guint8 endpoint,
                                const guint8 *data,
                                gsize length,
                                gpointer user_data);

BenkLink *benk_usb_link_new (BenkUsbDevice *device);
void benk_usb_link_set_tap (BenkUsbLink *self,
                            BenkUsbTapFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy);

G_END_DECLS

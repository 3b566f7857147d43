/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-usb-context.h"

G_BEGIN_DECLS

typedef struct _BenkUsbTransfer BenkUsbTransfer;

/* Runs on the context's thread after the transfer has ended; it may be used again. */
typedef void (*BenkUsbTransferFunc) (BenkUsbTransfer *transfer,
                                     enum libusb_transfer_status status,
                                     const guint8 *data,
                                     gsize length,
                                     gpointer user_data);

BenkUsbTransfer *benk_usb_transfer_new (BenkUsbContext *context,
                                        BenkUsbTransferFunc func,
                                        gpointer user_data);
void benk_usb_transfer_free (BenkUsbTransfer *self);
gboolean benk_usb_transfer_is_under_way (BenkUsbTransfer *self);
gboolean benk_usb_transfer_submit_in (BenkUsbTransfer *self,
                                      libusb_device_handle *handle,
                                      guint8 endpoint,
                                      gsize length,
                                      GError **error);
gboolean benk_usb_transfer_submit_out (BenkUsbTransfer *self,
                                       libusb_device_handle *handle,
                                       guint8 endpoint,
                                       GBytes *bytes,
                                       guint timeout_ms,
                                       GError **error);
gboolean benk_usb_transfer_submit_control_in (BenkUsbTransfer *self,
                                              libusb_device_handle *handle,
                                              guint8 request_type,
                                              guint8 request,
                                              guint16 value,
                                              guint16 index,
                                              guint16 length,
                                              guint timeout_ms,
                                              GError **error);
void benk_usb_transfer_cancel (BenkUsbTransfer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkUsbTransfer, benk_usb_transfer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libusb.h>

#include <glib.h>

#include "benk-error.h"

G_BEGIN_DECLS

BenkError benk_usb_error_code (enum libusb_error code);
GError *benk_usb_error_new (int code, const char *doing);
BenkError benk_usb_error_transfer_code (enum libusb_transfer_status status);
GError *benk_usb_error_new_for_transfer (enum libusb_transfer_status status,
                                         const char *doing);

G_END_DECLS

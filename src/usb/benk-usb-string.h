/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BENK_USB_STRING_MAX:
 *
 * Octets of the longest string descriptor (USB 2.0, 9.6.7).
 */
#define BENK_USB_STRING_MAX 255

char *benk_usb_string_decode (const guint8 *data, gsize length);
char *benk_usb_string_read_known (const char *bus_path, const char *name);

G_END_DECLS

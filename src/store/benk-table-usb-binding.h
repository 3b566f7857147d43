/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkUsbIdentity:
 * @vendor_id: idVendor
 * @product_id: idProduct
 * @serial: serial of the USB descriptors, not empty
 *
 * By what something on USB is known again.
 */
typedef struct
{
  guint16 vendor_id;
  guint16 product_id;
  const char *serial;
} BenkUsbIdentity;

gboolean benk_table_usb_binding_find (BenkDb *db,
                                      const BenkUsbIdentity *identity,
                                      BenkId *out_device,
                                      GError **error);
gboolean benk_table_usb_binding_set (BenkDb *db,
                                     const BenkUsbIdentity *identity,
                                     const BenkId *device,
                                     gint64 made_ms,
                                     const BenkId *staff,
                                     GError **error);
gboolean benk_table_usb_binding_clear (BenkDb *db,
                                       const BenkUsbIdentity *identity,
                                       GError **error);

G_END_DECLS

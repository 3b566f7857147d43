/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"
#include "benk-usbip-device.h"

G_BEGIN_DECLS

#define BENK_TYPE_USBIP_SERVER (benk_usbip_server_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbipServer, benk_usbip_server, BENK, USBIP_SERVER, GObject)

/** Connections that are served at a time; more are let go at once. */
#define BENK_USBIP_MAX_CLIENTS 64
/** Devices of one server. */
#define BENK_USBIP_MAX_DEVICES 64

/**
 * BenkUsbipEvent:
 * @BENK_USBIP_IMPORTED: a client has taken the device
 * @BENK_USBIP_RELEASED: its client has given it back or has gone
 * @BENK_USBIP_GONE: it has left the bus
 * @BENK_USBIP_RETURNED: it has come back
 */
typedef enum
{
  BENK_USBIP_IMPORTED,
  BENK_USBIP_RELEASED,
  BENK_USBIP_GONE,
  BENK_USBIP_RETURNED,
} BenkUsbipEvent;

BenkUsbipServer *benk_usbip_server_new (BenkClock *clock);
BenkUsbipDevice *benk_usbip_server_add (BenkUsbipServer *self,
                                        BenkVirtualDispenser *dispenser);
gboolean
benk_usbip_server_listen (BenkUsbipServer *self, GSocketAddress *address, GError **error);
guint16 benk_usbip_server_get_port (BenkUsbipServer *self);
void benk_usbip_server_stop (BenkUsbipServer *self);

G_END_DECLS

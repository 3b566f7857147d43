/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-clock.h"
#include "benk-usbip.h"

G_BEGIN_DECLS

/** A client that does not go on for this long is let go, milliseconds. */
#define BENK_USBIP_PATIENCE_MS 30000

#define BENK_TYPE_USBIP_CLIENT (benk_usbip_client_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbipClient, benk_usbip_client, BENK, USBIP_CLIENT, GObject)

BenkUsbipClient *benk_usbip_client_new (GSocketConnection *connection, BenkClock *clock);
void benk_usbip_client_start (BenkUsbipClient *self);
void benk_usbip_client_set_imported (BenkUsbipClient *self);
void benk_usbip_client_send (BenkUsbipClient *self, GBytes *octets);
void benk_usbip_client_finish (BenkUsbipClient *self);
void benk_usbip_client_close (BenkUsbipClient *self, const GError *error);
const char *benk_usbip_client_get_peer (BenkUsbipClient *self);

G_END_DECLS

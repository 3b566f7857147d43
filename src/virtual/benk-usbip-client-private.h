/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-pipe.h"
#include "benk-usbip.h"

G_BEGIN_DECLS

#define BENK_TYPE_USBIP_CLIENT (benk_usbip_client_get_type ())
G_DECLARE_FINAL_TYPE (BenkUsbipClient, benk_usbip_client, BENK, USBIP_CLIENT, GObject)

BenkUsbipClient *benk_usbip_client_new (GSocketConnection *connection, BenkClock *clock);
BenkPipe *benk_usbip_client_get_pipe (BenkUsbipClient *self);
void benk_usbip_client_start (BenkUsbipClient *self);
void benk_usbip_client_set_imported (BenkUsbipClient *self);

G_END_DECLS

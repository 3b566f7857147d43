/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-virtual-dispenser.h"

G_BEGIN_DECLS

/** The port that other implementations of 20601 use. */
#define BENK_VIRTUAL_TCP_PORT 6024

#define BENK_TYPE_VIRTUAL_TCP (benk_virtual_tcp_get_type ())
G_DECLARE_FINAL_TYPE (BenkVirtualTcp, benk_virtual_tcp, BENK, VIRTUAL_TCP, GObject)

BenkVirtualTcp *benk_virtual_tcp_new (BenkVirtualDispenser *dispenser, BenkClock *clock);
void benk_virtual_tcp_connect_async (BenkVirtualTcp *self,
                                     const char *host,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean benk_virtual_tcp_connect_finish (BenkVirtualTcp *self,
                                          GAsyncResult *result,
                                          GError **error);
void benk_virtual_tcp_close (BenkVirtualTcp *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketAddress *
benk_tcp_address_parse (const char *text, guint16 default_port, GError **error);
GSocketService *benk_tcp_serve (GSocketAddress *address,
                                GCallback incoming,
                                gpointer self,
                                guint16 *port,
                                GError **error);
void benk_tcp_stop (GSocketService **service, gpointer self);
char *benk_tcp_address_to_text (GInetAddress *address, guint16 port);

G_END_DECLS

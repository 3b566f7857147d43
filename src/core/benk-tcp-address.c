/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-tcp-address.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>

static GInetAddress *
parse_host (const char *host)
{
  if (*host == '\0' || g_ascii_strcasecmp (host, "localhost") == 0)
    return g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  return g_inet_address_new_from_string (host);
}

/* "host", "host:port", "[v6]:port" or ":port"; FALSE when it is none of them. */
static gboolean
split (const char *text, guint16 default_port, char **host, guint16 *port)
{
  g_autoptr (GSocketConnectable) address = NULL;
  g_autofree char *whole = NULL;

  if (*text == ':' && text[1] != ':')
    whole = g_strconcat ("localhost", text, NULL);
  address = g_network_address_parse (whole != NULL ? whole : text, default_port, NULL);
  if (address == NULL)
    return FALSE;
  *host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  *port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  return TRUE;
}

/**
 * benk_tcp_address_parse:
 * @text: (nullable): "ADDR:PORT", "[V6]:PORT", "ADDR" or ":PORT", numeric; "localhost"
 *   and nothing mean this machine only
 * @default_port: where @text names none
 * @error: %BENK_ERROR_USAGE
 *
 * Reads where to listen from the command line. Names of machines are not looked up: what
 * is open to others has to be said.
 *
 * Returns: (transfer full): the address, or %NULL
 */
GSocketAddress *
benk_tcp_address_parse (const char *text, guint16 default_port, GError **error)
{
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint16 port = default_port;

  if (split (text != NULL && *text != '\0' ? text : "localhost", default_port, &host,
             &port))
    address = parse_host (host);
  if (address != NULL)
    return g_inet_socket_address_new (address, port);
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
               _ ("“%s” is no address to listen on: write for instance 127.0.0.1:%u."),
               text, default_port);
  return NULL;
}

/**
 * benk_tcp_address_to_text:
 * @address: an address
 * @port: a port
 *
 * Returns: (transfer full): "127.0.0.1:3240" or "[::1]:3240"
 */
char *
benk_tcp_address_to_text (GInetAddress *address, guint16 port)
{
  g_autofree char *host = g_inet_address_to_string (address);
  gboolean six = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf (six ? "[%s]:%u" : "%s:%u", host, port);
}

/**
 * benk_tcp_serve:
 * @address: where; port 0 takes a free one
 * @incoming: for GSocketService::incoming, called with @self at the end
 * @self: for @incoming
 * @port: (out): the port that was taken
 * @error: %BENK_ERROR_BUSY when somebody has the port, %BENK_ERROR_PERMISSION,
 *   %BENK_ERROR_IO
 *
 * Returns: (transfer full): a service that listens, on the main context that is the
 *   thread's default
 */
GSocketService *
benk_tcp_serve (GSocketAddress *address,
                GCallback incoming,
                gpointer self,
                guint16 *port,
                GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) cause = NULL;
  int code = BENK_ERROR_IO;

  if (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address,
                                     G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                     &bound, &cause))
    {
      *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
      g_signal_connect (service, "incoming", incoming, self);
      return g_steal_pointer (&service);
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    code = BENK_ERROR_BUSY;
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    code = BENK_ERROR_PERMISSION;
  g_set_error_literal (error, BENK_ERROR, code, cause->message);
  return NULL;
}

/**
 * benk_tcp_stop:
 * @service: (inout): what benk_tcp_serve() gave, or %NULL
 * @self: what it was given for its callback
 *
 * Listens no more; connections that are there stay.
 */
void
benk_tcp_stop (GSocketService **service, gpointer self)
{
  if (*service == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*service, self);
  g_socket_service_stop (*service);
  g_socket_listener_close (G_SOCKET_LISTENER (*service));
  g_clear_object (service);
}

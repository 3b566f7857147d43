/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

#include <string.h>

#define SOCKET_PATH "/socket"
#define TOKEN_MS (5 * 60 * 1000)

/* The bell at the hub's door: sockets that are told that something is new, never what. */
typedef struct
{
  BenkVirtualHub *hub;
  SoupWebsocketConnection *socket;
  char *bound; /* id of the Subscription, or NULL */
  gboolean by_token;
} HubCaller;

static void
hub_caller_free (HubCaller *caller)
{
  g_signal_handlers_disconnect_by_data (caller->socket, caller);
  if (soup_websocket_connection_get_state (caller->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (caller->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY,
                                     NULL);
  g_object_unref (caller->socket);
  g_free (caller->bound);
  g_free (caller);
}

/* One fault of this kind, if one was asked for. */
static gboolean
take_fault (BenkVirtualHub *self, BenkHubFault fault)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->faults->len; i++)
    {
      BenkHubFaultRow *row = g_ptr_array_index (self->faults, i);

      if (row->fault != fault)
        continue;
      if (--row->count == 0)
        g_ptr_array_remove_index (self->faults, i);
      return TRUE;
    }
  return FALSE;
}

static void
send_status (HubCaller *caller, const char *type)
{
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{\"resource\":{"
    "\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"subscription\","
    "\"valueReference\":{\"reference\":\"Subscription/%s\"}},{\"name\":\"status\","
    "\"valueCode\":\"active\"},{\"name\":\"type\",\"valueCode\":\"%s\"}]}}]}",
    caller->bound, type);

  soup_websocket_connection_send_text (caller->socket, text);
}

static void
ring_one (HubCaller *caller)
{
  g_autofree char *text = NULL;

  if (caller->bound == NULL ||
      soup_websocket_connection_get_state (caller->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  if (caller->by_token)
    {
      send_status (caller, "event-notification");
      return;
    }
  text = g_strdup_printf ("ping %s", caller->bound);
  soup_websocket_connection_send_text (caller->socket, text);
}

static gboolean
ring_all (gpointer data)
{
  BenkVirtualHub *self = data;

  for (guint i = 0; self->callers && i < self->callers->len; i++)
    ring_one (g_ptr_array_index (self->callers, i));
  return G_SOURCE_REMOVE;
}

/* Tells those at the door; from any thread. */
void
benk_hub_door_ring (BenkVirtualHub *self)
{
  if (self->context && self->door != BENK_HUB_DOOR_NONE)
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, ring_all,
                                g_object_ref (self), g_object_unref);
}

static void
bind (HubCaller *caller, const char *id, gboolean by_token)
{
  BenkVirtualHub *self = caller->hub;
  g_autofree char *text = g_strdup_printf ("bound %s", id);

  if (take_fault (self, BENK_HUB_FAULT_DOOR_MUTE))
    return;
  if (take_fault (self, BENK_HUB_FAULT_DOOR_CLOSED))
    {
      soup_websocket_connection_close (caller->socket,
                                       SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR,
                                       "Invalid bind request - No such subscription");
      return;
    }
  if (take_fault (self, BENK_HUB_FAULT_DOOR_ERROR))
    {
      soup_websocket_connection_send_text (caller->socket,
                                           "Unexpected client message: bind");
      return;
    }
  g_free (caller->bound);
  caller->bound = g_strdup (id);
  caller->by_token = by_token;
  if (by_token)
    send_status (caller, "handshake");
  else
    soup_websocket_connection_send_text (caller->socket, text);
  if (take_fault (self, BENK_HUB_FAULT_DOOR_STRAY))
    for (int i = 0; i < 3; i++)
      ring_one (caller);
}

static gboolean
has_subscription (BenkVirtualHub *self, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_subscriptions > 0 &&
         (guint) atoi (g_str_has_prefix (id, "sub-") ? id + 4 : "") - 1 <
           self->n_subscriptions;
}

/* "token-7@1762153812000": whose it is and until when. */
static gboolean
is_valid_token (BenkVirtualHub *self, const char *token)
{
  const char *at = token ? strchr (token, '@') : NULL;

  return at && !take_fault (self, BENK_HUB_FAULT_TOKEN_EXPIRED) &&
         g_ascii_strtoll (at + 1, NULL, 10) > benk_clock_get_wall_ms (self->clock);
}

static void
bind_with_token (HubCaller *caller, const char *text, gsize length)
{
  g_autoptr (JsonObject) message = benk_hub_parse_object (text, (gssize) length);
  JsonObject *payload = message && json_object_has_member (message, "payload")
                          ? json_object_get_object_member (message, "payload")
                          : NULL;
  const char *token =
    payload ? json_object_get_string_member_with_default (payload, "token", NULL) : NULL;
  g_autofree char *id = NULL;

  if (!is_valid_token (caller->hub, token))
    {
      soup_websocket_connection_close (caller->socket,
                                       SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                                       "The token is not valid");
      return;
    }
  id = g_strndup (token, strchr (token, '@') - token);
  bind (caller, id, TRUE);
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  HubCaller *caller = data;
  gsize length;
  const char *octets = g_bytes_get_data (message, &length);
  g_autofree char *text = g_strndup (octets ? octets : "", length);

  if (text[0] == '{')
    bind_with_token (caller, text, length);
  else if (caller->bound != NULL || !g_str_has_prefix (text, "bind "))
    {
      g_autofree char *answer = g_strdup_printf ("Unexpected client message: %s", text);

      soup_websocket_connection_send_text (socket, answer);
    }
  else if (has_subscription (caller->hub, text + strlen ("bind ")))
    bind (caller, text + strlen ("bind "), FALSE);
  else
    soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR,
                                     "Invalid bind request - No such subscription");
}

static void
on_closed (SoupWebsocketConnection *socket, gpointer data)
{
  HubCaller *caller = data;

  g_ptr_array_remove (caller->hub->callers, caller);
}

static void
on_socket (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *socket,
           gpointer data)
{
  BenkVirtualHub *self = data;
  HubCaller *caller = g_new0 (HubCaller, 1);

  caller->hub = self;
  caller->socket = g_object_ref (socket);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), caller);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), caller);
  g_ptr_array_add (self->callers, caller);
}

/* A status that is set here ends the exchange before the socket is made. */
static void
on_upgrade (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  BenkVirtualHub *self = data;

  self->n_knocks++;
  if (self->door == BENK_HUB_DOOR_NONE)
    soup_server_message_set_status (message, 404, NULL);
  else if (take_fault (self, BENK_HUB_FAULT_DOOR_REFUSED))
    soup_server_message_set_status (message, 403, NULL);
}

void
benk_hub_door_open (BenkVirtualHub *self)
{
  self->callers = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_caller_free);
  soup_server_add_early_handler (self->server, SOCKET_PATH, on_upgrade, self, NULL);
  soup_server_add_websocket_handler (self->server, SOCKET_PATH, NULL, NULL, on_socket,
                                     self, NULL);
}

void
benk_hub_door_shut (BenkVirtualHub *self)
{
  g_clear_pointer (&self->callers, g_ptr_array_unref);
}

static char *
socket_url (BenkVirtualHub *self)
{
  g_autoptr (GUri) base = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("ws%s://127.0.0.1:%d" SOCKET_PATH, self->certificate ? "s" : "",
                          g_uri_get_port (base));
}

static void
subscription (char **body, guint number)
{
  *body = g_strdup_printf ("{\"resourceType\":\"Subscription\",\"id\":\"sub-%u\","
                           "\"status\":\"active\",\"reason\":\"Alarms\",\"criteria\":"
                           "\"DetectedIssue?\",\"channel\":{\"type\":\"websocket\"}}",
                           number);
}

static void
find_subscriptions (BenkVirtualHub *self, BenkHubAnswer *answer)
{
  g_autofree char *one = NULL;

  if (self->n_subscriptions > 0)
    subscription (&one, self->n_subscriptions);
  answer->status = 200;
  answer->body = g_strdup_printf (
    "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[%s%s%s]}",
    one ? "{\"resource\":" : "", one ? one : "", one ? "}" : "");
}

static void
give_token (BenkVirtualHub *self, const char *id, BenkHubAnswer *answer)
{
  g_autofree char *url = socket_url (self);
  gint64 until_ms = benk_clock_get_wall_ms (self->clock) + TOKEN_MS;
  g_autofree char *until = benk_hub_instant (until_ms);

  answer->status = 200;
  answer->body =
    g_strdup_printf ("{\"resourceType\":\"Parameters\",\"parameter\":["
                     "{\"name\":\"token\",\"valueString\":\"%s@%" G_GINT64_FORMAT "\"},"
                     "{\"name\":\"expiration\",\"valueDateTime\":\"%s\"},"
                     "{\"name\":\"websocket-url\",\"valueUrl\":\"%s\"}]}",
                     id, until_ms, until, url);
}

/* The part of the CapabilityStatement that tells of a door; "" without one. */
char *
benk_hub_door_capability (BenkVirtualHub *self)
{
  g_autofree char *url = socket_url (self);

  if (self->door == BENK_HUB_DOOR_NONE)
    return g_strdup ("");
  return g_strdup_printf (
    ",{\"type\":\"Subscription\",\"interaction\":[{\"code\":\"create\"},"
    "{\"code\":\"search-type\"}]%s}],\"extension\":[{\"url\":"
    "\"http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket\","
    "\"valueUri\":\"%s\"}]",
    self->door == BENK_HUB_DOOR_TOKEN
      ? ",\"operation\":[{\"name\":\"get-ws-binding-token\",\"definition\":"
        "\"http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/"
        "backport-subscription-get-ws-binding-token\"}]"
      : "",
    url);
}

/* Under the lock. FALSE: not for the door. */
gboolean
benk_hub_door_route (BenkVirtualHub *self,
                     const char *method,
                     const char *path,
                     BenkHubAnswer *answer)
{
  gboolean get = g_str_equal (method, "GET");

  if (self->door == BENK_HUB_DOOR_NONE || !g_str_has_prefix (path, "/Subscription"))
    return FALSE;
  if (get && g_str_equal (path, "/Subscription"))
    find_subscriptions (self, answer);
  else if (g_str_equal (method, "POST") && g_str_equal (path, "/Subscription"))
    {
      answer->status = 201;
      subscription (&answer->body, ++self->n_subscriptions);
      answer->location = g_strdup_printf ("%s/Subscription/sub-%u/_history/1", self->url,
                                          self->n_subscriptions);
    }
  else if (get && self->door == BENK_HUB_DOOR_TOKEN &&
           g_str_has_suffix (path, "/$get-ws-binding-token"))
    {
      g_auto (GStrv) parts = g_strsplit (path, "/", -1);

      give_token (self, parts[2], answer);
    }
  else
    return FALSE;
  return TRUE;
}

/**
 * benk_virtual_hub_set_door:
 * @self: the hub
 * @door: how it tells that something is new
 *
 * It has no door until this is called.
 */
void
benk_virtual_hub_set_door (BenkVirtualHub *self, BenkHubDoor door)
{
  self->door = door;
}

/**
 * benk_virtual_hub_get_n_knocks:
 * @self: the hub
 *
 * Returns: how often a socket was asked for
 */
guint
benk_virtual_hub_get_n_knocks (BenkVirtualHub *self)
{
  return self->n_knocks;
}

static gboolean
drop_callers (gpointer data)
{
  BenkVirtualHub *self = data;

  if (self->callers)
    g_ptr_array_set_size (self->callers, 0);
  return G_SOURCE_REMOVE;
}

/**
 * benk_virtual_hub_drop_callers:
 * @self: the hub
 *
 * Closes every socket, as a server that starts anew does.
 */
void
benk_virtual_hub_drop_callers (BenkVirtualHub *self)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, drop_callers,
                              g_object_ref (self), g_object_unref);
}

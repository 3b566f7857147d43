/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-doorbell-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-time.h"
#include "benk-json-read.h"

#define CRITERIA "DetectedIssue?"
#define SOCKET_URL "http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket"
#define TOKEN_OPERATION "get-ws-binding-token"
#define MAX_URL 2048
#define MAX_TOKEN 16384

static gboolean
is_id (const char *text)
{
  gsize length = text ? strlen (text) : 0;

  return length > 0 && length <= 64 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                       "-.") == length;
}

static JsonObject *
find_named (JsonObject *object, const char *list, const char *key, const char *value)
{
  guint n = benk_json_count (object, list);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *one = benk_json_nth (object, list, i);

      if (g_strcmp0 (benk_json_get_string (one, key), value) == 0)
        return one;
    }
  return NULL;
}

/* An R4 notification: a history whose first entry is Parameters, or in R4B its own type.
 */
static BenkDoorWord
read_status (GBytes *message)
{
  g_autoptr (JsonObject) bundle = benk_json_parse (message, NULL);
  JsonObject *status =
    benk_json_get_object (benk_json_nth (bundle, "entry", 0), "resource");
  const char *type = benk_json_get_string (status, "type");

  if (type == NULL)
    type = benk_json_get_string (find_named (status, "parameter", "name", "type"),
                                 "valueCode");
  if (g_strcmp0 (type, "handshake") == 0)
    return BENK_DOOR_WORD_BOUND;
  if (g_strcmp0 (type, "heartbeat") == 0)
    return BENK_DOOR_WORD_ALIVE;
  if (g_strcmp0 (type, "event-notification") == 0)
    return BENK_DOOR_WORD_RING;
  return BENK_DOOR_WORD_NONE;
}

BenkDoorWord
benk_door_word_read (GBytes *message, const char *subscription)
{
  gsize length;
  const char *octets = g_bytes_get_data (message, &length);
  g_autofree char *text = g_strndup (octets ? octets : "", length);
  g_auto (GStrv) words = NULL;

  g_strstrip (text);
  if (text[0] == '{')
    return read_status (message);
  words = g_strsplit (text, " ", 3);
  if (g_strv_length (words) != 2 || g_strcmp0 (words[1], subscription) != 0)
    return BENK_DOOR_WORD_NONE;
  if (g_str_equal (words[0], "bound"))
    return BENK_DOOR_WORD_BOUND;
  return g_str_equal (words[0], "ping") ? BENK_DOOR_WORD_RING : BENK_DOOR_WORD_NONE;
}

static const char *
get_url (JsonObject *object)
{
  const char *url = benk_json_get_string (object, "valueUri");

  if (url == NULL)
    url = benk_json_get_string (object, "valueUrl");
  if (url == NULL)
    url = benk_json_get_string (object, "valueString");
  return url && strlen (url) <= MAX_URL ? url : NULL;
}

/* %BENK_ERROR_PROTOCOL if it is no CapabilityStatement. */
BenkDoorOffer *
benk_door_offer_read (GBytes *text, GError **error)
{
  g_autoptr (JsonObject) statement = benk_json_parse (text, error);
  BenkDoorOffer *offer;
  guint n;

  if (statement == NULL)
    return NULL;
  if (g_strcmp0 (benk_json_get_string (statement, "resourceType"),
                 "CapabilityStatement") != 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                           _ ("The source's answer cannot be understood."));
      return NULL;
    }
  offer = g_new0 (BenkDoorOffer, 1);
  n = benk_json_count (statement, "rest");
  for (guint i = 0; i < n; i++)
    {
      JsonObject *rest = benk_json_nth (statement, "rest", i);
      JsonObject *resource = find_named (rest, "resource", "type", "Subscription");
      const char *url = get_url (find_named (rest, "extension", "url", SOCKET_URL));

      if (offer->url == NULL)
        offer->url = g_strdup (url);
      offer->by_token |=
        find_named (resource, "operation", "name", TOKEN_OPERATION) != NULL ||
        find_named (rest, "operation", "name", TOKEN_OPERATION) != NULL;
    }
  return offer;
}

void
benk_door_offer_free (BenkDoorOffer *offer)
{
  g_free (offer->url);
  g_free (offer);
}

BenkDoorPass *
benk_door_pass_read (GBytes *text, GError **error)
{
  g_autoptr (JsonObject) answer = benk_json_parse (text, error);
  JsonObject *until = find_named (answer, "parameter", "name", "expiration");
  const char *token =
    benk_json_get_string (find_named (answer, "parameter", "name", "token"),
                          "valueString");
  const char *time = benk_json_get_string (until, "valueDateTime");
  BenkDoorPass *pass;

  if (answer == NULL)
    return NULL;
  if (token == NULL || token[0] == '\0' || strlen (token) > MAX_TOKEN)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                           _ ("The source's answer cannot be understood."));
      return NULL;
    }
  if (time == NULL)
    time = benk_json_get_string (until, "valueInstant");
  pass = g_new0 (BenkDoorPass, 1);
  pass->token = g_strdup (token);
  pass->url =
    g_strdup (get_url (find_named (answer, "parameter", "name", "websocket-url")));
  if (time == NULL || !benk_fhir_time_parse (time, &pass->until_ms))
    pass->until_ms = -1;
  return pass;
}

void
benk_door_pass_free (BenkDoorPass *pass)
{
  g_free (pass->token);
  g_free (pass->url);
  g_free (pass);
}

/* One that does what ours would; a server need not have understood what it was asked. */
static gboolean
is_ours (JsonObject *subscription)
{
  JsonObject *channel = benk_json_get_object (subscription, "channel");
  const char *status = benk_json_get_string (subscription, "status");

  return g_strcmp0 (benk_json_get_string (subscription, "resourceType"),
                    "Subscription") == 0 &&
         g_strcmp0 (benk_json_get_string (subscription, "criteria"), CRITERIA) == 0 &&
         g_strcmp0 (benk_json_get_string (channel, "type"), "websocket") == 0 &&
         (g_strcmp0 (status, "active") == 0 || g_strcmp0 (status, "requested") == 0);
}

/* (transfer full) (nullable): the id of one that rings for every alarm. */
char *
benk_door_subscription_find (GBytes *text, const char *not_this)
{
  g_autoptr (JsonObject) bundle = benk_json_parse (text, NULL);
  guint n = benk_json_count (bundle, "entry");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *one =
        benk_json_get_object (benk_json_nth (bundle, "entry", i), "resource");
      const char *id = benk_json_get_string (one, "id");

      if (is_ours (one) && is_id (id) && g_strcmp0 (id, not_this) != 0)
        return g_strdup (id);
    }
  return NULL;
}

/* (transfer full) (nullable): of what was made; a server need not send it back. */
char *
benk_door_subscription_get_id (GBytes *text, const char *location)
{
  g_autoptr (JsonObject) made = benk_json_parse (text, NULL);
  const char *id = benk_json_get_string (made, "id");
  const char *path = location ? g_strrstr (location, "Subscription/") : NULL;
  g_auto (GStrv) parts = path ? g_strsplit (path, "/", 3) : NULL;

  if (is_id (id))
    return g_strdup (id);
  return parts && is_id (parts[1]) ? g_strdup (parts[1]) : NULL;
}

GBytes *
benk_door_subscription_compose (void)
{
  static const char text[] =
    "{\"resourceType\":\"Subscription\",\"status\":\"requested\","
    "\"reason\":\"Tells that an alarm is new or has changed\","
    "\"criteria\":\"" CRITERIA "\",\"channel\":{\"type\":\"websocket\"}}";

  return g_bytes_new_static (text, sizeof text - 1);
}

char *
benk_door_bind_compose (const char *subscription, const BenkDoorPass *pass)
{
  g_autoptr (JsonObject) message = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *payload;

  if (pass == NULL)
    return g_strconcat ("bind ", subscription, NULL);
  message = json_object_new ();
  payload = json_object_new ();
  json_object_set_string_member (payload, "token", pass->token);
  json_object_set_string_member (message, "type", "bind-with-token");
  json_object_set_object_member (message, "payload", payload);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, message);
  return json_to_string (node, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

static void
add_string (JsonObject *line, const char *member, const char *value)
{
  if (value)
    json_object_set_string_member (line, member, value);
  else
    json_object_set_null_member (line, member);
}

/* One request as a line of JSON. The token never goes in, only whether one was given. */
char *
benk_hub_log_line (SoupServerMessage *message,
                   const char *path,
                   const BenkHubFaultRow *fault,
                   guint status,
                   gint64 now_ms)
{
  g_autoptr (JsonObject) line = json_object_new ();
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *at = benk_hub_instant (now_ms);
  g_autofree char *text = NULL;

  if (body->length > 0 && g_utf8_validate_len (body->data, body->length, NULL))
    text = g_strndup (body->data, body->length);
  json_object_set_string_member (line, "at", at);
  json_object_set_string_member (line, "method",
                                 soup_server_message_get_method (message));
  json_object_set_string_member (line, "path", path);
  add_string (line, "query", g_uri_get_query (soup_server_message_get_uri (message)));
  json_object_set_int_member (line, "status", status);
  add_string (line, "if_match", soup_message_headers_get_one (headers, "If-Match"));
  add_string (line, "if_none_match",
              soup_message_headers_get_one (headers, "If-None-Match"));
  json_object_set_boolean_member (line, "token",
                                  soup_message_headers_get_one (headers,
                                                                "Authorization") != NULL);
  add_string (line, "fault", fault ? benk_hub_fault_get_name (fault->fault) : NULL);
  add_string (line, "body", text);
  return benk_hub_object_to_text (line);
}

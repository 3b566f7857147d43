/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-json-read.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-json-scan.h"

JsonObject *
benk_json_parse (GBytes *text, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *tame = NULL;
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  gsize fault_at = 0;
  JsonNode *root;

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (data == NULL || !benk_json_check (data, length, &fault_at))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The answer is not JSON (at byte %u)."),
                   (guint) MIN (fault_at, G_MAXUINT));
      return NULL;
    }
  tame = benk_json_make_tame (data, length);
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, tame, length, NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The answer is JSON, but not a resource."));
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

const char *
benk_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
benk_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

guint
benk_json_count (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node == NULL)
    return 0;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node));
  return JSON_NODE_HOLDS_OBJECT (node) ? 1 : 0;
}

JsonObject *
benk_json_nth (JsonObject *object, const char *member, guint index)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      node = index < json_array_get_length (array) ? json_array_get_element (array, index)
                                                   : NULL;
    }
  else if (index > 0)
    return NULL;
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

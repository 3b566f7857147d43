/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-json-schema.h"

#include <string.h>

#define DEFS "#/$defs/"
#define MAX_DEPTH 64

struct _BenkJsonSchema
{
  JsonParser *parser;
};

static char *check (
  BenkJsonSchema *self, JsonNode *rule, JsonNode *node, const char *path, guint depth);

static char *G_GNUC_PRINTF (2, 3) fault (const char *path, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  return g_strdup_printf ("%s: %s", path, what);
}

static gboolean
is_type (JsonNode *node, const char *type)
{
  GType value =
    JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (g_str_equal (type, "null"))
    return JSON_NODE_HOLDS_NULL (node);
  if (g_str_equal (type, "string"))
    return value == G_TYPE_STRING;
  if (g_str_equal (type, "boolean"))
    return value == G_TYPE_BOOLEAN;
  if (g_str_equal (type, "integer"))
    return value == G_TYPE_INT64;
  if (g_str_equal (type, "number"))
    return value == G_TYPE_INT64 || value == G_TYPE_DOUBLE;
  return FALSE;
}

static char *
check_type (JsonNode *want, JsonNode *node, const char *path)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (want) && is_type (node, json_node_get_string (want)))
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (want))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (want)); i++)
      if (is_type (node, json_array_get_string_element (json_node_get_array (want), i)))
        return NULL;
  text = json_to_string (want, FALSE);
  return fault (path, "is not %s", text);
}

static char *
check_enum (JsonNode *want, JsonNode *node, const char *path)
{
  JsonArray *values = json_node_get_array (want);
  g_autofree char *text = json_to_string (node, FALSE);

  for (guint i = 0; i < json_array_get_length (values); i++)
    if (json_node_equal (json_array_get_element (values, i), node))
      return NULL;
  return fault (path, "%s is not one of the values", text);
}

static char *
check_pattern (JsonNode *want, JsonNode *node, const char *path)
{
  const char *pattern = json_node_get_string (want);

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      !g_regex_match_simple (pattern, json_node_get_string (node), G_REGEX_DOLLAR_ENDONLY,
                             0))
    return fault (path, "“%s” is not %s", json_node_get_string (node), pattern);
  return NULL;
}

static char *
check_minimum (JsonNode *want, JsonNode *node, const char *path)
{
  if (is_type (node, "integer") && json_node_get_int (node) < json_node_get_int (want))
    return fault (path, "is too small");
  return NULL;
}

static char *
check_any (
  BenkJsonSchema *self, JsonNode *want, JsonNode *node, const char *path, guint depth)
{
  JsonArray *rules = json_node_get_array (want);
  g_autoptr (GString) why = g_string_new ("fits none:");

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      g_autofree char *broken =
        check (self, json_array_get_element (rules, i), node, path, depth + 1);

      if (broken == NULL)
        return NULL;
      g_string_append_printf (why, " (%s)", broken);
    }
  return fault (path, "%s", why->str);
}

static char *
check_ref (
  BenkJsonSchema *self, JsonNode *want, JsonNode *node, const char *path, guint depth)
{
  const char *ref = json_node_get_string (want);
  JsonObject *defs =
    json_object_get_object_member (benk_json_schema_get_root (self), "$defs");

  if (ref == NULL || !g_str_has_prefix (ref, DEFS) ||
      !json_object_has_member (defs, ref + strlen (DEFS)))
    return fault (path, "the schema leads nowhere: %s", ref);
  return check (self, json_object_get_member (defs, ref + strlen (DEFS)), node, path,
                depth + 1);
}

static char *
check_properties (
  BenkJsonSchema *self, JsonNode *want, JsonNode *node, const char *path, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *rule;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  json_object_iter_init (&iter, json_node_get_object (want));
  while (json_object_iter_next (&iter, &name, &rule))
    {
      g_autofree char *inside = g_strdup_printf ("%s.%s", path, name);
      char *broken = NULL;

      if (json_object_has_member (json_node_get_object (node), name))
        broken =
          check (self, rule, json_object_get_member (json_node_get_object (node), name),
                 inside, depth + 1);
      if (broken)
        return broken;
    }
  return NULL;
}

static char *
check_required (JsonNode *want, JsonNode *node, const char *path)
{
  JsonArray *names = json_node_get_array (want);

  for (guint i = 0; JSON_NODE_HOLDS_OBJECT (node) && i < json_array_get_length (names);
       i++)
    {
      const char *name = json_array_get_string_element (names, i);

      if (!json_object_has_member (json_node_get_object (node), name))
        return fault (path, "“%s” is missing", name);
    }
  return NULL;
}

static char *
check_no_more (JsonObject *rule, JsonNode *node, const char *path)
{
  JsonObject *known = json_object_get_object_member (rule, "properties");
  JsonObjectIter iter;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, NULL))
    if (known == NULL || !json_object_has_member (known, name))
      return fault (path, "“%s” is not known", name);
  return NULL;
}

static char *
check_items (
  BenkJsonSchema *self, JsonNode *want, JsonNode *node, const char *path, guint depth)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      g_autofree char *inside = g_strdup_printf ("%s[%u]", path, i);
      char *broken =
        check (self, want, json_array_get_element (json_node_get_array (node), i), inside,
               depth + 1);

      if (broken)
        return broken;
    }
  return NULL;
}

static char *
check_word (BenkJsonSchema *self,
            JsonObject *rule,
            const char *word,
            JsonNode *node,
            const char *path,
            guint depth)
{
  static const char *const silent[] = { "$schema", "$defs", "title", "description",
                                        NULL };
  JsonNode *want = json_object_get_member (rule, word);

  if (g_strv_contains (silent, word))
    return NULL;
  if (g_str_equal (word, "type"))
    return check_type (want, node, path);
  if (g_str_equal (word, "enum"))
    return check_enum (want, node, path);
  if (g_str_equal (word, "pattern"))
    return check_pattern (want, node, path);
  if (g_str_equal (word, "minimum"))
    return check_minimum (want, node, path);
  if (g_str_equal (word, "anyOf"))
    return check_any (self, want, node, path, depth);
  if (g_str_equal (word, "$ref"))
    return check_ref (self, want, node, path, depth);
  if (g_str_equal (word, "properties"))
    return check_properties (self, want, node, path, depth);
  if (g_str_equal (word, "required"))
    return check_required (want, node, path);
  if (g_str_equal (word, "items"))
    return check_items (self, want, node, path, depth);
  if (g_str_equal (word, "additionalProperties") && is_type (want, "boolean") &&
      !json_node_get_boolean (want))
    return check_no_more (rule, node, path);
  return fault (path, "the schema says “%s”, which is not checked here", word);
}

static char *
check (
  BenkJsonSchema *self, JsonNode *rule, JsonNode *node, const char *path, guint depth)
{
  JsonObjectIter iter;
  const char *word;

  if (!JSON_NODE_HOLDS_OBJECT (rule) || depth > MAX_DEPTH)
    return fault (path, "the schema has no rule here");
  json_object_iter_init (&iter, json_node_get_object (rule));
  while (json_object_iter_next (&iter, &word, NULL))
    {
      char *broken =
        check_word (self, json_node_get_object (rule), word, node, path, depth);

      if (broken)
        return broken;
    }
  return NULL;
}

BenkJsonSchema *
benk_json_schema_new (const char *path, GError **error)
{
  g_autoptr (BenkJsonSchema) self = g_new0 (BenkJsonSchema, 1);

  self->parser = json_parser_new_immutable ();
  if (!json_parser_load_from_file (self->parser, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
benk_json_schema_free (BenkJsonSchema *self)
{
  g_clear_object (&self->parser);
  g_free (self);
}

JsonObject *
benk_json_schema_get_root (BenkJsonSchema *self)
{
  return json_node_get_object (json_parser_get_root (self->parser));
}

/* Returns: (transfer none) (nullable): what $defs says of @name */
JsonObject *
benk_json_schema_get_def (BenkJsonSchema *self, const char *name)
{
  JsonObject *defs =
    json_object_get_object_member (benk_json_schema_get_root (self), "$defs");

  return json_object_has_member (defs, name) ? json_object_get_object_member (defs, name)
                                             : NULL;
}

char *
benk_json_schema_check (BenkJsonSchema *self, const char *name, JsonNode *node)
{
  g_autoptr (JsonNode) rule = json_node_new (JSON_NODE_OBJECT);
  JsonObject *def = benk_json_schema_get_def (self, name);

  if (def == NULL)
    return fault ("$", "the schema does not know “%s”", name);
  json_node_set_object (rule, def);
  return check (self, rule, node, "$", 0);
}

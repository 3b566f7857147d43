/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-error.h"

#define FILE_FORMAT "dosebenk-guidance"
#define FILE_VERSION 1

/** benk_shared_guidance_free: @self: (transfer full): an entry of a file */
void
benk_shared_guidance_free (BenkSharedGuidance *self)
{
  benk_guidance_version_free (self->version);
  g_free (self->reason);
  g_free (self);
}

static void
add_entry (JsonBuilder *builder, const BenkGuidanceVersion *version)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "model");
  if (version->model_id != NULL)
    json_builder_add_string_value (builder, version->model_id);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, version->code);
  json_builder_set_member_name (builder, "part");
  json_builder_add_string_value (builder, benk_guidance_part_to_name (version->part));
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (gsize i = 0; version->steps[i] != NULL; i++)
    json_builder_add_string_value (builder, version->steps[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * benk_guidance_share_compose:
 * @versions: (element-type BenkGuidanceVersion): versions with steps
 *
 * Returns: (transfer full): one file of all. Nothing about people and devices: neither
 *   who changed nor who decided it
 */
char *
benk_guidance_share_compose (const GPtrArray *versions)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, FILE_FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, FILE_VERSION);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < versions->len; i++)
    add_entry (builder, g_ptr_array_index (versions, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/* The text of a member, NULL when it is not one. */
static const char *
get_text (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static GStrv
read_steps (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "steps");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *step = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (step) ||
          json_node_get_value_type (step) != G_TYPE_STRING)
        return NULL;
      g_strv_builder_add (builder, json_node_get_string (step));
    }
  return g_strv_builder_end (builder);
}

static gboolean
stands_already (const GPtrArray *shared, const BenkGuidanceVersion *version)
{
  for (guint i = 0; i < shared->len; i++)
    {
      const BenkGuidanceVersion *one =
        ((BenkSharedGuidance *) g_ptr_array_index (shared, i))->version;

      if (one->part == version->part && g_strcmp0 (one->code, version->code) == 0 &&
          g_strcmp0 (one->model_id, version->model_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
cut (const char *text)
{
  return text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 80))
                      : NULL;
}

static BenkSharedGuidance *
read_entry (const GPtrArray *shared, JsonNode *node)
{
  BenkSharedGuidance *self = g_new0 (BenkSharedGuidance, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *model = object != NULL ? cut (get_text (object, "model")) : NULL;
  g_autofree char *code = object != NULL ? cut (get_text (object, "code")) : NULL;
  const char *part_name = object != NULL ? get_text (object, "part") : NULL;
  JsonNode *model_node = object != NULL ? json_object_get_member (object, "model") : NULL;
  gboolean odd_model =
    model == NULL && model_node != NULL && !JSON_NODE_HOLDS_NULL (model_node);
  BenkGuidancePart part = BENK_GUIDANCE_ANY;
  gboolean known = benk_guidance_part_from_name (part_name, &part);
  g_auto (GStrv) steps = object != NULL ? read_steps (object) : NULL;
  g_autoptr (GError) local = NULL;

  self->verdict = BENK_SHARE_REFUSED;
  self->version = benk_guidance_version_new (model, code != NULL ? code : "?", part);
  g_free (self->version->origin);
  self->version->origin = g_strdup (BENK_VERSION_IMPORTED);
  if (code == NULL || !known || odd_model || steps == NULL)
    self->reason = g_strdup (_ ("It has no code, no part of the week or no steps."));
  else if (stands_already (shared, self->version))
    self->reason = g_strdup (_ ("It stands twice in the file."));
  else if (!benk_guidance_check ((const char *const *) steps, &local))
    self->reason = g_strdup (local->message);
  else
    {
      self->version->steps = g_steal_pointer (&steps);
      self->verdict = BENK_SHARE_NEW;
    }
  return self;
}

static JsonArray *
find_entries (JsonNode *root, GError **error)
{
  JsonObject *object =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, "version") : NULL;
  JsonNode *entries = object != NULL ? json_object_get_member (object, "entries") : NULL;

  if (object == NULL || g_strcmp0 (get_text (object, "format"), FILE_FORMAT) != 0 ||
      version == NULL || !JSON_NODE_HOLDS_VALUE (version) || entries == NULL ||
      !JSON_NODE_HOLDS_ARRAY (entries))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file holds nothing of what to do that this program can "
                            "read. Nothing was changed."));
  else if (json_node_get_value_type (version) != G_TYPE_INT64 ||
           json_node_get_int (version) != FILE_VERSION)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file was written by another version of the program. "
                            "Nothing was changed."));
  else if (json_array_get_length (json_node_get_array (entries)) >
           BENK_GUIDANCE_MAX_ENTRIES)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("A file of what to do holds at most %d entries."),
                 BENK_GUIDANCE_MAX_ENTRIES);
  else
    return json_node_get_array (entries);
  return NULL;
}

/**
 * benk_guidance_share_parse:
 * @text: a file that benk_guidance_share_compose() made, or says it did
 * @length: octets
 * @error: %BENK_ERROR_INVALID
 *
 * Reads a file of guidance. What cannot be read is among the entries, refused, with the
 * reason; the others are new until they are compared.
 *
 * Returns: (transfer full) (nullable) (element-type BenkSharedGuidance): the entries in
 *   their order, or %NULL when it is no such file
 */
GPtrArray *
benk_guidance_share_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) shared =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_shared_guidance_free);
  JsonNode *root = NULL;
  JsonArray *entries;

  if (length > BENK_GUIDANCE_MAX)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("This file is too large to be one of what to do."));
      return NULL;
    }
  if (length > 0 && g_utf8_validate_len (text, length, NULL) &&
      benk_share_is_shallow (text, length) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  entries = find_entries (root, error);
  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    g_ptr_array_add (shared, read_entry (shared, json_array_get_element (entries, i)));
  return g_steal_pointer (&shared);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-share-private.h"

static const BenkShareFormat format = { "dosebenk-guidance", "entries", BENK_GUIDANCE_MAX,
                                        BENK_GUIDANCE_MAX_ENTRIES };

/** benk_shared_guidance_free: @self: (transfer full): an entry of a file */
void
benk_shared_guidance_free (BenkSharedGuidance *self)
{
  benk_guidance_version_free (self->version);
  g_free (self->entry.reason);
  g_free (self);
}

static void
add_entry (JsonBuilder *builder, gconstpointer data)
{
  const BenkGuidanceVersion *version = data;

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
  return benk_share_compose (&format, versions, add_entry);
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

static gpointer
read_entry (const GPtrArray *shared, JsonObject *object)
{
  BenkSharedGuidance *self = g_new0 (BenkSharedGuidance, 1);
  g_autofree char *model =
    object != NULL ? cut (benk_share_get_text (object, "model")) : NULL;
  g_autofree char *code =
    object != NULL ? cut (benk_share_get_text (object, "code")) : NULL;
  const char *part_name = object != NULL ? benk_share_get_text (object, "part") : NULL;
  JsonNode *model_node = object != NULL ? json_object_get_member (object, "model") : NULL;
  gboolean odd_model =
    model == NULL && model_node != NULL && !JSON_NODE_HOLDS_NULL (model_node);
  BenkGuidancePart part = BENK_GUIDANCE_ANY;
  gboolean known = benk_guidance_part_from_name (part_name, &part);
  g_auto (GStrv) steps = object != NULL ? read_steps (object) : NULL;
  g_autoptr (GError) local = NULL;

  self->entry.verdict = BENK_SHARE_REFUSED;
  self->version = benk_guidance_version_new (model, code != NULL ? code : "?", part);
  g_free (self->version->origin);
  self->version->origin = g_strdup (BENK_VERSION_IMPORTED);
  if (code == NULL || !known || odd_model || steps == NULL)
    self->entry.reason =
      g_strdup (_ ("It has no code, no part of the week or no steps."));
  else if (stands_already (shared, self->version))
    self->entry.reason = g_strdup (_ ("It stands twice in the file."));
  else if (!benk_guidance_check ((const char *const *) steps, &local))
    self->entry.reason = g_strdup (local->message);
  else
    {
      self->version->steps = g_steal_pointer (&steps);
      self->entry.verdict = BENK_SHARE_NEW;
    }
  return self;
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
  return benk_share_parse (&format, text, length, read_entry,
                           (GDestroyNotify) benk_shared_guidance_free, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-model-share.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-error.h"
#include "benk-names.h"

#define FILE_FORMAT "dosebenk-models"
#define FILE_VERSION 1

/* The parser of JSON calls itself for each level; such a file has three. */
#define MAX_DEPTH 6

static const BenkName verdict_names[BENK_N_SHARE_VERDICTS] = {
  [BENK_SHARE_NEW] = { "new", N_ ("New") },
  [BENK_SHARE_CHANGED] = { "changed", N_ ("Different") },
  [BENK_SHARE_SAME] = { "same", N_ ("The same") },
  [BENK_SHARE_REFUSED] = { "refused", N_ ("Refused") },
};

/** benk_share_verdict_to_name: Returns: (nullable): stable name */
const char *
benk_share_verdict_to_name (BenkShareVerdict verdict)
{
  return benk_names_get (verdict_names, BENK_N_SHARE_VERDICTS, verdict);
}

/** benk_share_verdict_get_label: Returns: (nullable): translated */
const char *
benk_share_verdict_get_label (BenkShareVerdict verdict)
{
  return benk_names_get_label (verdict_names, BENK_N_SHARE_VERDICTS, verdict);
}

static void
shared_model_free (BenkSharedModel *self)
{
  g_clear_object (&self->model);
  g_free (self->id);
  g_free (self->reason);
  g_free (self);
}

/** benk_shared_model_get_name: Returns: (transfer none): what a person calls it */
const char *
benk_shared_model_get_name (const BenkSharedModel *self)
{
  if (self->model != NULL)
    return benk_model_get_name (self->model);
  return self->id != NULL ? self->id : _ ("(without an id)");
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (benk_model_get_id (*(BenkModel *const *) a),
                 benk_model_get_id (*(BenkModel *const *) b));
}

/**
 * benk_model_share_compose:
 * @models: (element-type BenkModel): models
 *
 * Returns: (transfer full): one file of all, by id; data/models.schema.json says what
 *   stands in it. Nothing about people and devices.
 */
char *
benk_model_share_compose (GPtrArray *models)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < models->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (models, i));
  g_ptr_array_sort (sorted, compare_ids);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, FILE_FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, FILE_VERSION);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sorted->len; i++)
    {
      BenkModel *model = g_ptr_array_index (sorted, i);
      gsize length;
      const char *body = g_bytes_get_data (benk_model_get_body (model), &length);
      g_autofree char *file = g_strndup (body, length);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, benk_model_get_id (model));
      json_builder_set_member_name (builder, "file");
      json_builder_add_string_value (builder, file);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/**
 * benk_share_is_shallow:
 * @text: what may be a shared file
 * @length: octets
 *
 * Counts brackets outside texts; what is no JSON is left to the parser.
 *
 * Returns: whether a parser that calls itself may be given it
 */
gboolean
benk_share_is_shallow (const char *text, gsize length)
{
  gboolean in_text = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length && depth <= MAX_DEPTH; i++)
    {
      if (in_text && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_text = !in_text;
      else if (!in_text && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_text && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }
  return depth <= MAX_DEPTH;
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

static JsonArray *
find_models (JsonNode *root, GError **error)
{
  JsonObject *object =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, "version") : NULL;
  JsonNode *models = object != NULL ? json_object_get_member (object, "models") : NULL;

  if (object == NULL || g_strcmp0 (get_text (object, "format"), FILE_FORMAT) != 0 ||
      version == NULL || !JSON_NODE_HOLDS_VALUE (version) || models == NULL ||
      !JSON_NODE_HOLDS_ARRAY (models))
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file holds no models that this program can read. "
                            "Nothing was changed."));
  else if (json_node_get_value_type (version) != G_TYPE_INT64 ||
           json_node_get_int (version) != FILE_VERSION)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file of models was written by another version of the "
                            "program. Nothing was changed."));
  else if (json_array_get_length (json_node_get_array (models)) >
           BENK_MODEL_SHARE_MAX_MODELS)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("A file of models holds at most %d."), BENK_MODEL_SHARE_MAX_MODELS);
  else
    return json_node_get_array (models);
  return NULL;
}

static const BenkSharedModel *
find_shared (GPtrArray *shared, const char *id)
{
  for (guint i = 0; i < shared->len; i++)
    if (g_strcmp0 (((BenkSharedModel *) shared->pdata[i])->id, id) == 0)
      return shared->pdata[i];
  return NULL;
}

static BenkSharedModel *
read_shared (GPtrArray *shared, JsonNode *node)
{
  BenkSharedModel *self = g_new0 (BenkSharedModel, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? get_text (object, "id") : NULL;
  const char *body = object != NULL ? get_text (object, "file") : NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GError) local = NULL;

  self->verdict = BENK_SHARE_REFUSED;
  if (id != NULL)
    self->id = g_utf8_substring (id, 0, MIN (g_utf8_strlen (id, -1), 80));
  if (id == NULL || body == NULL)
    self->reason = g_strdup (_ ("it has no id or no file."));
  else if (find_shared (shared, id) != NULL)
    self->reason = g_strdup (_ ("its id stands twice in the file."));
  else
    self->model = benk_model_new_own (bytes, &local);
  if (local != NULL)
    self->reason = g_strdup (local->message);
  else if (self->model != NULL && g_strcmp0 (benk_model_get_id (self->model), id) != 0)
    {
      self->reason = g_strdup (_ ("its file is of another id."));
      g_clear_object (&self->model);
    }
  else if (self->model != NULL)
    self->verdict = BENK_SHARE_NEW;
  return self;
}

/**
 * benk_model_share_parse:
 * @text: a file that benk_model_share_compose() made, or says it did
 * @length: octets
 * @error: %BENK_ERROR_INVALID
 *
 * Reads a file of models. One that cannot be read is among them, refused, with the
 * reason; the others are new until they are compared.
 *
 * Returns: (transfer full) (nullable) (element-type BenkSharedModel): the models in their
 *   order, or %NULL when it is no such file
 */
GPtrArray *
benk_model_share_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) shared =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shared_model_free);
  JsonNode *root = NULL;
  JsonArray *models;

  if (length > BENK_MODEL_SHARE_MAX)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("This file is too large to be a file of models."));
      return NULL;
    }
  if (length > 0 && g_utf8_validate_len (text, length, NULL) &&
      benk_share_is_shallow (text, length) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  models = find_models (root, error);
  if (models == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (models); i++)
    g_ptr_array_add (shared, read_shared (shared, json_array_get_element (models, i)));
  return g_steal_pointer (&shared);
}

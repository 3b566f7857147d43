/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-model-share.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-share-private.h"

static const BenkShareFormat format = { "dosebenk-models", "models", BENK_MODEL_SHARE_MAX,
                                        BENK_MODEL_SHARE_MAX_MODELS };

static void
shared_model_free (BenkSharedModel *self)
{
  g_clear_object (&self->model);
  g_free (self->id);
  g_free (self->entry.reason);
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

static void
add_model (JsonBuilder *builder, gconstpointer data)
{
  BenkModel *model = (BenkModel *) data;
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
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < models->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (models, i));
  g_ptr_array_sort (sorted, compare_ids);
  return benk_share_compose (&format, sorted, add_model);
}

static const BenkSharedModel *
find_shared (const GPtrArray *shared, const char *id)
{
  for (guint i = 0; i < shared->len; i++)
    if (g_strcmp0 (((BenkSharedModel *) shared->pdata[i])->id, id) == 0)
      return shared->pdata[i];
  return NULL;
}

static gpointer
read_shared (const GPtrArray *shared, JsonObject *object)
{
  BenkSharedModel *self = g_new0 (BenkSharedModel, 1);
  const char *id = object != NULL ? benk_share_get_text (object, "id") : NULL;
  const char *body = object != NULL ? benk_share_get_text (object, "file") : NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GError) local = NULL;

  self->entry.verdict = BENK_SHARE_REFUSED;
  if (id != NULL)
    self->id = g_utf8_substring (id, 0, MIN (g_utf8_strlen (id, -1), 80));
  if (id == NULL || body == NULL)
    self->entry.reason = g_strdup (_ ("it has no id or no file."));
  else if (find_shared (shared, id) != NULL)
    self->entry.reason = g_strdup (_ ("its id stands twice in the file."));
  else
    self->model = benk_model_new_own (bytes, &local);
  if (local != NULL)
    self->entry.reason = g_strdup (local->message);
  else if (self->model != NULL && g_strcmp0 (benk_model_get_id (self->model), id) != 0)
    {
      self->entry.reason = g_strdup (_ ("its file is of another id."));
      g_clear_object (&self->model);
    }
  else if (self->model != NULL)
    self->entry.verdict = BENK_SHARE_NEW;
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
  return benk_share_parse (&format, text, length, read_shared,
                           (GDestroyNotify) shared_model_free, error);
}

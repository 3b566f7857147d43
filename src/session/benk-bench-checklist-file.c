/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-error.h"
#include "benk-model.h"

/* What a file of a checklist says it is. */
#define FILE_FORMAT "dosebenk-checklist"
#define FILE_VERSION 1
#define FILE_MAX (256 * 1024)

static void
add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * benk_checklist_version_compose:
 * @version: a version
 *
 * Returns: (transfer full): the version as a file that another district can take in:
 * JSON, with the words of the steps, and no name of anybody
 */
char *
benk_checklist_version_compose (const BenkChecklistVersion *version)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "format", FILE_FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, FILE_VERSION);
  add_string (builder, "model", version->model_id);
  add_string (builder, "task", benk_task_to_name (version->form->task));
  json_builder_set_member_name (builder, "number");
  json_builder_add_int_value (builder, version->number);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < version->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (version->form->steps, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", step->id);
      add_string (builder, "kind", benk_step_kind_to_name (step->kind));
      add_string (builder, "text", step->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
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

static gboolean
read_step (BenkChecklistForm *form, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? get_text (object, "id") : NULL;
  const char *kind_name = object != NULL ? get_text (object, "kind") : NULL;
  BenkStepKind kind;

  if (id == NULL || *id == '\0' || strpbrk (id, " \n\t") != NULL || kind_name == NULL ||
      !benk_step_kind_from_name (kind_name, &kind) ||
      form->steps->len >= BENK_FORM_MAX_STEPS)
    return FALSE;
  benk_checklist_form_add (form, id, kind, get_text (object, "text"));
  return TRUE;
}

/* Of a model that does not come with the program the least is asked here; saving asks
 * by what the store knows of it. */
static BenkModelKind
guess_kind (const char *model_id)
{
  g_autoptr (BenkModel) model = benk_model_load_builtin_one (model_id, NULL);

  return model != NULL ? benk_model_get_kind (model) : BENK_MODEL_KIND_OTHER;
}

static BenkChecklistVersion *
read_version (JsonObject *object)
{
  const char *model = get_text (object, "model");
  const char *format = get_text (object, "format");
  JsonNode *number = json_object_get_member (object, "version");
  JsonNode *steps = json_object_get_member (object, "steps");
  g_autoptr (BenkChecklistVersion) self = NULL;
  JsonArray *array;
  BenkTask task;

  if (g_strcmp0 (format, FILE_FORMAT) != 0 || model == NULL || number == NULL ||
      !JSON_NODE_HOLDS_VALUE (number) || json_node_get_int (number) != FILE_VERSION ||
      !benk_task_from_name (get_text (object, "task"), &task) || steps == NULL ||
      !JSON_NODE_HOLDS_ARRAY (steps))
    return NULL;
  self = benk_checklist_version_new (model, task);
  self->form->kind = guess_kind (model);
  array = json_node_get_array (steps);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_step (self->form, json_array_get_element (array, i)))
      return NULL;
  g_free (self->origin);
  self->origin = g_strdup (BENK_VERSION_IMPORTED);
  return g_steal_pointer (&self);
}

/**
 * benk_checklist_version_parse:
 * @text: a file that benk_checklist_version_compose() made, or says it did
 * @length: octets, -1 when @text ends with a NUL
 * @error: %BENK_ERROR_INVALID or %BENK_ERROR_REFUSED, in words
 *
 * Returns: (transfer full) (nullable): a list that may be used
 */
BenkChecklistVersion *
benk_checklist_version_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (BenkChecklistVersion) self = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *root = NULL;

  if (size <= FILE_MAX && g_utf8_validate_len (text, size, NULL) &&
      json_parser_load_from_data (parser, text, (gssize) size, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    self = read_version (json_node_get_object (root));
  if (self == NULL)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("This file holds no checklist that this program can read. "
                            "Nothing was changed."));
  return self != NULL && benk_checklist_form_check (self->form, error)
           ? g_steal_pointer (&self)
           : NULL;
}

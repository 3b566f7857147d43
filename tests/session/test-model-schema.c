/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-model-share.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What data/models.schema.json says of a file, and what the program writes. */

static JsonNode *
load_schema (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "models.schema.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_copy (json_parser_get_root (parser));
}

static JsonObject *
get_properties (JsonObject *of, const char *name)
{
  return json_object_get_object_member (json_object_get_object_member (of, "properties"),
                                        name);
}

/* Every member is told of, and every one that must be there is. */
static void
assert_members (JsonObject *object, JsonObject *schema)
{
  JsonObject *told = json_object_get_object_member (schema, "properties");
  JsonArray *required = json_object_get_array_member (schema, "required");
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    g_assert_true (json_object_has_member (told, l->data));
  for (guint i = 0; i < json_array_get_length (required); i++)
    g_assert_true (
      json_object_has_member (object, json_array_get_string_element (required, i)));
}

static void
test_schema (void)
{
  g_autoptr (JsonNode) node = load_schema ();
  JsonObject *schema = json_node_get_object (node);
  JsonObject *models = get_properties (schema, "models");
  JsonObject *item = json_object_get_object_member (models, "items");
  JsonObject *id = get_properties (item, "id");
  g_autoptr (GPtrArray) builtin = benk_model_load_builtin (NULL);
  g_autofree char *text = benk_model_share_compose (builtin);
  g_autoptr (JsonNode) file = json_from_string (text, NULL);
  JsonObject *written = json_node_get_object (file);
  JsonArray *list = json_object_get_array_member (written, "models");

  assert_members (written, schema);
  g_assert_cmpstr (json_object_get_string_member (written, "format"), ==,
                   json_object_get_string_member (get_properties (schema, "format"),
                                                  "const"));
  g_assert_cmpint (json_object_get_int_member (written, "version"), ==,
                   json_object_get_int_member (get_properties (schema, "version"),
                                               "const"));
  g_assert_cmpint (json_object_get_int_member (models, "maxItems"), ==,
                   BENK_MODEL_SHARE_MAX_MODELS);
  g_assert_cmpuint (json_array_get_length (list), ==, builtin->len);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *model = json_array_get_object_element (list, i);
      const char *name = json_object_get_string_member (model, "id");

      assert_members (model, item);
      g_assert_true (
        g_regex_match_simple (json_object_get_string_member (id, "pattern"), name, 0, 0));
      g_assert_true (i == 0 ||
                     strcmp (json_object_get_string_member (
                               json_array_get_object_element (list, i - 1), "id"),
                             name) < 0);
    }
}

/* Each word that a file may say stands in the description. */
static void
test_words (void)
{
  g_autoptr (JsonNode) node = load_schema ();
  JsonObject *models = get_properties (json_node_get_object (node), "models");
  const char *words = json_object_get_string_member (
    get_properties (json_object_get_object_member (models, "items"), "file"),
    "description");

  for (guint i = 0; i < BENK_N_MODEL_KINDS; i++)
    g_assert_nonnull (strstr (words, benk_model_kind_to_name ((BenkModelKind) i)));
  for (guint i = 1; i < BENK_N_PACKAGINGS; i++)
    g_assert_nonnull (strstr (words, benk_packaging_to_name ((BenkPackaging) i)));
  for (guint i = 0; i < BENK_N_TASKS; i++)
    g_assert_nonnull (strstr (words, benk_model_get_task_key ((BenkTask) i)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/model-schema/what-is-written-is-described", test_schema);
  g_test_add_func ("/session/model-schema/every-word-is-described", test_words);

  return g_test_run ();
}

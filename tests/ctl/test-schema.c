/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

#include "benk-alarm.h"
#include "benk-error.h"
#include "benk-link-kind.h"
#include "benk-return-case.h"
#include "benk-run.h"
#include "benk-state.h"
#include "benk-verb.h"

/* The description of the program's JSON, and the checker that the tests rely on. */

typedef struct
{
  const char *rule;
  const char *text;
  gboolean fits;
} Case;

static const Case CASES[] = {
  { "{ \"type\": \"string\" }", "\"x\"", TRUE },
  { "{ \"type\": \"string\" }", "null", FALSE },
  { "{ \"type\": \"string\" }", "1", FALSE },
  { "{ \"type\": [\"string\", \"null\"] }", "null", TRUE },
  { "{ \"type\": [\"string\", \"null\"] }", "true", FALSE },
  { "{ \"type\": \"integer\", \"minimum\": 1 }", "1", TRUE },
  { "{ \"type\": \"integer\", \"minimum\": 1 }", "0", FALSE },
  { "{ \"type\": \"integer\" }", "1.5", FALSE },
  { "{ \"type\": \"boolean\" }", "0", FALSE },
  { "{ \"enum\": [\"a\", 7] }", "7", TRUE },
  { "{ \"enum\": [\"a\", 7] }", "\"b\"", FALSE },
  { "{ \"pattern\": \"^[0-9]+$\" }", "\"12\"", TRUE },
  { "{ \"pattern\": \"^[0-9]+$\" }", "\"12\\n\"", FALSE },
  { "{ \"type\": \"array\", \"items\": { \"type\": \"integer\" } }", "[1, 2]", TRUE },
  { "{ \"type\": \"array\", \"items\": { \"type\": \"integer\" } }", "[1, null]", FALSE },
  { "{ \"type\": \"array\" }", "{}", FALSE },
  { "{ \"required\": [\"a\"] }", "{ \"a\": null }", TRUE },
  { "{ \"required\": [\"a\"] }", "{ \"b\": 1 }", FALSE },
  { "{ \"properties\": { \"a\": { \"type\": \"integer\" } } }", "{ \"a\": \"\" }",
    FALSE },
  { "{ \"properties\": { \"a\": {} }, \"additionalProperties\": false }",
    "{ \"a\": 1, \"b\": 1 }", FALSE },
  { "{ \"anyOf\": [{ \"type\": \"null\" }, { \"$ref\": \"#/$defs/number\" }] }", "3",
    TRUE },
  { "{ \"anyOf\": [{ \"type\": \"null\" }, { \"$ref\": \"#/$defs/number\" }] }", "\"\"",
    FALSE },
  { "{ \"$ref\": \"#/$defs/nowhere\" }", "3", FALSE },
  { "{ \"$ref\": \"#/$defs/case\" }", "3", FALSE },
  { "{ \"maximum\": 4 }", "3", FALSE },
};

static void
test_checker (BenkCtlRig *rig, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{ \"$defs\": { \"number\": { \"type\": \"integer\" }, \"case\": %s } }",
        CASES[i].rule);
      g_autofree char *path = benk_ctl_rig_write (rig, "case.json", text);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkJsonSchema) schema = benk_json_schema_new (path, &error);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *broken = NULL;

      g_assert_no_error (error);
      node = json_from_string (CASES[i].text, &error);
      g_assert_no_error (error);
      broken = benk_json_schema_check (schema, "case", node);
      if ((broken == NULL) != CASES[i].fits)
        g_error ("%s with %s: %s", CASES[i].rule, CASES[i].text, broken);
    }
}

static gboolean
lists (JsonArray *names, const char *name)
{
  for (guint i = 0; i < json_array_get_length (names); i++)
    if (g_str_equal (json_array_get_string_element (names, i), name))
      return TRUE;
  return FALSE;
}

/* Whatever may be in an object is always there, and nothing else is. */
static void
check_object (const char *name, JsonObject *rule)
{
  JsonObject *properties = json_object_get_object_member (rule, "properties");
  JsonArray *required = json_object_get_array_member (rule, "required");
  JsonObjectIter iter;
  const char *key;

  g_assert_nonnull (properties);
  g_assert_false (json_object_get_boolean_member (rule, "additionalProperties"));
  g_assert_cmpuint (json_array_get_length (required), ==,
                    json_object_get_size (properties));
  json_object_iter_init (&iter, properties);
  while (json_object_iter_next (&iter, &key, NULL))
    if (!lists (required, key) || !g_regex_match_simple ("^[a-z][a-z0-9_]*$", key, 0, 0))
      g_error ("%s.%s may be left out, or is no snake_case", name, key);
}

static void
walk (const char *name, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      walk (name, json_array_get_element (json_node_get_array (node), i));
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      JsonObjectIter iter;
      const char *key;
      JsonNode *inside;

      if (json_object_has_member (object, "properties") &&
          JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "properties")))
        check_object (name, object);
      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &key, &inside))
        walk (key, inside);
    }
}

static void
test_strict (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (root, benk_json_schema_get_root (rig->schema));
  walk ("$", root);
}

typedef const char *(*NameFunc) (guint value);

static const char *
get_state (guint value)
{
  return benk_device_state_to_name ((BenkDeviceState) value);
}

static const char *
get_verb (guint value)
{
  return benk_verb_to_name ((BenkVerb) value);
}

static const char *
get_via (guint value)
{
  return benk_alarm_via_to_name ((BenkAlarmVia) value);
}

static const char *
get_status (guint value)
{
  return benk_alarm_status_to_name ((BenkAlarmStatus) value);
}

static const char *
get_followup (guint value)
{
  return benk_followup_to_name ((BenkFollowup) value);
}

static const char *
get_return (guint value)
{
  return benk_return_state_to_name ((BenkReturnState) value);
}

static const char *
get_link (guint value)
{
  return benk_link_kind_to_name ((BenkLinkKind) value);
}

static const char *
get_outcome (guint value)
{
  return benk_run_outcome_to_name ((BenkRunOutcome) value);
}

static const char *
get_run (guint value)
{
  return benk_run_kind_to_name ((BenkRunKind) value);
}

static const struct
{
  const char *def;
  NameFunc get_name;
} ENUMS[] = {
  { "device_state", get_state },
  { "verb", get_verb },
  { "via", get_via },
  { "alarm_status", get_status },
  { "followup", get_followup },
  { "return_state", get_return },
  { "link", get_link },
  { "run_outcome", get_outcome },
  { "run_kind", get_run },
};

static void
test_enums (BenkCtlRig *rig, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENUMS); i++)
    {
      JsonArray *names = json_object_get_array_member (
        benk_json_schema_get_def (rig->schema, ENUMS[i].def), "enum");
      guint n = 0;

      for (const char *name; (name = ENUMS[i].get_name (n)) != NULL; n++)
        if (!lists (names, name))
          g_error ("%s lacks %s", ENUMS[i].def, name);
      g_assert_cmpuint (n, ==, json_array_get_length (names));
    }
}

/* Returns: (transfer full): the names that the schema has for the commands of the help */
static GPtrArray *
read_help (BenkCtlRig *rig)
{
  static const char *const words[] = { "help", NULL };
  static const char *const single[] = { "undo", "verify", "demo", "label", NULL };
  g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run_words (rig, words);
  g_auto (GStrv) lines = g_strsplit (answer->out, "\n", -1);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpint (answer->status, ==, 0);
  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strchug (lines[i]), " ", 3);
      g_autofree char *name = NULL;

      if (!parts[0] || !g_ascii_islower (parts[0][0]) ||
          g_str_has_prefix (lines[i], "dosebenkctl"))
        continue;
      name = g_strv_contains (single, parts[0])
               ? g_strdup (parts[0])
               : g_strdup_printf ("%s_%s", parts[0], parts[1]);
      g_ptr_array_add (names,
                       g_strconcat ("answer_", g_strdelimit (name, "-", '_'), NULL));
    }
  return names;
}

static void
test_help (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) names = read_help (rig);
  g_autoptr (BenkCtlAnswer) nothing = benk_ctl_rig_run_words (rig, none);
  JsonArray *known =
    json_object_get_array_member (benk_json_schema_get_root (rig->schema), "anyOf");

  g_assert_cmpint (nothing->status, ==, 2);
  g_assert_cmpuint (names->len, >=, 28);
  for (guint i = 0; i < names->len; i++)
    {
      if (benk_json_schema_get_def (rig->schema, g_ptr_array_index (names, i)) == NULL)
        g_error ("the schema lacks %s", (char *) g_ptr_array_index (names, i));
      g_test_message ("%s", (char *) g_ptr_array_index (names, i));
    }
  /* Every command, and two kinds of errors. */
  g_assert_cmpuint (json_array_get_length (known), ==, names->len + 2);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/schema/" path, BenkCtlRig, NULL, benk_ctl_rig_set_up, function,      \
              benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("the-checker-finds-what-it-should", test_checker);
  ADD ("no-member-is-ever-left-out", test_strict);
  ADD ("names-are-those-of-the-program", test_enums);
  ADD ("every-command-of-the-help-is-described", test_help);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-file.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-error.h"

#define RECIPIENTS "\"recipients\":[{\"role\":\"charge-nurse\"}]"
#define ALARMS "\"alarms\":[{\"condition\":\"missed\",\"delay_min\":45}]"
#define DOSES "\"doses\":[{\"time\":\"08:00\"}]"

static const char whole[] =
  "{\"format\":1,\"zone\":\"Europe/Oslo\",\"language\":\"nb\",\"volume\":60,"
  "\"valid_from\":\"2026-11-22\",\"times_from_roll\":true,"
  "\"proposed\":[\"windows\",\"recipients\"],"
  "\"doses\":[{\"time\":\"08:00\",\"before_min\":15,\"after_min\":60},"
  "{\"time\":\"20:30\",\"weekdays\":[\"mon\",\"wed\",\"sun\"],\"alarm\":false}],"
  "\"alarms\":[{\"condition\":\"missed\",\"delay_min\":45},{\"condition\":\"empty\"}],"
  "\"recipients\":[{\"role\":\"coordinator\",\"periods\":[\"day\"]},"
  "{\"role\":\"charge-nurse\",\"periods\":[\"evening\",\"weekend\"]}]}";

typedef struct
{
  const char *name;
  const char *text;
  const char *place; /* start of the message */
} BadRow;

static const BadRow bad_rows[] = {
  { "empty", "", "$: " },
  { "blank", "  ", "$: " },
  { "not-json", "dose at eight", "$: " },
  { "cut-off", "{\"format\":1,", "$: " },
  { "binary", "\x01\x02\xff\xfe", "$: " },
  { "array", "[]", "$: " },
  { "number", "7", "$: " },
  { "null", "null", "$: " },
  { "empty-object", "{}", "$.format: " },
  { "other-format", "{\"format\":2," DOSES "," ALARMS "," RECIPIENTS "}", "$.format: " },
  { "format-as-text", "{\"format\":\"1\"}", "$.format: " },
  { "unknown-member", "{\"format\":1,\"name\":\"Ola\"," DOSES "}", "$: " },
  { "no-doses", "{\"format\":1," ALARMS "," RECIPIENTS "}", "$.doses: " },
  { "doses-object", "{\"format\":1,\"doses\":{}," ALARMS "," RECIPIENTS "}",
    "$.doses: " },
  { "dose-is-text", "{\"format\":1,\"doses\":[\"08:00\"]," ALARMS "," RECIPIENTS "}",
    "$.doses[0]: " },
  { "second-dose-without-time",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\"},{}]," ALARMS "," RECIPIENTS "}",
    "$.doses[1].time: " },
  { "time-25", "{\"format\":1,\"doses\":[{\"time\":\"25:00\"}]}", "$.doses[0].time: " },
  { "time-minute-60", "{\"format\":1,\"doses\":[{\"time\":\"08:60\"}]}",
    "$.doses[0].time: " },
  { "time-short", "{\"format\":1,\"doses\":[{\"time\":\"8:00\"}]}", "$.doses[0].time: " },
  { "time-number", "{\"format\":1,\"doses\":[{\"time\":800}]}", "$.doses[0].time: " },
  { "weekday", "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"weekdays\":[\"mon\",5]}]}",
    "$.doses[0].weekdays[1]: " },
  { "weekdays-text",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"weekdays\":\"all\"}]}",
    "$.doses[0].weekdays: " },
  { "no-weekday",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"weekdays\":[]}]," ALARMS
    "," RECIPIENTS "}",
    "$.doses: " },
  { "window-negative",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"before_min\":-1}]}",
    "$.doses[0].before_min: " },
  { "window-fraction",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"after_min\":1.5}]}",
    "$.doses[0].after_min: " },
  { "window-huge",
    "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"after_min\":99999999999999999999}]}",
    "$.doses[0].after_min: " },
  { "alarm-number", "{\"format\":1,\"doses\":[{\"time\":\"08:00\",\"alarm\":1}]}",
    "$.doses[0].alarm: " },
  { "condition", "{\"format\":1," DOSES ",\"alarms\":[{\"condition\":\"fire\"}]}",
    "$.alarms[0].condition: " },
  { "no-alarm", "{\"format\":1," DOSES ",\"alarms\":[]," RECIPIENTS "}", "$.alarms: " },
  { "period",
    "{\"format\":1," DOSES "," ALARMS
    ",\"recipients\":[{\"role\":\"nurse\",\"periods\":[\"night\"]}]}",
    "$.recipients[0].periods[0]: " },
  { "role-is-a-name",
    "{\"format\":1," DOSES "," ALARMS ",\"recipients\":[{\"role\":\"Kari Nordmann\"}]}",
    "$.recipients[0]: " },
  { "nobody-in-the-evening",
    "{\"format\":1," DOSES "," ALARMS
    ",\"recipients\":[{\"role\":\"nurse\",\"periods\":[\"day\",\"weekend\"]}]}",
    "$.recipients: " },
  { "zone",
    "{\"format\":1,\"zone\":\"Mars/Olympus\"," DOSES "," ALARMS "," RECIPIENTS "}",
    "$.zone: " },
  { "zone-number", "{\"format\":1,\"zone\":1," DOSES "}", "$.zone: " },
  { "volume", "{\"format\":1,\"volume\":101," DOSES "}", "$.volume: " },
  { "no-times", "{\"format\":1,\"doses\":[]," ALARMS "," RECIPIENTS "}", "$.doses: " },
  { "roll-as-text", "{\"format\":1,\"times_from_roll\":\"yes\"}", "$.times_from_roll: " },
  { "proposed", "{\"format\":1,\"proposed\":[\"windows\",\"times\"]}",
    "$.proposed[1]: " },
  { "date",
    "{\"format\":1,\"valid_from\":\"2026-02-30\"," DOSES "," ALARMS "," RECIPIENTS "}",
    "$.valid_from: " },
};

static void
test_bad_row (gconstpointer data)
{
  const BadRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan =
    benk_plan_file_parse (row->text, strlen (row->text), &error);

  g_assert_null (plan);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_cmpstr (row->place, ==,
                   g_str_has_prefix (error->message, row->place) ? row->place
                                                                 : error->message);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_file_parse (whole, sizeof whole - 1, &error);
  g_autoptr (BenkPlan) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (benk_plan_get_n_doses (plan), ==, 2);
  g_assert_cmpuint (benk_plan_get_dose (plan, 1)->minute, ==, 20 * 60 + 30);
  g_assert_cmpuint (benk_plan_get_dose (plan, 1)->weekdays, ==, 0x45);
  g_assert_false (benk_plan_get_dose (plan, 1)->alarm);
  g_assert_cmpint (benk_plan_get_volume (plan), ==, 60);

  text = benk_plan_file_compose (plan);
  again = benk_plan_file_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_true (benk_plan_equal (plan, again));
  second = benk_plan_file_compose (again);
  g_assert_cmpstr (text, ==, second);
}

static void
test_least_plan (void)
{
  static const char least[] = "{\"format\":1," DOSES "," ALARMS "," RECIPIENTS "}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkPlan) plan = benk_plan_file_parse (least, sizeof least - 1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (benk_plan_get_zone (plan), ==, "Europe/Oslo");
  g_assert_cmpint (benk_plan_get_volume (plan), ==, -1);
  g_assert_cmpuint (benk_plan_get_dose (plan, 0)->weekdays, ==, BENK_WEEKDAYS_ALL);
}

/* A hundred thousand levels, and one text of 200 kB. */
static void
test_monsters (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *long_text = g_strnfill (200000, 'a');
  g_autofree char *zone =
    g_strdup_printf ("{\"format\":1,\"zone\":\"%s\"," DOSES "," ALARMS "," RECIPIENTS "}",
                     long_text);
  g_autofree char *member = g_strdup_printf ("{\"%s\":1}", long_text);
  g_autofree char *huge = g_strnfill (BENK_PLAN_FILE_MAX + 1, ' ');

  g_assert_null (benk_plan_file_parse (deep, strlen (deep), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (benk_plan_file_parse (zone, strlen (zone), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_clear_error (&error);
  g_assert_null (benk_plan_file_parse (member, strlen (member), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_clear_error (&error);
  g_assert_null (benk_plan_file_parse (huge, strlen (huge), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

static void
test_every_cut (void)
{
  for (gsize cut = 0; cut < sizeof whole - 1; cut++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strndup (whole, cut);

      g_assert_null (benk_plan_file_parse (text, cut, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
    }
}

/* Every name that is written stands in the schema, and no other. */
static void
assert_names (JsonObject *schema, JsonObject *written)
{
  JsonObject *properties = json_object_get_object_member (schema, "properties");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_assert_cmpuint (json_object_get_size (properties), ==,
                    json_object_get_size (written));
  g_assert_false (json_object_get_boolean_member (schema, "additionalProperties"));
  json_object_iter_init (&iter, written);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonObject *property = json_object_get_object_member (properties, name);
      JsonObject *items;

      g_assert_nonnull (property);
      if (!JSON_NODE_HOLDS_ARRAY (node))
        continue;
      items = json_object_get_object_member (property, "items");
      if (json_object_has_member (items, "properties"))
        assert_names (items,
                      json_array_get_object_element (json_node_get_array (node), 0));
    }
}

static void
test_schema (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "plan.schema.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (BenkPlan) plan = benk_plan_file_parse (whole, sizeof whole - 1, &error);
  g_autofree char *text = benk_plan_file_compose (plan);
  g_autoptr (JsonNode) written = json_from_string (text, &error);

  g_assert_no_error (error);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  assert_names (json_node_get_object (json_parser_get_root (parser)),
                json_node_get_object (written));
}

static void
test_missing_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/plan.json");
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_plan_file_load (file, NULL, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "/nonexistent/plan.json"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *path =
        g_strconcat ("/session/plan-file/refuses/", bad_rows[i].name, NULL);

      g_test_add_data_func (path, &bad_rows[i], test_bad_row);
    }
  g_test_add_func ("/session/plan-file/round-trip", test_round_trip);
  g_test_add_func ("/session/plan-file/least-plan", test_least_plan);
  g_test_add_func ("/session/plan-file/monsters", test_monsters);
  g_test_add_func ("/session/plan-file/every-cut", test_every_cut);
  g_test_add_func ("/session/plan-file/schema-has-the-same-names", test_schema);
  g_test_add_func ("/session/plan-file/missing-file", test_missing_file);

  return g_test_run ();
}

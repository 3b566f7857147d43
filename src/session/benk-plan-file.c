/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-file-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-config.h"
#include "benk-error.h"
#include "benk-plan-check.h"

#include <glib/gi18n.h>

/* The parser of JSON calls itself for each level; a plan has three. */
#define MAX_DEPTH 8

const char *const benk_plan_file_weekdays[] = { "mon", "tue", "wed", "thu",
                                                "fri", "sat", "sun", NULL };
const char *const benk_plan_file_periods[] = { "day", "evening", "weekend", NULL };
const char *const benk_plan_file_parts[] = { "windows", "alarms", "recipients", NULL };

/* A value and where it stands, as in "$.doses[1].time". */
typedef struct
{
  JsonNode *node;
  char *path;
} Spot;

static void
spot_clear (Spot *spot)
{
  g_clear_pointer (&spot->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spot, spot_clear)

static gboolean G_GNUC_PRINTF (3, 4)
  fail (GError **error, const char *path, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, "%s: %s", path, text);
  return FALSE;
}

static gboolean
want_object (const Spot *spot, const char *const *known, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (spot->node))
    return fail (error, spot->path, _ ("An object is expected here."));

  json_object_iter_init (&iter, json_node_get_object (spot->node));
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      {
        g_autofree char *shown =
          g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 40));

        return fail (error, spot->path, _ ("“%s” is not known here."), shown);
      }
  return TRUE;
}

static JsonArray *
want_array (const Spot *spot, GError **error)
{
  if (JSON_NODE_HOLDS_ARRAY (spot->node))
    return json_node_get_array (spot->node);

  fail (error, spot->path, _ ("A list is expected here."));
  return NULL;
}

/* Returns FALSE without an error if the member is not there. */
static gboolean
find_member (const Spot *object, const char *name, Spot *member)
{
  JsonNode *node = json_object_get_member (json_node_get_object (object->node), name);

  member->node = node;
  g_free (member->path);
  member->path = g_strdup_printf ("%s.%s", object->path, name);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static gboolean
read_text (const Spot *object,
           const char *name,
           gboolean needed,
           const char **text,
           GError **error)
{
  g_auto (Spot) spot = { NULL };

  *text = NULL;
  if (!find_member (object, name, &spot))
    return !needed || fail (error, spot.path, _ ("This is missing."));
  if (json_node_get_value_type (spot.node) != G_TYPE_STRING)
    return fail (error, spot.path, _ ("A text is expected here."));
  *text = json_node_get_string (spot.node);
  return TRUE;
}

static gboolean
read_number (const Spot *object,
             const char *name,
             gint64 least,
             gint64 most,
             gint64 other,
             gint64 *number,
             GError **error)
{
  g_auto (Spot) spot = { NULL };

  *number = other;
  if (!find_member (object, name, &spot))
    return TRUE;
  if (json_node_get_value_type (spot.node) != G_TYPE_INT64)
    return fail (error, spot.path, _ ("A whole number is expected here."));
  *number = json_node_get_int (spot.node);
  if (*number < least || *number > most)
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, least);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, most);

      return fail (error, spot.path, _ ("A number from %s to %s is expected here."), from,
                   to);
    }
  return TRUE;
}

static gboolean
read_flag (
  const Spot *object, const char *name, gboolean other, gboolean *flag, GError **error)
{
  g_auto (Spot) spot = { NULL };

  *flag = other;
  if (!find_member (object, name, &spot))
    return TRUE;
  if (json_node_get_value_type (spot.node) != G_TYPE_BOOLEAN)
    return fail (error, spot.path, _ ("true or false is expected here."));
  *flag = json_node_get_boolean (spot.node);
  return TRUE;
}

/* A list of names from a fixed set, as bits in the order of the set. */
static gboolean
read_names (const Spot *spot, const char *const *names, guint *bits, GError **error)
{
  JsonArray *array = want_array (spot, error);
  guint n_names = g_strv_length ((char **) names);

  *bits = 0;
  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *path = g_strdup_printf ("%s[%u]", spot->path, i);
      guint k = n_names;

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        for (k = 0; k < n_names; k++)
          if (strcmp (names[k], json_node_get_string (node)) == 0)
            break;
      if (k == n_names)
        {
          g_autofree char *known = g_strjoinv (", ", (char **) names);

          return fail (error, path, _ ("One of these is expected: %s."), known);
        }
      *bits |= 1u << k;
    }
  return TRUE;
}

static gboolean
parse_time (const char *text, guint *minute)
{
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) ||
      !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) ||
      !g_ascii_isdigit (text[4]))
    return FALSE;
  *minute = (guint) ((text[0] - '0') * 600 + (text[1] - '0') * 60 + (text[3] - '0') * 10 +
                     (text[4] - '0'));
  return text[3] < '6' && *minute < 1440;
}

static gboolean
read_dose (const Spot *spot, BenkPlan *plan, GError **error)
{
  static const char *const known[] = { "time",      "weekdays", "before_min",
                                       "after_min", "alarm",    NULL };
  g_auto (Spot) days = { NULL };
  BenkDoseTime dose = { .weekdays = BENK_WEEKDAYS_ALL };
  const char *time;
  gint64 before, after;

  if (!want_object (spot, known, error) ||
      !read_text (spot, "time", TRUE, &time, error) ||
      !read_number (spot, "before_min", 0, 720, 0, &before, error) ||
      !read_number (spot, "after_min", 0, 720, 60, &after, error) ||
      !read_flag (spot, "alarm", TRUE, &dose.alarm, error))
    return FALSE;
  if (!parse_time (time, &dose.minute))
    {
      g_autofree char *path = g_strconcat (spot->path, ".time", NULL);

      return fail (error, path, _ ("A time such as 08:00 is expected here."));
    }
  if (find_member (spot, "weekdays", &days) &&
      !read_names (&days, benk_plan_file_weekdays, &dose.weekdays, error))
    return FALSE;

  dose.before_min = (guint) before;
  dose.after_min = (guint) after;
  benk_plan_add_dose (plan, &dose);
  return TRUE;
}

static gboolean
read_rule (const Spot *spot, BenkPlan *plan, GError **error)
{
  static const char *const known[] = { "condition", "delay_min", NULL };
  BenkAlarmCondition condition;
  const char *name;
  gint64 delay;

  if (!want_object (spot, known, error) ||
      !read_text (spot, "condition", TRUE, &name, error) ||
      !read_number (spot, "delay_min", 0, 1440, 0, &delay, error))
    return FALSE;
  if (!benk_alarm_condition_from_name (name, &condition))
    {
      g_autofree char *path = g_strconcat (spot->path, ".condition", NULL);

      return fail (error, path, _ ("This alarm is not known."));
    }
  benk_plan_add_rule (plan, condition, (guint) delay);
  return TRUE;
}

static gboolean
read_recipient (const Spot *spot, BenkPlan *plan, GError **error)
{
  static const char *const known[] = { "role", "periods", NULL };
  g_auto (Spot) periods = { NULL };
  guint bits = BENK_DUTY_PERIODS_ALL;
  const char *role;

  if (!want_object (spot, known, error) || !read_text (spot, "role", TRUE, &role, error))
    return FALSE;
  if (find_member (spot, "periods", &periods) &&
      !read_names (&periods, benk_plan_file_periods, &bits, error))
    return FALSE;
  benk_plan_add_recipient (plan, role, (BenkDutyPeriods) bits);
  return TRUE;
}

static gboolean
read_list (const Spot *object,
           const char *name,
           guint most,
           gboolean (*read) (const Spot *, BenkPlan *, GError **),
           BenkPlan *plan,
           GError **error)
{
  g_auto (Spot) list = { NULL };
  JsonArray *array;

  if (!find_member (object, name, &list))
    return fail (error, list.path, _ ("This is missing."));
  array = want_array (&list, error);
  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) > most)
    return fail (error, list.path, _ ("There are more than %u here."), most);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_auto (Spot) item = { json_array_get_element (array, i),
                             g_strdup_printf ("%s[%u]", list.path, i) };

      if (!read (&item, plan, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_texts (const Spot *root, BenkPlan *plan, GError **error)
{
  const char *zone, *language, *valid_from;

  if (!read_text (root, "zone", FALSE, &zone, error) ||
      !read_text (root, "language", FALSE, &language, error) ||
      !read_text (root, "valid_from", FALSE, &valid_from, error))
    return FALSE;
  if (zone != NULL)
    benk_plan_set_zone (plan, zone);
  benk_plan_set_language (plan, language);
  benk_plan_set_valid_from (plan, valid_from);
  return TRUE;
}

static gboolean
read_marks (const Spot *root, BenkPlan *plan, GError **error)
{
  g_auto (Spot) proposed = { NULL };
  gboolean from_roll;
  guint parts = 0;

  if (!read_flag (root, "times_from_roll", FALSE, &from_roll, error) ||
      (find_member (root, "proposed", &proposed) &&
       !read_names (&proposed, benk_plan_file_parts, &parts, error)))
    return FALSE;
  benk_plan_set_times_from_roll (plan, from_roll);
  benk_plan_set_proposed (plan, (BenkPlanParts) parts);
  return TRUE;
}

static gboolean
read_plan (const Spot *root, BenkPlan *plan, GError **error)
{
  static const char *const known[] = { "format",          "zone",       "language",
                                       "volume",          "valid_from", "doses",
                                       "times_from_roll", "alarms",     "recipients",
                                       "proposed",        NULL };
  gint64 format, volume;

  if (!want_object (root, known, error) ||
      !read_number (root, "format", BENK_PLAN_FILE_FORMAT, BENK_PLAN_FILE_FORMAT, 0,
                    &format, error) ||
      !read_texts (root, plan, error) ||
      !read_number (root, "volume", 0, 100, -1, &volume, error) ||
      !read_marks (root, plan, error))
    return FALSE;
  if (format != BENK_PLAN_FILE_FORMAT)
    return fail (error, "$.format", _ ("This is missing."));

  benk_plan_set_volume (plan, (int) volume);
  return read_list (root, "doses", BENK_PLAN_MAX_DOSES, read_dose, plan, error) &&
         read_list (root, "alarms", 32, read_rule, plan, error) &&
         read_list (root, "recipients", 32, read_recipient, plan, error);
}

/* Where in the file a problem of the plan stands; dose times are sorted when read. */
static char *
get_path (const BenkPlanProblem *problem)
{
  static const char *const names[BENK_N_PLAN_FIELDS] = {
    [BENK_PLAN_FIELD_DOSES] = "doses",        [BENK_PLAN_FIELD_ALARMS] = "alarms",
    [BENK_PLAN_FIELD_DAY] = "recipients",     [BENK_PLAN_FIELD_EVENING] = "recipients",
    [BENK_PLAN_FIELD_WEEKEND] = "recipients", [BENK_PLAN_FIELD_RECIPIENTS] = "recipients",
    [BENK_PLAN_FIELD_ZONE] = "zone",          [BENK_PLAN_FIELD_LANGUAGE] = "language",
    [BENK_PLAN_FIELD_VOLUME] = "volume",      [BENK_PLAN_FIELD_VALID_FROM] = "valid_from",
  };
  const char *name = names[problem->field];

  if (problem->item < 0 || problem->field == BENK_PLAN_FIELD_DOSES)
    return g_strconcat ("$.", name, NULL);
  return g_strdup_printf ("$.%s[%d]", name, problem->item);
}

static gboolean
check_whole (const BenkPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) problems = benk_plan_list_problems (plan, NULL, -1);

  for (guint i = 0; i < problems->len; i++)
    {
      const BenkPlanProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *path = get_path (problem);

      if (problem->blocks)
        return fail (error, path, "%s", problem->sentence);
    }
  return TRUE;
}

/* Brackets outside texts; what is no JSON is left to the parser. */
static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean in_text = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_text && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_text = !in_text;
      else if (!in_text && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_text && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

static JsonNode *
parse_json (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;

  if (length == 0 || length > BENK_PLAN_FILE_MAX)
    {
      fail (error, "$",
            length == 0 ? _ ("The file is empty.")
                        : _ ("The file is too large for a plan."));
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) length, NULL) || !is_shallow (text, length))
    {
      fail (error, "$", _ ("The file is not a plan."));
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, (gssize) length, &local))
    {
      fail (error, "$", _ ("The file is not valid JSON: %s"), local->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL)
    fail (error, "$", _ ("The file is empty."));
  return json_parser_steal_root (parser);
}

/**
 * benk_plan_file_parse:
 * @text: (array length=length): a plan as JSON, see data/plan.schema.json
 * @length: how many octets, at most %BENK_PLAN_FILE_MAX
 * @error: return location for a %BENK_ERROR_INVALID that names the place, as in
 *   "$.doses[1].time: …"
 *
 * Reads a plan strictly: what is not known is refused, and a plan that could not be
 * written to a device too.
 *
 * Returns: (transfer full) (nullable): the plan
 */
BenkPlan *
benk_plan_file_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (BenkPlan) plan = benk_plan_new ();
  g_autoptr (JsonNode) root = parse_json (text, length, error);
  g_auto (Spot) spot = { root, g_strdup ("$") };

  if (root == NULL || !read_plan (&spot, plan, error) || !check_whole (plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

/**
 * benk_plan_file_load:
 * @file: a file
 * @cancellable: (nullable): to give up
 * @error: %BENK_ERROR_IO, or as benk_plan_file_parse()
 *
 * Returns: (transfer full) (nullable): the plan in @file
 */
BenkPlan *
benk_plan_file_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  BenkPlan *plan;
  gsize length = 0;

  stream = g_file_read (file, cancellable, &local);
  text = g_malloc (BENK_PLAN_FILE_MAX + 1);
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, BENK_PLAN_FILE_MAX + 1,
                                &length, cancellable, &local))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_IO, _ ("“%s” cannot be read: %s"), name,
                   local->message);
      return NULL;
    }
  plan = benk_plan_file_parse (text, length, error);
  if (plan == NULL)
    g_prefix_error (error, "%s: ", name);
  return plan;
}

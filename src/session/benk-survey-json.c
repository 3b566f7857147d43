/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-survey-run-private.h"

#include "benk-phd-names.h"

#include <json-glib/json-glib.h>

#define ATTR_VALUE_MAP 0x0a55
#define ATTR_TIME_STAMP_ABS 0x0990
#define ABS_TIME 8

static void
add_string (JsonBuilder *json, const char *key, const char *value)
{
  json_builder_set_member_name (json, key);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

static void
add_int (JsonBuilder *json, const char *key, gint64 value)
{
  json_builder_set_member_name (json, key);
  json_builder_add_int_value (json, value);
}

/* A number that was not told. */
static void
add_count (JsonBuilder *json, const char *key, gint64 value)
{
  if (value >= 0)
    add_int (json, key, value);
  else
    add_string (json, key, NULL);
}

static void
add_bool (JsonBuilder *json, const char *key, gboolean value)
{
  json_builder_set_member_name (json, key);
  json_builder_add_boolean_value (json, value);
}

static void
add_code (JsonBuilder *json, const char *key, guint16 code)
{
  g_autofree char *text = g_strdup_printf ("%04x", code);

  add_string (json, key, text);
}

static void
add_octets (JsonBuilder *json, const char *key, GBytes *octets)
{
  g_autofree char *hex = benk_phd_octets_to_hex (octets);

  add_string (json, key, hex);
}

static void
begin_array (JsonBuilder *json, const char *key)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
}

static void
add_value (JsonBuilder *json, guint16 id, GBytes *octets)
{
  g_autofree char *text = NULL;
  double number;

  json_builder_begin_object (json);
  add_code (json, "id", id);
  add_string (json, "name", benk_phd_attr_get_name (id));
  switch (benk_phd_value_describe (id, octets, &number, &text))
    {
    case BENK_PHD_VALUE_NUMBER:
      json_builder_set_member_name (json, "value");
      json_builder_add_double_value (json, number);
      break;
    case BENK_PHD_VALUE_TEXT:
    case BENK_PHD_VALUE_OCTETS:
    default:
      add_string (json, "value", text);
      break;
    }
  add_octets (json, "octets", octets);
  json_builder_end_object (json);
}

static void
add_attrs (JsonBuilder *json, const char *key, GPtrArray *attrs)
{
  begin_array (json, key);
  for (guint i = 0; attrs != NULL && i < attrs->len; i++)
    {
      const BenkAttr *attr = g_ptr_array_index (attrs, i);

      add_value (json, attr->id, attr->value);
    }
  json_builder_end_array (json);
}

static void
add_specs (JsonBuilder *json, const BenkSurvey *survey)
{
  BenkMderReader reader;
  BenkMderReader list;
  guint count;

  begin_array (json, "specializations");
  benk_mder_reader_init_bytes (&reader, survey->mds_attrs != NULL
                                          ? benk_attrs_find (survey->mds_attrs,
                                                             BENK_ATTR_TYPE_SPECS)
                                          : NULL);
  list = benk_mder_read_list (&reader, 4, &count);
  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      guint16 code = benk_mder_read_u16 (&list);
      guint16 version = benk_mder_read_u16 (&list);

      json_builder_begin_object (json);
      add_int (json, "code", code);
      add_string (json, "name", benk_phd_spec_get_name (code));
      add_int (json, "version", version);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_identity (JsonBuilder *json, const BenkSurvey *survey)
{
  const BenkMds *mds = &survey->mds;
  g_autofree char *mds_id = mds->has_system_id ? benk_mds_dup_system_id (mds) : NULL;
  g_autoptr (GBytes) offered =
    survey->assoc != NULL ? g_bytes_new (survey->assoc->system_id, 8) : NULL;
  g_autofree char *offered_id = offered != NULL ? benk_phd_octets_to_hex (offered) : NULL;

  add_string (json, "system_id", mds_id != NULL ? mds_id : offered_id);
  if (survey->assoc != NULL)
    add_code (json, "config_id", survey->assoc->config_id);
  else
    add_string (json, "config_id", NULL);
  add_specs (json, survey);
  add_bool (json, "medication_monitor", mds->is_med_monitor);
  add_string (json, "maker", mds->maker);
  add_string (json, "model", mds->model);
  add_string (json, "serial", mds->serial);
  add_string (json, "hardware", mds->hardware);
  add_string (json, "firmware", mds->firmware);
  add_bool (json, "simulated", benk_mds_is_simulated (mds));
  add_count (json, "battery_percent", mds->battery);
}

static const BenkConfigObject *
find_object (const BenkSurvey *survey, guint16 handle)
{
  for (guint i = 0; survey->config != NULL && i < survey->config->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (survey->config->objects, i);

      if (object->handle == handle)
        return object;
    }

  return NULL;
}

static void
add_objects (JsonBuilder *json, const BenkSurvey *survey)
{
  begin_array (json, "objects");
  for (guint i = 0; survey->config != NULL && i < survey->config->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (survey->config->objects, i);

      json_builder_begin_object (json);
      add_int (json, "handle", object->handle);
      add_int (json, "class", object->class_id);
      add_string (json, "class_name", benk_phd_class_get_name (object->class_id));
      add_attrs (json, "attributes", object->attrs);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* A fixed report is the values of the object's value map, one after the other; when the
 * lengths do not agree nothing is said about the values. */
static void
add_fixed (JsonBuilder *json, const BenkSurvey *survey, const BenkObservation *seen)
{
  const BenkConfigObject *object = find_object (survey, seen->handle);
  guint size =
    object != NULL ? benk_config_get_fixed_size (survey->config, seen->handle) : 0;
  BenkMderReader map;
  BenkMderReader list;
  BenkMderReader octets;
  guint count = 0;

  begin_array (json, "values");
  benk_mder_reader_init_bytes (&octets, seen->octets);
  if (size > 0 && size == benk_mder_reader_left (&octets))
    {
      benk_mder_reader_init_bytes (&map, benk_attrs_find (object->attrs, ATTR_VALUE_MAP));
      list = benk_mder_read_list (&map, 4, &count);
    }
  for (guint i = 0; i < count; i++)
    {
      guint16 id = benk_mder_read_u16 (&list);
      g_autoptr (GBytes) value =
        benk_mder_read_bytes (&octets, benk_mder_read_u16 (&list));

      if (value != NULL)
        add_value (json, id, value);
    }
  json_builder_end_array (json);
}

static void
add_observations (JsonBuilder *json, const BenkSurvey *survey, GPtrArray *observations)
{
  begin_array (json, "observations");
  for (guint i = 0; observations != NULL && i < observations->len; i++)
    {
      const BenkObservation *seen = g_ptr_array_index (observations, i);

      json_builder_begin_object (json);
      add_int (json, "handle", seen->handle);
      if (seen->octets != NULL)
        add_fixed (json, survey, seen);
      else
        add_attrs (json, "values", seen->attrs);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_events (JsonBuilder *json, const BenkSurvey *survey)
{
  begin_array (json, "events");
  for (guint i = 0; i < survey->events->len; i++)
    {
      const BenkSurveyEvent *event = g_ptr_array_index (survey->events, i);

      json_builder_begin_object (json);
      add_int (json, "handle", event->handle);
      add_code (json, "type", event->type);
      add_string (json, "type_name", benk_phd_event_get_name (event->type));
      add_bool (json, "confirmed", event->confirmed);
      add_octets (json, "octets", event->info);
      add_observations (json, survey, event->observations);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  add_int (json, "events_dropped", survey->n_dropped);
}

static void
add_entry (JsonBuilder *json, const BenkSurveySegment *segment, gsize at)
{
  g_autoptr (GBytes) entry =
    g_bytes_new (segment->entries->data + at, segment->info.entry_size);
  g_autofree char *time = NULL;
  double ignored;

  if (segment->info.has_abs_time)
    {
      g_autoptr (GBytes) stamp = g_bytes_new_from_bytes (entry, 0, ABS_TIME);

      benk_phd_value_describe (ATTR_TIME_STAMP_ABS, stamp, &ignored, &time);
    }
  json_builder_begin_object (json);
  add_string (json, "time", time);
  add_octets (json, "octets", entry);
  json_builder_end_object (json);
}

static void
add_segment (JsonBuilder *json, const BenkSurveySegment *segment)
{
  gsize size = segment->info.entry_size;
  gboolean fits = size > 0 && segment->entries->len == size * segment->count;
  g_autoptr (GBytes) all = g_bytes_new (segment->entries->data, segment->entries->len);

  json_builder_begin_object (json);
  add_int (json, "instance", segment->info.instance);
  add_count (json, "usage", segment->info.usage);
  add_int (json, "transferred", segment->count);
  add_bool (json, "whole", segment->whole);
  begin_array (json, "entries");
  for (gsize at = 0; fits && at < segment->entries->len; at += size)
    add_entry (json, segment, at);
  json_builder_end_array (json);
  add_octets (json, "octets", all);
  json_builder_end_object (json);
}

static void
add_stores (JsonBuilder *json, const BenkSurvey *survey)
{
  begin_array (json, "pm_stores");
  for (guint i = 0; i < survey->stores->len; i++)
    {
      const BenkSurveyStore *store = g_ptr_array_index (survey->stores, i);

      json_builder_begin_object (json);
      add_int (json, "handle", store->handle);
      add_count (json, "usage", store->info.usage);
      add_attrs (json, "attributes", store->attrs);
      begin_array (json, "segments");
      for (guint j = 0; j < store->segments->len; j++)
        add_segment (json, g_ptr_array_index (store->segments, j));
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * benk_survey_to_json:
 * @survey: what was learned
 * @peer: (nullable): address and port of the agent
 * @outcome: one stable word
 * @problem: (nullable): why it is not whole, in words
 *
 * Returns: (transfer full): one JSON object, as `agent` in ctl.schema.json
 */
char *
benk_survey_to_json (const BenkSurvey *survey,
                     const char *peer,
                     const char *outcome,
                     const char *problem)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  add_string (json, "peer", peer);
  add_string (json, "link", benk_link_kind_to_name (BENK_LINK_KIND_NETWORK));
  add_string (json, "outcome", outcome);
  add_string (json, "problem", problem);
  add_identity (json, survey);
  add_attrs (json, "mds", survey->mds_attrs);
  add_objects (json, survey);
  add_stores (json, survey);
  add_events (json, survey);
  begin_array (json, "faults");
  for (guint i = 0; i < survey->faults->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (survey->faults, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
  root = json_builder_get_root (json);

  return json_to_string (root, FALSE);
}

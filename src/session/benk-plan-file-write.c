/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-file-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "benk-document-private.h"

static void
compose_names (JsonBuilder *builder,
               const char *member,
               const char *const *names,
               guint bits)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint k = 0; names[k] != NULL; k++)
    if ((bits & 1u << k) != 0)
      json_builder_add_string_value (builder, names[k]);
  json_builder_end_array (builder);
}

static void
compose_doses (const BenkPlan *plan, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "doses");
  json_builder_begin_array (builder);
  for (guint i = 0; i < benk_plan_get_n_doses (plan); i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);
      g_autofree char *time =
        g_strdup_printf ("%02u:%02u", dose->minute / 60, dose->minute % 60);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "time");
      json_builder_add_string_value (builder, time);
      compose_names (builder, "weekdays", benk_plan_file_weekdays, dose->weekdays);
      json_builder_set_member_name (builder, "before_min");
      json_builder_add_int_value (builder, dose->before_min);
      json_builder_set_member_name (builder, "after_min");
      json_builder_add_int_value (builder, dose->after_min);
      json_builder_set_member_name (builder, "alarm");
      json_builder_add_boolean_value (builder, dose->alarm);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
compose_rules (const BenkPlan *plan, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "alarms");
  json_builder_begin_array (builder);
  for (guint i = 0; i < benk_plan_get_n_rules (plan); i++)
    {
      const BenkAlarmRule *rule = benk_plan_get_rule (plan, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "condition");
      json_builder_add_string_value (builder,
                                     benk_alarm_condition_to_name (rule->condition));
      json_builder_set_member_name (builder, "delay_min");
      json_builder_add_int_value (builder, rule->delay_min);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
compose_recipients (const BenkPlan *plan, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "recipients");
  json_builder_begin_array (builder);
  for (guint i = 0; i < benk_plan_get_n_recipients (plan); i++)
    {
      const BenkRecipient *recipient = benk_plan_get_recipient (plan, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "role");
      json_builder_add_string_value (builder, recipient->role);
      compose_names (builder, "periods", benk_plan_file_periods, recipient->periods);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static JsonNode *
compose_root (const BenkPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, BENK_PLAN_FILE_FORMAT);
  json_builder_set_member_name (builder, "zone");
  json_builder_add_string_value (builder, benk_plan_get_zone (plan));
  if (benk_plan_get_language (plan) != NULL)
    {
      json_builder_set_member_name (builder, "language");
      json_builder_add_string_value (builder, benk_plan_get_language (plan));
    }
  if (benk_plan_get_volume (plan) >= 0)
    {
      json_builder_set_member_name (builder, "volume");
      json_builder_add_int_value (builder, benk_plan_get_volume (plan));
    }
  if (benk_plan_get_valid_from (plan) != NULL)
    {
      json_builder_set_member_name (builder, "valid_from");
      json_builder_add_string_value (builder, benk_plan_get_valid_from (plan));
    }
  compose_doses (plan, builder);
  if (benk_plan_get_times_from_roll (plan))
    {
      json_builder_set_member_name (builder, "times_from_roll");
      json_builder_add_boolean_value (builder, TRUE);
    }
  compose_rules (plan, builder);
  compose_recipients (plan, builder);
  if (benk_plan_get_proposed (plan) != 0)
    compose_names (builder, "proposed", benk_plan_file_parts,
                   benk_plan_get_proposed (plan));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * benk_plan_file_compose:
 * @plan: a plan
 *
 * Writes a plan in the one form that is kept and hashed; benk_plan_file_parse() gives an
 * equal plan.
 *
 * Returns: (transfer full): JSON
 */
char *
benk_plan_file_compose (const BenkPlan *plan)
{
  g_autoptr (JsonNode) root = compose_root (plan);

  return json_to_string (root, FALSE);
}

/**
 * benk_plan_file_save:
 * @plan: a plan
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): to give up
 * @error: %BENK_ERROR_FULL, %BENK_ERROR_CANCELLED or %BENK_ERROR_IO; then what was there
 * is kept
 *
 * Writes a plan for people to read, to hand over, and to be read again.
 *
 * Returns: %FALSE with @error set
 */
gboolean
benk_plan_file_save (const BenkPlan *plan,
                     GFile *file,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (JsonNode) root = compose_root (plan);
  g_autofree char *json = json_to_string (root, TRUE);
  char *text = g_strconcat (json, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return benk_document_write_file (file, bytes, cancellable, error);
}

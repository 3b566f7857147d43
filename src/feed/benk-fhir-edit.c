/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-edit.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "benk-error.h"
#include "benk-fhir-private.h"
#include "benk-fhir-time.h"
#include "benk-json-scan.h"

/* One replacement in the text of a resource. */
typedef struct
{
  gsize at;
  gsize length;
  char *text;
} Splice;

static JsonBuilder *
add_pair (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  return json_builder_add_string_value (builder, value);
}

/* mitigation.action is 1..1 in R4; its code is the national step of follow-up. */
static char *
write_mitigation (const BenkFhirStep *step, const char *event, const char *display)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *date = benk_fhir_time_format (step->at_ms);
  g_autofree char *author = g_strconcat ("urn:uuid:", step->author_id, NULL);

  json_builder_begin_object (builder);
  add_pair (builder, "id", step->id);
  json_builder_set_member_name (builder, "action");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "coding");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_pair (builder, "system", BENK_FHIR_VKP "vkp-composition-event-v090");
  add_pair (builder, "code", event);
  add_pair (builder, "display", display);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  if (step->text)
    add_pair (builder, "text", step->text);
  json_builder_end_object (builder);
  add_pair (builder, "date", date);
  json_builder_set_member_name (builder, "author");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "identifier");
  json_builder_begin_object (builder);
  add_pair (builder, "system", "urn:ietf:rfc:3986");
  add_pair (builder, "value", author);
  json_builder_end_object (builder);
  add_pair (builder, "display", step->author_name);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Behind the last element of a list, before its bracket; or a list made of what was one.
 */
static Splice
splice_mitigation (BenkJsonSpan root, const char *base, const char *mitigation)
{
  BenkJsonSpan list;
  Splice splice = { 0 };

  if (!benk_json_span_member (root, "mitigation", &list))
    {
      splice.at = (gsize) (root.start - base) + root.length - 1;
      splice.text = g_strdup_printf (",\"mitigation\":[%s]", mitigation);
    }
  else if (list.start[0] == '[')
    {
      g_autoptr (GArray) elements = benk_json_span_elements (list);

      splice.at = (gsize) (list.start - base) + list.length - 1;
      splice.text = g_strconcat (elements->len > 0 ? "," : "", mitigation, NULL);
    }
  else
    {
      gboolean keep = list.start[0] == '{';

      splice.at = (gsize) (list.start - base);
      splice.length = list.length;
      splice.text = g_strdup_printf ("[%.*s%s%s]", keep ? (int) list.length : 0,
                                     list.start, keep ? "," : "", mitigation);
    }
  return splice;
}

static Splice
splice_status (BenkJsonSpan root, const char *base, const char *status)
{
  BenkJsonSpan value;
  Splice splice = { 0 };

  if (benk_json_span_member (root, "status", &value))
    {
      splice.at = (gsize) (value.start - base);
      splice.length = value.length;
      splice.text = g_strdup_printf ("\"%s\"", status);
    }
  else
    {
      splice.at = (gsize) (root.start - base) + root.length - 1;
      splice.text = g_strdup_printf (",\"status\":\"%s\"", status);
    }
  return splice;
}

static void
apply (GString *text, Splice *splice)
{
  g_string_erase (text, (gssize) splice->at, (gssize) splice->length);
  g_string_insert (text, (gssize) splice->at, splice->text);
  g_clear_pointer (&splice->text, g_free);
}

/* Two cuts in the octets that were read; every other octet stays as it came. */
static GBytes *
edit (GBytes *resource, const char *status, const char *mitigation, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (resource, &length);
  const char *open = length > 0 ? memchr (data, '{', length) : NULL;
  BenkJsonSpan root = { open, 0 };
  const char *end = data + length;
  Splice first;
  Splice second = { 0 };
  GString *text;

  while (open && end > open && g_ascii_isspace (end[-1]))
    end--;
  root.length = open ? (gsize) (end - open) : 0;
  if (root.length < 3 || !benk_json_check (root.start, root.length, NULL))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The alarm as read cannot be changed: it is not JSON."));
      return NULL;
    }
  text = g_string_new_len (data, (gssize) length);
  first = splice_mitigation (root, data, mitigation);
  if (status)
    second = splice_status (root, data, status);
  if (status && second.at > first.at)
    apply (text, &second);
  apply (text, &first);
  if (second.text)
    apply (text, &second);
  return g_string_free_to_bytes (text);
}

/**
 * benk_fhir_edit_take:
 * @resource: the alarm as it was read
 * @step: who takes it, and when
 * @error: return location
 *
 * Writes into the alarm that somebody has it: a mitigation with the national step 1,
 * "hendelse behandles". The status stays as it is.
 *
 * Returns: (transfer full): the alarm to be sent back, otherwise letter by letter the
 * same; %BENK_ERROR_PROTOCOL if @resource is not JSON
 */
GBytes *
benk_fhir_edit_take (GBytes *resource, const BenkFhirStep *step, GError **error)
{
  g_autofree char *mitigation =
    write_mitigation (step, BENK_FHIR_EVENT_TAKEN, "hendelse behandles");

  return edit (resource, NULL, mitigation, error);
}

/**
 * benk_fhir_edit_close:
 * @resource: the alarm as it was read
 * @step: who closes it, when, and what was done
 * @error: return location
 *
 * Writes into the alarm that it is closed: a mitigation with the national step 3,
 * "hendelse kvittert", and the status final.
 *
 * Returns: (transfer full): the alarm to be sent back, otherwise letter by letter the
 * same; %BENK_ERROR_PROTOCOL if @resource is not JSON
 */
GBytes *
benk_fhir_edit_close (GBytes *resource, const BenkFhirStep *step, GError **error)
{
  g_autofree char *mitigation =
    write_mitigation (step, BENK_FHIR_EVENT_CLOSED, "hendelse kvittert");

  return edit (resource, "final", mitigation, error);
}

/**
 * benk_fhir_edit_reopen:
 * @resource: the alarm as it was read
 * @step: who opens it again, and when
 * @error: return location
 *
 * Writes into the alarm that it is open again: a mitigation with the national step 0,
 * "hendelse meldt", and the status preliminary.
 *
 * Returns: (transfer full): the alarm to be sent back, otherwise letter by letter the
 *   same; %BENK_ERROR_PROTOCOL if @resource is not JSON
 */
GBytes *
benk_fhir_edit_reopen (GBytes *resource, const BenkFhirStep *step, GError **error)
{
  g_autofree char *mitigation =
    write_mitigation (step, BENK_FHIR_EVENT_RAISED, "hendelse meldt");

  return edit (resource, "preliminary", mitigation, error);
}

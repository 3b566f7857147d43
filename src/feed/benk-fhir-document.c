/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-document.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "benk-error.h"
#include "benk-fhir-private.h"
#include "benk-fhir-time.h"
#include "benk-json-read.h"

#define PROFILE "http://ehelse.no/fhir/StructureDefinition/"
#define DEVICE_NAME "Medisindispenser"

/* While a document is being put together. */
typedef struct
{
  const BenkFhirFollowup *followup;
  JsonObject *issue;
  BenkFhirIssue *source; /* its device, as a feed reads it */
  JsonBuilder *builder;
  char *composition;
  char *encounter;
  char *detected;
  char *device;
} Writing;

static void
name (Writing *w, const char *member)
{
  json_builder_set_member_name (w->builder, member);
}

static void
pair (Writing *w, const char *member, const char *value)
{
  name (w, member);
  json_builder_add_string_value (w->builder, value);
}

static void
begin (Writing *w, const char *member)
{
  if (member)
    name (w, member);
  json_builder_begin_object (w->builder);
}

static void
end (Writing *w)
{
  json_builder_end_object (w->builder);
}

static void
begin_list (Writing *w, const char *member)
{
  name (w, member);
  json_builder_begin_array (w->builder);
}

static void
end_list (Writing *w)
{
  json_builder_end_array (w->builder);
}

static void
time_pair (Writing *w, const char *member, gint64 ms)
{
  g_autofree char *text = benk_fhir_time_format (ms);

  pair (w, member, text);
}

/* The inside of a CodeableConcept of one coding. */
static void
coding (Writing *w, const char *system, const char *code, const char *display)
{
  begin_list (w, "coding");
  begin (w, NULL);
  pair (w, "system", system);
  pair (w, "code", code);
  pair (w, "display", display);
  end (w);
  end_list (w);
}

static void
identifier (Writing *w, const char *system, const char *value)
{
  pair (w, "system", system);
  pair (w, "value", value);
}

static void
begin_resource (Writing *w, const char *url, const char *type, const char *profile)
{
  begin (w, NULL);
  pair (w, "fullUrl", url);
  begin (w, "resource");
  pair (w, "resourceType", type);
  if (profile)
    {
      begin (w, "meta");
      begin_list (w, "profile");
      json_builder_add_string_value (w->builder, profile);
      end_list (w);
      end (w);
    }
}

static void
end_resource (Writing *w)
{
  end (w);
  end (w);
}

/* Copied out of the alarm as it was read: identifier and display, nothing else. */
static void
subject (Writing *w, const char *member)
{
  JsonObject *patient = benk_json_get_object (w->issue, "patient");
  JsonObject *number = benk_json_nth (patient, "identifier", 0);
  const char *display = benk_json_get_string (patient, "display");

  begin (w, member);
  begin (w, "identifier");
  identifier (w, benk_json_get_string (number, "system"),
              benk_json_get_string (number, "value"));
  end (w);
  if (display)
    pair (w, "display", display);
  end (w);
}

static void
person (Writing *w)
{
  g_autofree char *urn = g_strconcat ("urn:uuid:", w->followup->author_id, NULL);

  begin (w, "identifier");
  identifier (w, "urn:ietf:rfc:3986", urn);
  end (w);
  pair (w, "display", w->followup->author_name);
}

/* vkp-composition-event-v090; there is no 2. */
static const struct
{
  const char *code;
  const char *display;
} event_names[] = {
  { "0", "hendelse meldt" },
  { "1", "hendelse behandles" },
  { "3", "hendelse kvittert" },
  { "4", "hendelse til utrykning" },
  { "5", "hendelse ok utrykning" },
  { "6", "årsak" },
  { "7", "tiltak" },
  { "8", "samtale" },
  { "9", "aksjon" },
  { "10", "annen aktør" },
};

static const char *
get_event_display (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (event_names); i++)
    if (g_str_equal (event_names[i].code, code))
      return event_names[i].display;
  return NULL;
}

static void
write_event (Writing *w, const BenkFhirEvent *event)
{
  const char *display = get_event_display (event->code);

  g_return_if_fail (display != NULL);
  begin (w, NULL);
  begin_list (w, "code");
  begin (w, NULL);
  coding (w, BENK_FHIR_VKP "vkp-composition-event-v090", event->code, display);
  if (event->text)
    pair (w, "text", event->text);
  end (w);
  end_list (w);
  if (event->at_ms > 0)
    {
      begin (w, "period");
      time_pair (w, "start", event->at_ms);
      end (w);
    }
  end (w);
}

/* In order of time; what is told of one moment stays in the order it was given. */
static void
add_event (GArray *events, const char *code, const char *text, gint64 at_ms)
{
  BenkFhirEvent added = { code, text, at_ms };
  guint at = events->len;

  if (at_ms <= 0)
    return;
  while (at > 0 && g_array_index (events, BenkFhirEvent, at - 1).at_ms > at_ms)
    at--;
  g_array_insert_val (events, at, added);
}

static void
write_events (Writing *w)
{
  const BenkFhirFollowup *f = w->followup;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (BenkFhirEvent));

  add_event (events, "0", NULL, f->raised_ms);
  add_event (events, "1", NULL, f->taken_ms);
  add_event (events, "8", NULL, f->call_start_ms);
  for (guint i = 0; i < f->n_events; i++)
    if (f->events[i].at_ms > 0)
      add_event (events, f->events[i].code, f->events[i].text, f->events[i].at_ms);
    else
      g_array_append_val (events, f->events[i]);
  if (f->cause)
    add_event (events, "6", f->cause, f->closed_ms);
  if (f->action)
    add_event (events, "7", f->action, f->closed_ms);
  add_event (events, "3", NULL, f->closed_ms);
  begin_list (w, "event");
  for (guint i = 0; i < events->len; i++)
    write_event (w, &g_array_index (events, BenkFhirEvent, i));
  end_list (w);
}

static char *
describe (const BenkFhirFollowup *f)
{
  g_autofree char *text = NULL;

  if (f->description && f->description[0])
    text = g_strdup (f->description);
  else
    text = g_strdup_printf ("Årsak: %s. Tiltak: %s.", f->cause ? f->cause : "ukjent",
                            f->action ? f->action : "ingen");
  return g_markup_escape_text (text, -1);
}

static void
write_section (Writing *w)
{
  g_autofree char *text = describe (w->followup);
  g_autofree char *div =
    g_strdup_printf ("<div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div>", text);

  begin_list (w, "section");
  begin (w, NULL);
  pair (w, "title", "Beskrivelse av oppfølging");
  begin (w, "code");
  coding (w, BENK_FHIR_VKP "vkp-composition-section-v090", "1.1",
          "beskrivelse av oppfølging");
  end (w);
  begin (w, "text");
  pair (w, "status", "additional");
  pair (w, "div", div);
  end (w);
  begin_list (w, "entry");
  begin (w, NULL);
  pair (w, "reference", w->detected);
  end (w);
  end_list (w);
  end (w);
  end_list (w);
}

static void
write_composition (Writing *w)
{
  begin_resource (w, w->composition, "Composition", PROFILE "vkp-Composition-v090");
  pair (w, "status", "final");
  begin (w, "type");
  coding (w, "http://loinc.org", "34133-9", "Summary of episode note");
  end (w);
  begin_list (w, "category");
  begin (w, NULL);
  coding (w, BENK_FHIR_VKP "vkp-composition-category-v090", "1", "Trygghet og mestring");
  end (w);
  end_list (w);
  subject (w, "subject");
  if (w->followup->call_start_ms > 0)
    {
      begin (w, "encounter");
      pair (w, "reference", w->encounter);
      end (w);
    }
  time_pair (w, "date", w->followup->at_ms);
  begin_list (w, "author");
  begin (w, NULL);
  person (w);
  end (w);
  end_list (w);
  pair (w, "title", "Journalnotat for respons på hendelse");
  write_events (w);
  write_section (w);
  end_resource (w);
}

static void
period (Writing *w)
{
  const BenkFhirFollowup *f = w->followup;

  begin (w, "period");
  time_pair (w, "start", f->call_start_ms);
  time_pair (w, "end", MAX (f->call_end_ms, f->call_start_ms));
  end (w);
}

/* Only for a two-way call: every national mode of an Encounter is sound or picture. */
static void
write_encounter (Writing *w)
{
  BenkId id = benk_id_new_named ("encounter", w->composition);
  g_autofree char *made = benk_id_to_string (&id);
  g_autofree char *urn = g_strconcat ("urn:uuid:", made, NULL);

  begin_resource (w, w->encounter, "Encounter", PROFILE "vkp-Encounter-v090");
  begin_list (w, "identifier");
  begin (w, NULL);
  identifier (w, "urn:ietf:rfc:3986", urn);
  end (w);
  end_list (w);
  pair (w, "status", "finished");
  begin (w, "class");
  pair (w, "system", "http://terminology.hl7.org/CodeSystem/v3-ActCode");
  pair (w, "code", "VR");
  pair (w, "display", "virtual");
  end (w);
  subject (w, "subject");
  begin_list (w, "participant");
  begin (w, NULL);
  begin_list (w, "type");
  begin (w, NULL);
  coding (w, BENK_FHIR_VKP "vkp-encounter-mode-v090", "2", "toveis tale");
  end (w);
  end_list (w);
  period (w);
  begin (w, "individual");
  person (w);
  end (w);
  end (w);
  end_list (w);
  period (w);
  begin_list (w, "reasonCode");
  begin (w, NULL);
  coding (w, BENK_FHIR_VKP "vkp-encounter-reason-v090", "2", "hendelsesbasert tilsyn");
  end (w);
  end_list (w);
  end_resource (w);
}

/* A member of the alarm as it stands there, whatever is in it. */
static void
copy (Writing *w, const char *member)
{
  JsonNode *node = json_object_get_member (w->issue, member);

  if (node == NULL)
    return;
  name (w, member);
  json_builder_add_value (w->builder, json_node_copy (node));
}

static void
write_detected (Writing *w)
{
  begin_resource (w, w->detected, "DetectedIssue", PROFILE "vkp-DetectedIssue-v090");
  copy (w, "identifier");
  pair (w, "status", "final");
  copy (w, "code");
  copy (w, "severity");
  subject (w, "patient");
  copy (w, "identifiedDateTime");
  copy (w, "identifiedPeriod");
  begin (w, "author");
  pair (w, "reference", w->device);
  end (w);
  end_resource (w);
}

/* What kind of number a serial is, its source says: only of that same serial. */
static const char *
get_serial_system (const BenkFhirFollowup *f, const BenkFhirIssue *source)
{
  if (f->serial_system)
    return f->serial_system;
  if (f->serial && g_strcmp0 (f->serial, source->serial) != 0)
    return NULL;
  return source->serial_system;
}

static void
write_device (Writing *w)
{
  const char *serial = w->followup->serial ? w->followup->serial : w->source->serial;
  const char *system = get_serial_system (w->followup, w->source);
  const char *model = w->followup->device_name;

  begin_resource (w, w->device, "Device", NULL);
  if (serial && system)
    {
      begin_list (w, "identifier");
      begin (w, NULL);
      identifier (w, system, serial);
      end (w);
      end_list (w);
    }
  if (serial)
    pair (w, "serialNumber", serial);
  begin_list (w, "deviceName");
  begin (w, NULL);
  pair (w, "name", model ? model : DEVICE_NAME);
  pair (w, "type", "model-name");
  end (w);
  end_list (w);
  end_resource (w);
}

/* The same names each time, so that a document sent again is the same document. */
static char *
entry_url (const BenkFhirFollowup *followup, const char *part)
{
  g_autofree char *step = benk_id_to_string (&followup->id);
  BenkId id = benk_id_new_named (step, part);
  g_autofree char *made = benk_id_to_string (&id);

  return g_strconcat ("urn:uuid:", made, NULL);
}

static void
write_bundle (Writing *w)
{
  g_autofree char *step = benk_id_to_string (&w->followup->id);
  g_autofree char *urn = g_strconcat ("urn:uuid:", step, NULL);

  begin (w, NULL);
  pair (w, "resourceType", "Bundle");
  begin (w, "identifier");
  identifier (w, "urn:ietf:rfc:3986", urn);
  end (w);
  pair (w, "type", "document");
  time_pair (w, "timestamp", w->followup->at_ms);
  begin_list (w, "entry");
  write_composition (w);
  if (w->followup->call_start_ms > 0)
    write_encounter (w);
  write_detected (w);
  write_device (w);
  end_list (w);
  end (w);
}

static gboolean
has_subject (JsonObject *issue, GError **error)
{
  JsonObject *patient = benk_json_get_object (issue, "patient");
  JsonObject *number = benk_json_nth (patient, "identifier", 0);

  if (benk_json_get_string (number, "system") && benk_json_get_string (number, "value"))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ (
                 "The alarm does not say whom it is about, so no document can be sent."));
  return FALSE;
}

/**
 * benk_fhir_followup_compose:
 * @followup: what was done
 * @resource: the alarm, read just now
 * @error: return location
 *
 * Makes the follow-up document of vkp.md 10: a document Bundle of Composition,
 * DetectedIssue and Device, with an Encounter only where a two-way call took place. What
 * comes back holds a national number: send it and let it go.
 *
 * Returns: (transfer full): the Bundle; %BENK_ERROR_INVALID if @resource names no subject
 */
GBytes *
benk_fhir_followup_compose (const BenkFhirFollowup *followup,
                            GBytes *resource,
                            GError **error)
{
  g_autoptr (JsonObject) issue = benk_json_parse (resource, error);
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  Writing w = { .followup = followup, .issue = issue };
  char *text;

  if (issue == NULL || !has_subject (issue, error))
    return NULL;
  builder = json_builder_new ();
  w.builder = builder;
  w.composition = entry_url (followup, "composition");
  w.encounter = entry_url (followup, "encounter");
  w.detected = entry_url (followup, "detected-issue");
  w.device = entry_url (followup, "device");
  w.source = benk_fhir_issue_read_device (issue);
  write_bundle (&w);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_free (w.composition);
  g_free (w.encounter);
  g_free (w.detected);
  g_free (w.device);
  benk_fhir_issue_free (w.source);
  return g_bytes_new_take (text, strlen (text));
}

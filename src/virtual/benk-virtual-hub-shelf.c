/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

#define VKP "http://ehelse.no/fhir/CodeSystem/"

static void
hub_issue_free (BenkHubIssue *issue)
{
  g_free (issue->id);
  g_free (issue->text);
  g_free (issue->version_id);
  g_free (issue);
}

static void
hub_document_free (BenkHubDocument *document)
{
  g_free (document->id);
  g_free (document->identifier);
  g_free (document->text);
  g_free (document);
}

static void
init (BenkHubShelf *shelf, const char *type, const char *prefix)
{
  shelf->type = type;
  shelf->prefix = prefix;
  shelf->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_issue_free);
  shelf->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  shelf->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_document_free);
}

void
benk_hub_shelf_init (BenkHubShelf *shelf)
{
  init (shelf, "DetectedIssue", "di");
  shelf->dispenses = g_new0 (BenkHubShelf, 1);
  init (shelf->dispenses, "MedicationDispense", "md");
}

void
benk_hub_shelf_clear (BenkHubShelf *shelf)
{
  if (shelf->dispenses)
    benk_hub_shelf_clear (shelf->dispenses);
  g_clear_pointer (&shelf->dispenses, g_free);
  g_clear_pointer (&shelf->issues, g_ptr_array_unref);
  g_clear_pointer (&shelf->gone, g_hash_table_unref);
  g_clear_pointer (&shelf->documents, g_ptr_array_unref);
}

/* FHIR instant in UTC with milliseconds. */
char *
benk_hub_instant (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (ms % 1000));
}

char *
benk_hub_object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

JsonObject *
benk_hub_parse_object (const char *text, gssize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return json_object_ref (json_node_get_object (root));
}

BenkHubIssue *
benk_hub_shelf_find (BenkHubShelf *shelf, const char *id)
{
  for (guint i = 0; i < shelf->issues->len; i++)
    {
      BenkHubIssue *issue = g_ptr_array_index (shelf->issues, i);

      if (g_str_equal (issue->id, id))
        return issue;
    }
  return NULL;
}

/* Server time never runs backwards, whatever the clock does. */
static void
stamp (BenkHubShelf *shelf, BenkHubIssue *issue, gint64 now_ms)
{
  shelf->last_ms = MAX (shelf->last_ms, now_ms);
  issue->updated_ms = shelf->last_ms;
  issue->seq = ++shelf->last_seq;
  issue->version++;
}

/* What the server calls this version: to others it means nothing. */
static char *
name_version (BenkHubShelf *shelf, const BenkHubIssue *issue)
{
  g_autofree char *seed = g_strdup_printf ("%s/%u", issue->id, issue->version);
  g_autofree char *hash = NULL;

  if ((shelf->manners & BENK_HUB_MANNER_VERSION_UUID) == 0)
    return g_strdup_printf ("%u", issue->version);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  return g_strdup_printf ("%.8s-%.4s-4%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12,
                          hash + 15, hash + 18);
}

static void
write_text (BenkHubShelf *shelf, BenkHubIssue *issue, JsonObject *resource)
{
  JsonObject *meta;
  g_autofree char *updated = benk_hub_instant (issue->updated_ms);

  if (!json_object_has_member (resource, "meta") ||
      !JSON_NODE_HOLDS_OBJECT (json_object_get_member (resource, "meta")))
    json_object_set_object_member (resource, "meta", json_object_new ());
  meta = json_object_get_object_member (resource, "meta");
  g_free (issue->version_id);
  issue->version_id = name_version (shelf, issue);
  if (shelf->manners & BENK_HUB_MANNER_VERSION_NUMBER)
    json_object_set_int_member (meta, "versionId", issue->version);
  else
    json_object_set_string_member (meta, "versionId", issue->version_id);
  json_object_set_string_member (meta, "lastUpdated", updated);
  json_object_set_string_member (resource, "id", issue->id);
  g_free (issue->text);
  issue->text = benk_hub_object_to_text (resource);
}

BenkHubIssue *
benk_hub_shelf_add (BenkHubShelf *shelf, JsonObject *resource, gint64 now_ms)
{
  BenkHubIssue *issue = g_new0 (BenkHubIssue, 1);

  issue->id = g_strdup_printf ("%s-%u", shelf->prefix, ++shelf->last_id);
  stamp (shelf, issue, now_ms);
  write_text (shelf, issue, resource);
  g_ptr_array_add (shelf->issues, issue);
  return issue;
}

/* Served letter by letter, so that a test can put something broken among the rest. */
BenkHubIssue *
benk_hub_shelf_add_text (BenkHubShelf *shelf, const char *text, gint64 now_ms)
{
  BenkHubIssue *issue = g_new0 (BenkHubIssue, 1);

  issue->id = g_strdup_printf ("%s-%u", shelf->prefix, ++shelf->last_id);
  stamp (shelf, issue, now_ms);
  issue->version_id = name_version (shelf, issue);
  issue->text = g_strdup (text);
  g_ptr_array_add (shelf->issues, issue);
  return issue;
}

void
benk_hub_shelf_replace (BenkHubShelf *shelf,
                        BenkHubIssue *issue,
                        JsonObject *resource,
                        gint64 now_ms)
{
  guint index;

  stamp (shelf, issue, now_ms);
  write_text (shelf, issue, resource);
  if (g_ptr_array_find (shelf->issues, issue, &index))
    g_ptr_array_add (shelf->issues, g_ptr_array_steal_index (shelf->issues, index));
}

gboolean
benk_hub_shelf_remove (BenkHubShelf *shelf, const char *id)
{
  BenkHubIssue *issue = benk_hub_shelf_find (shelf, id);

  if (issue == NULL)
    return FALSE;
  g_hash_table_add (shelf->gone, g_strdup (id));
  return g_ptr_array_remove (shelf->issues, issue);
}

/* Another system takes (event 1) or closes (event 3) an alarm. */
gboolean
benk_hub_shelf_note (BenkHubShelf *shelf,
                     const char *id,
                     const char *event_code,
                     const char *who,
                     const char *status,
                     gint64 now_ms)
{
  BenkHubIssue *issue = benk_hub_shelf_find (shelf, id);
  g_autoptr (JsonObject) resource =
    issue ? benk_hub_parse_object (issue->text, -1) : NULL;
  g_autofree char *now = benk_hub_instant (now_ms);
  g_autofree char *mitigation = NULL;
  JsonObject *added;

  if (resource == NULL)
    return FALSE;
  mitigation = g_strdup_printf ("{\"action\":{\"coding\":[{\"system\":\"" VKP
                                "vkp-composition-event-v090\","
                                "\"code\":\"%s\"}]},\"date\":\"%s\"}",
                                event_code, now);
  added = benk_hub_parse_object (mitigation, -1);
  json_object_set_object_member (added, "author", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (added, "author"),
                                 "display", who);
  if (!json_object_has_member (resource, "mitigation"))
    json_object_set_array_member (resource, "mitigation", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (resource, "mitigation"),
                                 added);
  json_object_set_string_member (resource, "status", status);
  benk_hub_shelf_replace (shelf, issue, resource, now_ms);
  return TRUE;
}

static void
set_coding (JsonObject *parent,
            const char *member,
            const char *system,
            const char *code,
            const char *text)
{
  JsonObject *concept = json_object_new ();
  JsonObject *coding = json_object_new ();
  JsonArray *codings = json_array_new ();

  json_object_set_string_member (coding, "system", system);
  json_object_set_string_member (coding, "code", code);
  json_array_add_object_element (codings, coding);
  json_object_set_array_member (concept, "coding", codings);
  if (text)
    json_object_set_string_member (concept, "text", text);
  json_object_set_object_member (parent, member, concept);
}

static JsonObject *
identified (const char *type, const char *system, const char *value, const char *display)
{
  JsonObject *reference = json_object_new ();
  JsonObject *identifier = json_object_new ();

  json_object_set_string_member (reference, "type", type);
  json_object_set_string_member (identifier, "system", system);
  json_object_set_string_member (identifier, "value", value);
  json_object_set_object_member (reference, "identifier", identifier);
  if (display)
    json_object_set_string_member (reference, "display", display);
  return reference;
}

/* vkp-DetectedIssue-v090 as in the national guide. */
JsonObject *
benk_hub_alarm_to_resource (const BenkVirtualAlarm *alarm,
                            const char *uuid,
                            gint64 now_ms)
{
  JsonObject *resource = benk_hub_parse_object (
    "{\"resourceType\":\"DetectedIssue\",\"meta\":{\"profile\":"
    "[\"http://ehelse.no/fhir/StructureDefinition/vkp-DetectedIssue-v090\"]},"
    "\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"\"}],"
    "\"status\":\"preliminary\"}",
    -1);
  JsonArray *identifiers = json_object_get_array_member (resource, "identifier");
  g_autofree char *raised =
    benk_hub_instant (alarm->raised_ms ? alarm->raised_ms : now_ms);

  json_object_set_string_member (json_array_get_object_element (identifiers, 0), "value",
                                 uuid);
  set_coding (resource, "code",
              alarm->code_system ? alarm->code_system : VKP "vkp-alert-code-v090",
              alarm->code, alarm->text);
  if (alarm->severity)
    json_object_set_string_member (resource, "severity", alarm->severity);
  if (alarm->patient_number)
    json_object_set_object_member (resource, "patient",
                                   identified ("Patient", "urn:oid:2.16.578.1.12.4.1.4.1",
                                               alarm->patient_number,
                                               alarm->patient_name));
  json_object_set_string_member (resource, "identifiedDateTime", raised);
  if (alarm->serial)
    json_object_set_object_member (resource, "author",
                                   identified ("Device",
                                               alarm->serial_system
                                                 ? alarm->serial_system
                                                 : "https://example.invalid/serial",
                                               alarm->serial, alarm->device_name));
  if (alarm->detail)
    json_object_set_string_member (resource, "detail", alarm->detail);
  return resource;
}

/* vkp-MedicationDispense-v090 as in the national guide. */
JsonObject *
benk_hub_dispense_to_resource (const BenkVirtualDispense *dispense,
                               const char *uuid,
                               gint64 now_ms)
{
  JsonObject *resource = benk_hub_parse_object (
    "{\"resourceType\":\"MedicationDispense\",\"meta\":{\"profile\":"
    "[\"http://ehelse.no/fhir/StructureDefinition/vkp-MedicationDispense-v090\"]},"
    "\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"\"}],"
    "\"status\":\"completed\",\"medicationCodeableConcept\":{\"text\":\"Ukjent "
    "medisin\"},"
    "\"performer\":[{}]}",
    -1);
  JsonArray *identifiers = json_object_get_array_member (resource, "identifier");
  JsonArray *performers = json_object_get_array_member (resource, "performer");
  g_autofree char *at = benk_hub_instant (dispense->at_ms ? dispense->at_ms : now_ms);

  json_object_set_string_member (json_array_get_object_element (identifiers, 0), "value",
                                 uuid);
  if (dispense->status)
    json_object_set_string_member (resource, "status", dispense->status);
  set_coding (resource, "category", VKP "vkp-medicationdispense-events-v090",
              dispense->event, NULL);
  if (dispense->patient_number)
    json_object_set_object_member (resource, "subject",
                                   identified ("Patient", "urn:oid:2.16.578.1.12.4.1.4.1",
                                               dispense->patient_number,
                                               dispense->patient_name));
  if (dispense->serial)
    json_object_set_object_member (json_array_get_object_element (performers, 0), "actor",
                                   identified ("Device", "https://example.invalid/serial",
                                               dispense->serial, "Medisindispenser"));
  json_object_set_string_member (resource, "whenHandedOver", at);
  return resource;
}

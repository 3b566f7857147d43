/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

void
benk_hub_answer_clear (BenkHubAnswer *answer)
{
  g_clear_pointer (&answer->body, g_free);
  g_clear_pointer (&answer->etag, g_free);
  g_clear_pointer (&answer->location, g_free);
}

void
benk_hub_answer_outcome (BenkHubAnswer *answer,
                         guint status,
                         const char *code,
                         const char *text)
{
  g_autoptr (JsonObject) outcome = benk_hub_parse_object (
    "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}", -1);
  JsonObject *issue =
    json_array_get_object_element (json_object_get_array_member (outcome, "issue"), 0);

  json_object_set_string_member (issue, "code", code);
  json_object_set_string_member (issue, "diagnostics", text);
  benk_hub_answer_clear (answer);
  answer->status = status;
  answer->body = benk_hub_object_to_text (outcome);
}

static const char *
string_of (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static void
answer_none (BenkHubShelf *shelf, const char *id, BenkHubAnswer *answer)
{
  gboolean gone = g_hash_table_contains (shelf->gone, id) &&
                  (shelf->manners & BENK_HUB_MANNER_GONE_IS_404) == 0;

  benk_hub_answer_outcome (answer, gone ? 410 : 404, "not-found",
                           "No such DetectedIssue");
}

static void
read_one (BenkHubShelf *shelf, const char *id, BenkHubAnswer *answer)
{
  BenkHubIssue *issue = benk_hub_shelf_find (shelf, id);

  if (issue == NULL)
    {
      answer_none (shelf, id, answer);
      return;
    }
  answer->status = 200;
  answer->body = g_strdup (issue->text);
  answer->etag = g_strdup_printf ("W/\"%s\"", issue->version_id);
}

/* RFC 9110 13.1.2: a weak comparison, with any of a list. */
static gboolean
is_named (const char *condition, const char *etag)
{
  g_auto (GStrv) parts = g_strsplit (condition, ",", -1);

  for (gsize i = 0; parts[i]; i++)
    if (g_str_equal (g_strstrip (parts[i]), etag))
      return TRUE;
  return FALSE;
}

/* What was given before is not given again. */
static void
compare (BenkHubShelf *shelf, const char *if_none_match, BenkHubAnswer *answer)
{
  g_autofree char *hash = NULL;

  if (shelf->manners & BENK_HUB_MANNER_NO_ETAG)
    return;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, answer->body, -1);
  answer->etag = g_strdup_printf ("W/\"%.16s\"", hash);
  if (if_none_match == NULL || !is_named (if_none_match, answer->etag))
    return;
  answer->status = 304;
  g_clear_pointer (&answer->body, g_free);
}

static void
update_one (BenkHubShelf *shelf,
            const char *id,
            const char *if_match,
            const char *body,
            gsize length,
            gint64 now_ms,
            BenkHubAnswer *answer)
{
  BenkHubIssue *issue = benk_hub_shelf_find (shelf, id);
  g_autoptr (JsonObject) resource = benk_hub_parse_object (body, length);
  g_autofree char *etag = issue ? g_strdup_printf ("W/\"%s\"", issue->version_id) : NULL;

  if (issue == NULL)
    answer_none (shelf, id, answer);
  else if (if_match == NULL)
    benk_hub_answer_outcome (answer, 428, "required", "If-Match is missing");
  else if (g_strcmp0 (if_match, etag) != 0)
    benk_hub_answer_outcome (answer, 412, "conflict", "The resource was changed");
  else if (resource == NULL ||
           g_strcmp0 (string_of (resource, "resourceType"), "DetectedIssue") != 0 ||
           g_strcmp0 (string_of (resource, "id"), id) != 0)
    benk_hub_answer_outcome (answer, 400, "invalid", "Not this DetectedIssue");
  else
    {
      benk_hub_shelf_replace (shelf, issue, resource, now_ms);
      read_one (shelf, id, answer);
    }
}

static char *
bundle_identifier (JsonObject *bundle)
{
  JsonNode *node = json_object_get_member (bundle, "identifier");
  const char *system;
  const char *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  system = string_of (json_node_get_object (node), "system");
  value = string_of (json_node_get_object (node), "value");
  return system && value ? g_strdup_printf ("%s|%s", system, value) : NULL;
}

static BenkHubDocument *
find_document (BenkHubShelf *shelf, const char *identifier)
{
  for (guint i = 0; i < shelf->documents->len; i++)
    {
      BenkHubDocument *document = g_ptr_array_index (shelf->documents, i);

      if (g_str_equal (document->identifier, identifier))
        return document;
    }
  return NULL;
}

/* A document Bundle with the Composition first; one a identifier, however often it comes.
 */
static void
create_document (BenkHubShelf *shelf,
                 const char *base,
                 const char *body,
                 gsize length,
                 BenkHubAnswer *answer)
{
  g_autoptr (JsonObject) bundle = benk_hub_parse_object (body, length);
  g_autofree char *identifier = bundle ? bundle_identifier (bundle) : NULL;
  BenkHubDocument *document;

  if (bundle == NULL || g_strcmp0 (string_of (bundle, "resourceType"), "Bundle") != 0 ||
      g_strcmp0 (string_of (bundle, "type"), "document") != 0 || identifier == NULL ||
      string_of (bundle, "timestamp") == NULL)
    {
      benk_hub_answer_outcome (answer, 400, "invalid", "Not a document Bundle");
      return;
    }
  document = find_document (shelf, identifier);
  answer->status = document ? 200 : 201;
  if (document == NULL)
    {
      document = g_new0 (BenkHubDocument, 1);
      document->id = g_strdup_printf ("doc-%u", shelf->documents->len + 1);
      document->identifier = g_steal_pointer (&identifier);
      document->text = g_strndup (body, length);
      g_ptr_array_add (shelf->documents, document);
    }
  answer->location = g_strdup_printf ("%s/Bundle/%s/_history/1", base, document->id);
  answer->etag = g_strdup ("W/\"1\"");
  answer->body = g_strdup (document->text);
}

static void
search_documents (BenkHubShelf *shelf,
                  const char *base,
                  GHashTable *query,
                  BenkHubAnswer *answer)
{
  const char *wanted = query ? g_hash_table_lookup (query, "identifier") : NULL;
  BenkHubDocument *document = wanted ? find_document (shelf, wanted) : NULL;

  answer->status = 200;
  if (document == NULL)
    answer->body = g_strdup (
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0,\"entry\":[]}");
  else
    answer->body = g_strdup_printf (
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1,\"entry\":["
      "{\"fullUrl\":\"%s/Bundle/%s\",\"resource\":%s,\"search\":{\"mode\":\"match\"}}]}",
      base, document->id, document->text);
}

static void
capability (const char *door, BenkHubAnswer *answer)
{
  answer->status = 200;
  answer->body = g_strdup_printf (
    "{\"resourceType\":\"CapabilityStatement\",\"status\":\"active\",\"kind\":"
    "\"instance\","
    "\"software\":{\"name\":\"Dosebenk simulator\"},\"fhirVersion\":\"4.0.1\","
    "\"format\":[\"json\"],\"rest\":[{\"mode\":\"server\",\"resource\":["
    "{\"type\":\"DetectedIssue\",\"versioning\":\"versioned-update\",\"interaction\":["
    "{\"code\":\"read\"},{\"code\":\"update\"},{\"code\":\"search-type\"}]},"
    "{\"type\":\"Bundle\",\"interaction\":[{\"code\":\"create\"},"
    "{\"code\":\"search-type\"}]}%s%s}]}",
    door, door[0] ? "" : "]");
}

/* @path is what follows the base, such as "/DetectedIssue/di-1"; @condition is If-Match,
 * or If-None-Match where something is read. */
void
benk_hub_route (BenkHubShelf *shelf,
                const char *base,
                const char *method,
                const char *path,
                GHashTable *query,
                const char *condition,
                const char *body,
                gsize length,
                gint64 now_ms,
                BenkHubFault fault,
                const char *door,
                BenkHubAnswer *answer)
{
  gboolean get = g_str_equal (method, "GET");
  const char *id =
    g_str_has_prefix (path, "/DetectedIssue/") ? path + strlen ("/DetectedIssue/") : NULL;

  if (get && g_str_equal (path, "/metadata"))
    capability (door, answer);
  else if (get && g_str_equal (path, "/DetectedIssue"))
    {
      answer->status = 200;
      answer->body = benk_hub_shelf_search (shelf, base, query, fault);
      compare (shelf, condition, answer);
    }
  else if (get && g_str_equal (path, "/MedicationDispense") &&
           (shelf->manners & BENK_HUB_MANNER_NO_DISPENSES) == 0)
    {
      answer->status = 200;
      shelf->dispenses->manners = shelf->manners;
      answer->body = benk_hub_shelf_search (shelf->dispenses, base, query, fault);
      compare (shelf, condition, answer);
    }
  else if (get && id != NULL)
    read_one (shelf, id, answer);
  else if (g_str_equal (method, "PUT") && id != NULL)
    update_one (shelf, id, condition, body, length, now_ms, answer);
  else if (g_str_equal (method, "POST") && g_str_equal (path, "/Bundle"))
    create_document (shelf, base, body, length, answer);
  else if (get && g_str_equal (path, "/Bundle"))
    search_documents (shelf, base, query, answer);
  else
    benk_hub_answer_outcome (answer, 404, "not-supported", "No such interaction");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir.h"
#include "benk-fhir-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-fhir-time.h"
#include "benk-json-read.h"
#include "benk-json-scan.h"

/* We ask for 100; a server may give more, but not without end. */
#define MAX_ENTRIES 5000
#define MAX_LINK 2048

static void
add_flaw (BenkFhirPage *page,
          guint number,
          const char *path,
          const char *id,
          const char *version,
          BenkJsonSpan octets)
{
  BenkFhirFlaw *flaw = g_new0 (BenkFhirFlaw, 1);

  flaw->id = g_strdup (id);
  flaw->version = g_strdup (version);
  flaw->length = octets.length;
  flaw->sha256 =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) octets.start,
                                 octets.length);
  flaw->path = g_strdup_printf ("$.entry[%u]%s", number, path);
  g_ptr_array_add (page->flaws, flaw);
}

static gboolean
is_known (BenkFhirPage *page, const BenkFhirIssue *issue)
{
  for (guint i = 0; i < page->issues->len; i++)
    {
      BenkFhirIssue *other = g_ptr_array_index (page->issues, i);

      if (g_str_equal (other->id, issue->id) &&
          g_str_equal (other->version, issue->version))
        return TRUE;
    }
  return FALSE;
}

static void
count_time (BenkFhirPage *page, gint64 updated_ms)
{
  if (updated_ms < 0)
    return;
  if (page->newest_ms >= 0 && updated_ms < page->newest_ms)
    page->ascending = FALSE;
  if (page->newest_ms >= 0 && updated_ms > page->newest_ms)
    page->n_rises++;
  if (page->oldest_ms >= 0 && updated_ms > page->oldest_ms)
    page->descending = FALSE;
  page->newest_ms = MAX (page->newest_ms, updated_ms);
  page->oldest_ms = page->oldest_ms < 0 ? updated_ms : MIN (page->oldest_ms, updated_ms);
}

/* What a server has to say of the search itself is no alarm; nor a fault, as long as it
 * is only a warning. */
static gboolean
is_remark (JsonObject *resource)
{
  guint n = benk_json_count (resource, "issue");

  if (g_strcmp0 (benk_json_get_string (resource, "resourceType"), "OperationOutcome") !=
      0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const char *severity =
        benk_json_get_string (benk_json_nth (resource, "issue", i), "severity");

      if (g_strcmp0 (severity, "warning") != 0 &&
          g_strcmp0 (severity, "information") != 0)
        return FALSE;
    }
  return n > 0;
}

static void
take_issue (BenkFhirPage *page, BenkFhirIssue *issue)
{
  count_time (page, issue->updated_ms);
  if (is_known (page, issue))
    benk_fhir_issue_free (issue);
  else
    g_ptr_array_add (page->issues, issue);
}

static gboolean
is_dispense (JsonObject *resource)
{
  return g_strcmp0 (benk_json_get_string (resource, "resourceType"),
                    BENK_FHIR_DISPENSES) == 0;
}

/* The stamp counts also of what is wrong, so that it does not come again and again. */
static void
take_dispense (BenkFhirPage *page, BenkFhirDispense *dispense, JsonObject *resource)
{
  JsonObject *meta = benk_json_get_object (resource, "meta");
  gint64 updated_ms;

  if (benk_fhir_time_parse (benk_json_get_string (meta, "lastUpdated"), &updated_ms))
    count_time (page, updated_ms);
  if (dispense)
    g_ptr_array_add (page->dispenses, dispense);
}

static void
read_entry (BenkFhirPage *page, guint number, JsonNode *node, BenkJsonSpan entry_span)
{
  JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *resource = benk_json_get_object (entry, "resource");
  BenkJsonSpan octets = entry_span;
  BenkFhirIssue *issue = NULL;
  BenkFhirDispense *dispense = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *path = NULL;
  const char *flaw = NULL;

  if (resource == NULL || !benk_json_span_member (entry_span, "resource", &octets))
    {
      add_flaw (page, number, entry ? ".resource" : "", NULL, NULL, entry_span);
      return;
    }
  if (is_remark (resource))
    return;
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) octets.start,
                                        octets.length);
  if (is_dispense (resource))
    dispense = benk_fhir_dispense_read (resource, sha256, &id, &flaw);
  else
    issue = benk_fhir_issue_read (resource, sha256, &id, &flaw);
  path = flaw ? g_strconcat (".resource", flaw, NULL) : NULL;
  if (path && id && is_dispense (resource))
    name = g_strconcat (BENK_FHIR_DISPENSE_MARK, id, NULL);
  if (path)
    add_flaw (page, number, path, name ? name : id, issue ? issue->version : NULL,
              octets);
  if (is_dispense (resource))
    take_dispense (page, dispense, resource);
  else if (issue != NULL)
    take_issue (page, issue);
}

static void
read_next (BenkFhirPage *page, JsonObject *bundle)
{
  guint n = benk_json_count (bundle, "link");

  page->has_links = n > 0;
  for (guint i = 0; i < n && page->next == NULL; i++)
    {
      JsonObject *link = benk_json_nth (bundle, "link", i);
      const char *url = benk_json_get_string (link, "url");

      if (g_strcmp0 (benk_json_get_string (link, "relation"), "next") == 0 &&
          url != NULL && strlen (url) <= MAX_LINK)
        page->next = g_strdup (url);
    }
}

/* The same octets that were parsed, so that lengths and digests are those of the wire. */
static gboolean
read_entries (BenkFhirPage *page, JsonObject *bundle, GBytes *text, GError **error)
{
  JsonNode *node = json_object_get_member (bundle, "entry");
  g_autoptr (GArray) spans = NULL;
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  BenkJsonSpan root;
  BenkJsonSpan list;
  JsonArray *entries;

  if (node == NULL)
    return TRUE;
  root.start = memchr (data, '{', length);
  root.length = root.start ? length - (gsize) (root.start - data) : 0;
  if (!JSON_NODE_HOLDS_ARRAY (node) || !benk_json_span_member (root, "entry", &list))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The answer is not a list of alarms ($.entry is wrong)."));
      return FALSE;
    }
  entries = json_node_get_array (node);
  spans = benk_json_span_elements (list);
  if (spans->len != json_array_get_length (entries) || spans->len > MAX_ENTRIES)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The answer has too many entries (%u)."), spans->len);
      return FALSE;
    }
  page->n_entries = spans->len;
  for (guint i = 0; i < spans->len; i++)
    read_entry (page, i, json_array_get_element (entries, i),
                g_array_index (spans, BenkJsonSpan, i));
  return TRUE;
}

static BenkFhirPage *
page_new (void)
{
  BenkFhirPage *page = g_new0 (BenkFhirPage, 1);

  page->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_fhir_issue_free);
  page->dispenses =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_fhir_dispense_free);
  page->flaws = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_fhir_flaw_free);
  page->newest_ms = -1;
  page->oldest_ms = -1;
  page->server_ms = -1;
  page->ascending = TRUE;
  page->descending = TRUE;
  page->since_ms = -1;
  page->number = 1;
  return page;
}

/**
 * benk_fhir_page_new_of:
 * @issue: (transfer full): an alarm that was read by its id
 *
 * Returns: (transfer full): a page with nothing else, so that it is taken in like others
 */
BenkFhirPage *
benk_fhir_page_new_of (BenkFhirIssue *issue)
{
  BenkFhirPage *page = page_new ();

  count_time (page, issue->updated_ms);
  g_ptr_array_add (page->issues, issue);
  return page;
}

/**
 * benk_fhir_page_copy_trail:
 * @page: a page
 *
 * Returns: (transfer full): what leads on from it, without what was on it
 */
BenkFhirPage *
benk_fhir_page_copy_trail (const BenkFhirPage *page)
{
  BenkFhirPage *trail = page_new ();

  trail->next = g_strdup (page->next);
  trail->newest_ms = page->newest_ms;
  trail->oldest_ms = page->oldest_ms;
  trail->ascending = page->ascending;
  trail->n_rises = page->n_rises;
  trail->n_entries = page->n_entries;
  trail->has_links = page->has_links;
  trail->type = page->type;
  trail->server_ms = page->server_ms;
  trail->number = page->number;
  trail->visited = page->visited ? g_hash_table_ref (page->visited) : NULL;
  trail->url = g_strdup (page->url);
  trail->etag = g_strdup (page->etag);
  trail->descending = page->descending;
  trail->since_ms = page->since_ms;
  trail->cut = page->cut;
  trail->unchanged = page->unchanged;
  return trail;
}

/**
 * benk_fhir_page_is_of_dispenses:
 * @page: a page
 *
 * Returns: whether it was asked what was handed out, not for alarms
 */
gboolean
benk_fhir_page_is_of_dispenses (const BenkFhirPage *page)
{
  return g_strcmp0 (page->type, BENK_FHIR_DISPENSES) == 0;
}

/**
 * benk_fhir_page_parse:
 * @text: a search set as received
 * @error: return location
 *
 * Reads a page of a search. A wrong entry does not spoil the others: it is told in
 * [struct@FhirPage].flaws.
 *
 * Returns: (transfer full): the page; %BENK_ERROR_PROTOCOL if it is no Bundle at all
 */
BenkFhirPage *
benk_fhir_page_parse (GBytes *text, GError **error)
{
  g_autoptr (JsonObject) bundle = benk_json_parse (text, error);
  g_autoptr (BenkFhirPage) page = NULL;

  if (bundle == NULL)
    return NULL;
  if (g_strcmp0 (benk_json_get_string (bundle, "resourceType"), "Bundle") != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The answer is not a list of alarms ($.resourceType is wrong)."));
      return NULL;
    }
  page = page_new ();
  if (!read_entries (page, bundle, text, error))
    return NULL;
  read_next (page, bundle);
  return g_steal_pointer (&page);
}

void
benk_fhir_flaw_free (BenkFhirFlaw *flaw)
{
  g_free (flaw->id);
  g_free (flaw->version);
  g_free (flaw->sha256);
  g_free (flaw->path);
  g_free (flaw);
}

void
benk_fhir_page_free (BenkFhirPage *page)
{
  g_clear_pointer (&page->issues, g_ptr_array_unref);
  g_clear_pointer (&page->dispenses, g_ptr_array_unref);
  g_clear_pointer (&page->flaws, g_ptr_array_unref);
  g_clear_pointer (&page->visited, g_hash_table_unref);
  g_free (page->next);
  g_free (page->url);
  g_free (page->etag);
  g_free (page);
}

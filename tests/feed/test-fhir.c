/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <json-glib/json-glib.h>

#include "benk-error.h"
#include "benk-fhir-client.h"
#include "benk-fhir-document.h"
#include "benk-fhir-edit.h"
#include "benk-fhir-time.h"
#include "benk-fhir.h"
#include "benk-json-scan.h"
#include "fhir-rows.h"

#define AUTHOR "7c5f9a02-1a0b-4a57-8b43-9a3f0a1d2c11"
#define STEP "4f1d7a3e-33b1-4c0a-8a1f-6b0f2e7f9a01"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static BenkFhirIssue *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) data = bytes (text);

  return benk_fhir_issue_parse (data, error);
}

static char *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "feed", "data", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_sample (void)
{
  g_autofree char *sample = load ("detectedissue.json");
  g_autofree char *text =
    g_strdup_printf ("{\"id\":\"x1\",\"extension\":[{\"valueDecimal\":1.10}],%s",
                     strchr (sample, '{') + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) issue = parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (issue->id, ==, "x1");
  g_assert_cmpstr (issue->uuid, ==, "0f6b1a52-6c0e-4b0e-9d53-2b2c5a1c7e10");
  g_assert_cmpint (issue->status, ==, BENK_FHIR_STATUS_OPEN);
  g_assert_cmpstr (issue->code, ==, "1.8");
  g_assert_cmpstr (issue->text, ==, "Rull sitter fast");
  g_assert_cmpint (issue->severity, ==, 30);
  g_assert_cmpint (issue->raised_ms, ==, G_GINT64_CONSTANT (1762153512000));
  g_assert_cmpstr (issue->serial, ==, "EV-000123");
  g_assert_cmpstr (issue->serial_system, ==, "https://example.invalid/serial");
  g_assert_cmpstr (issue->device_name, ==, "Medisindispenser");
}

static BenkFhirPage *
page_of (const char *entries)
{
  g_autofree char *text =
    g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[%s]}", entries);
  g_autoptr (GBytes) data = bytes (text);
  g_autoptr (GError) error = NULL;
  BenkFhirPage *page = benk_fhir_page_parse (data, &error);

  g_assert_no_error (error);
  return page;
}

static void
test_issue (gconstpointer data)
{
  const IssueRow *row = data;
  g_autofree char *entry = g_strdup_printf (
    "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":\"a\",%s}}", row->members);
  g_autoptr (BenkFhirPage) page = page_of (entry);
  BenkFhirIssue *issue;

  g_assert_cmpuint (page->issues->len, ==, 1);
  issue = g_ptr_array_index (page->issues, 0);
  g_assert_cmpstr (issue->code, ==, row->code);
  g_assert_cmpstr (issue->text, ==, row->text);
  g_assert_cmpstr (issue->serial, ==, row->serial);
  g_assert_cmpint (issue->status, ==, BENK_FHIR_STATUS_OPEN);
  g_assert_nonnull (issue->version);
  g_assert_cmpuint (page->flaws->len, ==, row->flaw[0] ? 1 : 0);
  if (row->flaw[0])
    {
      BenkFhirFlaw *flaw = g_ptr_array_index (page->flaws, 0);

      g_assert_cmpstr (flaw->path, ==, row->flaw);
      g_assert_cmpstr (flaw->id, ==, "a");
      g_assert_cmpuint (flaw->length, ==, strlen (entry) - strlen ("{\"resource\":}"));
      g_assert_cmpuint (strlen (flaw->sha256), ==, 64);
    }
}

static void
test_no_alarm (void)
{
  static const struct
  {
    const char *entry;
    const char *path;
    const char *id;
  } rows[] = {
    { "7", "$.entry[1]", NULL },
    { "{}", "$.entry[1].resource", NULL },
    { "{\"resource\":[]}", "$.entry[1].resource", NULL },
    { "{\"resource\":{}}", "$.entry[1].resource.resourceType", NULL },
    { "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"id\":\"o\"}}",
      "$.entry[1].resource.resourceType", "o" },
    { "{\"resource\":{\"resourceType\":\"DetectedIssue\"}}", "$.entry[1].resource.id",
      NULL },
    { "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":\"../x\"}}",
      "$.entry[1].resource.id", NULL },
    { "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":\"..\"}}",
      "$.entry[1].resource.id", NULL },
    { "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":\"n-" NUMBER
      "\",\"patient\":{\"identifier\":{\"value\":\"" NUMBER "\"}}}}",
      "$.entry[1].resource.id", NULL },
  };
  static const char *const good =
    "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":"
    "\"g\"," OPEN "\"code\":{\"coding\":[{\"code\":\"1.8\"}]}}}";

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *entries = g_strdup_printf ("%s,%s,%s", good, rows[i].entry, good);
      g_autoptr (BenkFhirPage) page = page_of (entries);
      BenkFhirFlaw *flaw = g_ptr_array_index (page->flaws, 0);

      g_test_message ("%s", rows[i].entry);
      g_assert_cmpuint (page->issues->len, ==, 1);
      g_assert_cmpuint (page->flaws->len, ==, 1);
      g_assert_cmpstr (flaw->path, ==, rows[i].path);
      g_assert_cmpstr (flaw->id, ==, rows[i].id);
    }
}

static void
test_no_page (void)
{
  static const char *const rows[] = { "",
                                      " ",
                                      "null",
                                      "[]",
                                      "{}",
                                      "{\"resourceType\":\"Patient\"}",
                                      "{\"resourceType\":\"Bundle\",\"entry\":{}}",
                                      "{\"resourceType\":\"Bundle\",\"entry\":[}",
                                      "{\"resourceType\":\"Bundle\",}",
                                      "{'resourceType':'Bundle'}",
                                      "{\"resourceType\":\"Bundle\"} x",
                                      "{\"resourceType\":\"Bundle\",\"a\":01}",
                                      "{\"resourceType\":\"Bundle\",\"a\":\"\t\"}",
                                      "{\"resourceType\":\"Bundle\",\"a\":\"\xff\"}",
                                      "{\"resourceType\":\"Bundle\",\"a\":tru}",
                                      "{\"resourceType\":\"Bundle\" /* c */}" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) data = bytes (rows[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkFhirPage) page = benk_fhir_page_parse (data, &error);

      g_test_message ("row %u", (guint) i);
      g_assert_null (page);
      g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
    }
}

/* Whatever is cut off or flipped: an answer or an error, never an abort. */
static void
test_damage (void)
{
  g_autofree char *sample = load ("followup-bundle.json");
  gsize length = strlen (sample);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (gsize cut = 0; cut < length; cut += 7)
    {
      g_autoptr (GBytes) data = g_bytes_new (sample, cut);
      g_autoptr (BenkFhirPage) page = benk_fhir_page_parse (data, NULL);

      g_assert_null (page);
    }
  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *copy = g_memdup2 (sample, length);
      g_autoptr (GBytes) data = NULL;
      g_autoptr (BenkFhirPage) page = NULL;
      g_autoptr (BenkFhirIssue) issue = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        copy[g_rand_int_range (random, 0, (gint32) length)] =
          "\0{}[]\",:\\u7-e\xc3"[g_rand_int_range (random, 0, 15)];
      data = g_bytes_new (copy, length);
      page = benk_fhir_page_parse (data, NULL);
      issue = benk_fhir_issue_parse (data, NULL);
    }
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (BENK_JSON_MAX_DEPTH + 1, '[');
  g_autofree char *close = g_strnfill (BENK_JSON_MAX_DEPTH + 1, ']');
  g_autofree char *deepest = g_strdup_printf ("%s%s", open + 1, close + 1);
  g_autofree char *deeper = g_strdup_printf ("%s%s", open, close);

  g_assert_true (benk_json_check (deepest, strlen (deepest), NULL));
  g_assert_false (benk_json_check (deeper, strlen (deeper), NULL));
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gint64 ms;
  } rows[] = {
    { "2025-11-03T08:05:12+01:00", 1762153512000 },
    { "2025-11-03T07:05:12.345Z", 1762153512345 },
    { "2025-11-03", 1762128000000 },
    { "2025-11", 1761955200000 },
    { "2025", 1735689600000 },
    { "2025-11-03T08:05:12", -1 },
    { "2025-02-30", -1 },
    { "1969-12-31T23:59:59Z", -1 },
    { "9999-12-31T23:59:59Z", -1 },
    { "now", -1 },
    { "", -1 },
    { NULL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 ms = -1;

      g_assert_true (benk_fhir_time_parse (rows[i].text, &ms) == (rows[i].ms >= 0));
      g_assert_cmpint (ms, ==, rows[i].ms);
    }
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text;
    const char *clean;
  } rows[] = {
    { "13116900216", "…" },
    { "131169 00216", "…" },
    { "131169-00216 og 131169.00216", "… og …" },
    { "Dose 1 13116900216", "Dose 1 …" },
    { "13116900216 22334455", "… 22334455" },
    { "kl. 08.05 21.11.2025", "kl. 08.05 21.11.2025" },
    { "fnr 13116900216.", "fnr …." },
    { "IMEI 356938035643809", "IMEI 356938035643809" },
    { "kl. 08:05 3. nov", "kl. 08:05 3. nov" },
    { "  a\nb\x7f", "a b" },
    { "", NULL },
    { "\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = benk_fhir_clean_text (rows[i].text, 100, NULL);

      g_assert_cmpstr (clean, ==, rows[i].clean);
    }
}

/* A server's own words may name somebody. */
static void
test_words_to_keep (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (BENK_ERROR, BENK_ERROR_INVALID,
                         "Not accepted. HTTP 422 (Line Danser is unknown)");
  g_autofree char *words = benk_fhir_words_to_keep (error);

  g_assert_cmpstr (words, ==, "Not accepted. HTTP 422");
}

static const BenkFhirStep step = {
  .id = STEP, .author_id = AUTHOR, .author_name = "KT", .at_ms = 1762153572000
};

/* What is not the step stays letter by letter, numbers and blanks included. */
static void
test_edit (void)
{
  static const struct
  {
    const char *before;
    const char *after; /* %s: the mitigation */
    gboolean closing;
  } rows[] = {
    { "{\"status\":\"x\", \"v\": 1.10e0 }\n",
      "{\"status\":\"x\", \"v\": 1.10e0 ,"
      "\"mitigation\":[%s]}\n",
      FALSE },
    { "{\"mitigation\": [ {\"a\":1} ] ,\"v\":100000000000000000000}",
      "{\"mitigation\": [ {\"a\":1} ,%s] ,\"v\":100000000000000000000}", FALSE },
    { "{\"mitigation\":[]}", "{\"mitigation\":[%s]}", FALSE },
    { "{\"mitigation\":{\"a\":1}}", "{\"mitigation\":[{\"a\":1},%s]}", FALSE },
    { "{\"mitigation\":null}", "{\"mitigation\":[%s]}", FALSE },
    { "{\"a\":{\"status\":\"y\"},\"status\" : \"preliminary\",\"mitigation\":[1]}",
      "{\"a\":{\"status\":\"y\"},\"status\" : \"final\",\"mitigation\":[1,%s]}", TRUE },
    { "{\"mitigation\":[1],\"status\":\"preliminary\"}",
      "{\"mitigation\":[1,%s],\"status\":\"final\"}", TRUE },
  };
  g_autoptr (GBytes) plain = bytes ("{\"mitigation\":[]}");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) take = rows[i].closing
                                  ? benk_fhir_edit_close (plain, &step, NULL)
                                  : benk_fhir_edit_take (plain, &step, NULL);
      g_autofree char *list =
        g_strndup (g_bytes_get_data (take, NULL), g_bytes_get_size (take));
      g_autofree char *mitigation = NULL;
      g_autoptr (GBytes) before = bytes (rows[i].before);
      g_autoptr (GBytes) after = rows[i].closing
                                   ? benk_fhir_edit_close (before, &step, NULL)
                                   : benk_fhir_edit_take (before, &step, NULL);
      g_auto (GStrv) around = g_strsplit (rows[i].after, "%s", 2);
      g_autofree char *wanted = NULL;
      g_autofree char *got =
        g_strndup (g_bytes_get_data (after, NULL), g_bytes_get_size (after));

      mitigation = g_strdup (strchr (list, '[') + 1);
      *g_strrstr (mitigation, "]") = '\0';
      wanted = g_strconcat (around[0], mitigation, around[1], NULL);
      g_assert_cmpstr (got, ==, wanted);
      g_assert_true (benk_json_check (got, strlen (got), NULL));
    }
}

static gboolean
is_made_up (const char *member)
{
  return g_str_equal (member, "fullUrl") || g_str_equal (member, "reference");
}

/* Same members and values; what names an entry and what names a person may differ. */
static void
assert_like (JsonNode *a, JsonNode *b, const char *path)
{
  g_assert_cmpint (json_node_get_node_type (a), ==, json_node_get_node_type (b));
  if (JSON_NODE_HOLDS_OBJECT (a))
    {
      g_autoptr (GList) members = json_object_get_members (json_node_get_object (a));

      for (GList *l = members; l; l = l->next)
        {
          g_autofree char *below = g_strdup_printf ("%s.%s", path, (char *) l->data);
          JsonNode *other = json_object_get_member (json_node_get_object (b), l->data);

          if (other == NULL)
            g_error ("%s is missing", below);
          if (!is_made_up (l->data))
            assert_like (json_object_get_member (json_node_get_object (a), l->data),
                         other, below);
        }
      g_assert_cmpuint (json_object_get_size (json_node_get_object (a)), ==,
                        json_object_get_size (json_node_get_object (b)));
    }
  else if (JSON_NODE_HOLDS_ARRAY (a))
    {
      JsonArray *one = json_node_get_array (a);
      JsonArray *two = json_node_get_array (b);

      g_assert_cmpuint (json_array_get_length (one), ==, json_array_get_length (two));
      for (guint i = 0; i < json_array_get_length (one); i++)
        assert_like (json_array_get_element (one, i), json_array_get_element (two, i),
                     path);
    }
  else if (!json_node_equal (a, b))
    g_error ("%s: %s is not %s", path, json_node_get_string (a),
             json_node_get_string (b));
}

/* The national sample without its call, in our spelling of instants. */
static JsonNode *
sample_without_call (void)
{
  g_autofree char *text = load ("followup-no-call.json");
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
test_document (void)
{
  g_autofree char *issue = load ("detectedissue.json");
  g_autoptr (GBytes) resource = bytes (issue);
  g_autoptr (GError) error = NULL;
  BenkFhirFollowup followup = {
    .at_ms = 1762155100000,
    .raised_ms = 1762153512000,
    .taken_ms = 1762153590000,
    .closed_ms = 1762155100000,
    .cause = "Posen hadde satt seg fast i materen",
    .action = "Rullen tatt ut og satt inn på nytt",
    .description = "Rullen satt fast. Satt inn på nytt, prøveutmating OK.",
    .author_id = AUTHOR,
    .author_name = "Kari Tekniker",
  };
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (JsonNode) wanted = sample_without_call ();
  g_autofree char *text = NULL;

  g_assert_true (benk_id_parse (STEP, &followup.id));
  document = benk_fhir_followup_compose (&followup, resource, &error);
  again = benk_fhir_followup_compose (&followup, resource, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (document, again));
  text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  made = json_from_string (text, NULL);
  assert_like (wanted, made, "$");
  g_assert_null (strstr (text, "Encounter"));
}

static void
test_document_with_call (void)
{
  g_autofree char *issue = load ("detectedissue.json");
  g_autoptr (GBytes) resource = bytes (issue);
  BenkFhirFollowup followup = { .at_ms = 1762155100000,
                                .closed_ms = 1762155100000,
                                .author_id = AUTHOR,
                                .author_name = "K <T>",
                                .description = "a < b & c",
                                .call_start_ms = 1762153590000,
                                .call_end_ms = 1762153900000 };
  g_autoptr (GBytes) document = NULL;
  g_autofree char *text = NULL;

  g_assert_true (benk_id_parse (STEP, &followup.id));
  document = benk_fhir_followup_compose (&followup, resource, NULL);
  text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  g_assert_nonnull (strstr (text, "\"resourceType\":\"Encounter\""));
  g_assert_nonnull (strstr (text, "vkp-encounter-mode-v090"));
  g_assert_nonnull (strstr (text, "a &lt; b &amp; c"));
}

static void
test_document_without_subject (void)
{
  g_autoptr (GBytes) resource =
    bytes ("{\"resourceType\":\"DetectedIssue\",\"id\":\"a\"}");
  const BenkFhirFollowup followup = { .author_id = AUTHOR, .author_name = "KT" };
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_fhir_followup_compose (&followup, resource, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/fhir/national-sample", test_sample);
  for (gsize i = 0; i < G_N_ELEMENTS (issue_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/feed/fhir/issue/%s", issue_rows[i].name);

      g_test_add_data_func (path, &issue_rows[i], test_issue);
    }
  g_test_add_func ("/feed/fhir/what-is-no-alarm-is-told", test_no_alarm);
  g_test_add_func ("/feed/fhir/what-is-no-page-is-an-error", test_no_page);
  g_test_add_func ("/feed/fhir/damage-ends-in-an-error", test_damage);
  g_test_add_func ("/feed/fhir/depth-has-an-end", test_depth);
  g_test_add_func ("/feed/fhir/times", test_times);
  g_test_add_func ("/feed/fhir/national-numbers-are-taken-out", test_clean);
  g_test_add_func ("/feed/fhir/a-servers-words-are-not-kept", test_words_to_keep);
  g_test_add_func ("/feed/fhir/edit-leaves-the-rest", test_edit);
  g_test_add_func ("/feed/fhir/document-is-the-national-one", test_document);
  g_test_add_func ("/feed/fhir/document-has-an-encounter-for-a-call",
                   test_document_with_call);
  g_test_add_func ("/feed/fhir/document-needs-a-subject", test_document_without_subject);
  return g_test_run ();
}

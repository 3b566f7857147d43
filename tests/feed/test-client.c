/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <json-glib/json-glib.h>

#include "benk-error.h"
#include "feed-fixture.h"

#define STEP_A "0190a000-0000-7000-8000-00000000000a"
#define STEP_B "0190a000-0000-7000-8000-00000000000b"

/* One row: what the hub does wrong, and what the client makes of it. */
typedef struct
{
  const char *name;
  const char *spec;
  int code;
  gint64 retry_ms;
} FaultRow;

static const FaultRow fault_rows[] = {
  { "401", "401", BENK_ERROR_AUTH, -1 },
  { "403", "403", BENK_ERROR_AUTH, -1 },
  { "404", "404", BENK_ERROR_NOT_FOUND, -1 },
  { "409", "409", BENK_ERROR_CONFLICT, -1 },
  { "412", "412", BENK_ERROR_CONFLICT, -1 },
  { "428", "428", BENK_ERROR_CONFLICT, -1 },
  { "429-with-retry-after", "429", BENK_ERROR_BUSY, 30000 },
  { "500", "500", BENK_ERROR_BUSY, -1 },
  { "503-with-retry-after", "503", BENK_ERROR_BUSY, 30000 },
  { "400", "400", BENK_ERROR_INVALID, -1 },
  { "418", "418", BENK_ERROR_PROTOCOL, -1 },
  { "captive-portal", "portal", BENK_ERROR_PROTOCOL, -1 },
  { "redirect-to-another-host", "redirect", BENK_ERROR_PROTOCOL, -1 },
  { "truncated-body", "truncated", BENK_ERROR_DISCONNECTED, -1 },
  { "malformed-json", "malformed", BENK_ERROR_PROTOCOL, -1 },
  { "json-nested-without-end", "deep", BENK_ERROR_PROTOCOL, -1 },
  { "body-over-the-limit", "huge=20000000", BENK_ERROR_PROTOCOL, -1 },
  { "longer-than-it-says", "lie", BENK_ERROR_PROTOCOL, -1 },
  { "small-and-without-end", "bomb", BENK_ERROR_PROTOCOL, -1 },
  { "nothing-at-all", "empty", BENK_ERROR_PROTOCOL, -1 },
  { "410", "410", BENK_ERROR_NOT_FOUND, -1 },
  { "429-in-seconds", "wait=120", BENK_ERROR_BUSY, 120000 },
  { "429-as-a-date", "wait-until=90", BENK_ERROR_BUSY, 90000 },
  { "429-for-a-week", "wait=604800", BENK_ERROR_BUSY, 3600000 },
  { "429-as-a-date-that-is-past", "wait-until=0", BENK_ERROR_BUSY, 0 },
  { "lost-answer", "lost@3", BENK_ERROR_DISCONNECTED, -1 },
  { "hang-up", "drop@3", BENK_ERROR_DISCONNECTED, -1 },
};

static void
test_fault (Fixture *f, gconstpointer data)
{
  const FaultRow *row = data;
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, row->spec, NULL));
  page = fixture_search (f, -1, &error);
  g_assert_null (page);
  g_assert_error (error, BENK_ERROR, row->code);
  g_assert_null (strstr (error->message, "secret"));
  if (row->code != BENK_ERROR_DISCONNECTED)
    g_assert_cmpint (benk_fhir_client_get_retry_ms (f->client), ==, row->retry_ms);
  benk_virtual_hub_clear_faults (f->hub);

  g_clear_error (&error);
  page = fixture_search (f, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->issues->len, ==, 1);
}

static void
test_slow (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_SLOW, 60000, "GET", 1);
  benk_fhir_client_search_async (f->client, -1, NULL, fixture_note_result, &result);
  while (benk_fake_clock_get_n_timers (f->clock) < 2)
    g_main_context_iteration (NULL, TRUE);
  benk_fake_clock_advance (f->clock, 29999);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  benk_fake_clock_advance (f->clock, 1);
  page = benk_fhir_client_search_finish (f->client, fixture_wait (&result), &error);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_TIMEOUT);
}

/* Nothing more comes, or too little: one exchange has 30 s from its first octet to its
 * last. */
static void
test_stalled (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, data, NULL));
  benk_fhir_client_search_async (f->client, -1, NULL, fixture_note_result, &result);
  while (benk_virtual_hub_count_log (f->hub, "GET", "/DetectedIssue") == 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 29; i++)
    {
      benk_fake_clock_advance (f->clock, 1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_null (result);
    }
  benk_fake_clock_advance (f->clock, 1000);
  g_assert_null (
    benk_fhir_client_search_finish (f->client, fixture_wait (&result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_TIMEOUT);
  g_clear_error (&error);
  page = fixture_search (f, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->issues->len, ==, 1);
}

static void
test_slow_but_in_time (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_SLOW, 20000, "GET", 1);
  benk_fhir_client_search_async (f->client, -1, NULL, fixture_note_result, &result);
  while (benk_fake_clock_get_n_timers (f->clock) < 2)
    g_main_context_iteration (NULL, TRUE);
  benk_fake_clock_advance (f->clock, 20000);
  page = benk_fhir_client_search_finish (f->client, fixture_wait (&result), &error);
  g_assert_no_error (error);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_SLOW, 60000, "GET", 1);
  benk_fhir_client_read_async (f->client, "di-1", cancellable, fixture_note_result,
                               &result);
  while (benk_fake_clock_get_n_timers (f->clock) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (
    benk_fhir_client_read_finish (f->client, fixture_wait (&result), &error));
  g_assert_nonnull (error);
}

static void
test_offline (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  benk_virtual_hub_stop (f->hub);
  g_assert_null (fixture_search (f, -1, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
}

static void
test_wrong_token (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkAuth) auth = benk_auth_new_none ();
  g_autoptr (BenkFhirClient) stranger = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stranger = benk_fhir_client_new (benk_virtual_hub_get_url (f->hub), auth,
                                   BENK_CLOCK (f->clock), NULL);
  benk_fhir_client_search_async (stranger, -1, NULL, fixture_note_result, &result);
  g_assert_null (
    benk_fhir_client_search_finish (stranger, fixture_wait (&result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_AUTH);
}

static guint
walk (Fixture *f, gint64 newest_ms, GHashTable *seen, gint64 *newest, guint *again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = fixture_search (f, newest_ms, &error);
  guint pages = 0;

  while (page)
    {
      BenkFhirPage *next;

      g_assert_true (page->ascending);
      *newest = MAX (*newest, page->newest_ms);
      for (guint i = 0; i < page->issues->len; i++)
        {
          BenkFhirIssue *issue = g_ptr_array_index (page->issues, i);
          char *key = g_strdup_printf ("%s %s", issue->id, issue->version);

          if (!g_hash_table_add (seen, key))
            (*again)++;
        }
      pages++;
      next = page->next ? fixture_next (f, page, &error) : NULL;
      benk_fhir_page_free (page);
      page = next;
    }
  g_assert_no_error (error);
  return pages;
}

static void
test_thousand (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 newest = -1;
  guint again = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = fixture_raise (f, "1.20");

      if (i % 100 == 99)
        benk_fake_clock_advance (f->clock, 1000);
    }
  g_assert_cmpuint (walk (f, -1, seen, &newest, &again), ==, 10);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 1000);
  g_assert_cmpuint (again, ==, 0);
  g_assert_cmpint (newest, ==, START_MS + 9000);
}

/* What is stamped later in the second that was seen last is not lost. */
static void
test_overlap (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = fixture_raise (f, "1.8");
  g_autofree char *second = NULL;
  gint64 newest = -1;
  guint again = 0;

  walk (f, -1, seen, &newest, &again);
  second = fixture_raise (f, "1.17");
  g_assert_cmpint (newest, ==, START_MS);
  walk (f, newest, seen, &newest, &again);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 2);
  g_assert_cmpuint (again, ==, 1);

  benk_fake_clock_advance (f->clock, 11000);
  g_free (fixture_raise (f, "1.18"));
  walk (f, newest, seen, &newest, &again);
  again = 0;
  walk (f, newest, seen, &newest, &again);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3);
  g_assert_cmpuint (again, ==, 1);
}

static void
test_walk_ends (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = NULL;
  g_autoptr (BenkFhirPage) second = NULL;
  g_autoptr (BenkFhirPage) third = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, data, NULL));
  page = fixture_search (f, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (page->next);
  second = fixture_next (f, page, &error);
  if (second)
    third = fixture_next (f, second, &error);
  g_assert_null (third);
  g_assert_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL);
  benk_virtual_hub_clear_faults (f->hub);
}

static void
test_clock (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkFhirPage) page = NULL;
  g_autoptr (BenkFhirPage) dateless = NULL;

  g_assert_cmpint (benk_fhir_client_get_skew_ms (f->client), ==, 0);
  page = fixture_search (f, -1, NULL);
  g_assert_cmpint (page->server_ms, ==, START_MS);
  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_NO_DATE, 0, NULL, 1);
  dateless = fixture_search (f, -1, NULL);
  g_assert_cmpint (dateless->server_ms, ==, -1);
}

/* The octets that were read and those that were put differ by the mitigation alone. */
static void
test_take_leaves_the_rest (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autofree char *before = benk_virtual_hub_dup_issue (f->hub, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) taken = fixture_step (f, id, STEP_A, FALSE, &error);
  g_auto (GStrv) log = benk_virtual_hub_dup_log (f->hub);
  g_autoptr (JsonNode) line = NULL;
  JsonObject *put;

  g_assert_no_error (error);
  g_assert_true (benk_fhir_issue_has_step (taken, STEP_A));
  g_assert_cmpstr (taken->taken_by, ==, "KT");
  g_assert_cmpint (taken->taken_ms, ==, START_MS + 60000);
  g_assert_cmpint (taken->status, ==, BENK_FHIR_STATUS_OPEN);
  line = json_from_string (log[1], NULL);
  put = json_node_get_object (line);
  g_assert_cmpstr (json_object_get_string_member (put, "method"), ==, "PUT");
  g_assert_cmpstr (json_object_get_string_member (put, "if_match"), ==, "W/\"1\"");
  g_assert_true (strncmp (json_object_get_string_member (put, "body"), before,
                          strlen (before) - 1) == 0);
  g_assert_null (strstr (log[1], "very-secret-token"));
}

static void
test_two_take (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (BenkFhirIssue) mine = fixture_step (f, id, STEP_A, FALSE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (mine);
  g_assert_null (fixture_step (f, id, STEP_B, FALSE, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "KT"));
}

/* Between our read and our PUT somebody else takes it: 409, 412 and 428 are the same. */
static void
test_beaten (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const BenkFhirStep step = {
    .id = STEP_A, .author_id = STEP_B, .author_name = "KT", .at_ms = START_MS
  };

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, data, NULL));
  benk_fhir_client_take_async (f->client, id, &step, NULL, fixture_note_result, &result);
  while (benk_virtual_hub_count_log (f->hub, "GET", id) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (benk_virtual_hub_take_elsewhere (f->hub, id, "Ansvarsvakt", NULL));
  g_assert_null (
    benk_fhir_client_take_finish (f->client, fixture_wait (&result), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
}

/* A change that is not a taking is no reason to give up. */
static void
test_other_change (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) taken = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_STATUS, 412, "PUT", 1);
  taken = fixture_step (f, id, STEP_A, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "PUT", id), ==, 2);
}

static void
test_lost_put (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) taken = NULL;
  g_autoptr (BenkFhirIssue) again = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_LOST, 0, "PUT", 1);
  taken = fixture_step (f, id, STEP_A, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->steps->len, ==, 1);
  again = fixture_step (f, id, STEP_A, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->steps->len, ==, 1);
}

static void
test_close (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirIssue) taken = fixture_step (f, id, STEP_A, FALSE, &error);
  g_autoptr (BenkFhirIssue) closed = fixture_step (f, id, STEP_B, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (closed->status, ==, BENK_FHIR_STATUS_CLOSED);
  g_assert_cmpstr (closed->closed_by, ==, "KT");
  g_assert_cmpuint (closed->steps->len, ==, 2);
}

static void
test_closed_elsewhere (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_virtual_hub_close_elsewhere (f->hub, id, "Ansvarsvakt", NULL));
  g_assert_null (fixture_step (f, id, STEP_A, TRUE, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Ansvarsvakt"));
}

static BenkFhirFollowup
make_followup (void)
{
  BenkFhirFollowup followup = {
    .at_ms = START_MS + 1800000,
    .raised_ms = START_MS,
    .taken_ms = START_MS + 60000,
    .closed_ms = START_MS + 1740000,
    .cause = "rull eller pose",
    .action = "besøk",
    .author_id = "7c5f9a02-1a0b-4a57-8b43-9a3f0a1d2c11",
    .author_name = "Kari Tekniker",
  };

  g_assert_true (benk_id_parse (STEP_B, &followup.id));
  return followup;
}

static void
test_send (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  const BenkFhirFollowup followup = make_followup ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirReceipt) receipt = fixture_send (f, id, &followup, FALSE, &error);
  g_autofree char *document = benk_virtual_hub_dup_document (f->hub, 0);

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->status, ==, 201);
  g_assert_nonnull (receipt->location);
  g_assert_cmpstr (receipt->etag, ==, "W/\"1\"");
  g_assert_false (receipt->found);
  g_assert_nonnull (strstr (document, NUMBER));
  g_assert_nonnull (strstr (document, "urn:uuid:" STEP_B));
}

/* The hub has it, the answer was lost: the second try finds it and sends nothing. */
static void
test_lost_document (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  const BenkFhirFollowup followup = make_followup ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirReceipt) receipt = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, data, NULL));
  g_assert_null (fixture_send (f, id, &followup, FALSE, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_clear_error (&error);
  receipt = fixture_send (f, id, &followup, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (receipt->found);
  g_assert_nonnull (receipt->location);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
  g_assert_cmpuint (benk_virtual_hub_count_log (f->hub, "POST", "/Bundle"), ==, 1);
}

static void
test_document_that_did_not_arrive (Fixture *f, gconstpointer data)
{
  g_autofree char *id = fixture_raise (f, "1.8");
  const BenkFhirFollowup followup = make_followup ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirReceipt) receipt = NULL;

  benk_virtual_hub_add_fault (f->hub, BENK_HUB_FAULT_DROP, 0, "POST", 1);
  g_assert_null (fixture_send (f, id, &followup, FALSE, &error));
  g_clear_error (&error);
  receipt = fixture_send (f, id, &followup, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (receipt->found);
  g_assert_cmpuint (receipt->status, ==, 201);
  g_assert_cmpuint (benk_virtual_hub_get_n_documents (f->hub), ==, 1);
}

#define ADD(path, data, func)                                                            \
  g_test_add (path, Fixture, data, fixture_set_up, func, fixture_tear_down)

static void
add_step_tests (void)
{
  ADD ("/feed/client/take-leaves-the-rest-as-it-was", NULL, test_take_leaves_the_rest);
  ADD ("/feed/client/second-to-take-is-told-who-was-first", NULL, test_two_take);
  ADD ("/feed/client/beaten-between-read-and-put", "no-date:DELETE", test_beaten);
  ADD ("/feed/client/beaten-with-409", "409:PUT", test_beaten);
  ADD ("/feed/client/beaten-with-412", "412:PUT", test_beaten);
  ADD ("/feed/client/beaten-with-428", "428:PUT", test_beaten);
  ADD ("/feed/client/another-change-is-no-conflict", NULL, test_other_change);
  ADD ("/feed/client/lost-answer-to-put-counts-once", NULL, test_lost_put);
  ADD ("/feed/client/close-ends-it", NULL, test_close);
  ADD ("/feed/client/close-of-the-closed-says-by-whom", NULL, test_closed_elsewhere);
  ADD ("/feed/client/document-is-accepted", NULL, test_send);
  ADD ("/feed/client/lost-answer-makes-no-second-document", "lost:POST",
       test_lost_document);
  ADD ("/feed/client/cut-answer-makes-no-second-document", "truncated:POST",
       test_lost_document);
  ADD ("/feed/client/document-that-did-not-arrive-is-sent-again", NULL,
       test_document_that_did_not_arrive);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fault_rows); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/feed/client/fault/%s", fault_rows[i].name);

      ADD (path, &fault_rows[i], test_fault);
    }
  ADD ("/feed/client/fault/silence-ends-after-30-s", NULL, test_slow);
  ADD ("/feed/client/fault/half-open-line", "half-open", test_stalled);
  ADD ("/feed/client/fault/half-a-head", "half-head", test_stalled);
  ADD ("/feed/client/fault/one-octet-a-second", "drip", test_stalled);
  ADD ("/feed/client/fault/slow-is-waited-for", NULL, test_slow_but_in_time);
  ADD ("/feed/client/fault/cancelled", NULL, test_cancel);
  ADD ("/feed/client/fault/offline", NULL, test_offline);
  ADD ("/feed/client/fault/without-token", NULL, test_wrong_token);
  ADD ("/feed/client/a-thousand-in-pages", NULL, test_thousand);
  ADD ("/feed/client/overlap-loses-nothing", NULL, test_overlap);
  ADD ("/feed/client/next-page-elsewhere-is-refused", "foreign-next", test_walk_ends);
  ADD ("/feed/client/pages-without-end-are-left", "endless-next@9", test_walk_ends);
  ADD ("/feed/client/server-time", NULL, test_clock);
  add_step_tests ();
  return g_test_run ();
}

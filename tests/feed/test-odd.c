/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-error.h"
#include "benk-fhir.h"

#define META(version)                                                                    \
  "\"meta\":{\"versionId\":" version ",\"lastUpdated\":\"2025-11-03T08:05:12Z\"}"
#define ALARM(id, version)                                                               \
  "{\"resource\":{\"resourceType\":\"DetectedIssue\",\"id\":\"" id                       \
  "\",\"status\":\"preliminary\"," META (                                                \
    version) ",\"code\":{\"coding\":[{\"code\":\"1.8\"}]},"                              \
             "\"identifiedDateTime\":\"2025-11-03T08:05:12Z\"}}"
#define OUTCOME                                                                          \
  "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":"       \
  "\"warning\",\"code\":\"not-supported\",\"diagnostics\":\"_sort\"}]}"
#define SET(rest) "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"" rest "}"

/* Servers that were not written here: one answer, and what is right to make of it. */
typedef struct
{
  const char *name;
  const char *text;
  guint n_issues;
  guint n_flaws;
  const char *version; /* of the first alarm */
} OddRow;

static const OddRow odd_rows[] = {
  { "no-link-no-total", SET (",\"entry\":[" ALARM ("a", "\"1\"") "]"), 1, 0, "1" },
  { "no-entry", SET (",\"total\":0"), 0, 0, NULL },
  { "empty-entry", SET (",\"entry\":[]"), 0, 0, NULL },
  { "empty-link", SET (",\"link\":[],\"entry\":[" ALARM ("a", "\"1\"") "]"), 1, 0, "1" },
  { "version-is-a-uuid",
    SET (",\"entry\":[" ALARM ("a", "\"7d2f0c1e-0000-4000-8000-000000000001\"") "]"), 1,
    0, "7d2f0c1e-0000-4000-8000-000000000001" },
  { "outcome-among-them",
    SET (",\"entry\":[" OUTCOME ",\"search\":{\"mode\":\"outcome\"}}"
         "," ALARM ("a", "\"1\"") "]"),
    1, 0, "1" },
  { "outcome-without-its-mode",
    SET (",\"entry\":[" ALARM ("a", "\"1\"") "," OUTCOME "}]"), 1, 0, "1" },
  { "only-an-outcome", SET (",\"entry\":[" OUTCOME "}]"), 0, 0, NULL },
  { "an-error-among-them-is-a-fault",
    SET (",\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":["
         "{\"severity\":\"error\",\"code\":\"exception\"}]}}," ALARM ("a", "\"1\"") "]"),
    1, 1, "1" },
  { "another-resource-is-a-fault",
    SET (",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\"}}," ALARM (
      "a", "\"1\"") "]"),
    1, 1, "1" },
  { "the-same-twice",
    SET (",\"entry\":[" ALARM ("a", "\"1\"") "," ALARM ("a", "\"1\"") "]"), 1, 0, "1" },
  { "two-versions",
    SET (",\"entry\":[" ALARM ("a", "\"1\"") "," ALARM ("a", "\"2\"") "]"), 2, 0, "1" },
};

static void
test_odd (gconstpointer data)
{
  const OddRow *row = data;
  g_autoptr (GBytes) text = g_bytes_new_static (row->text, strlen (row->text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = benk_fhir_page_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->issues->len, ==, row->n_issues);
  g_assert_cmpuint (page->flaws->len, ==, row->n_flaws);
  g_assert_null (page->next);
  if (row->version)
    {
      BenkFhirIssue *first = g_ptr_array_index (page->issues, 0);

      g_assert_cmpstr (first->version, ==, row->version);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (odd_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/feed/odd/%s", odd_rows[i].name);

      g_test_add_data_func (path, &odd_rows[i], test_odd);
    }
  g_test_message ("%u odd answers", (guint) G_N_ELEMENTS (odd_rows));
  return g_test_run ();
}

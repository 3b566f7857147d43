/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "feed-fixture.h"

#include <json-glib/json-glib.h>

/* What did not change is not sent again: counted in octets and in conditions. */

static guint
count_conditions (Fixture *f)
{
  g_auto (GStrv) log = benk_virtual_hub_dup_log (f->hub);
  guint n = 0;

  for (gsize i = 0; log[i]; i++)
    {
      g_autoptr (JsonNode) line = json_from_string (log[i], NULL);

      n += !json_object_get_null_member (json_node_get_object (line), "if_none_match");
    }
  return n;
}

/* Walks to the end; says of each page that it is kept, if @keep. */
static guint
walk (Fixture *f, gint64 newest_ms, gboolean keep, guint *n_unchanged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFhirPage) page = fixture_search (f, newest_ms, &error);
  guint n_issues = 0;

  while (page)
    {
      BenkFhirPage *next;

      n_issues += page->issues->len;
      *n_unchanged += page->unchanged;
      if (keep)
        benk_fhir_client_note_kept (f->client, page);
      next = page->next ? fixture_next (f, page, &error) : NULL;
      benk_fhir_page_free (page);
      page = next;
    }
  g_assert_no_error (error);
  return n_issues;
}

static void
raise_many (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (fixture_raise (f, "1.20"));
}

static void
test_same (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;
  guint64 before;
  guint64 whole;

  raise_many (f, 250);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 250);
  whole = benk_virtual_hub_get_n_octets (f->hub);
  g_assert_cmpuint (n_unchanged, ==, 0);
  g_assert_cmpuint (whole, >, 250 * 300);

  before = whole;
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 0);
  g_assert_cmpuint (n_unchanged, ==, 30);
  g_assert_cmpuint (count_conditions (f), ==, 30);
  g_assert_cmpuint (benk_virtual_hub_get_n_octets (f->hub) - before, ==, 0);
  g_test_message ("ten walks over 250 alarms: 0 octets instead of %u",
                  (guint) (whole * 10));
}

static void
test_change (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;

  raise_many (f, 150);
  walk (f, START_MS, TRUE, &n_unchanged);
  raise_many (f, 1);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 51);
  g_assert_cmpuint (n_unchanged, ==, 1);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 0);
  g_assert_cmpuint (n_unchanged, ==, 3);
}

/* What was read but could not be kept has to come again. */
static void
test_not_kept (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;

  raise_many (f, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (walk (f, START_MS, FALSE, &n_unchanged), ==, 3);
  g_assert_cmpuint (n_unchanged + count_conditions (f), ==, 0);
}

static void
test_from_the_beginning (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;

  raise_many (f, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (walk (f, -1, TRUE, &n_unchanged), ==, 3);
  g_assert_cmpuint (n_unchanged + count_conditions (f), ==, 0);
}

static void
test_trust_ends (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;

  raise_many (f, 3);
  walk (f, START_MS, TRUE, &n_unchanged);
  benk_fake_clock_advance (f->clock, 299 * 1000);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 0);
  benk_fake_clock_advance (f->clock, 1000);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 3);
  g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 0);
  g_assert_cmpuint (n_unchanged, ==, 2);
}

static void
test_none_given (Fixture *f, gconstpointer data)
{
  guint n_unchanged = 0;

  benk_virtual_hub_set_manners (f->hub, BENK_HUB_MANNER_NO_ETAG);
  raise_many (f, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (walk (f, START_MS, TRUE, &n_unchanged), ==, 3);
  g_assert_cmpuint (n_unchanged + count_conditions (f), ==, 0);
}

/* One that says so although it was not asked has told nothing. */
static void
test_unasked (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (benk_virtual_hub_add_fault_named (f->hub, "304:GET", NULL));
  g_assert_null (fixture_search (f, START_MS, &error));
  g_assert_nonnull (error);
}

#define ADD(path, func)                                                                  \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/feed/unchanged/is-not-sent-again", test_same);
  ADD ("/feed/unchanged/only-the-page-that-changed-comes", test_change);
  ADD ("/feed/unchanged/not-kept-comes-again", test_not_kept);
  ADD ("/feed/unchanged/from-the-beginning-is-whole", test_from_the_beginning);
  ADD ("/feed/unchanged/is-believed-for-five-minutes", test_trust_ends);
  ADD ("/feed/unchanged/without-an-etag-never", test_none_given);
  ADD ("/feed/unchanged/unasked-is-a-fault", test_unasked);
  return g_test_run ();
}

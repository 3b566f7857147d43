/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper.h"

#include <locale.h>
#include <string.h>

#include "benk-paper-words.h"

#define MADE_MS G_GINT64_CONSTANT (1772438400000)

static BenkPaper *
create (const char *warning)
{
  const BenkPaperHead head = { "A title", "nb", MADE_MS, "The foot", warning };

  return benk_paper_new (&head);
}

static GBytes *
render (BenkPaper *paper, guint *n_pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = benk_paper_render (paper, n_pages, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
add_some (BenkPaper *paper)
{
  benk_paper_add_title (paper, "Title of it");
  benk_paper_add_heading (paper, "Heading");
  benk_paper_add_row (paper, "Name", "Value");
  benk_paper_add_row (paper, "Unknown", NULL);
  benk_paper_add_check (paper, BENK_PAPER_MARK_DONE, "Did this", "passed");
  benk_paper_add_check (paper, BENK_PAPER_MARK_SKIPPED, "Not that", "not there");
  benk_paper_add_check (paper, BENK_PAPER_MARK_OPEN, "Nor that", "open");
  benk_paper_add_code (paper, "PAYLOAD 1");
  benk_paper_add_row (paper, "Beside", "the code");
  benk_paper_add_text (paper, "Ærlig talt, på én side.");
}

static void
test_words_can_be_read (void)
{
  g_autoptr (BenkPaper) paper = create (NULL);
  guint n_pages = 0;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  static const char *const wanted[] = { "Title of it",
                                        "Heading",
                                        "Name",
                                        "Value",
                                        "–",
                                        "Did this",
                                        "passed",
                                        "Not that",
                                        "not there",
                                        "the code",
                                        "The foot",
                                        "Page 1 of 1",
                                        "Ærlig talt, på én side." };

  add_some (paper);
  pdf = render (paper, &n_pages);
  words = test_paper_read_words (pdf);
  g_assert_cmpuint (n_pages, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (words, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], words);
}

static void
test_same_blocks_give_same_octets (void)
{
  g_autoptr (BenkPaper) one = create ("Warning");
  g_autoptr (BenkPaper) other = create ("Warning");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) second = NULL;

  add_some (one);
  add_some (other);
  first = render (one, NULL);
  again = render (one, NULL);
  second = render (other, NULL);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_metadata_is_of_the_document_only (void)
{
  g_autoptr (BenkPaper) paper = create (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *info = NULL;

  add_some (paper);
  pdf = render (paper, NULL);
  info = test_paper_read_info (pdf);
  g_assert_nonnull (strstr (info, "A title"));
  g_assert_nonnull (strstr (info, "Dosebenk"));
  g_assert_nonnull (strstr (info, "Mon Mar  2 09:00:00 2026 CET"));
  g_assert_nonnull (strstr (info, "(A4)"));
  g_assert_nonnull (strstr (info, "Tagged:          yes"));
  g_assert_null (strstr (info, "Author"));
  g_assert_null (strstr (info, g_get_user_name ()));
  g_assert_true (test_paper_holds (pdf, "/Lang (nb)"));
  g_assert_false (test_paper_holds (pdf, "/Author"));
}

static void
test_breaks_pages (void)
{
  g_autoptr (BenkPaper) paper = create ("Not a proof");
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) pages = NULL;
  guint n_pages = 0;

  for (guint i = 1; i <= 90; i++)
    {
      g_autofree char *text = g_strdup_printf ("Line number %u.", i);

      benk_paper_add_check (paper, BENK_PAPER_MARK_DONE, text, "passed");
    }
  pdf = render (paper, &n_pages);
  words = test_paper_read_words (pdf);
  pages = g_strsplit (words, "\f", -1);
  g_assert_cmpuint (n_pages, ==, 2);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n_pages);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "Not a proof"));
      g_assert_nonnull (strstr (pages[i], "The foot"));
    }
  for (guint i = 1; i <= 90; i++)
    {
      g_autofree char *text = g_strdup_printf ("Line number %u.", i);

      g_assert_nonnull (strstr (words, text));
    }
}

static void
test_a_heading_stays_with_what_follows (void)
{
  for (guint n = 52; n < 62; n++)
    {
      g_autoptr (BenkPaper) paper = create (NULL);
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *words = NULL;
      g_auto (GStrv) pages = NULL;

      for (guint i = 0; i < n; i++)
        benk_paper_add_row (paper, "Name", "Value");
      benk_paper_add_heading (paper, "THE HEADING");
      benk_paper_add_row (paper, "AFTER IT", "Value");
      pdf = render (paper, NULL);
      words = test_paper_read_words (pdf);
      pages = g_strsplit (words, "\f", -1);
      for (guint i = 0; pages[i] != NULL; i++)
        g_assert_cmpint (strstr (pages[i], "THE HEADING") != NULL, ==,
                         strstr (pages[i], "AFTER IT") != NULL);
    }
}

/* However long, every letter is on the paper. */
static void
test_long_words_wrap (void)
{
  g_autoptr (BenkPaper) paper = create (NULL);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  guint n = 0;

  for (guint i = 0; i < 400; i++)
    g_string_append_c (name, '#');
  benk_paper_add_row (paper, name->str, name->str);
  benk_paper_add_check (paper, BENK_PAPER_MARK_DONE, name->str, name->str);
  benk_paper_add_text (paper, name->str);
  pdf = render (paper, NULL);
  words = test_paper_read_words (pdf);
  for (const char *at = words; *at != '\0'; at++)
    n += *at == '#';
  g_assert_cmpuint (n, ==, 5 * 400);
}

static void
test_a_code_that_is_too_long_is_left_out (void)
{
  g_autoptr (BenkPaper) paper = create (NULL);
  g_autofree char *payload = g_strnfill (8000, 'x');
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;

  benk_paper_add_code (paper, payload);
  benk_paper_add_text (paper, "Beside nothing");
  pdf = render (paper, NULL);
  words = test_paper_read_words (pdf);
  g_assert_nonnull (strstr (words, "Beside nothing"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/layout/words-can-be-read", test_words_can_be_read);
  g_test_add_func ("/paper/layout/same-blocks-give-same-octets",
                   test_same_blocks_give_same_octets);
  g_test_add_func ("/paper/layout/metadata-is-of-the-document-only",
                   test_metadata_is_of_the_document_only);
  g_test_add_func ("/paper/layout/breaks-pages", test_breaks_pages);
  g_test_add_func ("/paper/layout/a-heading-stays-with-what-follows",
                   test_a_heading_stays_with_what_follows);
  g_test_add_func ("/paper/layout/long-words-wrap", test_long_words_wrap);
  g_test_add_func ("/paper/layout/a-code-that-is-too-long-is-left-out",
                   test_a_code_that_is_too_long_is_left_out);
  return g_test_run ();
}

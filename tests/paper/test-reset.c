/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-reset.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "benk-paper-words.h"

#define MADE_MS G_GINT64_CONSTANT (1772438400000)

static BenkPaperReset *
create_reset (BenkLinkKind link_kind, gboolean demo)
{
  BenkPaperReset *reset = benk_paper_reset_new ();
  static const char *const ids[] = { "identity", "clear-log", "wipe",  "identity-after",
                                     "wiped",    "verify",    "empty", "clock-after" };

  reset->model = g_strdup ("Medido");
  reset->serial = g_strdup ("MED-7001");
  reset->asset = g_strdup ("D-037");
  reset->started_ms = MADE_MS - 120000;
  reset->proven_ms = MADE_MS - 60000;
  reset->link_kind = link_kind;
  reset->demo = demo;
  reset->name = g_strdup ("Kari Åsen (KÅ)");
  reset->account = g_strdup ("kaasen");
  reset->run = g_strdup ("0199c7a2-0000-7000-8000-000000000001");
  reset->row = 412;
  reset->row_hash = g_strnfill (64, 'a');
  reset->head = 415;
  reset->head_hash = g_strnfill (64, 'b');
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    benk_paper_reset_add_check (reset, ids[i], BENK_PAPER_MARK_DONE, NULL, NULL);
  benk_paper_reset_add_check (reset, "log-after", BENK_PAPER_MARK_SKIPPED, NULL, NULL);
  return reset;
}

static char *
read_resets (GPtrArray *resets, guint *n_pages)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  pdf = benk_paper_reset_compose (resets, MADE_MS, zone, n_pages, &error);
  g_assert_no_error (error);
  g_assert_true (test_paper_holds (pdf, "/Lang (en)"));
  return test_paper_read_words (pdf);
}

static GPtrArray *
list_one (BenkPaperReset *reset)
{
  GPtrArray *resets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_paper_reset_free);

  g_ptr_array_add (resets, reset);
  return resets;
}

static void
assert_words (const char *words, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strstr (words, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], words);
}

static void
test_says_what_was_read (void)
{
  g_autoptr (GPtrArray) resets = list_one (create_reset (BENK_LINK_KIND_USB, FALSE));
  g_autofree char *words = read_resets (resets, NULL);
  static const char *const wanted[] = { "Confirmation of reset",
                                        "MED-7001",
                                        "D-037",
                                        "2026-03-02 08:59 (UTC+01:00)",
                                        "read back from the dispenser",
                                        "Every part of its memory reported blank",
                                        "passed",
                                        "does not have it",
                                        "Kari Åsen (KÅ)",
                                        "kaasen",
                                        "not who sat there",
                                        "What this does not say",
                                        "412",
                                        "aaaaaaaaaaaaaaaa",
                                        "0199c7a2-0000-7000-8000-000000000001",
                                        NULL };

  assert_words (words, wanted);
  g_assert_null (strstr (words, "proves nothing"));
}

/* kind, demo store, what every page says, what it says of how it is known */
static const struct
{
  BenkLinkKind link_kind;
  gboolean demo;
  const char *warning;
  const char *how;
} played[] = {
  { BENK_LINK_KIND_SIMULATED, TRUE, "DEMO – this page proves nothing",
    "no dispenser was reset" },
  { BENK_LINK_KIND_SIMULATED, FALSE, "SIMULATED – this page proves nothing",
    "no dispenser was reset" },
  { BENK_LINK_KIND_REPLAY, FALSE, "SIMULATED – this page proves nothing",
    "Replay of a recording" },
  { BENK_LINK_KIND_CHECKLIST, TRUE, "DEMO – this page proves nothing",
    "not read from the dispenser" },
  { BENK_LINK_KIND_USB, TRUE, "DEMO – this page proves nothing", "USB" },
};

static void
test_what_was_played_says_so_on_every_page (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (played); i++)
    {
      g_autoptr (GPtrArray) resets =
        list_one (create_reset (played[i].link_kind, played[i].demo));
      g_autofree char *words = NULL;
      g_auto (GStrv) pages = NULL;
      guint n_pages = 0;

      g_ptr_array_add (resets, create_reset (played[i].link_kind, played[i].demo));
      words = read_resets (resets, &n_pages);
      pages = g_strsplit (words, "\f", -1);
      g_assert_cmpuint (n_pages, >=, 2);
      for (guint page = 0; page < n_pages; page++)
        g_assert_nonnull (strstr (pages[page], played[i].warning));
      g_assert_nonnull (strstr (words, played[i].how));
      g_assert_false (benk_paper_reset_proves (g_ptr_array_index (resets, 0)));
    }
}

/* One that was only played among real ones spoils no other page, and hides on none. */
static void
test_each_device_has_its_own_page (void)
{
  g_autoptr (GPtrArray) resets = list_one (create_reset (BENK_LINK_KIND_USB, FALSE));
  BenkPaperReset *other = create_reset (BENK_LINK_KIND_CHECKLIST, FALSE);
  g_autofree char *words = NULL;
  g_auto (GStrv) pages = NULL;
  guint n_pages = 0;
  static const char *const wanted[] = { "What was done", "Nothing was read from",
                                        "rests on the person named above", NULL };

  g_free (other->serial);
  other->serial = g_strdup ("MED-7002");
  g_ptr_array_add (resets, other);
  words = read_resets (resets, &n_pages);
  pages = g_strsplit (words, "\f", -1);
  g_assert_null (strstr (pages[0], "MED-7002"));
  g_assert_nonnull (strstr (pages[n_pages / 2], "MED-7002"));
  g_assert_null (strstr (pages[n_pages / 2], "MED-7001"));
  assert_words (words, wanted);
}

static void
test_an_erased_name_is_said_to_be (void)
{
  BenkPaperReset *reset = create_reset (BENK_LINK_KIND_USB, FALSE);
  g_autoptr (GPtrArray) resets = list_one (reset);
  g_autofree char *words = NULL;
  static const char *const wanted[] = { "erased", "were not kept", NULL };

  g_clear_pointer (&reset->name, g_free);
  g_ptr_array_set_size (reset->checks, 0);
  words = read_resets (resets, NULL);
  assert_words (words, wanted);
}

static void
test_a_long_name_and_many_checks_run_over_two_pages (void)
{
  BenkPaperReset *reset = create_reset (BENK_LINK_KIND_CHECKLIST, FALSE);
  g_autoptr (GPtrArray) resets = list_one (reset);
  g_autofree char *words = NULL;
  guint n_pages = 0;
  static const char *const wanted[] = { "Page 1 of 2", "Page 2 of 2", "Line 39",
                                        "Bartholomeus", NULL };

  g_free (reset->name);
  reset->name = g_strdup ("Anne-Margrethe Elisabeth Charlotte Augusta Wilhelmina "
                          "Fredrikke von Thule-Hansen Bartholomeus (AMECA)");
  g_ptr_array_set_size (reset->checks, 0);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Line %u of a list of the make", i);

      benk_paper_reset_add_check (reset, "line", BENK_PAPER_MARK_DONE, text, "KÅ 08:12");
    }
  words = read_resets (resets, &n_pages);
  g_assert_cmpuint (n_pages, ==, 2);
  assert_words (words, wanted);
}

/* Everything on it is in the language that it says it is in. */
static void
test_is_norwegian_to_norwegians (void)
{
  g_autoptr (GPtrArray) resets = list_one (create_reset (BENK_LINK_KIND_USB, TRUE));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  static const char *const wanted[] = { "Bekreftelse på nullstilling",
                                        "DEMO – denne siden beviser ingenting",
                                        "02.03.2026 kl. 08:59 (UTC+01:00)",
                                        "lest tilbake fra dispenseren",
                                        "bestått",
                                        "Dette sier den ikke",
                                        "Side 1 av 1",
                                        NULL };
  static const char *const english[] = { " the ", " and ", " was ", " not " };

  g_setenv ("LANGUAGE", "nb", TRUE);
  bindtextdomain ("dosebenk", g_getenv ("BENK_TEST_WORDS"));
  bind_textdomain_codeset ("dosebenk", "UTF-8");
  textdomain ("dosebenk");
  setlocale (LC_ALL, "");
  pdf = benk_paper_reset_compose (resets, MADE_MS, zone, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (test_paper_holds (pdf, "/Lang (nb)"));
  words = test_paper_read_words (pdf);
  assert_words (words, wanted);
  for (guint i = 0; i < G_N_ELEMENTS (english); i++)
    g_assert_null (strstr (words, english[i]));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/reset/says-what-was-read", test_says_what_was_read);
  g_test_add_func ("/paper/reset/what-was-played-says-so-on-every-page",
                   test_what_was_played_says_so_on_every_page);
  g_test_add_func ("/paper/reset/each-device-has-its-own-page",
                   test_each_device_has_its_own_page);
  g_test_add_func ("/paper/reset/an-erased-name-is-said-to-be",
                   test_an_erased_name_is_said_to_be);
  g_test_add_func ("/paper/reset/a-long-name-and-many-checks-run-over-two-pages",
                   test_a_long_name_and_many_checks_run_over_two_pages);
  g_test_add_func ("/paper/reset/is-norwegian-to-norwegians",
                   test_is_norwegian_to_norwegians);
  return g_test_run ();
}

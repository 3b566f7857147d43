/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-followup.h"
#include "benk-plan.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "benk-paper-words.h"

/* 2026-03-02 08:00 UTC. */
#define WALL_MS G_GINT64_CONSTANT (1772438400000)
#define MIN_MS G_GINT64_CONSTANT (60000)
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define WHY "Kari Nesttun var utilgjengelig"

static BenkFollowupReport *
make_report (guint n_rows)
{
  BenkFollowupReport *report = benk_followup_report_new ();
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BenkWatchGap));
  BenkWatchGap gap = { WALL_MS - 60 * MIN_MS, WALL_MS - 30 * MIN_MS, BENK_GAP_SILENT };

  g_array_append_val (gaps, gap);
  g_assert_true (
    benk_report_period_set (&report->period, "2026-03-01", "2026-03-31", NULL));
  report->made_ms = WALL_MS;
  report->seq = 4711;
  report->hash = g_strdup (HASH);
  report->sums.n_without_team = 3;
  for (guint i = 0; i < n_rows; i++)
    {
      BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);

      row->code = g_strdup ("1.8");
      row->model_name = g_strdup ("Medido");
      row->serial = g_strdup_printf ("MD-%u", i);
      row->team = g_strdup ("Distrikt 1");
      row->status = BENK_ALARM_STATUS_CLOSED;
      row->raised_ms = WALL_MS - 40 * MIN_MS;
      row->received.at_ms = WALL_MS - 40 * MIN_MS;
      row->proposed = i > 0;
      row->take_deadline_ms = WALL_MS - (i % 2 == 0 ? 35 : 25) * MIN_MS;
      benk_followup_row_add_step (row, "taken", "phone", WALL_MS - 24 * MIN_MS);
      benk_followup_row_add_step (row, "closed", "other-system", WALL_MS - 20 * MIN_MS);
      benk_followup_row_add_step (row, "late", "here", WALL_MS);
      benk_followup_row_judge (row, gaps, WALL_MS);
      g_ptr_array_add (report->rows, row);
    }
  benk_followup_report_add_gaps (report, "Hub", gaps);
  benk_followup_report_sum_up (report);
  return report;
}

static GBytes *
compose (BenkFollowupReport *report, guint *n_pages)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GError) error = NULL;
  GBytes *pdf = benk_paper_followup_compose (report, zone, n_pages, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
assert_words (GBytes *pdf, const char *const *wanted)
{
  g_autofree char *words = test_paper_read_words (pdf);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (strstr (words, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], words);
}

static void
test_says_all (void)
{
  static const char *const wanted[] = { "Follow-Up of Alarms",
                                        "2026-03-01 to 2026-03-31",
                                        "All teams",
                                        "not decided",
                                        "Still open",
                                        "Against the deadlines of the district",
                                        "Against deadlines that the program proposes",
                                        "no breach of the district's own",
                                        "Not watched by this program",
                                        "the source did not answer",
                                        "1.8 Roll jammed",
                                        "Medido MD-0",
                                        "told by phone",
                                        "in another system",
                                        "Late, with reason",
                                        "change log row 4711",
                                        HASH,
                                        "Page 1 of 1",
                                        NULL };
  g_autoptr (BenkFollowupReport) report = make_report (2);
  g_autoptr (GBytes) pdf = compose (report, NULL);

  assert_words (pdf, wanted);
}

static void
test_says_it_in_norwegian (void)
{
  static const char *const wanted[] = { "Oppfølging av varsler",
                                        "Alle team",
                                        "ikke besluttet",
                                        "Forslag fra programmet",
                                        "Ikke fulgt med på fra dette programmet",
                                        "kilden svarte ikke",
                                        "Rull sitter fast",
                                        "For sent, med begrunnelse",
                                        "fortalt på telefon",
                                        "Side 1 av",
                                        NULL };
  g_autoptr (BenkFollowupReport) report = make_report (2);
  g_autoptr (GBytes) pdf = NULL;

  g_setenv ("LANGUAGE", "nb", TRUE);
  bindtextdomain ("dosebenk", g_getenv ("BENK_TEST_WORDS"));
  bind_textdomain_codeset ("dosebenk", "UTF-8");
  textdomain ("dosebenk");
  setlocale (LC_ALL, "");
  pdf = compose (report, NULL);
  assert_words (pdf, wanted);
  g_assert_true (test_paper_holds (pdf, "/Lang (nb)"));
  g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, "");
}

static void
test_every_page_has_number_and_hash (void)
{
  g_autoptr (BenkFollowupReport) report = make_report (60);
  guint n_pages = 0;
  g_autoptr (GBytes) pdf = compose (report, &n_pages);
  g_autofree char *words = test_paper_read_words (pdf);
  g_auto (GStrv) hashes = g_strsplit (words, HASH, -1);

  g_assert_cmpuint (n_pages, >, 2);
  g_assert_cmpuint (g_strv_length (hashes) - 1, ==, n_pages);
  for (guint i = 1; i <= n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i, n_pages);

      g_assert_nonnull (strstr (words, number));
    }
}

static void
test_reason_stands_only_where_it_was_read (void)
{
  g_autoptr (BenkFollowupReport) report = make_report (1);
  BenkFollowupRow *row = g_ptr_array_index (report->rows, 0);
  g_autoptr (GBytes) without = compose (report, NULL);
  g_autofree char *words = test_paper_read_words (without);
  g_autoptr (GBytes) with = NULL;
  static const char *const wanted[] = { WHY, NULL };

  g_assert_null (strstr (words, "Kari"));
  row->reason = g_strdup (WHY);
  with = compose (report, NULL);
  assert_words (with, wanted);
}

static void
test_demo_proves_nothing (void)
{
  static const char *const wanted[] = { "DEMO", "No alarm was raised in this period.",
                                        NULL };
  g_autoptr (BenkFollowupReport) report = make_report (0);
  g_autoptr (GBytes) pdf = NULL;

  report->demo = TRUE;
  pdf = compose (report, NULL);
  assert_words (pdf, wanted);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/followup/says-times-places-and-deadlines", test_says_all);
  g_test_add_func ("/paper/followup/every-page-has-number-and-hash",
                   test_every_page_has_number_and_hash);
  g_test_add_func ("/paper/followup/reason-stands-only-where-it-was-read",
                   test_reason_stands_only_where_it_was_read);
  g_test_add_func ("/paper/followup/demo-proves-nothing", test_demo_proves_nothing);
  g_test_add_func ("/paper/followup/is-norwegian-in-norwegian",
                   test_says_it_in_norwegian);

  return g_test_run ();
}

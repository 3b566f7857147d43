/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-conform.h"

#include <string.h>

#include "benk-paper-words.h"

#define MADE_MS G_GINT64_CONSTANT (1772438400000)

static BenkPaperConform *
create_report (BenkLinkKind link_kind, gboolean demo)
{
  BenkPaperConform *self = benk_paper_conform_new ();
  static const BenkPaperConformRow rows[] = {
    { "S-ASSOCIATE", "20601", "Offers an association", BENK_PAPER_MARK_DONE, "Passed",
      NULL },
    { "E-STATE", "3", "Tells which plan is in force", BENK_PAPER_MARK_FAILED, "Failed",
      "no answer" },
    { "E-ARM", "8", "Prepares a reset", BENK_PAPER_MARK_SKIPPED, "Not offered",
      "The profile does not offer it." },
    { "E-WIPED", "8", "Says that it is wiped", BENK_PAPER_MARK_OPEN, "Not tried",
      "It would change what the dispenser holds." },
    { "S-LENGTHS", "20601", "Sends whole messages", BENK_PAPER_MARK_DONE, "Passed",
      NULL },
  };

  self->maker = g_strdup ("Somebody AB");
  self->model = g_strdup ("Dispenser 3");
  self->serial = g_strdup ("MED-7001");
  self->system_id = g_strdup ("02d05eddbee77ee5");
  self->link_kind = link_kind;
  self->demo = demo;
  self->at_ms = MADE_MS - 60000;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    benk_paper_conform_add_row (self, &rows[i]);
  self->n_passed = 2;
  self->n_failed = self->n_not_offered = self->n_not_tried = 1;
  self->name = g_strdup ("Kari Åsen (KÅ)");
  self->account = g_strdup ("kaasen");
  self->version = g_strdup ("1.0");
  self->head = 415;
  self->head_hash = g_strnfill (64, 'b');
  return self;
}

static char *
read_report (const BenkPaperConform *report, guint *n_pages)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf =
    benk_paper_conform_compose (report, MADE_MS, zone, n_pages, &error);

  g_assert_no_error (error);
  g_assert_true (test_paper_holds (pdf, "/Lang (en)"));
  return test_paper_read_words (pdf);
}

static void
test_every_requirement (void)
{
  g_autoptr (BenkPaperConform) report = create_report (BENK_LINK_KIND_USB, FALSE);
  g_autofree char *words = read_report (report, NULL);
  static const char *const wanted[] = {
    "Conformance of a dispenser",
    "Somebody AB",
    "MED-7001",
    "02d05eddbee77ee5",
    "2026-03-02 08:59 (UTC+01:00)",
    "2 of 5",
    "1 of 5",
    "What failed",
    "no answer",
    "S-ASSOCIATE (20601)",
    "E-STATE (3)",
    "E-ARM (8)",
    "E-WIPED (8)",
    "Not offered",
    "Not tried",
    "It would change what the",
    "Kari Åsen (KÅ)",
    "It is no certificate",
    "415",
    "bbbbbbbb",
    "Dosebenk 1.0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (words, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], words);
  g_assert_null (strstr (words, "proves nothing"));
  g_assert_true (benk_paper_conform_proves (report));
  /* What is of the standard stands together, wherever it was tried. */
  g_assert_true (strstr (words, "S-LENGTHS") < strstr (words, "E-ARM"));
}

static const struct
{
  BenkLinkKind link_kind;
  gboolean demo;
  const char *warning;
} played[] = {
  { BENK_LINK_KIND_SIMULATED, TRUE, "DEMO – this page proves nothing" },
  { BENK_LINK_KIND_USB, TRUE, "DEMO – this page proves nothing" },
  { BENK_LINK_KIND_SIMULATED, FALSE, "SIMULATED – this page proves nothing" },
  { BENK_LINK_KIND_REPLAY, FALSE, "SIMULATED – this page proves nothing" },
  { BENK_LINK_KIND_NETWORK, FALSE, "OVER A NETWORK – this page proves nothing" },
};

static void
test_played (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (played); i++)
    {
      g_autoptr (BenkPaperConform) report =
        create_report (played[i].link_kind, played[i].demo);
      guint n_pages = 0;
      g_autofree char *words = read_report (report, &n_pages);
      g_auto (GStrv) pages = g_strsplit (words, "\f", -1);

      g_assert_cmpuint (n_pages, ==, 2);
      for (guint page = 0; page < n_pages; page++)
        g_assert_nonnull (strstr (pages[page], played[i].warning));
      g_assert_false (benk_paper_conform_proves (report));
    }
}

/* A device that says nothing of itself, and nobody who was chosen. */
static void
test_nothing_known (void)
{
  g_autoptr (BenkPaperConform) report = benk_paper_conform_new ();
  g_autofree char *words = NULL;

  report->version = g_strdup ("1.0");
  report->head_hash = g_strnfill (64, '0');
  words = read_report (report, NULL);
  g_assert_nonnull (strstr (words, "0 of 0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/conform/every-requirement-stands-on-it",
                   test_every_requirement);
  g_test_add_func ("/paper/conform/what-was-played-says-so-on-every-page", test_played);
  g_test_add_func ("/paper/conform/nothing-known", test_nothing_known);
  return g_test_run ();
}

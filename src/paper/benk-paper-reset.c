/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-reset.h"

#include "benk-paper-words.h"

#include <glib/gi18n.h>

/* The steps of a reset that check something, in words for somebody who was not there. */
static const struct
{
  const char *id;
  const char *text;
} check_words[] = {
  { "identity", N_ ("Serial number, clock and battery read from the dispenser") },
  { "interlock", N_ ("Charged or on mains, lid closed, no dose on its way") },
  { "confirm", N_ ("Serial number confirmed by the person before anything was wiped") },
  { "clear-log", N_ ("Dose log cleared, and read back empty") },
  { "wipe", N_ ("Everything wiped: settings, recipients, labels, logs, keys") },
  { "identity-after", N_ ("The same dispenser came back: same serial number and id") },
  { "wiped", N_ ("Says it is wiped, in answer to this reset and to no earlier one") },
  { "verify", N_ ("Every part of its memory reported blank, asked anew") },
  { "empty", N_ ("Every table of settings read back empty") },
  { "log-after", N_ ("Dose log read once more and empty") },
  { "clock-after", N_ ("Clock can be set anew; battery read") },
};

static void
check_free (gpointer data)
{
  BenkPaperResetCheck *check = data;

  g_free (check->id);
  g_free (check->text);
  g_free (check->result);
  g_free (check);
}

/** benk_paper_reset_new: Returns: (transfer full): a reset about which nothing is known
 */
BenkPaperReset *
benk_paper_reset_new (void)
{
  BenkPaperReset *self = g_new0 (BenkPaperReset, 1);

  self->checks = g_ptr_array_new_with_free_func (check_free);
  return self;
}

/** benk_paper_reset_free: @self: (transfer full): what benk_paper_reset_new() gave */
void
benk_paper_reset_free (BenkPaperReset *self)
{
  g_free (self->model);
  g_free (self->serial);
  g_free (self->asset);
  g_free (self->imei);
  g_free (self->firmware);
  g_ptr_array_unref (self->checks);
  g_free (self->name);
  g_free (self->account);
  g_free (self->run);
  g_free (self->row_hash);
  g_free (self->head_hash);
  g_free (self);
}

/** benk_paper_reset_add_check: @text: (nullable): see #BenkPaperResetCheck */
void
benk_paper_reset_add_check (BenkPaperReset *self,
                            const char *id,
                            BenkPaperMark mark,
                            const char *text,
                            const char *result)
{
  BenkPaperResetCheck *check = g_new0 (BenkPaperResetCheck, 1);

  check->id = g_strdup (id);
  check->mark = mark;
  check->text = g_strdup (text);
  check->result = g_strdup (result);
  g_ptr_array_add (self->checks, check);
}

/**
 * benk_paper_reset_proves:
 *
 * Returns: %FALSE for what was only played: in a demo store, or with no real device
 */
gboolean
benk_paper_reset_proves (const BenkPaperReset *self)
{
  return !self->demo && benk_link_kind_counts (self->link_kind, FALSE);
}

static const char *
describe_link (BenkLinkKind kind)
{
  switch (kind)
    {
    case BENK_LINK_KIND_USB:
      return _ ("USB: wiped over the cable, and read back from the dispenser");
    case BENK_LINK_KIND_CHECKLIST:
      return _ ("Checklist: done by a person, not read from the dispenser");
    case BENK_LINK_KIND_SIMULATED:
      return _ ("Simulated: no dispenser was reset");
    case BENK_LINK_KIND_REPLAY:
      return _ ("Replay of a recording: no dispenser was reset");
    case BENK_LINK_KIND_IMPORTED:
    default:
      return _ ("Imported: nothing was read from the dispenser");
    }
}

static const char *
choose_warning (GPtrArray *resets)
{
  for (guint i = 0; i < resets->len; i++)
    {
      const BenkPaperReset *reset = g_ptr_array_index (resets, i);

      if (reset->demo)
        return _ ("DEMO – this page proves nothing");
      if (!benk_paper_reset_proves (reset))
        return _ ("SIMULATED – this page proves nothing");
    }
  return NULL;
}

static void
add_instant (BenkPaper *paper, const char *name, gint64 ms, GTimeZone *zone)
{
  g_autofree char *text = benk_paper_write_instant (ms, zone);

  benk_paper_add_row (paper, name, text);
}

static void
add_device (BenkPaper *paper, const BenkPaperReset *reset)
{
  benk_paper_add_heading (paper, _ ("Device"));
  benk_paper_add_row (paper, _ ("Model"), reset->model);
  benk_paper_add_row (paper, _ ("Serial number"), reset->serial);
  benk_paper_add_row (paper, _ ("Asset number"), reset->asset);
  benk_paper_add_row (paper, _ ("IMEI"), reset->imei);
  if (reset->firmware != NULL)
    benk_paper_add_row (paper, _ ("Firmware"), reset->firmware);
}

static const char *
find_words (const BenkPaperResetCheck *check)
{
  if (check->text != NULL)
    return check->text;
  for (guint i = 0; i < G_N_ELEMENTS (check_words); i++)
    if (g_strcmp0 (check->id, check_words[i].id) == 0)
      return _ (check_words[i].text);
  return NULL;
}

static const char *
find_result (const BenkPaperResetCheck *check)
{
  if (check->result != NULL)
    return check->result;
  switch (check->mark)
    {
    case BENK_PAPER_MARK_DONE:
      return _ ("passed");
    case BENK_PAPER_MARK_SKIPPED:
      return _ ("does not have it");
    case BENK_PAPER_MARK_OPEN:
    default:
      return _ ("not done");
    }
}

static void
add_checks (BenkPaper *paper, const BenkPaperReset *reset)
{
  benk_paper_add_heading (paper, reset->link_kind == BENK_LINK_KIND_CHECKLIST
                                   ? _ ("What was done")
                                   : _ ("What was checked and read back"));
  if (reset->checks->len == 0)
    benk_paper_add_text (paper, _ ("The single checks of this reset were not kept, only "
                                   "that every one of them passed."));
  for (guint i = 0; i < reset->checks->len; i++)
    {
      const BenkPaperResetCheck *check = g_ptr_array_index (reset->checks, i);
      const char *words = find_words (check);

      if (words != NULL)
        benk_paper_add_check (paper, check->mark, words, find_result (check));
    }
}

static void
add_who (BenkPaper *paper, const BenkPaperReset *reset)
{
  benk_paper_add_heading (paper, _ ("Done by"));
  benk_paper_add_row (paper, _ ("Chosen name"),
                      reset->name != NULL ? reset->name : _ ("erased"));
  benk_paper_add_row (paper, _ ("Account of the machine"), reset->account);
  benk_paper_add_text (
    paper, _ ("The name is the one that was chosen in the program. The program "
              "knows which account was signed in, not who sat there."));
}

static void
add_limits (BenkPaper *paper, const BenkPaperReset *reset)
{
  benk_paper_add_heading (paper, _ ("What this does not say"));
  if (reset->link_kind == BENK_LINK_KIND_CHECKLIST)
    benk_paper_add_text (paper,
                         _ ("Nothing was read from the dispenser. That it is wiped "
                            "rests on the person named above."));
  else
    {
      benk_paper_add_text (paper,
                           _ ("The dispenser itself reported that it is blank. Its "
                              "memory was not examined by other means."));
      /* No maker has published one, so there is nothing to compare with. */
      benk_paper_add_text (paper,
                           _ ("Whether it offers the configuration it left the factory "
                              "with was not checked: none is known for this model."));
    }
  benk_paper_add_text (paper,
                       _ (
                         "What the maker's own portal, the SIM card or papers hold about "
                         "earlier use is not covered; nor that the dispenser is clean, "
                         "whole or emptied of medicine."));
  benk_paper_add_text (paper, _ ("It holds until the dispenser is made ready or used "
                                 "again."));
}

static void
add_log (BenkPaper *paper, const BenkPaperReset *reset)
{
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, reset->row);
  g_autofree char *head = g_strdup_printf ("%" G_GINT64_FORMAT, reset->head);
  g_autofree char *check = NULL;

  benk_paper_add_heading (paper, _ ("Change log"));
  benk_paper_add_row (paper, _ ("Row of this reset"), row);
  benk_paper_add_row (paper, _ ("Hash of that row"), reset->row_hash);
  benk_paper_add_row (paper, _ ("Newest row"), head);
  benk_paper_add_row (paper, _ ("Hash of the newest row"), reset->head_hash);
  benk_paper_add_row (paper, _ ("Run"), reset->run);
  check = g_strdup_printf (_ ("A change log that was tampered with after this page was "
                              "handed over no longer gives these hashes; %s tells. The "
                              "code at the top holds the serial number, the run, and the "
                              "row with its hash."),
                           "dosebenkctl verify --against");
  benk_paper_add_text (paper, check);
}

static void
add_code (BenkPaper *paper, const BenkPaperReset *reset)
{
  g_autofree char *payload =
    g_strdup_printf ("DOSEBENK %s\n%s\n%s\n%" G_GINT64_FORMAT " %s",
                     benk_paper_reset_proves (reset) ? "RESET" : "NOT-A-PROOF",
                     reset->serial, reset->run, reset->row, reset->row_hash);

  benk_paper_add_code (paper, payload);
}

static void
add_reset (BenkPaper *paper, const BenkPaperReset *reset, GTimeZone *zone)
{
  add_code (paper, reset);
  benk_paper_add_title (paper, _ ("Confirmation of reset"));
  add_device (paper, reset);
  benk_paper_add_heading (paper, _ ("Reset"));
  add_instant (paper, _ ("Begun"), reset->started_ms, zone);
  add_instant (paper, _ ("Confirmed"), reset->proven_ms, zone);
  benk_paper_add_row (paper, _ ("How it is known"), describe_link (reset->link_kind));
  if (reset->demo)
    benk_paper_add_row (paper, _ ("Demo"),
                        _ ("For trying and training, with made-up devices"));
  add_checks (paper, reset);
  add_who (paper, reset);
  add_limits (paper, reset);
  add_log (paper, reset);
}

/**
 * benk_paper_reset_compose:
 * @resets: (element-type BenkPaperReset): at least one; each begins on a page of its own
 * @made_ms: now, UTC milliseconds
 * @zone: of the times on it
 * @n_pages: (out) (optional): how many pages it has
 * @error: as benk_paper_render()
 *
 * Confirms resets that were proven. What was only played says so on every page.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_reset_compose (
  GPtrArray *resets, gint64 made_ms, GTimeZone *zone, guint *n_pages, GError **error)
{
  const BenkPaperReset *first = g_ptr_array_index (resets, 0);
  g_autofree char *footer =
    benk_paper_write_footer (made_ms, zone, first->head, first->head_hash);
  const BenkPaperHead head = {
    .title = _ ("Confirmation of reset"),
    /* Translators: the language of these translations, BCP 47, such as "nb". */
    .language = C_ ("language of a document", "en"),
    .made_ms = made_ms,
    .footer = footer,
    .warning = choose_warning (resets),
  };
  g_autoptr (BenkPaper) paper = benk_paper_new (&head);

  for (guint i = 0; i < resets->len; i++)
    {
      if (i > 0)
        benk_paper_add_page (paper);
      add_reset (paper, g_ptr_array_index (resets, i), zone);
    }
  return benk_paper_render (paper, n_pages, error);
}

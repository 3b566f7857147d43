/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-conform.h"

#include "benk-paper-words.h"

#include <glib/gi18n.h>

static void
row_free (gpointer data)
{
  BenkPaperConformRow *row = data;

  g_free ((char *) row->id);
  g_free ((char *) row->clause);
  g_free ((char *) row->text);
  g_free ((char *) row->result);
  g_free ((char *) row->seen);
  g_free (row);
}

/** benk_paper_conform_new: Returns: (transfer full): a report on nothing */
BenkPaperConform *
benk_paper_conform_new (void)
{
  BenkPaperConform *self = g_new0 (BenkPaperConform, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

/** benk_paper_conform_free: @self: (transfer full): a report */
void
benk_paper_conform_free (BenkPaperConform *self)
{
  g_free (self->maker);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->system_id);
  g_free (self->firmware);
  g_ptr_array_unref (self->rows);
  g_free (self->name);
  g_free (self->account);
  g_free (self->version);
  g_free (self->head_hash);
  g_free (self);
}

/** benk_paper_conform_add_row: @row: copied */
void
benk_paper_conform_add_row (BenkPaperConform *self, const BenkPaperConformRow *row)
{
  BenkPaperConformRow *copy = g_new0 (BenkPaperConformRow, 1);

  *copy = (BenkPaperConformRow){ g_strdup (row->id),     g_strdup (row->clause),
                                 g_strdup (row->text),   row->mark,
                                 g_strdup (row->result), g_strdup (row->seen) };
  g_ptr_array_add (self->rows, copy);
}

/**
 * benk_paper_conform_proves:
 *
 * Returns: %FALSE for what says nothing about any maker's device: in a demo store, of a
 *   simulated device, or over a network
 */
gboolean
benk_paper_conform_proves (const BenkPaperConform *self)
{
  return !self->demo && self->link_kind == BENK_LINK_KIND_USB;
}

static const char *
choose_warning (const BenkPaperConform *self)
{
  if (self->demo)
    return _ ("DEMO – this page proves nothing");
  if (self->link_kind == BENK_LINK_KIND_NETWORK)
    return _ ("OVER A NETWORK – this page proves nothing");
  return benk_paper_conform_proves (self) ? NULL
                                          : _ ("SIMULATED – this page proves nothing");
}

static const char *
describe_link (BenkLinkKind kind)
{
  switch (kind)
    {
    case BENK_LINK_KIND_USB:
      return _ ("USB: over the cable");
    case BENK_LINK_KIND_NETWORK:
      return _ ("Network: nobody knows which device was at the other end");
    case BENK_LINK_KIND_SIMULATED:
    case BENK_LINK_KIND_REPLAY:
    case BENK_LINK_KIND_CHECKLIST:
    case BENK_LINK_KIND_IMPORTED:
    default:
      return _ ("Simulated: says nothing about any maker’s dispenser");
    }
}

static void
add_row (BenkPaper *paper, const char *name, const char *value)
{
  benk_paper_add_row (paper, name, value != NULL && *value != '\0' ? value : "–");
}

static void
add_device (BenkPaper *paper, const BenkPaperConform *self)
{
  benk_paper_add_heading (paper, _ ("Device, as it says of itself"));
  add_row (paper, _ ("Maker"), self->maker);
  add_row (paper, _ ("Model"), self->model);
  add_row (paper, _ ("Serial number"), self->serial);
  add_row (paper, "System-Id", self->system_id);
  add_row (paper, _ ("Firmware"), self->firmware);
}

static void
add_trial (BenkPaper *paper, const BenkPaperConform *self, GTimeZone *zone)
{
  g_autofree char *at = benk_paper_write_instant (self->at_ms, zone);
  g_autofree char *program = g_strdup_printf ("Dosebenk %s", self->version);

  benk_paper_add_heading (paper, _ ("How it was tried"));
  add_row (paper, _ ("Begun"), at);
  add_row (paper, _ ("How it was reached"), describe_link (self->link_kind));
  add_row (paper, _ ("Extent"),
           self->destructive ? _ ("Everything: it was given another plan, and wiped")
                             : _ ("Without what would change what the dispenser holds"));
  add_row (paper, _ ("Program"), program);
}

static void
add_count (BenkPaper *paper, const char *name, guint n, guint of)
{
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), n, of);

  benk_paper_add_row (paper, name, text);
}

static void
add_result (BenkPaper *paper, const BenkPaperConform *self)
{
  guint of = self->rows->len;

  benk_paper_add_heading (paper, _ ("Result"));
  add_count (paper, _ ("Passed"), self->n_passed, of);
  add_count (paper, _ ("Failed"), self->n_failed, of);
  add_count (paper, _ ("Not offered"), self->n_not_offered, of);
  add_count (paper, _ ("Not tried"), self->n_not_tried, of);
  if (self->n_failed == 0)
    return;
  benk_paper_add_heading (paper, _ ("What failed"));
  for (guint i = 0; i < of; i++)
    {
      const BenkPaperConformRow *row = g_ptr_array_index (self->rows, i);

      if (row->mark == BENK_PAPER_MARK_FAILED)
        add_row (paper, row->id, row->seen);
    }
}

static void
add_requirement (BenkPaper *paper, const BenkPaperConformRow *row)
{
  g_autofree char *text =
    g_strdup_printf ("%s (%s): %s%s%s", row->id, row->clause, row->text,
                     row->seen != NULL ? " – " : "", row->seen != NULL ? row->seen : "");

  benk_paper_add_check (paper, row->mark, text, row->result);
}

static void
add_requirements (BenkPaper *paper, const BenkPaperConform *self, gboolean extension)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BenkPaperConformRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_has_prefix (row->id, "E-") == extension)
        add_requirement (paper, row);
    }
}

static void
add_who (BenkPaper *paper, const BenkPaperConform *self)
{
  benk_paper_add_heading (paper, _ ("Tried by"));
  add_row (paper, _ ("Chosen name"), self->name);
  add_row (paper, _ ("Account of the machine"), self->account);
}

static void
add_limits (BenkPaper *paper)
{
  benk_paper_add_heading (paper, _ ("What this does not say"));
  benk_paper_add_text (paper, _ ("It says how this one device answered on this day. It "
                                 "is no certificate, and nothing about medicines was "
                                 "tried."));
  benk_paper_add_text (paper, _ ("What is not offered or was not tried is neither met "
                                 "nor failed."));
}

static void
add_log (BenkPaper *paper, const BenkPaperConform *self)
{
  g_autofree char *head = g_strdup_printf ("%" G_GINT64_FORMAT, self->head);
  g_autofree char *check = NULL;

  benk_paper_add_heading (paper, _ ("Change log"));
  benk_paper_add_row (paper, _ ("Newest row"), head);
  benk_paper_add_row (paper, _ ("Hash of the newest row"), self->head_hash);
  check = g_strdup_printf (_ ("The trial itself is no row of the change log. A log that "
                              "was tampered with after this page was made no longer "
                              "gives this hash; %s tells."),
                           "dosebenkctl verify --against");
  benk_paper_add_text (paper, check);
}

/**
 * benk_paper_conform_compose:
 * @self: a report
 * @made_ms: now, UTC milliseconds
 * @zone: of the times on it
 * @n_pages: (out) (optional): how many pages it has
 * @error: as benk_paper_render()
 *
 * A report to annex to a tender: every requirement and how it went. What says nothing
 * about a maker's device says so on every page.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_conform_compose (const BenkPaperConform *self,
                            gint64 made_ms,
                            GTimeZone *zone,
                            guint *n_pages,
                            GError **error)
{
  g_autofree char *footer =
    benk_paper_write_footer (made_ms, zone, self->head, self->head_hash);
  const BenkPaperHead head = {
    .title = _ ("Conformance of a dispenser"),
    /* Translators: the language of these translations, BCP 47, such as "nb". */
    .language = C_ ("language of a document", "en"),
    .made_ms = made_ms,
    .footer = footer,
    .warning = choose_warning (self),
  };
  g_autoptr (BenkPaper) paper = benk_paper_new (&head);

  benk_paper_add_title (paper, _ ("Conformance of a dispenser"));
  add_device (paper, self);
  add_trial (paper, self, zone);
  add_result (paper, self);
  add_who (paper, self);
  add_limits (paper);
  add_log (paper, self);
  benk_paper_add_page (paper);
  benk_paper_add_heading (paper, _ ("The standard: IEEE 11073-20601 and 11073-10472"));
  add_requirements (paper, self, FALSE);
  benk_paper_add_heading (paper, _ ("The open service extension, by its clauses"));
  add_requirements (paper, self, TRUE);
  return benk_paper_render (paper, n_pages, error);
}

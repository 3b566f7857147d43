/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-count.h"

#include <glib/gi18n.h>

/* In the order a person works them off. */
static const BenkCountVerdict sections[] = {
  BENK_COUNT_MISSING, BENK_COUNT_WRONG_PLACE, BENK_COUNT_WRONG_STATE,
  BENK_COUNT_UNKNOWN, BENK_COUNT_ADDED,
};

/** benk_paper_count_free: @self: (nullable) (transfer full): a result */
void
benk_paper_count_free (BenkPaperCount *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->count, benk_count_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_free (self->head_hash);
  g_free (self);
}

static char *
write_instant (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a date and a time on paper, for strftime; %:z is such as +01:00. */
  return g_date_time_format (local, _ ("%Y-%m-%d %H:%M (UTC%:z)"));
}

static void
add_number (BenkPaper *paper, const char *name, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  benk_paper_add_row (paper, name, text);
}

static void
add_numbers (BenkPaper *paper, const BenkCount *count)
{
  benk_paper_add_heading (paper, _ ("Result"));
  add_number (paper, _ ("Expected"), count->n_expected);
  add_number (paper, _ ("Found"), count->n_found);
  add_number (paper, _ ("Missing"), count->counts[BENK_COUNT_MISSING]);
  for (gsize i = 1; i < G_N_ELEMENTS (sections); i++)
    add_number (paper, benk_count_verdict_get_label (sections[i]),
                count->counts[sections[i]]);
  add_number (paper, _ ("Not settled (missing and differences)"), count->n_open);
}

static const char *
name_model (const BenkPaperCount *self, const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (self->models, id) : NULL;

  return name != NULL ? name : id;
}

static char *
describe_item (const BenkPaperCount *self, BenkCountItem *item)
{
  const char *model = name_model (self, benk_count_item_get_model_id (item));
  const char *serial = benk_count_item_get_serial (item);
  const char *asset = benk_count_item_get_asset (item);
  g_autofree char *what = benk_count_item_describe (item);

  return g_strdup_printf ("%s%s%s%s%s · %s", model != NULL ? model : "",
                          model != NULL ? " " : "",
                          serial != NULL ? serial : benk_count_item_get_code (item),
                          asset != NULL ? " · " : "", asset != NULL ? asset : "", what);
}

static void
add_section (BenkPaper *paper, const BenkPaperCount *self, BenkCountVerdict verdict)
{
  if (self->count->counts[verdict] == 0)
    return;
  benk_paper_add_heading (paper, benk_count_verdict_get_label (verdict));
  for (guint i = 0; i < self->items->len; i++)
    {
      BenkCountItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *text = NULL;
      g_autofree char *settled = NULL;

      if (benk_count_item_get_verdict (item) != verdict)
        continue;
      text = describe_item (self, item);
      settled = benk_count_settled_describe (benk_count_item_get_settled (item));
      benk_paper_add_check (paper,
                            settled != NULL || verdict == BENK_COUNT_ADDED
                              ? BENK_PAPER_MARK_DONE
                              : BENK_PAPER_MARK_OPEN,
                            text,
                            settled != NULL               ? settled
                            : verdict == BENK_COUNT_ADDED ? _ ("in the list")
                                                          : _ ("not settled"));
    }
}

static void
add_count (BenkPaper *paper, const BenkPaperCount *self, GTimeZone *zone)
{
  const BenkCount *count = self->count;
  g_autofree char *started = write_instant (count->started_ms, zone);
  g_autofree char *ended =
    count->ended_ms != 0 ? write_instant (count->ended_ms, zone) : NULL;

  benk_paper_add_title (paper, _ ("Stocktake"));
  benk_paper_add_row (paper, _ ("Counted"), benk_count_get_title (count));
  benk_paper_add_row (paper, _ ("Begun"), started);
  benk_paper_add_row (paper, _ ("Ended"), ended != NULL ? ended : _ ("goes on"));
  if (count->dropped)
    benk_paper_add_row (paper, _ ("Dropped"), _ ("This count was dropped."));
  benk_paper_add_row (paper, _ ("Begun by"),
                      count->who != NULL ? count->who : _ ("erased"));
  add_numbers (paper, count);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    add_section (paper, self, sections[i]);
  benk_paper_add_heading (paper, _ ("What this does not say"));
  benk_paper_add_text (
    paper, _ ("What was expected is what the list had when the count began. Devices with "
              "users, and devices for which the list has no place, were not expected."));
}

/**
 * benk_paper_count_compose:
 * @self: the result of a count
 * @made_ms: now, UTC milliseconds
 * @zone: of the times on it
 * @n_pages: (out) (optional): how many pages it has
 * @error: as benk_paper_render()
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_count_compose (const BenkPaperCount *self,
                          gint64 made_ms,
                          GTimeZone *zone,
                          guint *n_pages,
                          GError **error)
{
  g_autofree char *made = write_instant (made_ms, zone);
  g_autofree char *footer =
    g_strdup_printf (_ ("Made with Dosebenk %s · change log row %d · %s"), made,
                     (int) self->head, self->head_hash);
  const BenkPaperHead head = {
    .title = _ ("Stocktake"),
    /* Translators: the language of these translations, BCP 47, such as "nb". */
    .language = C_ ("language of a document", "en"),
    .made_ms = made_ms,
    .footer = footer,
    .warning = self->demo ? _ ("DEMO – this page proves nothing") : NULL,
  };
  g_autoptr (BenkPaper) paper = benk_paper_new (&head);

  add_count (paper, self, zone);

  return benk_paper_render (paper, n_pages, error);
}

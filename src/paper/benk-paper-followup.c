/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-paper-followup.h"

#include "benk-config.h"
#include "benk-followup-slice.h"

#include <glib/gi18n.h>

static const BenkPaperMark marks[BENK_N_FOLLOWUP_VERDICTS] = {
  [BENK_FOLLOWUP_IN_TIME] = BENK_PAPER_MARK_DONE,
  [BENK_FOLLOWUP_LATE_WITH_REASON] = BENK_PAPER_MARK_FAILED,
  [BENK_FOLLOWUP_LATE_WITHOUT_REASON] = BENK_PAPER_MARK_FAILED,
  [BENK_FOLLOWUP_GAP] = BENK_PAPER_MARK_SKIPPED,
  [BENK_FOLLOWUP_OPEN] = BENK_PAPER_MARK_OPEN,
  [BENK_FOLLOWUP_FREE] = BENK_PAPER_MARK_DONE,
};

static void
add_number (BenkPaper *paper, const char *name, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  benk_paper_add_row (paper, name, text);
}

static void
add_counts (BenkPaper *paper, const char *heading, const guint *counts, guint n)
{
  benk_paper_add_heading (paper, heading);
  add_number (paper, _ ("Alarms"), n);
  for (guint i = 0; i < BENK_N_FOLLOWUP_VERDICTS; i++)
    if (i != BENK_FOLLOWUP_FREE || counts[i] > 0)
      add_number (paper, benk_followup_verdict_get_label (i), counts[i]);
}

static void
add_sums (BenkPaper *paper, const BenkFollowupReport *report)
{
  const BenkFollowupSums *sums = &report->sums;

  benk_paper_add_heading (paper, _ ("Result"));
  add_number (paper, _ ("Alarms"), sums->n_alarms);
  add_number (paper, _ ("Still open"), sums->n_open);
  add_number (paper, _ ("Opened again"), sums->n_reopened);
  if (report->team != NULL && sums->n_without_team > 0)
    add_number (paper, _ ("Of no known team, not here"), sums->n_without_team);
  if (sums->n_decided > 0)
    add_counts (paper, _ ("Against the deadlines of the district"), sums->decided,
                sums->n_decided);
  if (sums->n_proposed == 0)
    return;
  add_counts (paper, _ ("Against deadlines that the program proposes"), sums->proposed,
              sums->n_proposed);
  benk_paper_add_text (
    paper, _ ("Proposed by the program, not decided by the district. A proposed deadline "
              "that ran out is no breach of the district's own."));
}

static void
add_gaps (BenkPaper *paper, const BenkFollowupReport *report, GTimeZone *zone)
{
  if (report->gaps->len == 0)
    return;
  benk_paper_add_heading (paper, _ ("Not watched by this program"));
  for (guint i = 0; i < report->gaps->len; i++)
    {
      const BenkFollowupGap *gap = g_ptr_array_index (report->gaps, i);
      g_autofree char *words = benk_followup_gap_describe (gap, zone);

      benk_paper_add_row (paper, gap->source, words);
    }
}

static void
append_step (GString *text,
             const BenkFollowupRow *row,
             BenkFollowupStep step,
             gint64 deadline_ms,
             GTimeZone *zone)
{
  g_autofree char *words = benk_followup_row_describe_step (row, step, deadline_ms, zone);

  g_string_append (text, words);
}

static char *
describe (const BenkFollowupRow *row, GTimeZone *zone)
{
  GString *text = g_string_new (NULL);
  g_autofree char *raised = benk_followup_write_instant (row->raised_ms, zone);
  g_autofree char *alarm = benk_followup_row_describe_alarm (row);
  g_autofree char *device = benk_followup_row_describe_device (row);

  g_string_append_printf (text, "%s · %s · %s · %s", raised, alarm, device,
                          benk_responsibility_get_label (row->responsibility));
  if (row->team != NULL)
    g_string_append_printf (text, " · %s", row->team);
  g_string_append_c (text, '\n');
  append_step (text, row, BENK_FOLLOWUP_RECEIVED, 0, zone);
  g_string_append (text, " · ");
  append_step (text, row, BENK_FOLLOWUP_OPENED, 0, zone);
  g_string_append_c (text, '\n');
  append_step (text, row, BENK_FOLLOWUP_TAKEN, row->take_deadline_ms, zone);
  g_string_append_c (text, '\n');
  append_step (text, row, BENK_FOLLOWUP_CLOSED, row->resolve_deadline_ms, zone);
  if (row->reason != NULL)
    g_string_append_printf (text, "\n%s: %s", _ ("Reason for the delay"),
                            *row->reason != '\0' ? row->reason : _ ("erased"));
  return g_string_free (text, FALSE);
}

static void
add_rows (BenkPaper *paper, const BenkFollowupReport *report, GTimeZone *zone)
{
  benk_paper_add_heading (paper, _ ("Alarms"));
  if (report->rows->len == 0)
    benk_paper_add_text (paper, _ ("No alarm was raised in this period."));
  for (guint i = 0; i < report->rows->len; i++)
    {
      const BenkFollowupRow *row = g_ptr_array_index (report->rows, i);
      g_autofree char *text = describe (row, zone);
      g_autofree char *verdict = benk_followup_row_describe_verdict (row);
      g_autofree char *whole =
        row->proposed ? g_strdup_printf ("%s\n%s", verdict, _ ("Proposed deadlines"))
                      : g_strdup (verdict);

      benk_paper_add_check (paper, marks[row->verdict], text, whole);
    }
}

static void
add_all (BenkPaper *paper, const BenkFollowupReport *report, GTimeZone *zone)
{
  g_autofree char *period = benk_report_period_describe (&report->period);
  g_autofree char *made = benk_followup_write_instant (report->made_ms, zone);
  g_autofree char *decided = benk_followup_report_describe_decided (report);
  g_autofree char *chosen = benk_followup_report_describe_chosen (report);

  benk_paper_add_title (paper, _ ("Follow-Up of Alarms"));
  benk_paper_add_row (paper, _ ("Period"), period);
  benk_paper_add_row (paper, _ ("Team"),
                      report->team != NULL ? report->team : _ ("All teams"));
  if (chosen != NULL)
    benk_paper_add_row (paper, _ ("Chosen"), chosen);
  benk_paper_add_row (paper, _ ("As of"), made);
  benk_paper_add_row (paper, _ ("Deadlines decided by"), decided);
  add_sums (paper, report);
  add_gaps (paper, report, zone);
  benk_paper_add_heading (paper, _ ("What this does not say"));
  benk_paper_add_text (paper, benk_followup_get_limits ());
  add_rows (paper, report, zone);
}

/**
 * benk_paper_followup_compose:
 * @report: a report
 * @zone: of the times on it
 * @n_pages: (out) (optional): how many pages it has
 * @error: as benk_paper_render()
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
benk_paper_followup_compose (const BenkFollowupReport *report,
                             GTimeZone *zone,
                             guint *n_pages,
                             GError **error)
{
  g_autofree char *made = benk_followup_write_instant (report->made_ms, zone);
  g_autofree char *footer =
    g_strdup_printf (_ ("Made with Dosebenk %s · change log row %d · %s"), made,
                     (int) report->seq, report->hash);
  const BenkPaperHead head = {
    .title = _ ("Follow-Up of Alarms"),
    .language = C_ ("language of a document", "en"),
    .made_ms = report->made_ms,
    .footer = footer,
    .warning = report->demo ? _ ("DEMO – this page proves nothing") : NULL,
  };
  g_autoptr (BenkPaper) paper = benk_paper_new (&head);

  add_all (paper, report, zone);

  return benk_paper_render (paper, n_pages, error);
}

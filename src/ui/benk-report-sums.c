/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-report-sums.h"

#include <glib/gi18n.h>

#include "benk-plan.h"

struct _BenkReportSums
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (BenkReportSums, benk_report_sums, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SLICE_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
benk_report_sums_dispose (GObject *object)
{
  g_clear_pointer (&BENK_REPORT_SUMS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (benk_report_sums_parent_class)->dispose (object);
}

static void
benk_report_sums_class_init (BenkReportSumsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_report_sums_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SLICE_CHOSEN] =
    g_signal_new ("slice-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
benk_report_sums_init (BenkReportSums *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_text (BenkReportSums *self, const char *text, const char *style)
{
  gtk_box_append (GTK_BOX (self->box), make_label (text, style));
}

static void
add_heading (BenkReportSums *self, const char *text)
{
  GtkWidget *label = make_label (text, "heading");

  gtk_widget_set_margin_top (label, 12);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
on_clicked (BenkReportSums *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_SLICE_CHOSEN], 0,
                 g_object_get_data (G_OBJECT (button), "benk-slice"));
}

/* A number that shows what it counts. */
static GtkWidget *
make_number (BenkReportSums *self, const BenkFollowupSlice *slice, const char *text)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *words = benk_followup_slice_describe (slice);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "stock-number");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_object_set_data_full (G_OBJECT (button), "benk-slice",
                          g_memdup2 (slice, sizeof *slice), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
attach_number (BenkReportSums *self,
               GtkGrid *grid,
               const BenkFollowupSlice *slice,
               guint n,
               int column,
               int row)
{
  g_autofree char *text = g_strdup_printf ("%u", n);
  GtkWidget *cell = n > 0 ? make_number (self, slice, text) : gtk_label_new ("–");

  gtk_widget_set_halign (cell, GTK_ALIGN_END);
  if (n == 0)
    gtk_widget_set_margin_end (cell, 10);
  gtk_grid_attach (grid, cell, column, row, 1, 1);
}

static GtkGrid *
add_grid (BenkReportSums *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  gtk_box_append (GTK_BOX (self->box), grid);
  return GTK_GRID (grid);
}

static void
attach_title (GtkGrid *grid, const char *text, int column)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_yalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 9);
  gtk_widget_set_margin_end (label, 10);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_grid_attach (grid, label, column, 0, 1, 1);
}

static void
attach_name (GtkGrid *grid, const char *text, int row, const char *style, int indent)
{
  GtkWidget *label = make_label (text, style);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (label, indent);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
}

static void
add_cut (BenkReportSums *self,
         GtkGrid *grid,
         BenkFollowupReport *report,
         const BenkFollowupSlice *cut,
         int row)
{
  g_autofree char *name = benk_followup_slice_describe_line (cut, report);
  gboolean duty = cut->duty != BENK_FOLLOWUP_ANY;

  attach_name (grid, name, row, duty ? NULL : "heading", duty ? 12 : 0);
  attach_number (self, grid, cut, benk_followup_slice_count (cut, report), 1, row);
  for (int verdict = 0; verdict < BENK_N_FOLLOWUP_VERDICTS; verdict++)
    {
      BenkFollowupSlice cell = *cut;

      cell.verdict = verdict;
      attach_number (self, grid, &cell, benk_followup_slice_count (&cell, report),
                     verdict + 2, row);
    }
}

static void
add_table (BenkReportSums *self, BenkFollowupReport *report, gboolean proposed)
{
  BenkFollowupSlice cuts[BENK_N_FOLLOWUP_CUTS];
  guint n_cuts = benk_followup_report_cut (report, proposed, cuts);
  g_autofree char *decided = benk_followup_report_describe_decided (report);
  g_autofree char *by = g_strdup_printf ("%s: %s", _ ("Deadlines decided by"), decided);
  GtkGrid *grid;

  if (n_cuts == 0)
    return;
  add_heading (self, proposed ? _ ("Against deadlines that the program proposes")
                              : _ ("Against the deadlines of the district"));
  add_text (self,
            proposed
              ? _ ("Proposed by the program, not decided by the district. A proposed "
                   "deadline that ran out is no breach of the district's own.")
              : by,
            proposed ? "attention" : NULL);
  grid = add_grid (self);
  attach_title (grid, _ ("Alarms"), 1);
  for (int verdict = 0; verdict < BENK_N_FOLLOWUP_VERDICTS; verdict++)
    attach_title (grid, benk_followup_verdict_get_short_label (verdict), verdict + 2);
  for (guint i = 0; i < n_cuts; i++)
    add_cut (self, grid, report, &cuts[i], (int) i + 1);
}

static void
add_places (BenkReportSums *self, BenkFollowupReport *report)
{
  GtkGrid *grid;

  add_heading (self, _ ("Where it was done"));
  grid = add_grid (self);
  for (int where = 0; where < BENK_N_FOLLOWUP_WHERES; where++)
    attach_title (grid, benk_followup_where_get_label (where), where + 1);
  for (int step = 0; step < BENK_N_FOLLOWUP_STEPS; step++)
    {
      attach_name (grid, benk_followup_step_get_label (step), step + 1, NULL, 0);
      for (int where = 0; where < BENK_N_FOLLOWUP_WHERES; where++)
        {
          BenkFollowupSlice cell = BENK_FOLLOWUP_SLICE_ALL;

          cell.step = step;
          cell.where = where;
          attach_number (self, grid, &cell, benk_followup_slice_count (&cell, report),
                         where + 1, step + 1);
        }
    }
}

static void
add_gaps (BenkReportSums *self, BenkFollowupReport *report)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();

  add_heading (self, _ ("Not watched by this program"));
  if (report->gaps->len == 0)
    add_text (self, _ ("No time is known in which a source was not watched."), NULL);
  for (guint i = 0; i < report->gaps->len; i++)
    {
      const BenkFollowupGap *gap = g_ptr_array_index (report->gaps, i);
      g_autofree char *words = benk_followup_gap_describe (gap, zone);
      g_autofree char *text =
        gap->source ? g_strdup_printf ("%s · %s", gap->source, words) : g_strdup (words);

      add_text (self, text, "numeric");
    }
}

static void
add_total (BenkReportSums *self,
           GtkWidget *line,
           const BenkFollowupSlice *slice,
           guint n,
           const char *format)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *text = g_strdup_printf ("%s: %s", format, number);

  if (n > 0)
    gtk_box_append (GTK_BOX (line), make_number (self, slice, text));
}

static void
add_totals (BenkReportSums *self, BenkFollowupReport *report)
{
  const BenkFollowupSums *sums = &report->sums;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  BenkFollowupSlice all = BENK_FOLLOWUP_SLICE_ALL;
  BenkFollowupSlice open = all;
  BenkFollowupSlice reopened = all;
  BenkFollowupSlice nowhere = all;

  open.open = reopened.reopened = nowhere.without_team = TRUE;
  add_total (self, line, &all, sums->n_alarms, _ ("Alarms"));
  add_total (self, line, &open, sums->n_open, _ ("Still open"));
  add_total (self, line, &reopened, sums->n_reopened, _ ("Opened again"));
  add_total (self, line, &nowhere, sums->n_without_team,
             report->team ? _ ("Of no known team, not here") : _ ("Of no known team"));
  gtk_box_append (GTK_BOX (self->box), line);
  if (report->gaps->len > 0)
    add_text (self,
              _ ("This program did not watch all of the time: what it missed stands at "
                 "the end."),
              "attention");
}

/**
 * benk_report_sums_show:
 * @self: the numbers
 * @report: a report
 *
 * Shows the numbers of another report.
 */
void
benk_report_sums_show (BenkReportSums *self, BenkFollowupReport *report)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *made = benk_followup_write_instant (report->made_ms, zone);
  g_autofree char *period = benk_report_period_describe (&report->period);
  g_autofree char *chosen = benk_followup_report_describe_chosen (report);
  g_autofree char *duties = benk_followup_report_describe_duties (report);
  g_autofree char *about =
    g_strdup_printf ("%s · %s · %s: %s", period,
                     report->team ? report->team : _ ("All teams"), _ ("As of"), made);
  GtkWidget *child;

  g_return_if_fail (BENK_IS_REPORT_SUMS (self));

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  add_text (self, about, "numeric");
  if (chosen)
    add_text (self, chosen, "heading");
  add_totals (self, report);
  add_table (self, report, FALSE);
  add_table (self, report, TRUE);
  if (report->sums.n_alarms > 0)
    {
      add_text (self, duties, "dim-label");
      add_places (self, report);
    }
  add_gaps (self, report);
  add_heading (self, _ ("What this does not say"));
  add_text (self, benk_followup_get_limits (), NULL);
}

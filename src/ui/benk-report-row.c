/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-report-row.h"

#include <glib/gi18n.h>

#include "benk-plan.h"

struct _BenkReportRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *verdict;
  GtkLabel *facts;
  GtkLabel *steps;
};

G_DEFINE_FINAL_TYPE (BenkReportRow, benk_report_row, GTK_TYPE_WIDGET)

static void
benk_report_row_dispose (GObject *object)
{
  g_clear_pointer (&BENK_REPORT_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (benk_report_row_parent_class)->dispose (object);
}

static void
benk_report_row_class_init (BenkReportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_report_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
append (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
benk_report_row_init (BenkReportRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = append (self->box, "heading");
  self->verdict = append (self->box, NULL);
  self->facts = append (self->box, "caption");
  self->steps = append (self->box, "caption");
}

/**
 * benk_report_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
BenkReportRow *
benk_report_row_new (void)
{
  return g_object_new (BENK_TYPE_REPORT_ROW, NULL);
}

static char *
describe_steps (const BenkFollowupRow *row, GTimeZone *zone)
{
  const gint64 deadlines[BENK_N_FOLLOWUP_STEPS] = {
    [BENK_FOLLOWUP_TAKEN] = row->take_deadline_ms,
    [BENK_FOLLOWUP_CLOSED] = row->resolve_deadline_ms,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < BENK_N_FOLLOWUP_STEPS; i++)
    {
      g_autofree char *step =
        benk_followup_row_describe_step (row, i, deadlines[i], zone);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", step);
    }
  if (row->reason)
    g_string_append_printf (text, "\n%s: %s", _ ("Reason for the delay"),
                            *row->reason ? row->reason : _ ("erased"));
  return g_string_free (text, FALSE);
}

static void
show_verdict (BenkReportRow *self, const BenkFollowupRow *row)
{
  g_autofree char *verdict = benk_followup_row_describe_verdict (row);
  g_autofree char *whole =
    row->proposed ? g_strdup_printf ("%s · %s", verdict, _ ("Proposed deadlines"))
                  : g_strdup (verdict);
  gboolean late = row->verdict == BENK_FOLLOWUP_LATE_WITH_REASON ||
                  row->verdict == BENK_FOLLOWUP_LATE_WITHOUT_REASON;

  gtk_label_set_text (self->verdict, whole);
  /* What only the program proposed is no breach. */
  if (late && !row->proposed)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "overdue");
}

/**
 * benk_report_row_show:
 * @self: a row
 * @row: what the report tells
 *
 * Shows another alarm.
 */
void
benk_report_row_show (BenkReportRow *self, const BenkFollowupRow *row)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *raised = benk_followup_write_instant (row->raised_ms, zone);
  g_autofree char *alarm = benk_followup_row_describe_alarm (row);
  g_autofree char *device = benk_followup_row_describe_device (row);
  g_autofree char *title = g_strdup_printf ("%s · %s", alarm, device);
  g_autofree char *facts =
    g_strdup_printf ("%s · %s · %s%s%s", raised,
                     benk_responsibility_get_label (row->responsibility),
                     benk_duty_get_label (row->duty), row->team ? " · " : "",
                     row->team ? row->team : "");
  g_autofree char *steps = describe_steps (row, zone);

  g_return_if_fail (BENK_IS_REPORT_ROW (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->steps, steps);
  show_verdict (self, row);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reports-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "benk-icon.h"
#include "benk-plan.h"
#include "benk-reading-page.h"
#include "benk-report-dialog.h"
#include "benk-report-list.h"
#include "benk-report-row.h"
#include "benk-report-sums.h"
#include "benk-reports.h"

/* Three years can be chosen; last month is the one that is asked for. */
#define N_MONTHS 36
#define LAST_MONTH 1

struct _BenkReportsPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  GCancellable *reading;
  BenkFollowupReport *report;
  BenkFollowupSlice slice;
  gboolean filling;

  GtkStack *stack;
  GtkDropDown *month_choice;
  GtkWidget *newer_button;
  GtkWidget *older_button;
  GtkDropDown *team_choice;
  GtkEntry *only_entry;
  GtkWidget *save_pdf_button;
  GtkWidget *save_csv_button;
  GtkWidget *copy_button;
  BenkReportSums *sums;
  GtkLabel *slice_label;
  GtkWidget *all_button;
  GtkCheckButton *reasons_check;
  GtkStack *rows_stack;
  GtkListView *rows;
  AdwStatusPage *empty_page;
  AdwStatusPage *failed_page;
};

G_DEFINE_FINAL_TYPE (BenkReportsPage, benk_reports_page, GTK_TYPE_WIDGET)

/* --- what is asked for --- */

static GStrv
get_only (BenkReportsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->only_entry));

  return g_strsplit_set (text, strpbrk (text, ",;") ? ",;" : " ", -1);
}

static const char *
get_team (BenkReportsPage *self)
{
  GtkStringObject *team = gtk_drop_down_get_selected_item (self->team_choice);

  return team && gtk_drop_down_get_selected (self->team_choice) > 0
           ? gtk_string_object_get_string (team)
           : NULL;
}

static guint
get_months_back (BenkReportsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->month_choice);

  return selected == GTK_INVALID_LIST_POSITION ? LAST_MONTH : selected;
}

/* --- what is shown --- */

static void
show_slice (BenkReportsPage *self)
{
  g_autofree char *words = benk_followup_slice_describe (&self->slice);
  guint n = benk_followup_slice_count (&self->slice, self->report);
  g_autofree char *text = g_strdup_printf ("%s: %u", words, n);
  BenkReportList *list = benk_report_list_new (self->report, &self->slice);
  GtkSingleSelection *selection = gtk_single_selection_new (G_LIST_MODEL (list));

  gtk_list_view_set_model (self->rows, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_label_set_text (self->slice_label, text);
  gtk_widget_set_visible (self->all_button, n < self->report->rows->len);
  gtk_stack_set_visible_child_name (self->rows_stack, n > 0 ? "rows" : "none");
}

/* Those of no known team are in a report on all teams only. */
static void
on_slice_chosen (BenkReportsPage *self, const BenkFollowupSlice *slice)
{
  self->slice = *slice;
  if (slice->without_team && get_team (self))
    gtk_drop_down_set_selected (self->team_choice, 0);
  else
    show_slice (self);
}

static void
on_all_clicked (BenkReportsPage *self)
{
  self->slice = BENK_FOLLOWUP_SLICE_ALL;
  show_slice (self);
}

static void
show_none (BenkReportsPage *self)
{
  g_autofree char *chosen = benk_followup_report_describe_chosen (self->report);
  g_autofree char *period = benk_report_period_describe (&self->report->period);
  g_autofree char *text = g_strdup_printf (
    "%s · %s%s%s\n%s", period, self->report->team ? self->report->team : _ ("All teams"),
    chosen ? " · " : "", chosen ? chosen : "",
    _ ("This program is not the alarm receiver: alarms that it never heard "
       "of are not here."));

  adw_status_page_set_description (self->empty_page, text);
}

static void
show_report (BenkReportsPage *self)
{
  gboolean none = self->report->rows->len == 0 && self->report->gaps->len == 0 &&
                  self->report->sums.n_without_team == 0;

  benk_report_sums_show (self->sums, self->report);
  show_slice (self);
  show_none (self);
  gtk_stack_set_visible_child_name (self->stack, none ? "empty" : "report");
}

static void
allow_saving (BenkReportsPage *self)
{
  gtk_widget_set_sensitive (self->save_pdf_button, self->report != NULL);
  gtk_widget_set_sensitive (self->save_csv_button, self->report != NULL);
  gtk_widget_set_sensitive (self->copy_button, self->report != NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkFollowupReport *report =
    benk_reports_load_followup_finish (BENK_SESSION (source), result, &error);

  /* What was asked for since then has its own answer. */
  if (!self->session || g_task_get_cancellable (G_TASK (result)) != self->reading)
    {
      g_clear_pointer (&report, benk_followup_report_unref);
      return;
    }
  g_clear_object (&self->reading);
  g_clear_pointer (&self->report, benk_followup_report_unref);
  self->report = report;
  allow_saving (self);
  if (report)
    {
      show_report (self);
      return;
    }
  adw_status_page_set_description (self->failed_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* The numbers of another month never stand under this one's name. */
static void
load (BenkReportsPage *self, gboolean same)
{
  g_auto (GStrv) only = NULL;
  BenkFollowupQuery query = { { { 0 } } };

  if (!self->session || self->filling)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  if (!same)
    {
      g_clear_pointer (&self->report, benk_followup_report_unref);
      gtk_stack_set_visible_child_name (self->stack, "reading");
    }
  allow_saving (self);
  benk_report_period_set_month (&query.period,
                                benk_clock_get_wall_ms (
                                  benk_session_get_clock (self->session)),
                                get_months_back (self));
  only = get_only (self);
  query.team = get_team (self);
  query.only = (const char *const *) only;
  query.with_reasons = gtk_check_button_get_active (self->reasons_check);
  benk_reports_load_followup_async (self->session, &query, NULL, NULL, self->reading,
                                    on_loaded, g_object_ref (self));
}

static void
load_anew (BenkReportsPage *self)
{
  if (self->filling)
    return;
  self->slice =
    self->slice.without_team && !get_team (self) ? self->slice : BENK_FOLLOWUP_SLICE_ALL;
  load (self, FALSE);
}

static void
load_again (BenkReportsPage *self)
{
  load (self, self->report != NULL);
}

static void
on_month_chosen (BenkReportsPage *self)
{
  guint back = get_months_back (self);

  gtk_widget_set_sensitive (self->newer_button, back > 0);
  gtk_widget_set_sensitive (self->older_button, back + 1 < N_MONTHS);
  load_anew (self);
}

static void
go (BenkReportsPage *self, int step)
{
  int back = (int) get_months_back (self) + step;

  if (back >= 0 && back < N_MONTHS)
    gtk_drop_down_set_selected (self->month_choice, (guint) back);
}

static void
on_older_clicked (BenkReportsPage *self)
{
  go (self, 1);
}

static void
on_newer_clicked (BenkReportsPage *self)
{
  go (self, -1);
}

/* --- what can be chosen --- */

static void
fill_months (BenkReportsPage *self)
{
  GtkStringList *months = gtk_string_list_new (NULL);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));

  for (guint back = 0; back < N_MONTHS; back++)
    {
      BenkReportPeriod period;
      char name[64];
      GDate first;

      benk_report_period_set_month (&period, now_ms, back);
      if (benk_date_parse (period.from_date, &first))
        /* Translators: a month, for strftime. */
        g_date_strftime (name, sizeof name, _ ("%B %Y"), &first);
      else
        g_strlcpy (name, period.from_date, sizeof name);
      gtk_string_list_append (months, name);
    }
  gtk_drop_down_set_model (self->month_choice, G_LIST_MODEL (months));
  gtk_drop_down_set_selected (self->month_choice, LAST_MONTH);
  g_object_unref (months);
}

static void
fill_teams (BenkReportsPage *self, const GPtrArray *teams)
{
  g_autofree char *chosen = g_strdup (get_team (self));
  GtkStringList *names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("All teams"));
  for (guint i = 0; teams && i < teams->len; i++)
    {
      gtk_string_list_append (names, g_ptr_array_index (teams, i));
      if (g_strcmp0 (chosen, g_ptr_array_index (teams, i)) == 0)
        selected = i + 1;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->team_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->team_choice, selected);
  self->filling = FALSE;
  g_object_unref (names);
}

static void
on_teams (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) teams =
    benk_reports_list_teams_finish (BENK_SESSION (source), result, &error);

  /* Where teams cannot be read, neither can the report, which says why. */
  if (self->session && teams)
    fill_teams (self, teams);
}

/* --- what is done with it --- */

static void
on_save_pdf_clicked (BenkReportsPage *self)
{
  if (self->report)
    benk_report_dialog_ask (GTK_WIDGET (self), self->session, self->report,
                            BENK_REPORT_PDF);
}

static void
on_save_csv_clicked (BenkReportsPage *self)
{
  if (self->report)
    benk_report_dialog_ask (GTK_WIDGET (self), self->session, self->report,
                            BENK_REPORT_CSV);
}

static void
on_copy_clicked (BenkReportsPage *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *text = NULL;

  if (!self->report)
    return;
  text = benk_followup_report_write_text (self->report, zone);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                              _ ("The numbers of the report are copied."));
}

static void
on_row_activated (BenkReportsPage *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->rows));
  g_autoptr (BenkReportItem) item = g_list_model_get_item (model, position);
  const BenkFollowupRow *row = item ? benk_report_item_get_row (item) : NULL;
  gboolean open = row && benk_followup_row_is_open (row);
  g_autofree char *id = NULL;

  if (!row || (!open && benk_id_is_nil (&row->device)))
    return;
  id = benk_id_to_string (open ? &row->id : &row->device);
  gtk_widget_activate_action (GTK_WIDGET (self),
                              open ? "win.show-alarm" : "win.show-device", "s", id);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, GTK_WIDGET (benk_report_row_new ()));
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  benk_report_row_show (BENK_REPORT_ROW (gtk_list_item_get_child (item)),
                        benk_report_item_get_row (gtk_list_item_get_item (item)));
}

static void
benk_reports_page_map (GtkWidget *widget)
{
  BenkReportsPage *self = BENK_REPORTS_PAGE (widget);

  GTK_WIDGET_CLASS (benk_reports_page_parent_class)->map (widget);
  if (!self->session)
    return;
  benk_reports_list_teams_async (self->session, NULL, on_teams, g_object_ref (self));
  load_again (self);
}

static void
benk_reports_page_dispose (GObject *object)
{
  BenkReportsPage *self = BENK_REPORTS_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->report, benk_followup_report_unref);
  G_OBJECT_CLASS (benk_reports_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, month_choice);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, newer_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, older_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, team_choice);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, only_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, save_pdf_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, save_csv_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, sums);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, slice_label);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, all_button);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, reasons_check);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, rows);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, BenkReportsPage, failed_page);
}

static void
benk_reports_page_class_init (BenkReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_reports_page_dispose;
  widget_class->map = benk_reports_page_map;
  g_type_ensure (BENK_TYPE_READING_PAGE);
  g_type_ensure (BENK_TYPE_REPORT_SUMS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-reports-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_month_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_older_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_newer_clicked);
  gtk_widget_class_bind_template_callback (widget_class, load_anew);
  gtk_widget_class_bind_template_callback (widget_class, load_again);
  gtk_widget_class_bind_template_callback (widget_class, on_slice_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_pdf_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_csv_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
}

static gboolean
on_key (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  int step = g_variant_get_int32 (arguments);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (step == 0)
    load_again (BENK_REPORTS_PAGE (widget));
  else
    go (BENK_REPORTS_PAGE (widget), step);
  return TRUE;
}

/* Wherever the focus is while the page is shown. */
static void
add_keys (BenkReportsPage *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    int step;
  } keys[] = {
    { GDK_KEY_Left, GDK_ALT_MASK, 1 },
    { GDK_KEY_Right, GDK_ALT_MASK, -1 },
    { GDK_KEY_F5, 0, 0 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (keys[i].key,
                                                               keys[i].modifiers),
                                       gtk_callback_action_new (on_key, NULL, NULL), "i",
                                       keys[i].step));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
benk_reports_page_init (BenkReportsPage *self)
{
  self->slice = BENK_FOLLOWUP_SLICE_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_icon_show_on (self->empty_page, "reports");
  add_keys (self);
}

/**
 * benk_reports_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page of reports
 */
GtkWidget *
benk_reports_page_new (BenkSession *session)
{
  BenkReportsPage *self = g_object_new (BENK_TYPE_REPORTS_PAGE, NULL);

  self->filling = TRUE;
  self->session = g_object_ref (session);
  fill_months (self);
  fill_teams (self, NULL);
  self->filling = FALSE;
  allow_saving (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-report-dialog.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-patience.h"

struct _BenkReportDialog
{
  AdwWindow parent_instance;

  GtkWidget *widget;
  GApplication *application; /* held until the file is there or is not */
  char *file_name;
  gboolean ended;
  GCancellable *cancellable;
  BenkPatience patience;

  GtkLabel *name;
  GtkProgressBar *progress;
  GtkWidget *stop_button;
};

G_DEFINE_FINAL_TYPE (BenkReportDialog, benk_report_dialog, ADW_TYPE_WINDOW)

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BenkReportDialog *self = BENK_REPORT_DIALOG (widget);

  if (self->ended)
    return G_SOURCE_REMOVE;
  gtk_progress_bar_set_text (self->progress,
                             g_cancellable_is_cancelled (self->cancellable)
                               ? _ ("Stopping")
                               : _ ("Writing the report"));
  gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

/* Whoever closed the main window meanwhile has the file; nobody is there to be told. */
static void
tell (BenkReportDialog *self, const char *action, const char *sentence)
{
  gtk_widget_activate_action (self->widget, action, "s", sentence);
}

static gboolean
is_stopped (const GError *error)
{
  return g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done =
    benk_reports_write_followup_finish (BENK_SESSION (source), result, &error);

  self->ended = TRUE;
  benk_patience_end (&self->patience);
  gtk_window_destroy (GTK_WINDOW (self));
  if (done)
    {
      g_autofree char *sentence =
        /* Translators: the name of a file. */
        g_strdup_printf (_ ("The report is saved as “%s”."), self->file_name);

      tell (self, "win.tell", sentence);
    }
  else
    tell (self, is_stopped (error) ? "win.tell" : "win.tell-error", error->message);
  if (self->application)
    g_application_release (self->application);
}

static void
on_stop_clicked (BenkReportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop_button, FALSE);
}

static gboolean
benk_report_dialog_close_request (GtkWindow *window)
{
  on_stop_clicked (BENK_REPORT_DIALOG (window));
  return GTK_WINDOW_CLASS (benk_report_dialog_parent_class)->close_request (window);
}

static void
benk_report_dialog_dispose (GObject *object)
{
  BenkReportDialog *self = BENK_REPORT_DIALOG (object);

  self->ended = TRUE;
  benk_patience_end (&self->patience);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (benk_report_dialog_parent_class)->dispose (object);
}

/* What is needed when it is written lives as long as that takes, whoever closes what. */
static void
benk_report_dialog_finalize (GObject *object)
{
  BenkReportDialog *self = BENK_REPORT_DIALOG (object);

  g_clear_object (&self->widget);
  g_clear_object (&self->application);
  g_free (self->file_name);
  G_OBJECT_CLASS (benk_report_dialog_parent_class)->finalize (object);
}

static void
benk_report_dialog_class_init (BenkReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_report_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_report_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = benk_report_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkReportDialog, name);
  gtk_widget_class_bind_template_child (widget_class, BenkReportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkReportDialog, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_report_dialog_init (BenkReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * benk_report_dialog_run:
 * @widget: a widget of the main window
 * @session: the open session
 * @report: a report, which is not changed any more
 * @file: where to
 * @format: as what
 *
 * Writes a report and says how that ended. A window shows that it goes on when it takes
 * long, and can stop it.
 */
void
benk_report_dialog_run (GtkWidget *widget,
                        BenkSession *session,
                        BenkFollowupReport *report,
                        GFile *file,
                        BenkReportFormat format)
{
  GtkWindow *window = get_window (widget);
  GtkApplication *application = window ? gtk_window_get_application (window) : NULL;
  g_autofree char *name = g_file_get_basename (file);
  BenkReportDialog *self =
    g_object_new (BENK_TYPE_REPORT_DIALOG, "transient-for", window, NULL);

  self->widget = g_object_ref (widget);
  self->file_name = g_filename_display_name (name);
  self->cancellable = g_cancellable_new ();
  if (application)
    {
      self->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (self->application);
    }
  gtk_label_set_text (self->name, self->file_name);
  benk_patience_begin (&self->patience, benk_session_get_clock (session),
                       GTK_WINDOW (self), self->stop_button);
  benk_reports_write_followup_async (session, report, file, format, self->cancellable,
                                     on_written, g_object_ref (self));
}

typedef struct
{
  GtkWidget *widget;
  BenkSession *session;
  BenkFollowupReport *report;
  BenkReportFormat format;
  GtkFileChooserNative *chooser;
} Request;

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file)
    benk_report_dialog_run (self->widget, self->session, self->report, file,
                            self->format);
  g_object_unref (self->chooser);
  g_object_unref (self->widget);
  g_object_unref (self->session);
  benk_followup_report_unref (self->report);
  g_free (self);
}

/* The page reports on whole months. */
static char *
suggest_name (const BenkFollowupReport *report, BenkReportFormat format)
{
  /* Translators: the name of a file, before a month such as 2026-10. */
  return g_strdup_printf ("%s %.7s.%s", _ ("Follow-up"), report->period.from_date,
                          format == BENK_REPORT_PDF ? "pdf" : "csv");
}

/**
 * benk_report_dialog_ask:
 * @widget: a widget of the main window
 * @session: the open session
 * @report: a report, which is not changed any more
 * @format: as what
 *
 * Lets a person choose where a report is saved, and saves it there.
 */
void
benk_report_dialog_ask (GtkWidget *widget,
                        BenkSession *session,
                        BenkFollowupReport *report,
                        BenkReportFormat format)
{
  g_autofree char *name = suggest_name (report, format);
  Request *self = g_new0 (Request, 1);

  self->widget = g_object_ref (widget);
  self->session = g_object_ref (session);
  self->report = benk_followup_report_ref (report);
  self->format = format;
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save Report"), get_window (widget),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

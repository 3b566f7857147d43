/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-export-dialog.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-export.h"
#include "benk-patience.h"

struct _BenkExportDialog
{
  AdwWindow parent_instance;

  GtkWidget *widget;
  GApplication *application; /* held until the file is there or is not */
  char *file_name;
  BenkExport *export;
  GCancellable *cancellable;
  BenkPatience patience;

  GtkLabel *name;
  GtkProgressBar *progress;
  GtkWidget *stop_button;
};

G_DEFINE_FINAL_TYPE (BenkExportDialog, benk_export_dialog, ADW_TYPE_WINDOW)

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BenkExportDialog *self = BENK_EXPORT_DIALOG (widget);
  static const char *const words[] = {
    [BENK_EXPORT_READING] = N_ ("Reading the devices"),
    [BENK_EXPORT_COMPOSING] = N_ ("Writing the list"),
    [BENK_EXPORT_SAVING] = N_ ("Saving the file"),
  };
  BenkExportPhase phase;
  double fraction;

  if (!self->export)
    return G_SOURCE_REMOVE;
  phase = benk_export_get_progress (self->export, &fraction);
  gtk_progress_bar_set_text (self->progress,
                             g_cancellable_is_cancelled (self->cancellable)
                               ? _ ("Stopping")
                               : _ (words[phase]));
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

/* Whoever closed the main window meanwhile has the file; nobody is there to be told. */
static void
tell (BenkExportDialog *self, const char *action, const char *sentence)
{
  gtk_widget_activate_action (self->widget, action, "s", sentence);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  gboolean done = benk_export_run_finish (BENK_EXPORT (source), result, &n, &error);

  benk_patience_end (&self->patience);
  gtk_window_destroy (GTK_WINDOW (self));
  if (done)
    {
      g_autofree char *sentence =
        g_strdup_printf (ngettext ("“%s” holds %u device.", "“%s” holds %u devices.", n),
                         self->file_name, n);

      tell (self, "win.tell", sentence);
    }
  else
    tell (self,
          g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED) ? "win.tell"
                                                                    : "win.tell-error",
          error->message);
  if (self->application)
    g_application_release (self->application);
}

static void
on_stop_clicked (BenkExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop_button, FALSE);
}

static gboolean
benk_export_dialog_close_request (GtkWindow *window)
{
  on_stop_clicked (BENK_EXPORT_DIALOG (window));
  return GTK_WINDOW_CLASS (benk_export_dialog_parent_class)->close_request (window);
}

static void
benk_export_dialog_dispose (GObject *object)
{
  BenkExportDialog *self = BENK_EXPORT_DIALOG (object);

  benk_patience_end (&self->patience);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->export);
  G_OBJECT_CLASS (benk_export_dialog_parent_class)->dispose (object);
}

/* What is needed when it is written lives as long as that takes, whoever closes what. */
static void
benk_export_dialog_finalize (GObject *object)
{
  BenkExportDialog *self = BENK_EXPORT_DIALOG (object);

  g_clear_object (&self->widget);
  g_clear_object (&self->application);
  g_free (self->file_name);
  G_OBJECT_CLASS (benk_export_dialog_parent_class)->finalize (object);
}

static void
benk_export_dialog_class_init (BenkExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = benk_export_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkExportDialog, name);
  gtk_widget_class_bind_template_child (widget_class, BenkExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkExportDialog, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_export_dialog_init (BenkExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

/**
 * benk_export_dialog_run:
 * @widget: a widget of the main window
 * @session: the open session
 * @query: which devices; copied
 * @file: where to
 *
 * Writes the list of devices and says how that ended. A window shows how far it is when
 * it takes long, and can stop it.
 */
void
benk_export_dialog_run (GtkWidget *widget,
                        BenkSession *session,
                        const BenkDeviceQuery *query,
                        GFile *file)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  GtkApplication *application = window ? gtk_window_get_application (window) : NULL;
  g_autofree char *name = g_file_get_basename (file);
  BenkExportDialog *self =
    g_object_new (BENK_TYPE_EXPORT_DIALOG, "transient-for", window, NULL);

  self->widget = g_object_ref (widget);
  self->file_name = g_filename_display_name (name);
  self->cancellable = g_cancellable_new ();
  self->export = benk_export_new (benk_session_get_inventory (session), query, file);
  if (application)
    {
      self->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (self->application);
    }
  gtk_label_set_text (self->name, self->file_name);
  benk_patience_begin (&self->patience, benk_session_get_clock (session),
                       GTK_WINDOW (self), self->stop_button);
  benk_export_run_async (self->export, self->cancellable, on_written,
                         g_object_ref (self));
}

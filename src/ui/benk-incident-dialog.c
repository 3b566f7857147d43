/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-incident-dialog.h"

#include <glib/gi18n.h>

#include "benk-incidents.h"
#include "benk-sentence.h"

struct _BenkIncidentDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkIncident *incident;
  GtkFileChooserNative *chooser;

  GtkLabel *notice;
  GtkTextView *text;
  GtkLabel *problem;
  GtkWidget *copy_button;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (BenkIncidentDialog, benk_incident_dialog, ADW_TYPE_WINDOW)

static void
on_drafted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkIncidentDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->incident =
    benk_alarms_draft_incident_finish (BENK_ALARMS (source), result, &error);
  if (!self->session)
    return;
  if (!self->incident)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  text = benk_incident_dup_text (self->incident);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static char *
dup_text (BenkIncidentDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_copy_clicked (BenkIncidentDialog *self)
{
  g_autofree char *text = dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  benk_sentence_show (self->problem, NULL);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("Copied"));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkIncidentDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = benk_alarms_save_incident_finish (BENK_ALARMS (source), result, &error);

  if (!self->session)
    return;
  benk_sentence_show (self->problem, done ? NULL : error->message);
  if (done)
    gtk_button_set_label (GTK_BUTTON (self->save_button), _ ("Saved"));
}

static void
on_chosen (BenkIncidentDialog *self, int response)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file && self->session)
    benk_alarms_save_incident_async (benk_session_get_alarms (self->session),
                                     self->incident, file, NULL, on_saved,
                                     g_object_ref (self));
  g_clear_object (&self->chooser);
}

static void
on_save_clicked (BenkIncidentDialog *self)
{
  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save Draft"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     _ ("incident draft.pdf"));
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
benk_incident_dialog_dispose (GObject *object)
{
  BenkIncidentDialog *self = BENK_INCIDENT_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_incident_dialog_parent_class)->dispose (object);
}

static void
benk_incident_dialog_finalize (GObject *object)
{
  benk_incident_free (BENK_INCIDENT_DIALOG (object)->incident);
  G_OBJECT_CLASS (benk_incident_dialog_parent_class)->finalize (object);
}

static void
benk_incident_dialog_class_init (BenkIncidentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_incident_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_incident_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-incident-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkIncidentDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BenkIncidentDialog, text);
  gtk_widget_class_bind_template_child (widget_class, BenkIncidentDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkIncidentDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BenkIncidentDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_incident_dialog_init (BenkIncidentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->notice, benk_incident_get_notice ());
}

/**
 * benk_incident_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarms: (array length=n_alarms): what it is about
 * @n_alarms: how many
 *
 * Returns: (transfer none): a window with the draft of an incident report, to be copied
 * or saved
 */
GtkWidget *
benk_incident_dialog_new (GtkWindow *parent,
                          BenkSession *session,
                          const BenkId *alarms,
                          guint n_alarms)
{
  BenkIncidentDialog *self =
    g_object_new (BENK_TYPE_INCIDENT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  benk_alarms_draft_incident_async (benk_session_get_alarms (session), alarms, n_alarms,
                                    NULL, on_drafted, g_object_ref (self));
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-staff-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"

struct _BenkStaffDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  GCancellable *cancellable;

  GtkListBox *known;
  AdwEntryRow *initials_row;
  AdwEntryRow *name_row;
};

G_DEFINE_FINAL_TYPE (BenkStaffDialog, benk_staff_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
on_known_activated (BenkStaffDialog *self, GtkListBoxRow *row)
{
  BenkStaff *staff = g_object_get_data (G_OBJECT (row), "benk-staff");
  const char *name = benk_staff_get_name (staff);

  gtk_editable_set_text (GTK_EDITABLE (self->initials_row),
                         benk_staff_get_initials (staff));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name ? name : "");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (self), "choose");
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_changed (BenkStaffDialog *self)
{
  g_autofree char *initials = benk_entry_rows_get_text (self->initials_row);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "choose",
                                           *initials != '\0');
}

static void
append_known (BenkStaffDialog *self, BenkStaff *staff)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 benk_staff_get_initials (staff));
  if (benk_staff_get_name (staff))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), benk_staff_get_name (staff));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "benk-staff", g_object_ref (staff),
                          g_object_unref);
  gtk_list_box_append (self->known, row);
  gtk_widget_set_visible (GTK_WIDGET (self->known), TRUE);
}

static void
on_staff_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkStaffDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) staff =
    benk_session_list_staff_finish (BENK_SESSION (source), result, &error);

  if (!staff)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), error->message);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (BenkStaff) one = g_list_model_get_item (staff, i);

      if (benk_staff_get_initials (one))
        append_known (self, one);
    }
}

static void
on_staff_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_session_choose_staff_finish (BENK_SESSION (source), result, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_staff_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkStaffDialog *self = BENK_STAFF_DIALOG (dialog);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *initials = benk_entry_rows_get_text (self->initials_row);
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);

  if (g_strcmp0 (response, "choose") != 0)
    return;
  benk_session_choose_staff_async (self->session, initials, *name ? name : NULL, NULL,
                                   on_staff_chosen, g_object_ref (parent));
}

static void
benk_staff_dialog_dispose (GObject *object)
{
  BenkStaffDialog *self = BENK_STAFF_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_staff_dialog_parent_class)->dispose (object);
}

static void
benk_staff_dialog_finalize (GObject *object)
{
  BenkStaffDialog *self = BENK_STAFF_DIALOG (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (benk_staff_dialog_parent_class)->finalize (object);
}

static void
benk_staff_dialog_class_init (BenkStaffDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwMessageDialogClass *dialog_class = ADW_MESSAGE_DIALOG_CLASS (klass);

  object_class->dispose = benk_staff_dialog_dispose;
  object_class->finalize = benk_staff_dialog_finalize;
  dialog_class->response = benk_staff_dialog_response;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-staff-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkStaffDialog, known);
  gtk_widget_class_bind_template_child (widget_class, BenkStaffDialog, initials_row);
  gtk_widget_class_bind_template_child (widget_class, BenkStaffDialog, name_row);
  gtk_widget_class_bind_template_callback (widget_class, on_known_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
benk_staff_dialog_init (BenkStaffDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_staff_dialog_new:
 * @parent: the window that asks
 * @session: the open session
 *
 * Asks who is at the keyboard. Closing it leaves the session for looking only.
 *
 * Returns: (transfer none): a dialog to present
 */
BenkStaffDialog *
benk_staff_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkStaffDialog *self =
    g_object_new (BENK_TYPE_STAFF_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  benk_session_list_staff_async (session, self->cancellable, on_staff_listed,
                                 g_object_ref (self));
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-user-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-inventory.h"

struct _BenkUserDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkDevice *device;
  GtkWidget *reference_row;
  GtkWidget *team_row;
};

G_DEFINE_FINAL_TYPE (BenkUserDialog, benk_user_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
on_changed (BenkUserDialog *self)
{
  g_autofree char *reference = benk_entry_rows_get_text (self->reference_row);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "link",
                                           *reference != '\0');
}

static void
on_linked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_inventory_change_finish (BENK_INVENTORY (source), result, NULL, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_user_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkUserDialog *self = BENK_USER_DIALOG (dialog);
  g_autofree char *reference = benk_entry_rows_get_text (self->reference_row);
  g_autofree char *team = benk_entry_rows_get_text (self->team_row);
  gboolean links = g_strcmp0 (response, "link") == 0;

  if (!links && g_strcmp0 (response, "unlink") != 0)
    return;
  benk_inventory_link_user_async (
    benk_session_get_inventory (self->session), benk_device_get_id (self->device),
    links ? reference : NULL, *team ? team : NULL, NULL, on_linked,
    g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_user_dialog_dispose (GObject *object)
{
  BenkUserDialog *self = BENK_USER_DIALOG (object);

  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_user_dialog_parent_class)->dispose (object);
}

static void
benk_user_dialog_class_init (BenkUserDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_user_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_user_dialog_response;
}

static void
benk_user_dialog_init (BenkUserDialog *self)
{
  GtkWidget *list = benk_entry_rows_new ();

  self->reference_row =
    benk_entry_rows_add (list, _ ("User: the reference used in the patient record"),
                         G_CALLBACK (on_changed), self);
  self->team_row =
    benk_entry_rows_add (list, _ ("Team (optional)"), G_CALLBACK (on_changed), self);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), list);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"));
}

static void
set_text (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

/**
 * benk_user_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: the device
 *
 * Returns: (transfer none): a dialog that says who has @device
 */
GtkWidget *
benk_user_dialog_new (GtkWindow *parent, BenkSession *session, BenkDevice *device)
{
  BenkUserDialog *self =
    g_object_new (BENK_TYPE_USER_DIALOG, "transient-for", parent, "modal", TRUE,
                  "heading", _ ("Who has it?"), "body",
                  _ ("No name and no national number: only the reference that the "
                     "patient record uses."),
                  NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  if (benk_device_get_person_ref (device))
    {
      adw_message_dialog_add_response (dialog, "unlink", _ ("_Unlink"));
      adw_message_dialog_set_response_appearance (dialog, "unlink",
                                                  ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_add_response (dialog, "link", _ ("_Link"));
  adw_message_dialog_set_response_appearance (dialog, "link", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "link");
  set_text (self->reference_row, benk_device_get_person_ref (device));
  set_text (self->team_row, benk_device_get_team (device));
  on_changed (self);
  return GTK_WIDGET (self);
}

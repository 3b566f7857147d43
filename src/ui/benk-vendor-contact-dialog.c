/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-vendor-contact-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-vendor-calls.h"

struct _BenkVendorContactDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  char *vendor;
  GtkWidget *number_row;
  GtkWidget *phone_row;
  GtkWidget *hours_row;
};

G_DEFINE_FINAL_TYPE (BenkVendorContactDialog,
                     benk_vendor_contact_dialog,
                     ADW_TYPE_MESSAGE_DIALOG)

static void
on_changed (BenkVendorContactDialog *self)
{
}

/* The window that asked tells what is refused: this one is gone by then. */
static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  benk_vendor_calls_change_finish (BENK_SESSION (source), result, NULL, &error);
  gtk_widget_activate_action (parent, "vendor.kept", "s", error ? error->message : "");
}

static void
benk_vendor_contact_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkVendorContactDialog *self = BENK_VENDOR_CONTACT_DIALOG (dialog);
  g_autofree char *number = benk_entry_rows_get_text (self->number_row);
  g_autofree char *phone = benk_entry_rows_get_text (self->phone_row);
  g_autofree char *hours = benk_entry_rows_get_text (self->hours_row);
  const BenkVendorContact contact = {
    .vendor = self->vendor, .customer_number = number, .phone = phone, .hours = hours
  };

  if (g_strcmp0 (response, "save") == 0)
    benk_vendor_calls_set_contact_async (self->session, &contact, NULL, on_kept,
                                         g_object_ref (gtk_window_get_transient_for (
                                           GTK_WINDOW (self))));
}

static void
benk_vendor_contact_dialog_finalize (GObject *object)
{
  BenkVendorContactDialog *self = BENK_VENDOR_CONTACT_DIALOG (object);

  g_clear_object (&self->session);
  g_free (self->vendor);
  G_OBJECT_CLASS (benk_vendor_contact_dialog_parent_class)->finalize (object);
}

static void
benk_vendor_contact_dialog_class_init (BenkVendorContactDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_vendor_contact_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_vendor_contact_dialog_response;
}

static void
benk_vendor_contact_dialog_init (BenkVendorContactDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = benk_entry_rows_new ();

  self->number_row =
    benk_entry_rows_add (list, _ ("Customer number"), G_CALLBACK (on_changed), self);
  self->phone_row = benk_entry_rows_add (list, _ ("Telephone of the support"),
                                         G_CALLBACK (on_changed), self);
  self->hours_row =
    benk_entry_rows_add (list, _ ("When it answers"), G_CALLBACK (on_changed), self);
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

static void
fill (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

/**
 * benk_vendor_contact_dialog_new:
 * @parent: the window that asks; its action “vendor.kept” is given why it was refused, or
 *   nothing
 * @session: the open session
 * @contact: what is known of the vendor
 *
 * Returns: (transfer none): a window that asks how to reach a vendor
 */
GtkWidget *
benk_vendor_contact_dialog_new (GtkWindow *parent,
                                BenkSession *session,
                                const BenkVendorContact *contact)
{
  BenkVendorContactDialog *self =
    g_object_new (BENK_TYPE_VENDOR_CONTACT_DIALOG, "transient-for", parent, "modal", TRUE,
                  NULL);

  self->session = g_object_ref (session);
  self->vendor = g_strdup (contact->vendor);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), contact->vendor);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self),
                               _ ("Kept for all devices of this vendor. Numbers are of "
                                  "desks, not of persons."));
  fill (self->number_row, contact->customer_number);
  fill (self->phone_row, contact->phone);
  fill (self->hours_row, contact->hours);
  gtk_widget_grab_focus (contact->customer_number ? self->phone_row : self->number_row);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-return-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-inventory.h"
#include "benk-returns.h"

struct _BenkReturnDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkDevice *device;
  GtkWidget *vendor_row;
  GtkWidget *reason_row;
};

G_DEFINE_FINAL_TYPE (BenkReturnDialog, benk_return_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
on_changed (BenkReturnDialog *self)
{
  g_autofree char *vendor = benk_entry_rows_get_text (self->vendor_row);
  g_autofree char *reason = benk_entry_rows_get_text (self->reason_row);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "open",
                                           *vendor && *reason);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkReturnCase) opened =
    benk_returns_open_finish (BENK_RETURNS (source), result, &error);
  g_autofree char *id = NULL;

  if (!opened)
    {
      gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
      return;
    }
  id = benk_id_to_string (benk_return_case_get_id (opened));
  gtk_widget_activate_action (parent, "win.show-return", "s", id);
}

static void
benk_return_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkReturnDialog *self = BENK_RETURN_DIALOG (dialog);
  g_autofree char *vendor = benk_entry_rows_get_text (self->vendor_row);
  g_autofree char *reason = benk_entry_rows_get_text (self->reason_row);

  if (g_strcmp0 (response, "open") != 0)
    return;
  benk_returns_open_async (benk_session_get_returns (self->session),
                           benk_device_get_id (self->device), vendor, reason, NULL,
                           on_opened,
                           g_object_ref (
                             gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_return_dialog_dispose (GObject *object)
{
  BenkReturnDialog *self = BENK_RETURN_DIALOG (object);

  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_return_dialog_parent_class)->dispose (object);
}

static void
benk_return_dialog_class_init (BenkReturnDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_return_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_return_dialog_response;
}

static void
benk_return_dialog_init (BenkReturnDialog *self)
{
  GtkWidget *list = benk_entry_rows_new ();

  self->vendor_row =
    benk_entry_rows_add (list, _ ("Vendor"), G_CALLBACK (on_changed), self);
  self->reason_row = benk_entry_rows_add (list, _ ("Reason, without names"),
                                          G_CALLBACK (on_changed), self);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"),
                                    "open", _ ("_Register Return"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "open",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "open");
}

static const char *
get_usual_vendor (BenkReturnDialog *self)
{
  const char *vendor = benk_device_get_vendor (self->device);
  const char *model_id = benk_device_get_model_id (self->device);
  BenkModel *model;

  if (vendor && *vendor)
    return vendor;
  model = model_id ? benk_model_find (benk_inventory_get_models (
                                        benk_session_get_inventory (self->session)),
                                      model_id)
                   : NULL;
  return model ? benk_model_get_vendor (model) : NULL;
}

/**
 * benk_return_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: what goes back
 *
 * Returns: (transfer none): a dialog that registers a return to a vendor
 */
GtkWidget *
benk_return_dialog_new (GtkWindow *parent, BenkSession *session, BenkDevice *device)
{
  BenkReturnDialog *self =
    g_object_new (BENK_TYPE_RETURN_DIALOG, "transient-for", parent, "modal", TRUE,
                  "heading", _ ("Return to Vendor"), NULL);
  const char *vendor;

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self),
                                  _ (
                                    "For %s. It can be packed when its reset is proven."),
                                  benk_device_get_serial (device));
  vendor = get_usual_vendor (self);
  gtk_editable_set_text (GTK_EDITABLE (self->vendor_row), vendor ? vendor : "");
  gtk_widget_grab_focus (vendor ? self->reason_row : self->vendor_row);
  on_changed (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-attest-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-inventory.h"

struct _BenkAttestDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkDevice *device;
  BenkFactKind kind;
  GtkWidget *ref_row;
  GtkWidget *stated_row;
};

G_DEFINE_FINAL_TYPE (BenkAttestDialog, benk_attest_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
on_changed (BenkAttestDialog *self)
{
  g_autofree char *ref = benk_entry_rows_get_optional (self->ref_row);
  g_autofree char *stated_by = benk_entry_rows_get_optional (self->stated_row);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "attest",
                                           benk_fact_kind_check (self->kind, ref,
                                                                 stated_by, NULL));
}

static void
on_attested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_inventory_change_finish (BENK_INVENTORY (source), result, NULL, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_attest_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkAttestDialog *self = BENK_ATTEST_DIALOG (dialog);
  g_autofree char *ref = benk_entry_rows_get_optional (self->ref_row);
  g_autofree char *stated_by = benk_entry_rows_get_optional (self->stated_row);

  if (g_strcmp0 (response, "attest") != 0)
    return;
  benk_inventory_attest_async (benk_session_get_inventory (self->session),
                               benk_device_get_id (self->device), self->kind, ref,
                               stated_by, NULL, on_attested,
                               g_object_ref (
                                 gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_attest_dialog_dispose (GObject *object)
{
  BenkAttestDialog *self = BENK_ATTEST_DIALOG (object);

  g_clear_object (&self->device);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_attest_dialog_parent_class)->dispose (object);
}

static void
benk_attest_dialog_class_init (BenkAttestDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_attest_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_attest_dialog_response;
}

static void
benk_attest_dialog_init (BenkAttestDialog *self)
{
  GtkWidget *list = benk_entry_rows_new ();

  self->ref_row = benk_entry_rows_add (list, NULL, G_CALLBACK (on_changed), self);
  self->stated_row = benk_entry_rows_add (list, NULL, G_CALLBACK (on_changed), self);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"),
                                    "attest", _ ("_Sign"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "attest",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "attest");
}

static void
set_titles (BenkAttestDialog *self)
{
  gboolean needs_ref = benk_fact_kind_needs_ref (self->kind);
  gboolean needs_stated_by = benk_fact_kind_needs_stated_by (self->kind);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ref_row),
                                 needs_ref ? _ ("Reference")
                                           : _ ("Reference (optional)"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->stated_row),
                                 needs_stated_by
                                   ? _ ("Stated by: role and name")
                                   : _ ("Stated by: role and name (optional)"));
}

/**
 * benk_attest_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: the device
 * @kind: what is attested
 *
 * Returns: (transfer none): a dialog that signs one fact
 */
GtkWidget *
benk_attest_dialog_new (GtkWindow *parent,
                        BenkSession *session,
                        BenkDevice *device,
                        BenkFactKind kind)
{
  BenkAttestDialog *self =
    g_object_new (BENK_TYPE_ATTEST_DIALOG, "transient-for", parent, "modal", TRUE,
                  "heading", benk_fact_kind_get_label (kind), NULL);
  BenkStaff *staff = benk_session_get_staff (session);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->kind = kind;
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self), _ ("For %s. Signed as %s."),
                                  benk_device_get_serial (device),
                                  staff ? benk_staff_get_initials (staff) : "–");
  set_titles (self);
  on_changed (self);
  /* One begins with what is asked for. */
  if (benk_fact_kind_needs_stated_by (kind) && !benk_fact_kind_needs_ref (kind))
    gtk_widget_grab_focus (self->stated_row);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-call-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-inventory-call.h"

struct _BenkCallDialog
{
  AdwMessageDialog parent_instance;

  BenkSession *session;
  BenkId device;
  GtkWidget *text_row;
};

G_DEFINE_FINAL_TYPE (BenkCallDialog, benk_call_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* Wide enough for a line. */
#define WIDTH 420

/* Each with a letter of its own, so that one key says who called and keeps the note. The
 * last comes to stand highest. */
static const struct
{
  BenkCaller caller;
  const char *label;
} callers[] = {
  { BENK_CALLER_OTHER, N_ ("_Somebody Else Called") },
  { BENK_CALLER_VENDOR, N_ ("The _Vendor Called") },
  { BENK_CALLER_CHARGE_NURSE, N_ ("The Charge _Nurse Called") },
  { BENK_CALLER_COORDINATOR, N_ ("The Co_ordinator Called") },
  { BENK_CALLER_NEXT_OF_KIN, N_ ("Next of _Kin Called") },
  { BENK_CALLER_USER, N_ ("The _User Called") },
  { BENK_CALLER_HOME_CARE, N_ ("_Home Care Called") },
};

static void
on_changed (BenkCallDialog *self)
{
  g_autofree char *text = benk_entry_rows_get_text (self->text_row);

  for (gsize i = 0; i < G_N_ELEMENTS (callers); i++)
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self),
                                             benk_caller_to_name (callers[i].caller),
                                             *text != '\0');
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_inventory_change_finish (BENK_INVENTORY (source), result, NULL, &error))
    gtk_widget_activate_action (parent, "win.tell", "s", _ ("The call is noted."));
  else
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
benk_call_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BenkCallDialog *self = BENK_CALL_DIALOG (dialog);
  g_autofree char *text = benk_entry_rows_get_text (self->text_row);
  BenkCaller caller;

  if (!benk_caller_from_name (response, &caller))
    return;
  benk_inventory_note_call_async (benk_session_get_inventory (self->session),
                                  &self->device, caller, text, NULL, on_noted,
                                  g_object_ref (
                                    gtk_window_get_transient_for (GTK_WINDOW (self))));
}

static void
benk_call_dialog_dispose (GObject *object)
{
  BenkCallDialog *self = BENK_CALL_DIALOG (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_call_dialog_parent_class)->dispose (object);
}

static void
benk_call_dialog_class_init (BenkCallDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_call_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = benk_call_dialog_response;
}

static void
benk_call_dialog_init (BenkCallDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = benk_entry_rows_new ();

  self->text_row = benk_entry_rows_add (list, _ ("What the call was about"),
                                        G_CALLBACK (on_changed), self);
  gtk_widget_set_size_request (list, WIDTH, -1);
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  for (gsize i = 0; i < G_N_ELEMENTS (callers); i++)
    adw_message_dialog_add_response (dialog, benk_caller_to_name (callers[i].caller),
                                     _ (callers[i].label));
  adw_message_dialog_set_close_response (dialog, "cancel");
}

/**
 * benk_call_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: what the call was about
 * @named: its asset number or serial
 *
 * Returns: (transfer none): a dialog that keeps a call: one line of text, then who
 * called. Nothing is proposed, as nothing is known of it
 */
GtkWidget *
benk_call_dialog_new (GtkWindow *parent,
                      BenkSession *session,
                      const BenkId *device,
                      const char *named)
{
  BenkCallDialog *self =
    g_object_new (BENK_TYPE_CALL_DIALOG, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  self->device = *device;
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (self),
                                     /* Translators: asset number or serial */
                                     _ ("Note a Call About %s"), named);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self),
                               _ ("One line without names; then say who called, which "
                                  "keeps it."));
  on_changed (self);
  gtk_widget_grab_focus (self->text_row);
  return GTK_WIDGET (self);
}

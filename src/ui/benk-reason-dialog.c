/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reason-dialog.h"

#include <glib/gi18n.h>

#include "benk-scan-desk.h"

typedef struct
{
  BenkReasonFunc func;
  GObject *target;
  GtkEditable *entry;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->target);
  g_free (question);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));

  if (g_strcmp0 (response, "go-on") == 0 && *text)
    question->func (text, question->target);
}

static void
on_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "go-on", *text != '\0');
}

static void
on_scanned (GtkWidget *entry, const BenkScan *scan, const BenkScanTyping *typing)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), benk_scan_get_name (scan));
  gtk_widget_activate_default (entry);
}

/**
 * benk_reason_dialog_ask:
 * @parent: the main window
 * @heading: the question
 * @body: what the answer is for
 * @go_on: the label of the button, with a mnemonic
 * @func: (scope async): called with the words when there are some
 * @target: handed to @func, and kept until the dialog has closed
 *
 * Asks a person for a line of text.
 *
 * Returns: (transfer none): the entry
 */
GtkWidget *
benk_reason_dialog_ask (GtkWindow *parent,
                        const char *heading,
                        const char *body,
                        const char *go_on,
                        BenkReasonFunc func,
                        GObject *target)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  GtkWidget *entry = gtk_entry_new ();
  Question *question = g_new0 (Question, 1);

  question->func = func;
  question->target = g_object_ref (target);
  question->entry = GTK_EDITABLE (entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading, -1);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "go-on", go_on, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go-on",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go-on", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return entry;
}

/**
 * benk_reason_dialog_ask_device:
 * @parent: the main window
 * @heading: the question
 * @body: what the answer is for
 * @go_on: the label of the button, with a mnemonic
 * @func: (scope async): called with the number when there is one
 * @target: handed to @func, and kept until the dialog has closed
 *
 * Asks for a device by its number. A scan is the answer.
 */
void
benk_reason_dialog_ask_device (GtkWindow *parent,
                               const char *heading,
                               const char *body,
                               const char *go_on,
                               BenkReasonFunc func,
                               GObject *target)
{
  benk_scan_take (benk_reason_dialog_ask (parent, heading, body, go_on, func, target),
                  on_scanned);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reset-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-serial.h"

typedef struct
{
  BenkReasonFunc func;
  GObject *target;
  char *wanted;
  GtkWidget *entry;
  GtkWidget *answer;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->target);
  g_free (question->wanted);
  g_free (question);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "reset") == 0)
    question->func (gtk_editable_get_text (GTK_EDITABLE (question->entry)),
                    question->target);
}

/* Said as soon as it can be seen, and not before. */
static void
on_changed (AdwMessageDialog *dialog, GtkEditable *entry)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "benk-question");
  g_autofree char *typed = benk_serial_normalise (gtk_editable_get_text (entry));
  gboolean other = !g_str_has_prefix (question->wanted, typed);

  adw_message_dialog_set_response_enabled (dialog, "reset",
                                           g_str_equal (typed, question->wanted));
  gtk_label_set_text (GTK_LABEL (question->answer),
                      other ? _ ("That is not the serial of this dispenser.") : "");
  if (other)
    gtk_widget_add_css_class (question->entry, "error");
  else
    gtk_widget_remove_css_class (question->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               other ? GTK_ACCESSIBLE_INVALID_TRUE
                                     : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static GtkWidget *
create_child (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  question->entry = gtk_entry_new ();
  question->answer = gtk_label_new (NULL);
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Serial"), -1);
  gtk_label_set_wrap (GTK_LABEL (question->answer), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question->answer), 0);
  gtk_widget_add_css_class (question->answer, "error");
  gtk_box_append (GTK_BOX (box), question->entry);
  gtk_box_append (GTK_BOX (box), question->answer);
  return box;
}

/**
 * benk_reset_dialog_new:
 * @parent: the main window
 * @serial: of the dispenser that is to be wiped
 * @func: called with what was typed when it is @serial and the person goes on
 * @target: handed to @func, and kept until the dialog has closed
 *
 * Typing the serial is what keeps a reset from hitting the device beside it.
 *
 * Returns: (transfer full): the question
 */
GtkWidget *
benk_reset_dialog_new (GtkWindow *parent,
                       const char *serial,
                       BenkReasonFunc func,
                       GObject *target)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Question *question = g_new0 (Question, 1);

  question->func = func;
  question->target = g_object_ref (target);
  question->wanted = benk_serial_normalise (serial);
  adw_message_dialog_format_heading (message, _ ("Reset %s?"), serial);
  adw_message_dialog_set_body (message,
                               _ ("Everything in the dispenser is wiped: settings, "
                                  "recipients and log. This cannot be "
                                  "undone. Type its serial to go on."));
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "reset",
                                    _ ("_Reset"), NULL);
  adw_message_dialog_set_response_appearance (message, "reset", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (message, "reset", FALSE);
  adw_message_dialog_set_default_response (message, "reset");
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_extra_child (message, create_child (question));
  g_object_set_data (G_OBJECT (dialog), "benk-question", question);
  g_signal_connect_object (question->entry, "changed", G_CALLBACK (on_changed), dialog,
                           G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question,
                         question_free, 0);
  return dialog;
}

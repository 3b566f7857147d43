/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reserved-question.h"

#include <glib/gi18n.h>

/* What goes on when the answer is yes. */
typedef struct
{
  BenkReservedFunc func;
  GObject *target;
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
  if (g_strcmp0 (response, "go-on") == 0)
    question->func (question->target);
}

static gboolean
is_for_other (BenkDevice *device, const char *reference)
{
  g_autofree char *typed = g_strstrip (g_strdup (reference ? reference : ""));

  return device && benk_device_get_reserved_date (device) &&
         g_strcmp0 (benk_device_get_reserved_ref (device), typed) != 0;
}

/**
 * benk_reserved_question_ask:
 * @parent: the window that asks
 * @device: (nullable): a device that is to be made ready
 * @reference: (nullable): for whom
 * @func: what to do then
 * @target: (type GObject): handed to @func, and kept until the dialog has closed
 *
 * Asks before a device that is kept for one user is made ready for another. Whoever goes
 * on leaves a task: the other needs another device. Where there is nothing to ask, @func
 * is called at once.
 */
void
benk_reserved_question_ask (GtkWindow *parent,
                            BenkDevice *device,
                            const char *reference,
                            BenkReservedFunc func,
                            gpointer target)
{
  GtkWidget *dialog;
  Question *question;
  const char *other;

  if (!is_for_other (device, reference))
    {
      func (target);
      return;
    }
  other = benk_device_get_reserved_ref (device);
  dialog = adw_message_dialog_new (parent, _ ("Make it ready for another user?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: the reference of a user. */
                                  _ ("It is reserved for %s, who needs another device "
                                     "then. That becomes a task with a date."),
                                  other ? other : _ ("erased"));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "go-on", _ ("_Go On"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  question = g_new0 (Question, 1);
  question->func = func;
  question->target = g_object_ref (target);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

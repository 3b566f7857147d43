/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-toasts.h"

#include <glib/gi18n.h>

/* Seconds: to read it, and to think again. */
#define READ 5
#define THINK 12

/**
 * benk_toast_new:
 * @sentence: what happened, in words for a person
 *
 * Returns: (transfer full): a toast that says it
 */
AdwToast *
benk_toast_new (const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, READ);
  return toast;
}

/**
 * benk_toast_new_offer:
 * @sentence: what is waiting, in words for a person
 * @button: what the button says
 * @action: a detailed action that the button starts
 *
 * Returns: (transfer full): a toast that stays until somebody answers it
 */
AdwToast *
benk_toast_new_offer (const char *sentence, const char *button, const char *action)
{
  AdwToast *toast = benk_toast_new (sentence);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_detailed_action_name (toast, action);
  return toast;
}

/**
 * benk_toast_new_undo:
 * @sentence: what was changed, in words for a person
 * @seq: the row of the change log
 *
 * Returns: (transfer full): a toast whose button takes the change back
 */
AdwToast *
benk_toast_new_undo (const char *sentence, gint64 seq)
{
  g_autofree char *action =
    g_strdup_printf ("win.undo-change(int64 %" G_GINT64_FORMAT ")", seq);
  AdwToast *toast = benk_toast_new_offer (sentence, _ ("Undo"), action);

  adw_toast_set_timeout (toast, THINK);
  return toast;
}

/**
 * benk_toast_new_record:
 * @sentence: what was done, in words for a person
 * @action: a detailed action that copies the text about it
 *
 * Returns: (transfer full): a toast whose button copies a text for the patient record
 */
AdwToast *
benk_toast_new_record (const char *sentence, const char *action)
{
  AdwToast *toast =
    benk_toast_new_offer (sentence, _ ("Copy Text for Patient Record"), action);

  adw_toast_set_timeout (toast, THINK);
  return toast;
}

/**
 * benk_toasts_tell_change:
 * @widget: a widget of the main window
 * @sentence: what was changed, in words for a person
 * @seq: the row of the change log; 0 if nothing was different
 *
 * Says what was changed, with a button that takes it back.
 */
void
benk_toasts_tell_change (GtkWidget *widget, const char *sentence, gint64 seq)
{
  if (seq > 0)
    gtk_widget_activate_action (widget, "win.tell-undo", "(sx)", sentence, seq);
}

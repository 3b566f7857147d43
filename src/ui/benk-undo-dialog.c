/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-undo-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* The rows that hold a change, one a line; they scroll when they are many. */
static GtkWidget *
make_rows (const char *rows)
{
  GtkWidget *label = gtk_label_new (rows);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_margin_start (label, 9);
  gtk_widget_set_margin_end (label, 9);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_size_request (scrolled, 480, -1);
  return scrolled;
}

/**
 * benk_undo_dialog_refused:
 * @parent: the window it was asked in
 * @error: why a change cannot be taken back; its first line is a sentence, each of the
 *   others names a row, what was done with it later, by whom and when
 *
 * Says why nothing was taken back.
 */
void
benk_undo_dialog_refused (GtkWindow *parent, const GError *error)
{
  const char *rows = strchr (error->message, '\n');
  g_autofree char *sentence =
    rows ? g_strndup (error->message, rows - error->message) : g_strdup (error->message);
  GtkWidget *dialog =
    adw_message_dialog_new (parent, _ ("Nothing Was Taken Back"), sentence);

  if (rows)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                        make_rows (rows + 1));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

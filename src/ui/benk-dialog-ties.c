/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-dialog-ties.h"

#define WATCHED "benk-dialog-ties"

/* GTK 4.8 keeps a bare pointer to the window a dialog stands before, and asks it for its
 * signals when the dialog is let go at last. A closed dialog that waits for an answer may
 * outlive that window. Being hidden does not unrealize it, only being closed does. */
typedef struct
{
  GtkWindow *dialog;
  GtkWindow *before;
} Tie;

static void
tie_free (gpointer data)
{
  Tie *tie = data;

  g_object_unref (tie->dialog);
  g_object_unref (tie->before);
  g_free (tie);
}

static gboolean
untie (gpointer data)
{
  Tie *tie = data;

  if (!gtk_widget_get_realized (GTK_WIDGET (tie->dialog)))
    gtk_window_set_transient_for (tie->dialog, NULL);
  return G_SOURCE_REMOVE;
}

/* A message dialog closes first and then says how it was answered: until that is said, it
 * still knows before which window it stood. */
static void
on_unrealize (GtkWindow *dialog)
{
  GtkWindow *before = gtk_window_get_transient_for (dialog);
  Tie *tie;

  if (!before)
    return;
  tie = g_new (Tie, 1);
  tie->dialog = g_object_ref (dialog);
  tie->before = g_object_ref (before);
  g_idle_add_full (G_PRIORITY_HIGH, untie, tie, tie_free);
}

static void
on_windows_changed (GListModel *windows, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "unrealize", G_CALLBACK (on_unrealize), NULL);
    }
}

/**
 * benk_dialog_ties_watch:
 *
 * From now on each window that is made lets go of the one it stands before when it is
 * closed, so that it can be kept longer than that. More than one call does no more.
 */
void
benk_dialog_ties_watch (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  if (g_object_get_data (G_OBJECT (windows), WATCHED) != NULL)
    return;
  g_object_set_data (G_OBJECT (windows), WATCHED, (gpointer) WATCHED);
  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows_changed), NULL);
}

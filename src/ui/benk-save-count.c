/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-save-count.h"

#include <glib/gi18n.h>

#include "benk-stocktake.h"

/* Asks where the result of a count goes, and writes it there. */
typedef struct
{
  GtkWidget *parent;
  BenkSession *session;
  BenkId count;
  gboolean as_csv;
  GtkFileChooserNative *chooser;
} Request;

static void
request_free (Request *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->parent);
  g_clear_object (&self->session);
  g_free (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_stocktake_write_finish (BENK_STOCKTAKE (source), result, &error))
    gtk_widget_activate_action (self->parent, "win.tell", "s",
                                _ ("The result is saved."));
  else
    gtk_widget_activate_action (self->parent, "win.tell-error", "s", error->message);
  request_free (self);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file)
    benk_stocktake_write_async (benk_session_get_stocktake (self->session), &self->count,
                                file, self->as_csv, NULL, on_written, self);
  else
    request_free (self);
}

/**
 * benk_save_count_ask:
 * @parent: a widget of the window that asks
 * @session: the open session
 * @count: a count
 * @as_csv: a list for a spreadsheet, or else a PDF
 *
 * Lets a person choose where the result is saved.
 */
void
benk_save_count_ask (GtkWidget *parent,
                     BenkSession *session,
                     const BenkId *count,
                     gboolean as_csv)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *name =
    g_strdup_printf ("%s.%s", _ ("Stocktake"), as_csv ? "csv" : "pdf");
  Request *self = g_new0 (Request, 1);

  self->parent = g_object_ref (parent);
  self->session = g_object_ref (session);
  self->count = *count;
  self->as_csv = as_csv;
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save Result"),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

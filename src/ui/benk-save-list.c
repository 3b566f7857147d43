/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-save-list.h"

#include <glib/gi18n.h>

#include "benk-export-dialog.h"

/* Asks where a list of devices goes, and has it written there. The devices are those of
 * the query when it was asked for. */

typedef struct
{
  GtkWidget *parent;
  BenkSession *session;
  BenkDeviceQuery query;
  char *model_id;
  char *search;
  GtkFileChooserNative *chooser;
} Request;

static Request *
request_new (GtkWidget *parent, BenkSession *session, const BenkDeviceQuery *query)
{
  Request *self = g_new0 (Request, 1);

  self->parent = g_object_ref (parent);
  self->session = g_object_ref (session);
  self->query = *query;
  self->model_id = g_strdup (query->model_id);
  self->search = g_strdup (query->search);
  self->query.model_id = self->model_id;
  self->query.search = self->search;
  return self;
}

static void
request_free (Request *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->parent);
  g_clear_object (&self->session);
  g_free (self->model_id);
  g_free (self->search);
  g_free (self);
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
    benk_export_dialog_run (self->parent, self->session, &self->query, file);
  request_free (self);
}

static void
add_filter (Request *self, const char *name, const char *pattern)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_object_unref (filter);
}

/**
 * benk_save_list_ask:
 * @parent: a widget of the window that asks
 * @session: the open session
 * @query: which devices; copied
 *
 * Lets a person choose where the list of devices is saved; the ending of the name says
 * whether as a workbook or as CSV.
 */
void
benk_save_list_ask (GtkWidget *parent, BenkSession *session, const BenkDeviceQuery *query)
{
  Request *self = request_new (parent, session, query);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *name = g_strconcat (_ ("Devices"), ".xlsx", NULL);

  self->chooser =
    gtk_file_chooser_native_new (_ ("Export List"),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  add_filter (self, _ ("Excel (name ends in .xlsx)"), "*.xlsx");
  add_filter (self, _ ("CSV (name ends in .csv)"), "*.csv");
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-save-reset.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Asks where the confirmation of reset goes, writes it there, and says so. */

typedef struct
{
  GtkWidget *parent;
  BenkSession *session;
  GArray *devices; /* BenkId */
  GtkFileChooserNative *chooser;
} Request;

static Request *
request_new (GtkWidget *parent, BenkSession *session, const BenkId *devices, guint n)
{
  Request *self = g_new0 (Request, 1);

  self->parent = g_object_ref (parent);
  self->session = g_object_ref (session);
  self->devices = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (self->devices, devices, n);
  return self;
}

static void
request_free (Request *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->parent);
  g_clear_object (&self->session);
  g_array_unref (self->devices);
  g_free (self);
}

/* The file manager of the desktop, where there is one. */
static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *uri = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  const char *const uris[] = { uri, NULL };

  if (bus != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1",
                            "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems",
                            g_variant_new ("(^ass)", uris, ""), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const char *uri = g_object_get_data (G_OBJECT (dialog), "benk-uri");

  if (g_strcmp0 (response, "open") == 0)
    gtk_show_uri (gtk_window_get_transient_for (GTK_WINDOW (dialog)), uri,
                  GDK_CURRENT_TIME);
  else if (g_strcmp0 (response, "files") == 0)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_strdup (uri));
}

static void
tell_saved (Request *self, const BenkDocument *document)
{
  GtkRoot *root = gtk_widget_get_root (self->parent);
  GtkWidget *dialog;
  g_autofree char *uri = g_filename_to_uri (document->path, NULL, NULL);
  g_autofree char *name = g_filename_display_basename (document->path);

  if (!GTK_IS_WINDOW (root))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), NULL, NULL);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog),
                                  document->proves ? _ ("Confirmation saved")
                                                   : _ ("Saved, but it proves nothing"));
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    ngettext ("“%s” has %u page. Change log row %d stands on it.",
              "“%s” has %u pages. Change log row %d stands on them.", document->n_pages),
    name, document->n_pages, (int) document->seq);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"),
                                    "files", _ ("Show in _Files"), "open", _ ("_Open"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "benk-uri", g_steal_pointer (&uri), g_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDocument) document =
    benk_document_write_finish (BENK_SESSION (source), result, &error);

  if (document != NULL)
    tell_saved (self, document);
  else
    gtk_widget_activate_action (self->parent, "win.tell-error", "s", error->message);
  request_free (self);
}

static void
write_to (Request *self, GFile *file)
{
  benk_document_write_resets_async (self->session,
                                    (const BenkId *) (void *) self->devices->data,
                                    self->devices->len, file, NULL, on_written, self);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file != NULL)
    write_to (self, file);
  else
    request_free (self);
}

/**
 * benk_save_reset_ask:
 * @parent: a widget of the window that asks
 * @session: the open session
 * @devices: (array length=n_devices): devices that were reset
 * @n_devices: how many
 * @serial: (nullable): for the name of the file
 *
 * Lets a person choose where their confirmation of reset is saved.
 */
void
benk_save_reset_ask (GtkWidget *parent,
                     BenkSession *session,
                     const BenkId *devices,
                     guint n_devices,
                     const char *serial)
{
  Request *self = request_new (parent, session, devices, n_devices);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *name =
    g_strdup_printf ("%s%s%s.pdf", _ ("Confirmation of reset"), serial != NULL ? " " : "",
                     serial != NULL ? serial : "");

  g_strdelimit (name, "/\\:", '-');
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save Confirmation"),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * benk_save_reset_to:
 * @file: where it goes; the rest as benk_save_reset_ask()
 *
 * Saves it there without asking.
 */
void
benk_save_reset_to (GtkWidget *parent,
                    BenkSession *session,
                    const BenkId *devices,
                    guint n_devices,
                    GFile *file)
{
  write_to (request_new (parent, session, devices, n_devices), file);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-photo.h"

#include <glib/gi18n.h>

#define LARGE_SIZE 760
#define THUMBNAIL 168

typedef struct
{
  BenkPhotoFunc func;
  GObject *target;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->target);
  g_free (choice);
}

static void
on_file (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file)
    choice->func (file, choice->target);
  g_object_unref (dialog);
}

static void
choose_file (GtkWindow *parent, BenkPhotoFunc func, GObject *target)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Add a Picture"), parent,
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->func = func;
  choice->target = g_object_ref (target);
  gtk_file_filter_set_name (filter, _ ("Pictures (JPEG, PNG)"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_file), choice, choice_free,
                         0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_warned (AdwMessageDialog *dialog, const char *response, Choice *choice)
{
  if (g_strcmp0 (response, "go-on") == 0)
    choose_file (gtk_window_get_transient_for (GTK_WINDOW (dialog)), choice->func,
                 choice->target);
}

/**
 * benk_checklist_photo_choose:
 * @func: (scope async): called with the file when one is chosen
 * @target: handed to @func, and kept until then
 *
 * Says what must not be in a picture, then asks for the file.
 */
void
benk_checklist_photo_choose (GtkWindow *parent, BenkPhotoFunc func, GObject *target)
{
  GtkWidget *dialog = adw_message_dialog_new (
    parent, _ ("No Persons, No Names in Pictures"),
    _ (
      "Take the picture so that no person, no name and no address is in it. It is copied "
      "beside the store without what the camera wrote about place and time, its SHA-256 "
      "is kept in the change log, and it can be erased."));
  Choice *choice = g_new0 (Choice, 1);

  choice->func = func;
  choice->target = g_object_ref (target);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "go-on", _ ("_Choose the File…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go-on",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_warned), choice, choice_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_pixbuf (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream_finish (result, &error);

  if (pixbuf)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_stream (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  int size = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream =
    g_file_read_finish (G_FILE (source), result, &error);

  if (stream)
    gdk_pixbuf_new_from_stream_at_scale_async (G_INPUT_STREAM (stream), size, size, TRUE,
                                               g_task_get_cancellable (task), on_pixbuf,
                                               g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/** benk_checklist_photo_load_async: reads a picture at most @size wide and high */
void
benk_checklist_photo_load_async (GFile *file,
                                 int size,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_checklist_photo_load_async);
  g_task_set_task_data (task, GINT_TO_POINTER (size), NULL);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, on_stream,
                     g_object_ref (task));
}

/** benk_checklist_photo_load_finish: Returns: (transfer full): the picture, or %NULL */
GdkPaintable *
benk_checklist_photo_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_small (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) picture = benk_checklist_photo_load_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    benk_checklist_row_set_picture (row, picture);
}

/** benk_checklist_photo_show: shows the newest picture of a step small, if there is one
 */
void
benk_checklist_photo_show (BenkChecklist *list,
                           BenkChecklistRow *row,
                           GCancellable *cancellable)
{
  const BenkChecklistPhoto *photo =
    benk_checklist_work_find_photo (benk_checklist_get_work (list),
                                    benk_checklist_row_get_step (row), &BENK_ID_NIL);
  const char *shown = g_object_get_data (G_OBJECT (row), "benk-file");
  g_autoptr (GFile) file = NULL;

  if (!photo)
    {
      g_object_set_data (G_OBJECT (row), "benk-file", NULL);
      benk_checklist_row_set_picture (row, NULL);
      return;
    }
  if (g_strcmp0 (shown, photo->file) == 0)
    return;
  g_object_set_data_full (G_OBJECT (row), "benk-file", g_strdup (photo->file), g_free);
  file = benk_checklist_get_photo_file (list, photo);
  benk_checklist_photo_load_async (file, THUMBNAIL, cancellable, on_small,
                                   g_object_ref (row));
}

static void
on_large (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) picture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) loaded = benk_checklist_photo_load_finish (result, &error);

  if (loaded)
    gtk_picture_set_paintable (GTK_PICTURE (picture), loaded);
  else
    gtk_picture_set_alternative_text (GTK_PICTURE (picture), error->message);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_checklist_change_finish (BENK_CHECKLIST (source), result, NULL, &error))
    gtk_widget_activate_action (parent, "win.tell-error", "s", error->message);
}

static void
on_erase_clicked (GtkWidget *button, BenkChecklist *list)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (button));
  const BenkId *photo = g_object_get_data (G_OBJECT (button), "benk-photo");

  benk_checklist_erase_photo_async (list, photo, NULL, on_erased,
                                    g_object_ref (gtk_window_get_transient_for (dialog)));
  gtk_window_destroy (dialog);
}

/**
 * benk_checklist_photo_dialog_new:
 * @photo: a picture of @list
 *
 * Returns: (transfer none): a window with the picture, where it can be erased
 */
GtkWidget *
benk_checklist_photo_dialog_new (GtkWindow *parent,
                                 BenkChecklist *list,
                                 const BenkChecklistPhoto *photo)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *erase = gtk_button_new_with_mnemonic (_ ("_Erase Picture"));
  g_autoptr (GFile) file = benk_checklist_get_photo_file (list, photo);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Picture"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), LARGE_SIZE, LARGE_SIZE * 3 / 4);
  gtk_widget_add_css_class (erase, "destructive-action");
  g_object_set_data_full (G_OBJECT (erase), "benk-photo", benk_id_copy (&photo->id),
                          (GDestroyNotify) benk_id_free);
  g_signal_connect_object (erase, "clicked", G_CALLBACK (on_erase_clicked), list, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), erase);
  gtk_widget_set_vexpand (picture, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), picture);
  adw_window_set_content (ADW_WINDOW (window), box);
  benk_checklist_photo_load_async (file, LARGE_SIZE, NULL, on_large,
                                   g_object_ref (picture));
  return window;
}

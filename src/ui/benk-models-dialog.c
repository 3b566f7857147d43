/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-models-dialog.h"

#include <glib/gi18n.h>

#include "benk-model-dialog.h"
#include "benk-model-import-dialog.h"
#include "benk-model-share.h"
#include "benk-reading-bar.h"
#include "benk-rows.h"

struct _BenkModelsDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *rows;
  GtkFileChooserNative *chooser;

  BenkReadingBar *reading_bar;
  BenkReadingBar *unread_bar;
  AdwPreferencesGroup *group;
  GtkLabel *answer;
  GtkWidget *add_button;
  GtkWidget *import_button;
  GtkWidget *export_button;
};

G_DEFINE_FINAL_TYPE (BenkModelsDialog, benk_models_dialog, ADW_TYPE_WINDOW)

static void
tell (BenkModelsDialog *self, const char *sentence, gboolean failed)
{
  gtk_label_set_text (self->answer, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), *sentence != '\0');
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
}

static BenkModel *
get_model (BenkModelsDialog *self, GtkWidget *button)
{
  return benk_models_find (benk_session_get_models (self->session),
                           g_object_get_data (G_OBJECT (button), "model"));
}

static void
on_edit_clicked (BenkModelsDialog *self, GtkWidget *button)
{
  BenkModel *model = get_model (self, button);

  if (model)
    gtk_window_present (
      GTK_WINDOW (benk_model_dialog_new (GTK_WINDOW (self), self->session, model)));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkModelsDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_models_change_finish (BENK_MODELS (source), result, NULL, &error))
    {
      if (self->session)
        tell (self, _ ("Done. Undo brings it back."), FALSE);
    }
  else if (self->session)
    tell (self, error->message, TRUE);
}

static void
on_remove_clicked (BenkModelsDialog *self, GtkWidget *button)
{
  BenkModel *model = get_model (self, button);

  if (model)
    benk_models_remove_async (benk_session_get_models (self->session),
                              benk_model_get_id (model), NULL, on_removed,
                              g_object_ref (self));
}

static void
add_button (BenkModelsDialog *self,
            GtkWidget *row,
            BenkModel *model,
            const char *label,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, benk_model_get_name (model));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, benk_session_get_staff (self->session) != NULL);
  g_object_set_data_full (G_OBJECT (button), "model",
                          g_strdup (benk_model_get_id (model)), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (BenkModelsDialog *self, BenkModel *model)
{
  BenkModelOrigin origin = benk_model_get_origin (model);
  gboolean doses = benk_model_kind_gives_doses (benk_model_get_kind (model));
  g_autofree char *packaging =
    doses ? g_strdup_printf (_ ("packaging: %s"),
                             benk_packaging_get_label (benk_model_get_packaging (model)))
          : NULL;
  g_autofree char *subtitle =
    g_strjoin (" · ", benk_model_kind_get_label (benk_model_get_kind (model)),
               benk_model_origin_get_label (origin), packaging, NULL);
  GtkWidget *row =
    benk_rows_add (self->group, self->rows, benk_model_get_name (model), subtitle);

  add_button (self, row, model, _ ("Change…"), G_CALLBACK (on_edit_clicked));
  if (origin != BENK_MODEL_FROM_PROGRAM)
    add_button (self, row, model,
                origin == BENK_MODEL_CHANGED ? _ ("Set Back") : _ ("Take Away"),
                G_CALLBACK (on_remove_clicked));
}

static void
update (BenkModelsDialog *self)
{
  gboolean any_own = FALSE;
  gboolean may_write;
  GPtrArray *models;

  if (!self->session)
    return;
  models = benk_models_get_all (benk_session_get_models (self->session));
  may_write = benk_session_get_staff (self->session) != NULL;
  benk_rows_clear (self->group, self->rows);
  for (guint i = 0; i < models->len; i++)
    {
      add_row (self, g_ptr_array_index (models, i));
      any_own = any_own || benk_model_is_own (g_ptr_array_index (models, i));
    }
  gtk_widget_set_sensitive (self->add_button, may_write);
  gtk_widget_set_sensitive (self->import_button, may_write);
  gtk_widget_set_sensitive (self->export_button, any_own);
}

static void
on_add_clicked (BenkModelsDialog *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_model_dialog_new (GTK_WINDOW (self), self->session, NULL)));
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkModelsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n = 0;
  gboolean done = benk_models_export_finish (BENK_MODELS (source), result, &n, &error);

  if (!self->session)
    return;
  if (done)
    sentence = g_strdup_printf (
      ngettext ("%u model is in the file, with its checklists and guidance.",
                "%u models are in the file, with their checklists and guidance.", n),
      n);
  tell (self, done ? sentence : error->message, !done);
}

/**
 * benk_models_dialog_export_to:
 * @self: the window
 * @file: where to
 *
 * Writes the district's own models there.
 */
void
benk_models_dialog_export_to (BenkModelsDialog *self, GFile *file)
{
  benk_models_export_async (benk_session_get_models (self->session), NULL, file, NULL,
                            on_exported, g_object_ref (self));
}

/**
 * benk_models_dialog_import_from:
 * @self: the window
 * @file: a file of models
 *
 * Shows what is in the file before anything is taken.
 */
void
benk_models_dialog_import_from (BenkModelsDialog *self, GFile *file)
{
  gtk_window_present (
    GTK_WINDOW (benk_model_import_dialog_new (GTK_WINDOW (self), self->session, file)));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  BenkModelsDialog *self = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  gboolean saves = gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  g_clear_object (&self->chooser);
  if (file && saves)
    benk_models_dialog_export_to (self, file);
  else if (file)
    benk_models_dialog_import_from (self, file);
}

static void
choose (BenkModelsDialog *self, const char *title, GtkFileChooserAction action)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  gtk_file_filter_set_name (filter, _ ("Models of Dosebenk"));
  gtk_file_filter_add_pattern (filter, "*" BENK_MODEL_SHARE_SUFFIX);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                       "district" BENK_MODEL_SHARE_SUFFIX);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_export_clicked (BenkModelsDialog *self)
{
  choose (self, _ ("Export Models"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

static void
on_import_clicked (BenkModelsDialog *self)
{
  choose (self, _ ("Import Models"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
benk_models_dialog_dispose (GObject *object)
{
  BenkModelsDialog *self = BENK_MODELS_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_models_dialog_parent_class)->dispose (object);
}

static void
benk_models_dialog_finalize (GObject *object)
{
  BenkModelsDialog *self = BENK_MODELS_DIALOG (object);

  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (benk_models_dialog_parent_class)->finalize (object);
}

static void
benk_models_dialog_class_init (BenkModelsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_models_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_models_dialog_finalize;
  g_type_ensure (BENK_TYPE_READING_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-models-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, reading_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, unread_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, BenkModelsDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_models_dialog_init (BenkModelsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

/**
 * benk_models_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window with every model that is known, where they are
 * added, changed, taken away and shared
 */
GtkWidget *
benk_models_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkModelsDialog *self =
    g_object_new (BENK_TYPE_MODELS_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  benk_reading_bar_set_reading (self->reading_bar, benk_models_get_reading (
                                                     benk_session_get_models (session)));
  benk_reading_bar_set_reading (self->unread_bar, benk_models_get_unread (
                                                    benk_session_get_models (session)));
  g_signal_connect_object (benk_session_get_models (session), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

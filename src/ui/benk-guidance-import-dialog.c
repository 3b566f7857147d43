/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-guidance-import-dialog.h"

#include <glib/gi18n.h>

#include "benk-guidances.h"
#include "benk-models.h"
#include "benk-sentence.h"
#include "benk-toasts.h"

struct _BenkGuidanceImportDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *shared;

  GtkLabel *counts;
  AdwPreferencesGroup *group;
  GtkLabel *problem;
  GtkWidget *import_button;
};

G_DEFINE_FINAL_TYPE (BenkGuidanceImportDialog,
                     benk_guidance_import_dialog,
                     ADW_TYPE_WINDOW)

static void
update (BenkGuidanceImportDialog *self)
{
  guint n = self->shared ? benk_share_count_marked (self->shared) : 0;

  gtk_widget_set_sensitive (self->import_button,
                            n > 0 && self->session &&
                              benk_session_get_staff (self->session) != NULL);
}

static void
on_toggled (BenkGuidanceImportDialog *self, GtkCheckButton *check)
{
  BenkSharedGuidance *one = g_object_get_data (G_OBJECT (check), "shared");

  one->entry.take = gtk_check_button_get_active (check);
  update (self);
}

static char *
compose_subtitle (const BenkSharedGuidance *one)
{
  g_auto (GStrv) steps = benk_guidance_version_dup_steps (one->version);
  g_autofree char *text = benk_guidance_join ((const char *const *) steps);
  const char *verdict = benk_share_verdict_get_label (one->entry.verdict);

  return one->entry.reason ? g_strdup_printf ("%s: %s", verdict, one->entry.reason)
                           : g_strdup_printf ("%s\n%s", verdict, text);
}

static void
add_row (BenkGuidanceImportDialog *self, BenkSharedGuidance *one)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  BenkModel *model =
    one->version->model_id
      ? benk_models_find (benk_session_get_models (self->session), one->version->model_id)
      : NULL;
  g_autofree char *place = benk_guidance_version_describe_place (one->version, model);
  g_autofree char *subtitle = compose_subtitle (one);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), one->entry.take);
  gtk_widget_set_sensitive (check, one->entry.verdict == BENK_SHARE_NEW ||
                                     one->entry.verdict == BENK_SHARE_CHANGED);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "shared", one);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->group, row);
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidanceImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;
  g_autoptr (GPtrArray) shared =
    benk_guidances_preview_finish (BENK_GUIDANCES (source), result, &error);

  if (!self->session)
    return;
  if (!shared)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  self->shared = g_steal_pointer (&shared);
  counts = benk_share_describe (self->shared);
  gtk_label_set_text (self->counts, counts);
  for (guint i = 0; i < self->shared->len; i++)
    add_row (self, g_ptr_array_index (self->shared, i));
  update (self);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidanceImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gint64 seq = 0;

  if (!self->session)
    return;
  if (!benk_guidances_change_finish (BENK_GUIDANCES (source), result, &seq, &error))
    {
      benk_sentence_show (self->problem, error->message);
      update (self);
      return;
    }
  while (parent && gtk_window_get_transient_for (parent))
    parent = gtk_window_get_transient_for (parent);
  if (parent)
    benk_toasts_tell_change (GTK_WIDGET (parent), _ ("What to do is taken in."), seq);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_import_clicked (BenkGuidanceImportDialog *self)
{
  gtk_widget_set_sensitive (self->import_button, FALSE);
  benk_guidances_import_async (benk_session_get_guidances (self->session), self->shared,
                               NULL, on_imported, g_object_ref (self));
}

static void
benk_guidance_import_dialog_dispose (GObject *object)
{
  BenkGuidanceImportDialog *self = BENK_GUIDANCE_IMPORT_DIALOG (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_guidance_import_dialog_parent_class)->dispose (object);
}

static void
benk_guidance_import_dialog_finalize (GObject *object)
{
  BenkGuidanceImportDialog *self = BENK_GUIDANCE_IMPORT_DIALOG (object);

  g_clear_pointer (&self->shared, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_guidance_import_dialog_parent_class)->finalize (object);
}

static void
benk_guidance_import_dialog_class_init (BenkGuidanceImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_guidance_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_guidance_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-guidance-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceImportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceImportDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceImportDialog,
                                        import_button);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_guidance_import_dialog_init (BenkGuidanceImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_guidance_import_dialog_new:
 * @parent: a window
 * @session: the open session
 * @file: a file of guidance
 *
 * Returns: (transfer none): a window that says what each entry of the file is to this
 *   district, and takes those that are ticked
 */
GtkWidget *
benk_guidance_import_dialog_new (GtkWindow *parent, BenkSession *session, GFile *file)
{
  BenkGuidanceImportDialog *self =
    g_object_new (BENK_TYPE_GUIDANCE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  benk_guidances_preview_async (benk_session_get_guidances (session), file, NULL,
                                on_preview, g_object_ref (self));
  return GTK_WIDGET (self);
}

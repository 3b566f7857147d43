/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-editor.h"

#include <glib/gi18n.h>

#include "benk-checklist-editor-row.h"
#include "benk-inventory.h"

struct _BenkChecklistEditor
{
  AdwWindow parent_instance;

  BenkSession *session;
  char *model_id;
  BenkTask task;
  BenkModelKind kind;
  BenkId based_on;

  GtkListBox *steps;
  AdwEntryRow *decided_row;
  GtkLabel *answer;
  GtkWidget *save_button;
  GtkScrolledWindow *scroller;
};

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklistEditor, benk_checklist_editor, ADW_TYPE_WINDOW)

static BenkChecklistEditorRow *
get_row (BenkChecklistEditor *self, int i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->steps, i);

  return row ? BENK_CHECKLIST_EDITOR_ROW (row) : NULL;
}

static void
number_rows (BenkChecklistEditor *self)
{
  BenkChecklistEditorRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    benk_checklist_editor_row_set_number (row, (guint) i + 1);
}

static void
on_move (BenkChecklistEditor *self, int by, BenkChecklistEditorRow *row)
{
  int to = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + by;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (to < 0)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->steps, GTK_WIDGET (row));
  gtk_list_box_insert (self->steps, GTK_WIDGET (row), to);
  g_object_unref (row);
  number_rows (self);
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (row)))
    gtk_widget_grab_focus (focus);
}

static void
on_remove (BenkChecklistEditor *self, BenkChecklistEditorRow *row)
{
  gtk_list_box_remove (self->steps, GTK_WIDGET (row));
  number_rows (self);
}

static gboolean
is_required (BenkChecklistEditor *self, const char *step)
{
  return g_strv_contains (benk_task_get_required (self->task, self->kind), step);
}

static GtkWidget *
add_row (BenkChecklistEditor *self, const BenkFormStep *step)
{
  GtkWidget *row =
    benk_checklist_editor_row_new (step, step && is_required (self, step->id));

  g_signal_connect_swapped (row, "move", G_CALLBACK (on_move), self);
  g_signal_connect_swapped (row, "remove", G_CALLBACK (on_remove), self);
  gtk_list_box_append (self->steps, row);
  return row;
}

static void
on_add_clicked (BenkChecklistEditor *self)
{
  GtkWidget *row = add_row (self, NULL);

  number_rows (self);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
set_answer (BenkChecklistEditor *self, const char *words)
{
  gtk_label_set_text (self->answer, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), words != NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept =
    benk_checklist_versions_change_finish (BENK_SESSION (source), result, &error);

  if (!self->session)
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  set_answer (self, kept ? NULL : error->message);
  if (!kept)
    return;
  g_signal_emit (self, signals[SAVED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_save_clicked (BenkChecklistEditor *self)
{
  g_autoptr (BenkChecklistForm) form = benk_checklist_form_new (self->task);
  g_autoptr (GError) error = NULL;
  BenkChecklistEditorRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    benk_checklist_editor_row_add_to (row, form);
  form->kind = self->kind;
  if (!benk_checklist_form_check (form, &error))
    {
      set_answer (self, error->message);
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  benk_checklist_save_async (self->session, self->model_id, form, BENK_VERSION_DISTRICT,
                             &self->based_on,
                             gtk_editable_get_text (GTK_EDITABLE (self->decided_row)),
                             NULL, on_saved, g_object_ref (self));
}

static void
benk_checklist_editor_dispose (GObject *object)
{
  BenkChecklistEditor *self = BENK_CHECKLIST_EDITOR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->model_id, g_free);
  G_OBJECT_CLASS (benk_checklist_editor_parent_class)->dispose (object);
}

static void
benk_checklist_editor_class_init (BenkChecklistEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_checklist_editor_dispose;

  /** BenkChecklistEditor::saved: there is a new version */
  signals[SAVED] = g_signal_new ("saved", BENK_TYPE_CHECKLIST_EDITOR, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-checklist-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistEditor, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistEditor, decided_row);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistEditor, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistEditor, scroller);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_checklist_editor_init (BenkChecklistEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_checklist_editor_new:
 * @version: what is to be changed; it stays, and a new one is made
 *
 * Returns: (transfer none): a window where the steps are changed, moved and added
 */
GtkWidget *
benk_checklist_editor_new (GtkWindow *parent,
                           BenkSession *session,
                           const BenkChecklistVersion *version)
{
  BenkChecklistEditor *self =
    g_object_new (BENK_TYPE_CHECKLIST_EDITOR, "transient-for", parent, NULL);
  g_autofree char *title =
    benk_checklist_compose_title (session, version->model_id, version->form->task);

  self->session = g_object_ref (session);
  self->model_id = g_strdup (version->model_id);
  self->task = version->form->task;
  self->kind = benk_inventory_get_model_kind (benk_session_get_inventory (session),
                                              version->model_id);
  self->based_on = version->id;
  gtk_window_set_title (GTK_WINDOW (self), title);
  for (guint i = 0; i < version->form->steps->len; i++)
    add_row (self, g_ptr_array_index (version->form->steps, i));
  number_rows (self);
  return GTK_WIDGET (self);
}

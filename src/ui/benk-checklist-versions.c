/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-versions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-checklist-editor.h"
#include "benk-plan.h"
#include "benk-reason-dialog.h"
#include "benk-rows.h"
#include "benk-wording.h"

struct _BenkChecklistVersions
{
  AdwWindow parent_instance;

  BenkSession *session;
  char *model_id;
  BenkTask task;
  GPtrArray *versions; /* BenkChecklistVersion */
  gint64 chosen;       /* number; 0 = the one that counts */

  GtkListBox *list;
  AdwPreferencesGroup *steps;
  GPtrArray *step_rows;
  GtkLabel *difference;
  GtkLabel *answer;
  GtkWidget *adopt_button;
  GtkWidget *proposal_button;
  GtkWidget *export_button;
  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (BenkChecklistVersions, benk_checklist_versions, ADW_TYPE_WINDOW)

static const BenkChecklistVersion *
find_version (BenkChecklistVersions *self, gint64 number)
{
  for (guint i = 0; self->versions && i < self->versions->len; i++)
    {
      const BenkChecklistVersion *one = g_ptr_array_index (self->versions, i);

      if (number == 0 ? one->current : one->number == number)
        return one;
    }
  return NULL;
}

static void
set_answer (BenkChecklistVersions *self, const char *words)
{
  gtk_label_set_text (self->answer, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), words != NULL);
}

static void
show_difference (BenkChecklistVersions *self, const BenkChecklistVersion *chosen)
{
  const BenkChecklistVersion *current = find_version (self, 0);
  g_auto (GStrv) lines = current && current != chosen
                           ? benk_checklist_form_compare (current->form, chosen->form)
                           : NULL;
  g_autofree char *text = lines ? g_strjoinv ("\n", lines) : NULL;
  g_autofree char *words =
    text
      ? g_strdup_printf (_ ("Compared with version %d, which counts now:\n%s"),
                         (int) current->number, *text ? text : _ ("nothing is different"))
      : NULL;

  gtk_label_set_text (self->difference, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->difference), words != NULL);
}

static void
show_chosen (BenkChecklistVersions *self)
{
  const BenkChecklistVersion *chosen = find_version (self, self->chosen);
  const BenkChecklistVersion *current = find_version (self, 0);
  g_autofree char *title = NULL;

  benk_rows_clear (self->steps, self->step_rows);
  if (!chosen)
    return;
  title = g_strdup_printf (_ ("Steps of version %d"), (int) chosen->number);
  adw_preferences_group_set_title (self->steps, title);
  for (guint i = 0; i < chosen->form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (chosen->form->steps, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      GtkWidget *row = benk_rows_add_numbered (self->steps, self->step_rows, number,
                                               benk_form_step_get_text (step));

      if (step->kind != BENK_STEP_KIND_TICK)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                     benk_step_kind_get_label (step->kind));
    }
  show_difference (self, chosen);
  gtk_widget_set_sensitive (self->adopt_button,
                            !chosen->current ||
                              benk_checklist_version_is_proposed (chosen));
  gtk_widget_set_sensitive (self->proposal_button,
                            current && !benk_checklist_version_is_proposed (current));
}

static char *
describe_version (BenkChecklistVersions *self, const BenkChecklistVersion *version)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *when =
    version->made_ms ? benk_wording_instant (version->made_ms, now_ms, zone) : NULL;
  const char *origin =
    g_str_equal (version->origin, BENK_VERSION_PROGRAM)    ? _ ("by the program")
    : g_str_equal (version->origin, BENK_VERSION_IMPORTED) ? _ ("from a file")
                                                           : _ ("changed here");

  if (!when || g_str_equal (version->origin, BENK_VERSION_PROGRAM))
    return g_strdup_printf (_ ("Version %d · %s"), (int) version->number, origin);
  return g_strdup_printf (_ ("Version %d · %s · %s · %s"), (int) version->number, origin,
                          when, version->initials ? version->initials : "–");
}

static void
add_version (BenkChecklistVersions *self, const BenkChecklistVersion *version)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = describe_version (self, version);
  g_autofree char *words = benk_checklist_version_describe (version);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (version->current)
    {
      GtkWidget *label = gtk_label_new (_ ("Counts now"));

      gtk_widget_add_css_class (label, "heading");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  g_object_set_data (G_OBJECT (row), "benk-number",
                     GINT_TO_POINTER ((int) version->number));
  gtk_list_box_append (self->list, row);
  if (version == find_version (self, self->chosen))
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
on_versions (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions =
    benk_checklist_versions_finish (BENK_SESSION (source), result, &error);
  GtkListBoxRow *row;

  if (!self->session)
    {
      g_clear_pointer (&versions, g_ptr_array_unref);
      return;
    }
  if (!versions)
    {
      set_answer (self, error->message);
      return;
    }
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->versions = versions;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < versions->len; i++)
    add_version (self, g_ptr_array_index (versions, i));
  show_chosen (self);
}

static void
refresh (BenkChecklistVersions *self)
{
  benk_checklist_versions_async (self->session, self->model_id, self->task, NULL,
                                 on_versions, g_object_ref (self));
}

static void
on_row_selected (BenkChecklistVersions *self, GtkListBoxRow *row)
{
  if (!row || !self->versions)
    return;
  self->chosen = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "benk-number"));
  show_chosen (self);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept =
    benk_checklist_versions_change_finish (BENK_SESSION (source), result, &error);

  if (!self->session)
    return;
  set_answer (self, kept ? NULL : error->message);
  refresh (self);
}

static void
on_decider (const char *text, gpointer user_data)
{
  BenkChecklistVersions *self = user_data;
  const BenkChecklistVersion *chosen = find_version (self, self->chosen);

  if (chosen)
    benk_checklist_decide_async (self->session, self->model_id, self->task,
                                 chosen->number, text, NULL, on_decided,
                                 g_object_ref (self));
}

static void
on_adopt_clicked (BenkChecklistVersions *self)
{
  benk_reason_dialog_ask (
    GTK_WINDOW (self), _ ("Who Has Decided This Version?"),
    _ ("Name and role of the person of the district. From now on new lists are started "
       "with this version; a list that is open goes on by its own."),
    _ ("_Adopt"), on_decider, G_OBJECT (self));
}

static void
on_proposal_clicked (BenkChecklistVersions *self)
{
  self->chosen = 0;
  benk_checklist_decide_async (self->session, self->model_id, self->task, 0, NULL, NULL,
                               on_decided, g_object_ref (self));
}

static void
on_edited (BenkChecklistVersions *self)
{
  refresh (self);
}

static void
on_edit_clicked (BenkChecklistVersions *self)
{
  const BenkChecklistVersion *chosen = find_version (self, self->chosen);
  GtkWidget *editor;

  if (!chosen)
    return;
  editor = benk_checklist_editor_new (GTK_WINDOW (self), self->session, chosen);
  g_signal_connect_object (editor, "saved", G_CALLBACK (on_edited), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

/* --- files --- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    words = g_strdup_printf (_ ("Written: %s"), name);
  if (self->session)
    set_answer (self, words ? words : error->message);
}

static void
on_export_file (GtkNativeDialog *dialog, int response, BenkChecklistVersions *self)
{
  const BenkChecklistVersion *chosen = find_version (self, self->chosen);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT && chosen)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file)
    {
      g_autofree char *text = benk_checklist_version_compose (chosen);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                           NULL, on_written, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
on_export_clicked (BenkChecklistVersions *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Write the Checklist to a File"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name =
    g_strdup_printf ("%s-%s.json", self->model_id, benk_task_to_name (self->task));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_export_file), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklistVersion) version = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    version = benk_checklist_version_parse (text, (gssize) length, &error);
  if (!self->session)
    return;
  if (!version)
    set_answer (self, error->message);
  else if (!g_str_equal (version->model_id, self->model_id) ||
           version->form->task != self->task)
    {
      g_autofree char *other =
        benk_checklist_compose_title (self->session, version->model_id,
                                      version->form->task);
      g_autofree char *words = g_strdup_printf (
        _ ("That file is the list “%s”. Choose that make and task first."), other);

      set_answer (self, words);
    }
  else
    benk_checklist_save_async (self->session, self->model_id, version->form,
                               BENK_VERSION_IMPORTED, NULL, NULL, NULL, on_decided,
                               g_object_ref (self));
}

static void
on_import_file (GtkNativeDialog *dialog, int response, BenkChecklistVersions *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file)
    g_file_load_contents_async (file, NULL, on_loaded, g_object_ref (self));
  g_object_unref (dialog);
}

static void
on_import_clicked (BenkChecklistVersions *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("A Checklist from a File"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_import_file), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
benk_checklist_versions_dispose (GObject *object)
{
  BenkChecklistVersions *self = BENK_CHECKLIST_VERSIONS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->step_rows, g_ptr_array_unref);
  g_clear_pointer (&self->model_id, g_free);
  G_OBJECT_CLASS (benk_checklist_versions_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions, list);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions, difference);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions,
                                        adopt_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions,
                                        proposal_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions,
                                        export_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistVersions, edit_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_adopt_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_proposal_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
}

static void
benk_checklist_versions_class_init (BenkChecklistVersionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_checklist_versions_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-checklist-versions.ui");
  bind (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_checklist_versions_init (BenkChecklistVersions *self)
{
  self->step_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_checklist_versions_new:
 * @model_id: a make
 * @task: a task
 *
 * Returns: (transfer none): a window with the list, its versions, and who decided them
 */
GtkWidget *
benk_checklist_versions_new (GtkWindow *parent,
                             BenkSession *session,
                             const char *model_id,
                             BenkTask task)
{
  BenkChecklistVersions *self =
    g_object_new (BENK_TYPE_CHECKLIST_VERSIONS, "transient-for", parent, NULL);
  g_autofree char *title = benk_checklist_compose_title (session, model_id, task);

  self->session = g_object_ref (session);
  self->model_id = g_strdup (model_id);
  self->task = task;
  gtk_window_set_title (GTK_WINDOW (self), title);
  refresh (self);
  return GTK_WIDGET (self);
}

/** benk_checklist_versions_choose: shows version @number */
void
benk_checklist_versions_choose (BenkChecklistVersions *self, gint64 number)
{
  self->chosen = number;
  refresh (self);
}

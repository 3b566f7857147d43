/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-guidance-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-entry-rows.h"
#include "benk-guidance-import-dialog.h"
#include "benk-guidances.h"
#include "benk-models.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-sentence.h"
#include "benk-toasts.h"
#include "benk-wording.h"

struct _BenkGuidanceDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *model_ids; /* nullable strings, as the combo row shows them */
  BenkId base;          /* the version of just this place that was loaded; nil = none */
  char *shown;          /* the text as it was loaded */
  gboolean filling;
  guint n_loads;
  GPtrArray *version_rows;
  GtkFileChooserNative *chooser;

  AdwComboRow *model_row;
  AdwComboRow *code_row;
  AdwComboRow *part_row;
  GtkLabel *decided;
  GtkLabel *inherited;
  GtkTextView *text;
  AdwEntryRow *who_row;
  GtkWidget *remove_button;
  AdwPreferencesGroup *versions;
  GtkLabel *problem;
  GtkButton *save_button;
};

G_DEFINE_FINAL_TYPE (BenkGuidanceDialog, benk_guidance_dialog, ADW_TYPE_WINDOW)

static BenkGuidances *
get_guidances (BenkGuidanceDialog *self)
{
  return benk_session_get_guidances (self->session);
}

static const char *
get_model_id (BenkGuidanceDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->model_row);

  return selected < self->model_ids->len ? g_ptr_array_index (self->model_ids, selected)
                                         : NULL;
}

static const char *
get_code (BenkGuidanceDialog *self)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);
  guint selected = adw_combo_row_get_selected (self->code_row);

  return codes[MIN (selected, n_codes - 1)].code;
}

static BenkGuidancePart
get_part (BenkGuidanceDialog *self)
{
  return (BenkGuidancePart) adw_combo_row_get_selected (self->part_row);
}

static char *
dup_text (BenkGuidanceDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  g_auto (GStrv) steps = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  steps = benk_guidance_split (text);
  return benk_guidance_join ((const char *const *) steps);
}

static void
update (BenkGuidanceDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *who = benk_entry_rows_get_text (self->who_row);
  gboolean changed = g_strcmp0 (text, self->shown) != 0;
  gboolean may_write = self->session && benk_session_get_staff (self->session) != NULL;

  gtk_button_set_label (self->save_button,
                        changed || !*who ? _ ("_Save") : _ ("_Decide"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button),
                            may_write && *text && (changed || *who));
  gtk_widget_set_sensitive (self->remove_button, may_write);
}

static void
on_changed (BenkGuidanceDialog *self)
{
  if (self->filling || !self->session)
    return;
  benk_sentence_show (self->problem, NULL);
  update (self);
}

static void
set_steps (BenkGuidanceDialog *self, const BenkGuidanceVersion *version)
{
  g_auto (GStrv) steps = benk_guidance_version_dup_steps (version);
  g_autofree char *text = benk_guidance_join ((const char *const *) steps);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
}

/* An older one is looked at in the field first; saving makes it the newest. */
static void
on_again_clicked (GtkButton *button, BenkGuidanceDialog *self)
{
  set_steps (self, g_object_get_data (G_OBJECT (button), "version"));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
add_version (BenkGuidanceDialog *self, const BenkGuidanceVersion *version)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when = benk_wording_instant (version->made_ms, now_ms, zone);
  g_autofree char *title =
    g_strdup_printf (_ ("Version %d · %s · %s"), (int) version->number, when,
                     version->initials && *version->initials ? version->initials
                                                             : _ ("erased"));
  g_autofree char *decided = benk_guidance_version_describe (version);
  g_auto (GStrv) steps = benk_guidance_version_dup_steps (version);
  g_autofree char *text = benk_guidance_join ((const char *const *) steps);
  g_autofree char *subtitle =
    version->steps ? g_strdup_printf ("%s\n%s", decided, text)
                   : g_strdup (_ ("Taken away: what counts elsewhere counts here"));
  GtkWidget *row = benk_rows_add (self->versions, self->version_rows, title, subtitle);
  GtkWidget *button;

  if (!version->steps)
    return;
  button = gtk_button_new_with_label (_ ("Use Again"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "version",
                          benk_guidance_version_copy (version),
                          (GDestroyNotify) benk_guidance_version_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_again_clicked), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
on_versions (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidanceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
    benk_guidances_versions_finish (BENK_GUIDANCES (source), result, &error);

  /* Another place may have been chosen meanwhile. */
  if (!self->session || --self->n_loads > 0)
    return;
  if (!versions)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  benk_rows_clear (self->versions, self->version_rows);
  for (guint i = 0; i < versions->len; i++)
    add_version (self, g_ptr_array_index (versions, i));
  if (versions->len == 0)
    benk_rows_add (self->versions, self->version_rows,
                   _ ("Nothing is written for just this yet"), NULL);
}

/* Where what is shown was written, unless just here. */
static void
show_inherited (BenkGuidanceDialog *self, const BenkGuidanceVersion *shown, gboolean own)
{
  BenkModel *model =
    shown->model_id
      ? benk_models_find (benk_session_get_models (self->session), shown->model_id)
      : NULL;
  g_autofree char *place = benk_guidance_version_describe_place (shown, model);
  g_autofree char *text =
    own ? NULL
        /* Translators: an alarm, a make and a part of the week. */
        : g_strdup_printf (_ ("Nothing is written for just this. Shown is: %s"), place);

  benk_sentence_show (self->inherited, text);
}

static void
load (BenkGuidanceDialog *self)
{
  const char *model_id = get_model_id (self);
  const char *code = get_code (self);
  BenkGuidancePart part = get_part (self);
  const BenkGuidanceVersion *own =
    benk_guidance_find (benk_guidances_get_current (get_guidances (self)), model_id, code,
                        part);
  g_autoptr (BenkGuidanceVersion) shown =
    benk_guidances_resolve (get_guidances (self), model_id, code, part);
  g_autofree char *decided = benk_guidance_version_describe (shown);
  gboolean has_own = own && own->steps;
  gboolean just_here =
    has_own || (part == shown->part && g_strcmp0 (model_id, shown->model_id) == 0);

  self->filling = TRUE;
  self->base = own ? own->id : BENK_ID_NIL;
  set_steps (self, shown);
  g_free (self->shown);
  self->shown = dup_text (self);
  gtk_label_set_text (self->decided, decided);
  show_inherited (self, shown, just_here);
  gtk_editable_set_text (GTK_EDITABLE (self->who_row), "");
  gtk_widget_set_visible (self->remove_button, has_own);
  self->filling = FALSE;
  update (self);
  self->n_loads++;
  benk_guidances_versions_async (get_guidances (self), model_id, code, part, NULL,
                                 on_versions, g_object_ref (self));
}

static void
on_place_changed (BenkGuidanceDialog *self)
{
  if (!self->session || self->filling)
    return;
  benk_sentence_show (self->problem, NULL);
  load (self);
}

/* What is being typed stays; saving it says that somebody was first. */
static void
on_guidances_changed (BenkGuidanceDialog *self)
{
  g_autofree char *text = dup_text (self);

  if (self->session && g_strcmp0 (text, self->shown) == 0)
    load (self);
}

/* --- changes --- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidanceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done =
    benk_guidances_change_finish (BENK_GUIDANCES (source), result, NULL, &error);

  if (!self->session)
    return;
  if (!done)
    {
      update (self);
      benk_sentence_show (self->problem, error->message);
      return;
    }
  /* What is kept is what is shown, so that the newest is loaded when it is read. */
  g_free (self->shown);
  self->shown = dup_text (self);
  gtk_editable_set_text (GTK_EDITABLE (self->who_row), "");
  on_guidances_changed (self);
}

static void
save (BenkGuidanceDialog *self, const char *text, const char *who)
{
  g_autoptr (BenkGuidanceVersion) version =
    benk_guidance_version_new (get_model_id (self), get_code (self), get_part (self));

  version->based_on = self->base;
  version->steps = text ? benk_guidance_split (text) : NULL;
  benk_guidances_save_async (get_guidances (self), version, who, NULL, on_saved,
                             g_object_ref (self));
}

static void
on_save_clicked (BenkGuidanceDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *who = benk_entry_rows_get_optional (self->who_row);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  if (g_strcmp0 (text, self->shown) != 0)
    save (self, text, who);
  else
    benk_guidances_decide_async (get_guidances (self), get_model_id (self),
                                 get_code (self), get_part (self), who, NULL, on_saved,
                                 g_object_ref (self));
}

static void
on_remove_clicked (BenkGuidanceDialog *self)
{
  gtk_widget_set_sensitive (self->remove_button, FALSE);
  save (self, NULL, NULL);
}

/* --- between districts --- */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidanceDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (benk_guidances_export_finish (BENK_GUIDANCES (source), result, &n, &error))
    text =
      g_strdup_printf (ngettext ("%u entry is written.", "%u entries are written.", n),
                       n);
  if (self->session)
    benk_sentence_show (self->problem, text ? text : error->message);
}

static void
on_export_chosen (BenkGuidanceDialog *self, int response)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file && self->session)
    benk_guidances_export_async (get_guidances (self), file, NULL, on_exported,
                                 g_object_ref (self));
  g_clear_object (&self->chooser);
}

static void
on_import_chosen (BenkGuidanceDialog *self, int response)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT
      ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
      : NULL;

  if (file && self->session)
    gtk_window_present (GTK_WINDOW (
      benk_guidance_import_dialog_new (GTK_WINDOW (self), self->session, file)));
  g_clear_object (&self->chooser);
}

static void
choose (BenkGuidanceDialog *self,
        GtkFileChooserAction action,
        const char *title,
        const char *accept,
        GCallback chosen)
{
  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, NULL);
  g_signal_connect_swapped (self->chooser, "response", chosen, self);
}

static void
on_export_clicked (BenkGuidanceDialog *self)
{
  g_autofree char *name = g_strconcat (_ ("what to do"), BENK_GUIDANCE_SUFFIX, NULL);

  choose (self, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export What to Do"), _ ("_Export"),
          G_CALLBACK (on_export_chosen));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_import_clicked (BenkGuidanceDialog *self)
{
  choose (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Import What to Do"), _ ("_Open"),
          G_CALLBACK (on_import_chosen));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- the window --- */

static void
benk_guidance_dialog_dispose (GObject *object)
{
  BenkGuidanceDialog *self = BENK_GUIDANCE_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->version_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_guidance_dialog_parent_class)->dispose (object);
}

static void
benk_guidance_dialog_finalize (GObject *object)
{
  BenkGuidanceDialog *self = BENK_GUIDANCE_DIALOG (object);

  g_ptr_array_unref (self->model_ids);
  g_free (self->shown);
  G_OBJECT_CLASS (benk_guidance_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, model_row);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, part_row);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, decided);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, inherited);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, text);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, who_row);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, remove_button);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, versions);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkGuidanceDialog, save_button);
}

static void
benk_guidance_dialog_class_init (BenkGuidanceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_guidance_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_guidance_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-guidance-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_place_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_guidance_dialog_init (BenkGuidanceDialog *self)
{
  self->model_ids = g_ptr_array_new_with_free_func (g_free);
  self->version_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed",
                            G_CALLBACK (on_changed), self);
}

static guint
fill_models (BenkGuidanceDialog *self, const char *chosen)
{
  GPtrArray *models = benk_models_get_all (benk_session_get_models (self->session));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("All makes"));
  g_ptr_array_add (self->model_ids, NULL);
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (g_strcmp0 (benk_model_get_id (model), chosen) == 0)
        selected = self->model_ids->len;
      gtk_string_list_append (names, benk_model_get_name (model));
      g_ptr_array_add (self->model_ids, g_strdup (benk_model_get_id (model)));
    }
  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (names));
  return selected;
}

static guint
fill_codes (BenkGuidanceDialog *self, const char *chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);
  guint selected = 0;

  for (gsize i = 0; i < n_codes; i++)
    {
      g_autofree char *name =
        g_strdup_printf ("%s (%s)", benk_alarm_code_get_label (&codes[i]), codes[i].code);

      if (g_strcmp0 (codes[i].code, chosen) == 0)
        selected = (guint) i;
      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->code_row, G_LIST_MODEL (names));
  return selected;
}

static void
fill_parts (BenkGuidanceDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (BenkGuidancePart part = BENK_GUIDANCE_ANY; part < BENK_N_GUIDANCE_PARTS; part++)
    gtk_string_list_append (names, benk_guidance_part_get_label (part));
  adw_combo_row_set_model (self->part_row, G_LIST_MODEL (names));
}

/**
 * benk_guidance_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @place: (nullable): what to begin with: "MODEL|CODE|PART"; the model may be empty
 *
 * Returns: (transfer none): a window in which the district writes what to do at an alarm
 */
GtkWidget *
benk_guidance_dialog_new (GtkWindow *parent, BenkSession *session, const char *place)
{
  BenkGuidanceDialog *self =
    g_object_new (BENK_TYPE_GUIDANCE_DIALOG, "transient-for", parent, NULL);
  g_auto (GStrv) parts = g_strsplit (place ? place : "", "|", 3);
  gboolean whole = g_strv_length (parts) == 3;
  guint model, code;

  self->session = g_object_ref (session);
  self->filling = TRUE;
  model = fill_models (self, whole ? parts[0] : NULL);
  code = fill_codes (self, whole ? parts[1] : "1.1");
  fill_parts (self);
  adw_combo_row_set_selected (self->model_row, model);
  adw_combo_row_set_selected (self->code_row, code);
  self->filling = FALSE;
  g_signal_connect_object (get_guidances (self), "changed",
                           G_CALLBACK (on_guidances_changed), self, G_CONNECT_SWAPPED);
  load (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  return GTK_WIDGET (self);
}

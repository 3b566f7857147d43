/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-model-dialog.h"

#include <glib/gi18n.h>

#include "benk-accessory.h"
#include "benk-alarm-code.h"
#include "benk-entry-rows.h"
#include "benk-models.h"
#include "benk-sentence.h"
#include "benk-serial-pattern.h"
#include "benk-toasts.h"

struct _BenkModelDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkModel *model;    /* (nullable): what is changed */
  GPtrArray *patterns; /* models whose checklists a new one may begin with */
  GPtrArray *codes;    /* an entry row for each alarm code, in their order */
  GPtrArray *checks;   /* and whether the model sends it */

  GtkLabel *problem;
  GtkWidget *save_button;
  AdwEntryRow *name_row;
  AdwComboRow *kind_row;
  AdwComboRow *packaging_row;
  AdwEntryRow *aliases_row;
  AdwEntryRow *maker_row;
  AdwEntryRow *accessories_row;
  AdwComboRow *like_row;
  AdwEntryRow *examples_row;
  AdwEntryRow *try_row;
  GtkLabel *verdict;
  AdwComboRow *imei_row;
  AdwEntryRow *vendor_row;
  AdwEntryRow *phones_row;
  AdwEntryRow *hours_row;
  AdwPreferencesGroup *codes_group;
};

G_DEFINE_FINAL_TYPE (BenkModelDialog, benk_model_dialog, ADW_TYPE_WINDOW)

/* What stands between the separators; NULL when nothing does. */
static GStrv
split (gpointer row, const char *separator)
{
  g_autofree char *text = benk_entry_rows_get_text (row);
  g_auto (GStrv) parts = g_strsplit (text, separator, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      {
        g_strv_builder_add (builder, parts[i]);
        n++;
      }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

static void
join (gpointer row, const char *const *list, const char *separator)
{
  g_autofree char *text = list ? g_strjoinv (separator, (char **) list) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Whether a serial looks like the examples, while both are typed. */
static void
update_verdict (BenkModelDialog *self)
{
  g_autofree char *serial = benk_entry_rows_get_text (self->try_row);
  g_auto (GStrv) examples = split (self->examples_row, ",");
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BenkModel) probe = NULL;
  g_autofree char *list = examples ? g_strjoinv (";", examples) : NULL;
  gboolean fits;

  gtk_widget_set_visible (GTK_WIDGET (self->verdict), *serial && examples);
  if (!*serial || !examples)
    return;
  body =
    g_strdup_printf ("[Model]\nId=x\nName=x\n[Identifiers]\nSerialExamples=%s;\n", list);
  bytes = g_bytes_new (body, strlen (body));
  probe = benk_model_new_from_bytes (bytes, NULL);
  fits = probe && benk_model_is_serial_usual (probe, serial);
  gtk_label_set_text (self->verdict, fits ? _ ("fits") : _ ("looks unusual"));
  if (fits)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "warning");
}

static void
update (BenkModelDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);

  if (!self->session)
    return;
  update_verdict (self);
  benk_sentence_show (self->problem, NULL);
  gtk_widget_set_sensitive (self->save_button,
                            *name && benk_session_get_staff (self->session) != NULL);
}

/* A smoke detector has no packaging, and begins with no dispenser's lists. */
static void
on_kind (BenkModelDialog *self)
{
  BenkModelKind kind = (BenkModelKind) adw_combo_row_get_selected (self->kind_row);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *models;

  gtk_widget_set_visible (GTK_WIDGET (self->packaging_row),
                          benk_model_kind_gives_doses (kind));
  if (!self->session || self->model)
    return;
  models = benk_models_get_all (benk_session_get_models (self->session));
  g_ptr_array_set_size (self->patterns, 0);
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (benk_model_kind_gives_doses (benk_model_get_kind (model)) !=
          benk_model_kind_gives_doses (kind))
        continue;
      g_ptr_array_add (self->patterns, g_object_ref (model));
      gtk_string_list_append (names, benk_model_get_name (model));
    }
  adw_combo_row_set_model (self->like_row, G_LIST_MODEL (names));
  for (guint i = 0; i < self->patterns->len; i++)
    if (g_ptr_array_index (self->patterns, i) ==
        benk_models_find_pattern (benk_session_get_models (self->session), kind))
      adw_combo_row_set_selected (self->like_row, i);
}

/* What a person calls a kind of accessory is kept as its stable name where it has one. */
static GStrv
read_accessories (BenkModelDialog *self)
{
  GStrv list = split (self->accessories_row, ",");

  for (guint i = 0; list && list[i]; i++)
    {
      const char *kind =
        benk_accessory_kind_match (benk_accessory_get_standard_kinds (), list[i]);

      if (kind)
        {
          g_free (list[i]);
          list[i] = g_strdup (kind);
        }
    }
  return list;
}

static void
read_codes (BenkModelDialog *self, BenkModelDraft *draft)
{
  g_autoptr (GStrvBuilder) sent = g_strv_builder_new ();
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);
  guint n = 0;

  g_hash_table_remove_all (draft->guidance);
  for (gsize i = 0; i < n_codes; i++)
    {
      GStrv steps = split (g_ptr_array_index (self->codes, i), ";");

      if (steps)
        g_hash_table_insert (draft->guidance, g_strdup (codes[i].code), steps);
      if (!gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
        continue;
      g_strv_builder_add (sent, codes[i].code);
      n++;
    }
  g_strfreev (draft->codes);
  draft->codes = n > 0 ? g_strv_builder_end (sent) : NULL;
}

static BenkModelDraft *
read_draft (BenkModelDialog *self)
{
  BenkModelDraft *draft = benk_model_draft_new (NULL);
  BenkModels *models = benk_session_get_models (self->session);

  draft->name = benk_entry_rows_get_text (self->name_row);
  draft->id = self->model
                ? g_strdup (benk_model_get_id (self->model))
                : benk_model_suggest_id (draft->name, benk_models_get_all (models));
  draft->kind = (BenkModelKind) adw_combo_row_get_selected (self->kind_row);
  if (benk_model_kind_gives_doses (draft->kind))
    draft->packaging = (BenkPackaging) adw_combo_row_get_selected (self->packaging_row);
  draft->imei = (BenkKnown) adw_combo_row_get_selected (self->imei_row);
  draft->aliases = split (self->aliases_row, ",");
  draft->maker = benk_entry_rows_get_optional (self->maker_row);
  draft->accessories = read_accessories (self);
  draft->examples = split (self->examples_row, ",");
  draft->vendor = benk_entry_rows_get_optional (self->vendor_row);
  draft->phones = split (self->phones_row, ",");
  draft->hours = benk_entry_rows_get_optional (self->hours_row);
  read_codes (self, draft);
  return draft;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkModelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);
  g_autofree char *sentence = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gint64 seq = 0;

  if (!self->session)
    return;
  if (!benk_models_change_finish (BENK_MODELS (source), result, &seq, &error))
    {
      benk_sentence_show (self->problem, error->message);
      gtk_widget_set_sensitive (self->save_button, TRUE);
      return;
    }
  sentence = g_strdup_printf (_ ("The model “%s” is kept."), name);
  while (parent && gtk_window_get_transient_for (parent))
    parent = gtk_window_get_transient_for (parent);
  if (parent)
    benk_toasts_tell_change (GTK_WIDGET (parent), sentence, seq);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_save_clicked (BenkModelDialog *self)
{
  g_autoptr (BenkModelDraft) draft = read_draft (self);
  BenkModels *models = benk_session_get_models (self->session);
  guint like = adw_combo_row_get_selected (self->like_row);
  BenkModel *lists = !self->model && like < self->patterns->len
                       ? g_ptr_array_index (self->patterns, like)
                       : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = benk_model_draft_compose (draft, self->model, lists, &error);

  if (!body)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  if (self->model)
    benk_models_edit_async (models, draft->id, body, NULL, on_saved, g_object_ref (self));
  else
    benk_models_add_async (models, body, NULL, on_saved, g_object_ref (self));
}

static void
benk_model_dialog_dispose (GObject *object)
{
  BenkModelDialog *self = BENK_MODEL_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (benk_model_dialog_parent_class)->dispose (object);
}

static void
benk_model_dialog_finalize (GObject *object)
{
  BenkModelDialog *self = BENK_MODEL_DIALOG (object);

  g_ptr_array_unref (self->patterns);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->checks);
  G_OBJECT_CLASS (benk_model_dialog_parent_class)->finalize (object);
}

static void
benk_model_dialog_class_init (BenkModelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_model_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_model_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-model-dialog.ui");
#define CHILD(name)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkModelDialog, name)
  CHILD (problem);
  CHILD (save_button);
  CHILD (name_row);
  CHILD (kind_row);
  CHILD (packaging_row);
  CHILD (aliases_row);
  CHILD (maker_row);
  CHILD (accessories_row);
  CHILD (like_row);
  CHILD (examples_row);
  CHILD (try_row);
  CHILD (verdict);
  CHILD (imei_row);
  CHILD (vendor_row);
  CHILD (phones_row);
  CHILD (hours_row);
  CHILD (codes_group);
#undef CHILD
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

/* A line for each alarm: whether it is sent, and what to do then. */
static void
add_codes (BenkModelDialog *self)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  for (gsize i = 0; i < n_codes; i++)
    {
      GtkWidget *row = adw_entry_row_new ();
      GtkWidget *check = gtk_check_button_new ();
      g_autofree char *name =
        g_strdup_printf (_ ("Sends “%s”"), benk_alarm_code_get_label (&codes[i]));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     benk_alarm_code_get_label (&codes[i]));
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (check, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), check);
      adw_preferences_group_add (self->codes_group, row);
      g_ptr_array_add (self->codes, row);
      g_ptr_array_add (self->checks, check);
    }
}

static void
benk_model_dialog_init (BenkModelDialog *self)
{
  const char *const known[] = { _ ("Not known"), _ ("No"), _ ("Yes"), NULL };
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) packagings = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) imei = gtk_string_list_new (known);

  self->patterns = g_ptr_array_new_with_free_func (g_object_unref);
  self->codes = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < BENK_N_PACKAGINGS; i++)
    gtk_string_list_append (packagings, benk_packaging_get_label ((BenkPackaging) i));
  for (guint i = 0; i < BENK_N_MODEL_KINDS; i++)
    gtk_string_list_append (kinds, benk_model_kind_get_label ((BenkModelKind) i));
  adw_combo_row_set_model (self->packaging_row, G_LIST_MODEL (packagings));
  adw_combo_row_set_model (self->imei_row, G_LIST_MODEL (imei));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kinds));
  add_codes (self);
}

static void
show_codes (BenkModelDialog *self)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  for (gsize i = 0; i < n_codes; i++)
    {
      join (g_ptr_array_index (self->codes, i),
            benk_model_get_guidance (self->model, codes[i].code), "; ");
      gtk_check_button_set_active (
        g_ptr_array_index (self->checks, i),
        g_strv_contains (benk_model_get_alarm_codes (self->model), codes[i].code));
    }
}

static void
show_model (BenkModelDialog *self)
{
  const char *const *kinds = benk_model_get_accessories (self->model);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) accessories = NULL;
  const char *maker = benk_model_get_maker (self->model);
  const char *vendor = benk_model_get_vendor (self->model);
  const char *hours = benk_model_get_hours (self->model);

  for (guint i = 0; kinds[i]; i++)
    g_strv_builder_add (labels, benk_accessory_kind_get_label (kinds[i]));
  accessories = g_strv_builder_end (labels);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row),
                         benk_model_get_name (self->model));
  adw_combo_row_set_selected (self->kind_row, benk_model_get_kind (self->model));
  adw_combo_row_set_selected (self->packaging_row,
                              benk_model_get_packaging (self->model));
  adw_combo_row_set_selected (self->imei_row, benk_model_get_has_imei (self->model));
  join (self->aliases_row, benk_model_get_aliases (self->model), ", ");
  gtk_editable_set_text (GTK_EDITABLE (self->maker_row), maker ? maker : "");
  join (self->accessories_row, (const char *const *) accessories, ", ");
  join (self->examples_row, benk_model_get_serial_examples (self->model), ", ");
  gtk_editable_set_text (GTK_EDITABLE (self->vendor_row), vendor ? vendor : "");
  join (self->phones_row, benk_model_get_phones (self->model), ", ");
  gtk_editable_set_text (GTK_EDITABLE (self->hours_row), hours ? hours : "");
  show_codes (self);
}

/**
 * benk_model_dialog_new:
 * @parent: a window
 * @session: the open session
 * @model: (nullable): what to change; %NULL adds one
 *
 * Returns: (transfer none): a window with what is known of a model
 */
GtkWidget *
benk_model_dialog_new (GtkWindow *parent, BenkSession *session, BenkModel *model)
{
  BenkModelDialog *self =
    g_object_new (BENK_TYPE_MODEL_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title = NULL;

  self->session = g_object_ref (session);
  g_set_object (&self->model, model);
  if (model)
    {
      title = g_strdup_printf (_ ("Change %s"), benk_model_get_name (model));
      gtk_window_set_title (GTK_WINDOW (self), title);
      gtk_widget_set_visible (GTK_WIDGET (self->like_row), FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->kind_row), benk_model_is_own (model));
      show_model (self);
    }
  on_kind (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  update (self);
  return GTK_WIDGET (self);
}

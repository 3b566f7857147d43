/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-deadlines-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-deadlines.h"
#include "benk-deadline-row.h"
#include "benk-entry-rows.h"
#include "benk-models.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-sentence.h"

struct _BenkDeadlinesDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *rows;
  GPtrArray *version_rows;
  GPtrArray *model_ids; /* nullable strings, as the combo row shows them */
  guint n_loads;

  AdwComboRow *model_row;
  AdwPreferencesGroup *deadlines;
  AdwPreferencesGroup *versions;
  GtkLabel *chosen;
  AdwEntryRow *who_row;
  AdwEntryRow *role_row;
  AdwEntryRow *day_row;
  GtkLabel *problem;
  GtkWidget *decide_button;
};

G_DEFINE_FINAL_TYPE (BenkDeadlinesDialog, benk_deadlines_dialog, ADW_TYPE_WINDOW)

static const char *
get_model_id (BenkDeadlinesDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->model_row);

  return selected < self->model_ids->len ? g_ptr_array_index (self->model_ids, selected)
                                         : NULL;
}

static guint
count_chosen (BenkDeadlinesDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += benk_deadline_row_is_chosen (g_ptr_array_index (self->rows, i)) ? 1 : 0;
  return n;
}

static void
update (BenkDeadlinesDialog *self)
{
  guint n = count_chosen (self);
  g_autofree char *who = benk_entry_rows_get_optional (self->who_row);
  g_autofree char *role = benk_entry_rows_get_optional (self->role_row);
  g_autofree char *day = benk_entry_rows_get_optional (self->day_row);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u deadline chosen", "%u deadlines chosen", n), n);

  gtk_label_set_text (self->chosen, text);
  gtk_widget_set_sensitive (self->decide_button,
                            n > 0 && who && role && day && self->session &&
                              benk_session_get_staff (self->session));
}

static void
on_changed (BenkDeadlinesDialog *self)
{
  benk_sentence_show (self->problem, NULL);
  update (self);
}

static void
show_deadlines (BenkDeadlinesDialog *self, GPtrArray *current)
{
  benk_rows_clear (self->deadlines, self->rows);
  for (guint i = 0; i < current->len; i++)
    {
      GtkWidget *row = benk_deadline_row_new (g_ptr_array_index (current, i));

      g_signal_connect_swapped (row, "chosen", G_CALLBACK (on_changed), self);
      adw_preferences_group_add (self->deadlines, row);
      g_ptr_array_add (self->rows, row);
    }
  update (self);
}

static void
show_versions (BenkDeadlinesDialog *self, GPtrArray *versions)
{
  BenkModels *models = benk_session_get_models (self->session);

  benk_rows_clear (self->versions, self->version_rows);
  for (guint i = 0; i < versions->len; i++)
    {
      const BenkDeadline *deadline = g_ptr_array_index (versions, i);
      const BenkAlarmCode *code = benk_alarm_code_resolve (deadline->code);
      BenkModel *model =
        deadline->model_id ? benk_models_find (models, deadline->model_id) : NULL;
      g_autofree char *take = benk_allowance_describe_take (&deadline->allowance);
      g_autofree char *resolve = benk_allowance_describe_resolve (&deadline->allowance);
      g_autofree char *decided = benk_deadline_decision_describe (&deadline->decision);
      g_autofree char *title =
        g_strdup_printf ("%s · %s", benk_alarm_code_get_label (code),
                         model
                           ? benk_model_get_name (model)
                           : (deadline->model_id ? deadline->model_id : _ ("all makes")));
      g_autofree char *allowance =
        g_strdup_printf (_ ("Take: %s · Resolve: %s"), take, resolve);
      g_autofree char *subtitle = g_strdup_printf ("%s\n%s", allowance, decided);

      benk_rows_add (self->versions, self->version_rows, title, subtitle);
    }
  if (versions->len == 0)
    benk_rows_add (self->versions, self->version_rows, _ ("Nothing is decided yet"),
                   NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDeadlinesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) current =
    benk_alarms_load_deadlines_finish (BENK_ALARMS (source), result, &versions, &error);

  /* Another make may have been chosen meanwhile. */
  if (!self->session || --self->n_loads > 0)
    return;
  if (!current)
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  show_deadlines (self, current);
  show_versions (self, versions);
}

static void
load (BenkDeadlinesDialog *self)
{
  if (!self->session)
    return;
  self->n_loads++;
  benk_alarms_load_deadlines_async (benk_session_get_alarms (self->session),
                                    get_model_id (self), NULL, on_loaded,
                                    g_object_ref (self));
}

static void
on_all_clicked (BenkDeadlinesDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    benk_deadline_row_set_chosen (g_ptr_array_index (self->rows, i), TRUE);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDeadlinesDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_decide_deadlines_finish (BENK_ALARMS (source), result, NULL, &error))
    {
      update (self);
      benk_sentence_show (self->problem, error->message);
      return;
    }
  load (self);
}

static void
on_decide_clicked (BenkDeadlinesDialog *self)
{
  g_autofree char *who = benk_entry_rows_get_text (self->who_row);
  g_autofree char *role = benk_entry_rows_get_text (self->role_row);
  g_autofree char *day = benk_entry_rows_get_text (self->day_row);
  BenkDeadlineDecision decision = { .decided_by = who, .role = role, .decided_on = day };
  g_autoptr (GPtrArray) chosen =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);

  for (guint i = 0; i < self->rows->len; i++)
    if (benk_deadline_row_is_chosen (g_ptr_array_index (self->rows, i)))
      g_ptr_array_add (chosen,
                       benk_deadline_row_dup_deadline (g_ptr_array_index (self->rows, i),
                                                       get_model_id (self)));
  gtk_widget_set_sensitive (self->decide_button, FALSE);
  benk_alarms_decide_deadlines_async (benk_session_get_alarms (self->session), &decision,
                                      chosen, NULL, on_decided, g_object_ref (self));
}

static void
benk_deadlines_dialog_dispose (GObject *object)
{
  BenkDeadlinesDialog *self = BENK_DEADLINES_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->version_rows, g_ptr_array_unref);
  g_clear_pointer (&self->model_ids, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_deadlines_dialog_parent_class)->dispose (object);
}

static void
benk_deadlines_dialog_class_init (BenkDeadlinesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_deadlines_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-deadlines-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, model_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, deadlines);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, versions);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, who_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, role_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkDeadlinesDialog, decide_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_decide_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_deadlines_dialog_init (BenkDeadlinesDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->version_rows = g_ptr_array_new ();
  self->model_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_models (BenkDeadlinesDialog *self)
{
  GPtrArray *models = benk_models_get_all (benk_session_get_models (self->session));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All makes"));
  g_ptr_array_add (self->model_ids, NULL);
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      if (!benk_model_kind_gives_doses (benk_model_get_kind (model)))
        continue;
      gtk_string_list_append (names, benk_model_get_name (model));
      g_ptr_array_add (self->model_ids, g_strdup (benk_model_get_id (model)));
    }
  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (names));
}

static void
fill_day (BenkDeadlinesDialog *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *today = g_date_time_format (local, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->day_row), today);
}

/**
 * benk_deadlines_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window with the deadlines of every alarm, where what a
 * named person of the district decided is written down
 */
GtkWidget *
benk_deadlines_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkDeadlinesDialog *self =
    g_object_new (BENK_TYPE_DEADLINES_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  fill_models (self);
  fill_day (self);
  g_signal_connect_swapped (self->model_row, "notify::selected", G_CALLBACK (load), self);
  load (self);
  return GTK_WIDGET (self);
}

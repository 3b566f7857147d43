/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-bench.h"
#include "benk-checklist.h"
#include "benk-inventory.h"
#include "benk-rows.h"

struct _BenkChecklistView
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkDevice *device;
  BenkChecklist *checklist;
  GCancellable *lookup;
  GPtrArray *rows;

  AdwEntryRow *device_row;
  AdwComboRow *task_row;
  GtkLabel *answer;
  GtkWidget *start_button;
  AdwPreferencesGroup *group;
  GtkLabel *result;
  GtkWidget *complete_button;
};

G_DEFINE_FINAL_TYPE (BenkChecklistView, benk_checklist_view, GTK_TYPE_WIDGET)

static void
set_result (BenkChecklistView *self, const char *sentence)
{
  gtk_label_set_text (self->result, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->result), sentence != NULL);
}

static void
forget_checklist (BenkChecklistView *self)
{
  g_clear_object (&self->checklist);
  benk_rows_clear (self->group, self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self->group), FALSE);
  gtk_widget_set_visible (self->complete_button, FALSE);
}

static void
show_device (BenkChecklistView *self)
{
  BenkDevice *device = self->device;
  const char *place = device ? benk_device_get_place_name (device) : NULL;
  g_autofree char *text = NULL;

  if (device)
    text = g_strdup_printf ("→ %s%s%s · %s", benk_device_get_serial (device),
                            place ? " · " : "", place ? place : "",
                            benk_device_state_get_label (benk_device_get_state (device),
                                                         benk_device_get_reset_proven (
                                                           device)));
  gtk_label_set_text (self->answer, text ? text : "");
  gtk_widget_set_sensitive (self->start_button,
                            device && benk_session_get_staff (self->session));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_set_object (&self->device, device);
  show_device (self);
  if (error)
    gtk_label_set_text (self->answer, error->message);
}

static void
on_device_changed (BenkChecklistView *self)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->device_row))));

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->device);
  show_device (self);
  if (!*text)
    return;
  self->lookup = g_cancellable_new ();
  benk_inventory_find_async (benk_session_get_inventory (self->session), text,
                             self->lookup, on_found, g_object_ref (self));
}

static void
on_ticked (GtkCheckButton *check, BenkChecklistView *self)
{
  guint step = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "benk-step"));

  benk_checklist_tick (self->checklist, step, gtk_check_button_get_active (check));
  gtk_widget_set_sensitive (self->complete_button,
                            benk_checklist_is_complete (self->checklist));
}

static void
add_step (BenkChecklistView *self, BenkStep *step, guint i)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row =
    benk_rows_add (self->group, self->rows, benk_step_get_label (step), NULL);

  g_object_set_data (G_OBJECT (check), "benk-step", GUINT_TO_POINTER (i));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_bind_property (step, "by", row, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_connect (check, "toggled", G_CALLBACK (on_ticked), self);
}

static void
show_checklist (BenkChecklistView *self)
{
  GListModel *steps = benk_checklist_get_steps (self->checklist);

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (BenkStep) step = g_list_model_get_item (steps, i);

      add_step (self, step, i);
    }
  adw_preferences_group_set_title (self->group,
                                   benk_checklist_get_title (self->checklist));
  adw_preferences_group_set_description (
    self->group, benk_checklist_is_proposed (self->checklist)
                   ? _ ("Proposed by the program, not decided by the district")
                   : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->group), TRUE);
  gtk_widget_set_visible (self->complete_button, TRUE);
  gtk_widget_set_sensitive (self->complete_button, FALSE);
}

static void
on_start_clicked (BenkChecklistView *self)
{
  g_autoptr (GError) error = NULL;
  BenkTask task = (BenkTask) adw_combo_row_get_selected (self->task_row);

  if (!self->device)
    return;
  forget_checklist (self);
  set_result (self, NULL);
  self->checklist = benk_bench_start_checklist (benk_session_get_bench (self->session),
                                                benk_device_get_id (self->device),
                                                benk_device_get_model_id (self->device),
                                                benk_task_to_name (task), &error);
  if (self->checklist)
    show_checklist (self);
  else
    set_result (self, error->message);
}

static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!benk_bench_complete_checklist_finish (BENK_BENCH (source), result, &sentence,
                                             &error))
    {
      set_result (self, error->message);
      gtk_widget_set_sensitive (self->complete_button, TRUE);
      return;
    }
  forget_checklist (self);
  set_result (self, sentence);
  on_device_changed (self);
}

static void
on_complete_clicked (BenkChecklistView *self)
{
  gtk_widget_set_sensitive (self->complete_button, FALSE);
  benk_bench_complete_checklist_async (benk_session_get_bench (self->session),
                                       self->checklist, NULL, on_completed,
                                       g_object_ref (self));
}

static void
benk_checklist_view_dispose (GObject *object)
{
  BenkChecklistView *self = BENK_CHECKLIST_VIEW (object);
  GtkWidget *child;

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->checklist);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_checklist_view_parent_class)->dispose (object);
}

static void
benk_checklist_view_class_init (BenkChecklistViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_checklist_view_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-checklist-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, device_row);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, task_row);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, start_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, group);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, result);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, complete_button);
  gtk_widget_class_bind_template_callback (widget_class, on_device_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_complete_clicked);
}

static void
benk_checklist_view_init (BenkChecklistView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (BenkTask task = BENK_TASK_RECEIVE; task < BENK_N_TASKS; task++)
    gtk_string_list_append (names, benk_task_get_label (task));
  adw_combo_row_set_model (self->task_row, G_LIST_MODEL (names));
}

/**
 * benk_checklist_view_set_session:
 * @self: the view
 * @session: the open session
 *
 * Gives the view what it works with; once.
 */
void
benk_checklist_view_set_session (BenkChecklistView *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_CHECKLIST_VIEW (self));
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (show_device), self,
                           G_CONNECT_SWAPPED);
}

/**
 * benk_checklist_view_set_device:
 * @self: the view
 * @device: a serial, asset number or IMEI
 *
 * Fills @device in; the task is chosen by the person.
 */
void
benk_checklist_view_set_device (BenkChecklistView *self, const char *device)
{
  g_return_if_fail (BENK_IS_CHECKLIST_VIEW (self));
  gtk_editable_set_text (GTK_EDITABLE (self->device_row), device);
  gtk_widget_grab_focus (GTK_WIDGET (self->task_row));
}

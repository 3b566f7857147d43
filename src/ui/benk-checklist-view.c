/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-bench-checklist.h"
#include "benk-checklist-batch-dialog.h"
#include "benk-checklist-runner.h"
#include "benk-checklist-versions.h"
#include "benk-inventory.h"
#include "benk-plan.h"
#include "benk-reserved-question.h"
#include "benk-rows.h"
#include "benk-wording.h"

struct _BenkChecklistView
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkDevice *device;
  GCancellable *lookup;
  GCancellable *listing;
  GPtrArray *rows;
  GPtrArray *covered; /* of the page, while a list is shown on it */

  AdwEntryRow *device_row;
  AdwComboRow *task_row;
  AdwEntryRow *user_row;
  GtkLabel *answer;
  GtkWidget *start_button;
  GtkWidget *batch_button;
  GtkWidget *versions_button;
  AdwPreferencesGroup *group;
  GtkLabel *result;
};

G_DEFINE_FINAL_TYPE (BenkChecklistView, benk_checklist_view, GTK_TYPE_WIDGET)

static void
set_result (BenkChecklistView *self, const char *sentence)
{
  gtk_label_set_text (self->result, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->result), sentence != NULL);
}

static BenkTask
get_task (BenkChecklistView *self)
{
  return (BenkTask) adw_combo_row_get_selected (self->task_row);
}

static gboolean
needs_user (BenkTask task)
{
  return task == BENK_TASK_MAKE_READY || task == BENK_TASK_SWAP;
}

static gboolean
takes_several (BenkTask task)
{
  return task == BENK_TASK_RECEIVE || task == BENK_TASK_RESET ||
         task == BENK_TASK_COLLECT;
}

static void
update_buttons (BenkChecklistView *self)
{
  BenkTask task = get_task (self);
  gboolean known = self->device && benk_session_get_staff (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->user_row), needs_user (task));
  gtk_widget_set_sensitive (self->start_button, known);
  gtk_widget_set_sensitive (self->batch_button, known && takes_several (task));
  gtk_widget_set_sensitive (self->versions_button, self->device != NULL);
}

static void
show_device (BenkChecklistView *self)
{
  BenkDevice *device = self->device;
  const char *place = device ? benk_device_get_place_name (device) : NULL;
  g_autofree char *text = NULL;

  if (device)
    text = g_strdup_printf (
      "→ %s · %s%s%s · %s",
      benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                     benk_device_get_model_id (device)),
      benk_device_get_serial (device), place ? " · " : "", place ? place : "",
      benk_device_state_get_label (benk_device_get_state (device),
                                   benk_device_get_reset_proven (device)));
  gtk_label_set_text (self->answer, text ? text : "");
  update_buttons (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->session)
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
on_task_changed (BenkChecklistView *self)
{
  if (self->session)
    update_buttons (self);
}

/* --- the page belongs to the list while it is worked through --- */

static void
uncover (BenkChecklistView *self)
{
  for (guint i = 0; i < self->covered->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->covered, i), TRUE);
  g_ptr_array_set_size (self->covered, 0);
}

static void
on_closed (BenkChecklistRunner *runner, BenkChecklistView *self)
{
  uncover (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->device_row));
  gtk_widget_unparent (GTK_WIDGET (runner));
  on_device_changed (self);
}

/* The page is the ancestor that was made for the stack of the window. */
static GtkWidget *
find_page (BenkChecklistView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  while (parent && !GTK_IS_STACK (parent))
    {
      widget = parent;
      parent = gtk_widget_get_parent (widget);
    }
  return widget;
}

static void
show_list (BenkChecklistView *self, BenkChecklist *list)
{
  GtkWidget *page = find_page (self);
  GtkWidget *runner = benk_checklist_runner_new (list);

  uncover (self);
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      g_ptr_array_add (self->covered, child);
  for (guint i = 0; i < self->covered->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->covered, i), FALSE);
  g_signal_connect_object (runner, "closed", G_CALLBACK (on_closed), self, 0);
  gtk_widget_insert_before (runner, page, NULL);
  gtk_widget_child_focus (runner, GTK_DIR_TAB_FORWARD);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkChecklist) list =
    benk_checklist_start_finish (BENK_SESSION (source), result, &error);

  if (!self->session)
    return;
  set_result (self, list ? NULL : error->message);
  if (list)
    show_list (self, list);
}

static void
start (BenkChecklistView *self, const BenkId *devices, guint n_devices)
{
  const char *user = gtk_editable_get_text (GTK_EDITABLE (self->user_row));
  BenkChecklistStart what = { .model_id = benk_device_get_model_id (self->device),
                              .task = get_task (self),
                              .devices = devices,
                              .n_devices = n_devices,
                              .reference = needs_user (get_task (self)) ? user : NULL };

  set_result (self, NULL);
  benk_checklist_start_async (self->session, &what, NULL, on_started,
                              g_object_ref (self));
}

static void
start_one (gpointer target)
{
  BenkChecklistView *self = target;

  if (self->device)
    start (self, benk_device_get_id (self->device), 1);
}

static void
on_start_clicked (BenkChecklistView *self)
{
  if (!self->device || !gtk_widget_get_sensitive (self->start_button))
    return;
  if (needs_user (get_task (self)))
    benk_reserved_question_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                self->device,
                                gtk_editable_get_text (GTK_EDITABLE (self->user_row)),
                                start_one, self);
  else
    start_one (self);
}

static void
on_chosen (BenkChecklistView *self, GArray *devices)
{
  if (self->device)
    start (self, (const BenkId *) devices->data, devices->len);
}

static void
on_batch_clicked (BenkChecklistView *self)
{
  GtkWidget *dialog =
    benk_checklist_batch_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                     self->session, self->device, get_task (self));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_versions_clicked (BenkChecklistView *self)
{
  gtk_window_present (GTK_WINDOW (
    benk_checklist_versions_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 self->session, benk_device_get_model_id (self->device),
                                 get_task (self))));
}

/* --- lists that are not finished --- */

static void
on_resume_clicked (GtkWidget *button, BenkChecklistView *self)
{
  const BenkId *id = g_object_get_data (G_OBJECT (button), "benk-work");

  benk_checklist_resume_async (self->session, id, NULL, on_started, g_object_ref (self));
}

static char *
describe_devices (const BenkChecklistWork *work)
{
  const BenkChecklistMember *first =
    work->members->len ? g_ptr_array_index (work->members, 0) : NULL;

  if (work->members->len == 1)
    return g_strdup (first->serial);
  return g_strdup_printf (ngettext ("%u device", "%u devices", work->members->len),
                          work->members->len);
}

static void
add_open (BenkChecklistView *self, const BenkChecklistWork *work)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *title =
    benk_checklist_compose_title (self->session, work->model_id, work->form->task);
  g_autofree char *when = benk_wording_instant (work->started_ms, now_ms, zone);
  g_autofree char *devices = describe_devices (work);
  g_autofree char *words = g_strdup_printf (_ ("%s · begun %s by %s"), devices, when,
                                            work->initials ? work->initials : "–");
  GtkWidget *row = benk_rows_add (self->group, self->rows, title, words);
  GtkWidget *button = gtk_button_new_with_label (_ ("Resume"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "benk-work", benk_id_copy (&work->id),
                          (GDestroyNotify) benk_id_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_resume_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists =
    benk_checklist_list_finish (BENK_SESSION (source), result, &error);

  if (!self->session || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  benk_rows_clear (self->group, self->rows);
  for (guint i = 0; lists && i < lists->len; i++)
    add_open (self, g_ptr_array_index (lists, i));
  gtk_widget_set_visible (GTK_WIDGET (self->group), lists && lists->len > 0);
  if (!lists)
    set_result (self, error->message);
}

static void
refresh (BenkChecklistView *self)
{
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  benk_checklist_list_async (self->session, FALSE, self->listing, on_listed,
                             g_object_ref (self));
}

static void
benk_checklist_view_dispose (GObject *object)
{
  BenkChecklistView *self = BENK_CHECKLIST_VIEW (object);
  GtkWidget *child;

  g_cancellable_cancel (self->lookup);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->lookup);
  g_clear_object (&self->listing);
  g_clear_object (&self->device);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->covered, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, user_row);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, start_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, batch_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, versions_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, group);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistView, result);
  gtk_widget_class_bind_template_callback (widget_class, on_device_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_task_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_batch_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_versions_clicked);
}

static void
benk_checklist_view_init (BenkChecklistView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  self->covered = g_ptr_array_new ();
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
  g_signal_connect_object (benk_session_get_inventory (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  update_buttons (self);
  refresh (self);
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

/**
 * benk_checklist_view_set_task:
 * @self: the view
 * @task: what is to be done
 *
 * Chooses the task, where another page has led to it.
 */
void
benk_checklist_view_set_task (BenkChecklistView *self, BenkTask task)
{
  g_return_if_fail (BENK_IS_CHECKLIST_VIEW (self));
  adw_combo_row_set_selected (self->task_row, task);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-batch-dialog.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-rows.h"

struct _BenkChecklistBatchDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkId first;
  GPtrArray *rows;
  GPtrArray *checks; /* GtkCheckButton, with "benk-device" */

  AdwPreferencesGroup *group;
  GtkLabel *count;
  GtkWidget *start_button;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklistBatchDialog,
                     benk_checklist_batch_dialog,
                     ADW_TYPE_WINDOW)

static GArray *
get_chosen (BenkChecklistBatchDialog *self)
{
  GArray *devices = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);
      const BenkId *device = g_object_get_data (G_OBJECT (check), "benk-device");

      if (gtk_check_button_get_active (check))
        g_array_append_vals (devices, device, 1);
    }
  return devices;
}

static void
on_toggled (BenkChecklistBatchDialog *self)
{
  g_autoptr (GArray) devices = get_chosen (self);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u device is chosen: one tick goes for it",
                               "%u devices are chosen: one tick goes for all of them",
                               devices->len),
                     devices->len);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_sensitive (self->start_button, devices->len > 0);
}

static void
on_start_clicked (BenkChecklistBatchDialog *self)
{
  g_autoptr (GArray) devices = get_chosen (self);

  g_signal_emit (self, signals[CHOSEN], 0, devices);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_all_clicked (BenkChecklistBatchDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i), TRUE);
}

static void
add_device (BenkChecklistBatchDialog *self, BenkDevice *device)
{
  const char *asset = benk_device_get_asset (device);
  const char *place = benk_device_get_place_name (device);
  g_autofree char *title =
    g_strdup_printf ("%s%s%s", asset ? asset : "", asset ? " · " : "",
                     benk_device_get_serial (device));
  g_autofree char *words =
    g_strdup_printf ("%s%s%s",
                     benk_device_state_get_label (benk_device_get_state (device),
                                                  benk_device_get_reset_proven (device)),
                     place ? " · " : "", place ? place : "");
  GtkWidget *row = benk_rows_add (self->group, self->rows, title, words);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "benk-device",
                          benk_id_copy (benk_device_get_id (device)),
                          (GDestroyNotify) benk_id_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               benk_id_equal (benk_device_get_id (device), &self->first));
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_toggled), self);
  g_ptr_array_add (self->checks, check);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistBatchDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices =
    benk_inventory_read_finish (BENK_INVENTORY (source), result, &error);

  if (!self->checks)
    return;
  for (guint i = 0; devices && i < devices->len; i++)
    add_device (self, g_ptr_array_index (devices, i));
  if (devices)
    on_toggled (self);
  else
    gtk_label_set_text (self->count, error->message);
}

static void
benk_checklist_batch_dialog_dispose (GObject *object)
{
  BenkChecklistBatchDialog *self = BENK_CHECKLIST_BATCH_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_checklist_batch_dialog_parent_class)->dispose (object);
}

static void
benk_checklist_batch_dialog_class_init (BenkChecklistBatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_checklist_batch_dialog_dispose;

  /** BenkChecklistBatchDialog::chosen: the devices, as an array of #BenkId */
  signals[CHOSEN] =
    g_signal_new ("chosen", BENK_TYPE_CHECKLIST_BATCH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-checklist-batch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistBatchDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistBatchDialog, count);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistBatchDialog,
                                        start_button);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_checklist_batch_dialog_init (BenkChecklistBatchDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The states in which the task has something to do. */
static guint32
get_states (BenkTask task, BenkDeviceState state)
{
  guint32 states = BENK_DEVICE_STATE_MASK (state);

  if (task == BENK_TASK_RESET)
    states |= BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_QUARANTINE);
  if (task == BENK_TASK_COLLECT)
    states |= BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TO_COLLECT);
  if (task == BENK_TASK_RECEIVE)
    states |= BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RECEIVED);
  return states;
}

/**
 * benk_checklist_batch_dialog_new:
 * @device: the device that was chosen already
 * @task: what is to be done
 *
 * Returns: (transfer none): a window that offers the devices of the same make
 */
GtkWidget *
benk_checklist_batch_dialog_new (GtkWindow *parent,
                                 BenkSession *session,
                                 BenkDevice *device,
                                 BenkTask task)
{
  BenkChecklistBatchDialog *self =
    g_object_new (BENK_TYPE_CHECKLIST_BATCH_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title =
    benk_checklist_compose_title (session, benk_device_get_model_id (device), task);
  BenkDeviceQuery query = { .states = get_states (task, benk_device_get_state (device)),
                            .model_id = benk_device_get_model_id (device) };

  self->session = g_object_ref (session);
  self->first = *benk_device_get_id (device);
  adw_preferences_group_set_title (self->group, title);
  benk_inventory_read_async (benk_session_get_inventory (session), &query, NULL, on_read,
                             g_object_ref (self));
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-close-alarm-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms.h"
#include "benk-entry-rows.h"
#include "benk-wording.h"

struct _BenkCloseAlarmDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;
  gboolean needs_confirmation;
  gboolean is_late;

  GtkLabel *title;
  AdwComboRow *cause_row;
  AdwComboRow *action_row;
  AdwEntryRow *confirmed_row;
  AdwEntryRow *late_row;
  AdwEntryRow *note_row;
  GtkLabel *sending;
  GtkLabel *problem;
  GtkWidget *close_button;
};

G_DEFINE_FINAL_TYPE (BenkCloseAlarmDialog, benk_close_alarm_dialog, ADW_TYPE_WINDOW)

/* Something must be chosen: the first line of each list chooses nothing. */
static void
fill (AdwComboRow *row, const BenkAlarmChoice *choices)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (; choices->name; choices++)
    gtk_string_list_append (names, _ (choices->label));
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

static const char *
get_choice (AdwComboRow *row, const BenkAlarmChoice *choices)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return choices[selected - 1].name;
}

static void
on_changed (BenkCloseAlarmDialog *self)
{
  g_autofree char *confirmed = benk_entry_rows_get_optional (self->confirmed_row);
  g_autofree char *late = benk_entry_rows_get_optional (self->late_row);
  gboolean complete = get_choice (self->cause_row, benk_alarms_get_causes ()) &&
                      get_choice (self->action_row, benk_alarms_get_actions ()) &&
                      (confirmed || !self->needs_confirmation) &&
                      (late || !self->is_late);

  gtk_widget_set_sensitive (self->close_button, complete);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCloseAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_close_finish (BENK_ALARMS (source), result, &error))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (parent)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s",
                                    _ ("The alarm is closed."));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  on_changed (self);
}

static void
on_close_clicked (BenkCloseAlarmDialog *self)
{
  g_autofree char *confirmed = benk_entry_rows_get_optional (self->confirmed_row);
  g_autofree char *late = benk_entry_rows_get_optional (self->late_row);
  g_autofree char *note = benk_entry_rows_get_optional (self->note_row);
  BenkAlarmClosing closing = {
    .cause = get_choice (self->cause_row, benk_alarms_get_causes ()),
    .action = get_choice (self->action_row, benk_alarms_get_actions ()),
    .confirmed_by = confirmed,
    .why_late = late,
    .note = note,
  };

  gtk_widget_set_sensitive (self->close_button, FALSE);
  benk_alarms_close_async (benk_session_get_alarms (self->session),
                           benk_alarm_get_id (self->alarm), &closing, NULL, on_closed,
                           g_object_ref (self));
}

static void
benk_close_alarm_dialog_dispose (GObject *object)
{
  BenkCloseAlarmDialog *self = BENK_CLOSE_ALARM_DIALOG (object);

  g_clear_object (&self->alarm);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_close_alarm_dialog_parent_class)->dispose (object);
}

static void
benk_close_alarm_dialog_class_init (BenkCloseAlarmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_close_alarm_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-close-alarm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, cause_row);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, action_row);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog,
                                        confirmed_row);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, late_row);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, note_row);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, sending);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_close_alarm_dialog_init (BenkCloseAlarmDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self->cause_row, benk_alarms_get_causes ());
  fill (self->action_row, benk_alarms_get_actions ());
  g_signal_connect_swapped (self->cause_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
  g_signal_connect_swapped (self->action_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
}

static void
show_alarm (BenkCloseAlarmDialog *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  gint64 resolve_ms = benk_alarm_get_resolve_deadline_ms (self->alarm);
  gboolean from_feed = benk_alarm_get_via (self->alarm) == BENK_ALARM_VIA_FEED;
  g_autofree char *code = benk_wording_alarm (self->alarm);
  const char *device = benk_alarm_get_device_label (self->alarm);
  g_autofree char *title =
    g_strdup_printf ("%s · %s", code, device ? device : _ ("Unknown device"));

  self->needs_confirmation =
    benk_alarm_get_responsibility (self->alarm) != BENK_RESPONSIBILITY_TECHNICAL;
  self->is_late = resolve_ms > 0 && resolve_ms < now_ms;
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed_row), self->needs_confirmation);
  gtk_widget_set_visible (GTK_WIDGET (self->late_row), self->is_late);
  gtk_label_set_text (
    self->sending,
    from_feed
      ? _ (
          "Sent afterwards: the source is told that the alarm is closed, and a follow-up "
          "document with these words goes to it. The document is “sent” only when the "
          "source has accepted it.")
      : _ ("Nothing is sent: this alarm was registered by hand. Write it in the patient "
           "record too."));
  on_changed (self);
}

/**
 * benk_close_alarm_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: the alarm that has ended
 *
 * Returns: (transfer none): a window that asks how it ended
 */
GtkWidget *
benk_close_alarm_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm)
{
  BenkCloseAlarmDialog *self =
    g_object_new (BENK_TYPE_CLOSE_ALARM_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->alarm = g_object_ref (alarm);
  show_alarm (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->cause_row));
  return GTK_WIDGET (self);
}

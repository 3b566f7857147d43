/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-end.h"

#include <glib/gi18n.h>

#include "benk-alarms-close.h"
#include "benk-alarms-outbox.h"
#include "benk-error.h"
#include "benk-incident-dialog.h"
#include "benk-reason-dialog.h"
#include "benk-record-texts.h"
#include "benk-rows.h"

struct _BenkAlarmEnd
{
  GtkBox parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;
  guint n_loads;
  GPtrArray *rows;

  AdwPreferencesGroup *sending;
  GtkWidget *retry_button;
  GtkWidget *copy_button;
  GtkWidget *incident_button;
  GtkWidget *reopen_button;
};

G_DEFINE_FINAL_TYPE (BenkAlarmEnd, benk_alarm_end, GTK_TYPE_BOX)

static void load (BenkAlarmEnd *self);

static void
tell (BenkAlarmEnd *self, const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", sentence);
}

static void
tell_error (BenkAlarmEnd *self, const GError *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

/* --- What was sent --- */

static void
show_sending (BenkAlarmEnd *self, const GPtrArray *items)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  gboolean waits = FALSE;

  benk_rows_clear (self->sending, self->rows);
  for (guint i = 0; i < items->len; i++)
    {
      const BenkOutboxItem *item = g_ptr_array_index (items, i);
      g_autofree char *words = benk_outbox_item_describe (item, now_ms);
      gboolean document = g_strcmp0 (item->kind, "followup") == 0;

      benk_rows_add (self->sending, self->rows, benk_outbox_item_get_title (item), words);
      waits = item->state == BENK_FOLLOWUP_QUEUED ||
              (document ? item->state == BENK_FOLLOWUP_REFUSED : waits);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->sending), items->len > 0);
  gtk_widget_set_visible (self->retry_button, waits);
  gtk_widget_set_sensitive (self->retry_button, TRUE);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmEnd) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
    benk_alarms_load_outbox_finish (BENK_ALARMS (source), result, &error);

  /* Another alarm may be shown by now. */
  if (--self->n_loads > 0 || !self->alarm)
    return;
  if (items)
    show_sending (self, items);
  else if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    tell_error (self, error);
}

static void
load (BenkAlarmEnd *self)
{
  self->n_loads++;
  benk_alarms_load_outbox_async (benk_session_get_alarms (self->session),
                                 benk_alarm_get_id (self->alarm), NULL, on_loaded,
                                 g_object_ref (self));
}

static void
on_retried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmEnd) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_alarms_retry_finish (BENK_ALARMS (source), result, &error))
    tell_error (self, error);
  if (self->alarm)
    load (self);
}

static void
on_retry_clicked (BenkAlarmEnd *self)
{
  gtk_widget_set_sensitive (self->retry_button, FALSE);
  benk_alarms_retry_async (benk_session_get_alarms (self->session),
                           benk_alarm_get_id (self->alarm), NULL, on_retried,
                           g_object_ref (self));
}

/* --- What can be done afterwards --- */

static void
on_composed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmEnd) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
    benk_record_texts_load_finish (BENK_SESSION (source), result, &error);

  if (!text)
    {
      tell_error (self, error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  tell (self, _ ("The text for the patient record is copied."));
}

static void
on_copy_clicked (BenkAlarmEnd *self)
{
  benk_record_texts_load_alarm_async (self->session, benk_alarm_get_id (self->alarm),
                                      NULL, on_composed, g_object_ref (self));
}

static void
on_incident_clicked (BenkAlarmEnd *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_incident_dialog_new (GTK_WINDOW (root), self->session,
                                          benk_alarm_get_id (self->alarm), 1)));
}

static void
on_reopened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarmEnd) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_reopen_finish (BENK_ALARMS (source), result, &error))
    tell (self, _ ("The alarm is open again, and it is yours."));
  else
    tell_error (self, error);
  if (self->alarm)
    load (self);
}

static void
on_reason (const char *reason, gpointer user_data)
{
  BenkAlarmEnd *self = user_data;

  if (self->alarm)
    benk_alarms_reopen_async (benk_session_get_alarms (self->session),
                              benk_alarm_get_id (self->alarm), reason, NULL, on_reopened,
                              g_object_ref (self));
}

static void
on_reopen_clicked (BenkAlarmEnd *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  benk_reason_dialog_ask (
    GTK_WINDOW (root), _ ("Why Is the Alarm Opened Again?"),
    _ (
      "What was sent cannot be taken back: a document that its receiver has stays there. "
      "What waits to be sent is not sent. The source is told that the alarm is open, and "
      "it is yours from now on."),
    _ ("_Open Again"), on_reason, G_OBJECT (self));
}

/* --- The widget --- */

static GtkWidget *
add_button (BenkAlarmEnd *self, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
benk_alarm_end_dispose (GObject *object)
{
  BenkAlarmEnd *self = BENK_ALARM_END (object);

  g_clear_object (&self->session);
  g_clear_object (&self->alarm);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_alarm_end_parent_class)->dispose (object);
}

static void
benk_alarm_end_class_init (BenkAlarmEndClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_alarm_end_dispose;
}

static void
benk_alarm_end_init (BenkAlarmEnd *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->rows = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->sending = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->sending, _ ("Sent to the Source"));
  self->retry_button = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  g_signal_connect_swapped (self->retry_button, "clicked", G_CALLBACK (on_retry_clicked),
                            self);
  adw_preferences_group_set_header_suffix (self->sending, self->retry_button);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->sending));
  self->copy_button = add_button (self, box, _ ("Copy Text for _Patient Record"),
                                  G_CALLBACK (on_copy_clicked));
  self->incident_button = add_button (self, box, _ ("Draft _Incident Report…"),
                                      G_CALLBACK (on_incident_clicked));
  self->reopen_button =
    add_button (self, box, _ ("_Open Again…"), G_CALLBACK (on_reopen_clicked));
  gtk_box_append (GTK_BOX (self), box);
}

/**
 * benk_alarm_end_set_session:
 * @self: the end of an alarm
 * @session: the open session
 *
 * Gives it what it works with; once.
 */
void
benk_alarm_end_set_session (BenkAlarmEnd *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_ALARM_END (self));
  g_set_object (&self->session, session);
}

/**
 * benk_alarm_end_show:
 * @self: the end of an alarm
 * @alarm: (nullable): an alarm, open or not
 *
 * Shows what was sent about @alarm, and what can be done after it has ended.
 */
void
benk_alarm_end_show (BenkAlarmEnd *self, BenkAlarm *alarm)
{
  gboolean changed, ended, may_write;

  g_return_if_fail (BENK_IS_ALARM_END (self));
  changed = g_set_object (&self->alarm, alarm);
  if (!alarm)
    return;
  ended = !benk_alarm_status_is_open (benk_alarm_get_status (alarm));
  may_write = benk_session_get_staff (self->session) != NULL;
  if (changed)
    {
      benk_rows_clear (self->sending, self->rows);
      gtk_widget_set_visible (GTK_WIDGET (self->sending), FALSE);
    }
  gtk_widget_set_visible (self->copy_button, ended);
  gtk_widget_set_visible (self->reopen_button, ended);
  gtk_widget_set_sensitive (self->reopen_button, may_write);
  load (self);
}

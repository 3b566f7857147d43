/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-wait-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-groups.h"
#include "benk-alarm-words.h"
#include "benk-alarms-wait.h"
#include "benk-entry-rows.h"
#include "benk-plan.h"
#include "benk-sentence.h"

struct _BenkWaitDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *alarms; /* BenkAlarm; they wait in one change */

  GtkLabel *title;
  AdwComboRow *what_row;
  AdwEntryRow *date_row;
  AdwEntryRow *time_row;
  AdwEntryRow *case_row;
  AdwComboRow *covered_row;
  AdwEntryRow *said_row;
  GtkLabel *proposed;
  GtkLabel *problem;
  GtkWidget *wait_button;
};

G_DEFINE_FINAL_TYPE (BenkWaitDialog, benk_wait_dialog, ADW_TYPE_WINDOW)

static gint64
get_now_ms (BenkWaitDialog *self)
{
  return benk_clock_get_wall_ms (benk_session_get_clock (self->session));
}

/* The order of the lists is that of the values; waiting for nothing cannot be chosen. */
static void
fill (BenkWaitDialog *self)
{
  g_autoptr (GtkStringList) whats = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);

  for (BenkWait what = BENK_WAIT_VENDOR; what < BENK_N_WAITS; what++)
    gtk_string_list_append (whats, benk_wait_get_label (what));
  for (BenkCovered answer = BENK_COVERED_UNKNOWN; answer < BENK_N_COVEREDS; answer++)
    gtk_string_list_append (answers, benk_covered_get_label (answer));
  adw_combo_row_set_model (self->what_row, G_LIST_MODEL (whats));
  adw_combo_row_set_model (self->covered_row, G_LIST_MODEL (answers));
}

static BenkCovered
get_covered (BenkWaitDialog *self)
{
  return (BenkCovered) adw_combo_row_get_selected (self->covered_row);
}

static gboolean
get_until (BenkWaitDialog *self, gint64 *until_ms, GError **error)
{
  g_autofree char *date = benk_entry_rows_get_text (self->date_row);
  g_autofree char *time = benk_entry_rows_get_text (self->time_row);

  return benk_alarms_parse_until (date, time, until_ms, error) &&
         benk_alarms_check_until (*until_ms, get_now_ms (self), error);
}

static void
on_changed (BenkWaitDialog *self)
{
  g_autofree char *said_by = benk_entry_rows_get_optional (self->said_row);
  g_autoptr (GError) error = NULL;
  gint64 until_ms = 0;
  gboolean complete;

  if (!self->alarms)
    return;
  complete = get_until (self, &until_ms, &error) &&
             (said_by || get_covered (self) != BENK_COVERED_YES);

  benk_sentence_show (self->problem, error ? error->message : NULL);
  gtk_widget_set_sensitive (self->wait_button, complete);
}

static void
on_until_changed (BenkWaitDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->proposed), FALSE);
  on_changed (self);
}

static void
on_waits (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkWaitDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_wait_finish (BENK_ALARMS (source), result, &error))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (parent)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s",
                                    self->alarms->len == 1 ? _ ("The alarm waits.")
                                                           : _ ("The alarms wait."));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  on_changed (self);
  benk_sentence_show (self->problem, error->message);
}

static void
on_wait_clicked (BenkWaitDialog *self)
{
  g_autofree char *case_number = benk_entry_rows_get_optional (self->case_row);
  g_autofree char *said_by = benk_entry_rows_get_optional (self->said_row);
  g_autoptr (GArray) ids = NULL;
  BenkAlarmWaiting waiting = {
    .what = BENK_WAIT_VENDOR + adw_combo_row_get_selected (self->what_row),
    .case_number = case_number,
    .covered = get_covered (self),
    .said_by = said_by,
  };

  if (!get_until (self, &waiting.until_ms, NULL))
    {
      on_changed (self);
      return;
    }
  gtk_widget_set_sensitive (self->wait_button, FALSE);
  ids = benk_alarms_list_ids (self->alarms);
  benk_alarms_wait_async (benk_session_get_alarms (self->session),
                          (const BenkId *) (gpointer) ids->data, ids->len, &waiting, NULL,
                          on_waits, g_object_ref (self));
}

static void
benk_wait_dialog_dispose (GObject *object)
{
  BenkWaitDialog *self = BENK_WAIT_DIALOG (object);

  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_wait_dialog_parent_class)->dispose (object);
}

static void
benk_wait_dialog_class_init (BenkWaitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_wait_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-wait-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, what_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, case_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, covered_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, said_row);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, proposed);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkWaitDialog, wait_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_until_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_wait_dialog_init (BenkWaitDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

static void
show_until (BenkWaitDialog *self, gint64 until_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (until_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *date = g_date_time_format (local, "%Y-%m-%d");
  g_autofree char *time = g_date_time_format (local, "%H:%M");

  gtk_editable_set_text (GTK_EDITABLE (self->date_row), date);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
}

/* What it waits for already is where a correction begins; an end that has come is not. */
static void
show_alarms (BenkWaitDialog *self)
{
  BenkAlarm *alarm = g_ptr_array_index (self->alarms, 0);
  gint64 now_ms = get_now_ms (self);
  gboolean waits = benk_alarm_is_waiting (alarm, now_ms);
  const char *case_number = benk_alarm_get_case_number (alarm);
  g_autofree char *title = benk_alarm_words_describe_all (self->alarms);

  gtk_label_set_text (self->title, title);
  show_until (self, waits ? benk_alarm_get_waiting_until_ms (alarm)
                          : benk_wait_propose_until (BENK_DISTRICT_ZONE, now_ms));
  gtk_widget_set_visible (GTK_WIDGET (self->proposed), !waits);
  if (benk_alarm_get_waiting_for (alarm) != BENK_WAIT_NONE)
    adw_combo_row_set_selected (self->what_row,
                                benk_alarm_get_waiting_for (alarm) - BENK_WAIT_VENDOR);
  gtk_editable_set_text (GTK_EDITABLE (self->case_row), case_number ? case_number : "");
  on_changed (self);
}

/**
 * benk_wait_dialog_new_for_all:
 * @parent: the main window
 * @session: the open session
 * @alarms: (element-type BenkAlarm): taken alarms that are one thing to do
 *
 * Returns: (transfer none): a window that asks what they are to wait for
 */
GtkWidget *
benk_wait_dialog_new_for_all (GtkWindow *parent, BenkSession *session, GPtrArray *alarms)
{
  BenkWaitDialog *self =
    g_object_new (BENK_TYPE_WAIT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->alarms = g_ptr_array_ref (alarms);
  show_alarms (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->what_row));
  return GTK_WIDGET (self);
}

/**
 * benk_wait_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: a taken alarm
 *
 * Returns: (transfer none): a window that asks what the alarm is to wait for
 */
GtkWidget *
benk_wait_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm)
{
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (alarms, g_object_ref (alarm));
  return benk_wait_dialog_new_for_all (parent, session, alarms);
}

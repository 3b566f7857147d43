/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-new-alarm-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-alarm-code.h"
#include "benk-alarms.h"
#include "benk-entry-rows.h"
#include "benk-inventory.h"
#include "benk-scan-desk.h"
#include "benk-plan.h"
#include "benk-sentence.h"

#define MAX_MATCHES 6

struct _BenkNewAlarmDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GCancellable *lookup;

  AdwEntryRow *device_row;
  AdwEntryRow *code_row;
  AdwComboRow *via_row;
  AdwEntryRow *time_row;
  GtkLabel *device_answer;
  GtkLabel *code_answer;
  GtkListBox *matches;
  GtkLabel *problem;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (BenkNewAlarmDialog, benk_new_alarm_dialog, ADW_TYPE_WINDOW)

/* "8:05", "8.05", "0805" or "805". */
static gboolean
read_clock (const char *text, int *hour, int *minute)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ":.", 2);
  gsize length = strlen (text);
  guint64 hours = 0;
  guint64 minutes = 0;

  if (g_strv_length (parts) == 2)
    {
      if (!g_ascii_string_to_unsigned (parts[0], 10, 0, 23, &hours, NULL) ||
          !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minutes, NULL))
        return FALSE;
    }
  else if ((length != 3 && length != 4) ||
           !g_ascii_string_to_unsigned (text, 10, 0, 2359, &hours, NULL))
    return FALSE;
  else
    {
      minutes = hours % 100;
      hours /= 100;
    }
  *hour = (int) hours;
  *minute = (int) minutes;
  return minutes < 60;
}

/* An empty time is now; a clock time later than now was yesterday. */
static gboolean
get_raised_ms (BenkNewAlarmDialog *self, gint64 *raised_ms)
{
  g_autofree char *text = benk_entry_rows_get_text (self->time_row);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) time = NULL;
  int hour = 0;
  int minute = 0;

  *raised_ms = 0;
  if (!*text)
    return TRUE;
  if (!read_clock (text, &hour, &minute))
    return FALSE;
  time = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                          g_date_time_get_day_of_month (now), hour, minute, 0);
  if (!time)
    return FALSE;
  if (g_date_time_compare (time, now) > 0)
    {
      g_autoptr (GDateTime) today = g_steal_pointer (&time);

      time = g_date_time_add_days (today, -1);
    }
  *raised_ms = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static void
show_problem (BenkNewAlarmDialog *self, const char *sentence)
{
  benk_sentence_show (self->problem, sentence);
}

static void
on_device_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNewAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDevice) device =
    benk_inventory_find_finish (BENK_INVENTORY (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!device)
    {
      benk_sentence_show (self->device_answer, error->message);
      return;
    }
  text = g_strdup_printf ("→ %s · %s%s%s", benk_device_get_serial (device),
                          benk_device_describe_state (device),
                          benk_device_get_place_name (device) ? " · " : "",
                          benk_device_get_place_name (device)
                            ? benk_device_get_place_name (device)
                            : "");
  benk_sentence_show (self->device_answer, text);
}

static void
look_up (BenkNewAlarmDialog *self)
{
  g_autofree char *device = benk_entry_rows_get_text (self->device_row);

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  benk_sentence_show (self->device_answer, "");
  if (!*device)
    return;
  self->lookup = g_cancellable_new ();
  benk_inventory_find_async (benk_session_get_inventory (self->session), device,
                             self->lookup, on_device_found, g_object_ref (self));
}

static const BenkAlarmCode *
get_code (BenkNewAlarmDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matches);

  return row ? g_object_get_data (G_OBJECT (row), "benk-code") : NULL;
}

static void
update_button (BenkNewAlarmDialog *self)
{
  g_autofree char *device = benk_entry_rows_get_text (self->device_row);
  gint64 raised_ms;
  gboolean time_ok = get_raised_ms (self, &raised_ms);

  show_problem (self, time_ok ? NULL : _ ("A time is written as 08:05."));
  gtk_widget_set_sensitive (self->add_button, *device && get_code (self) && time_ok);
}

static void
on_match_selected (BenkNewAlarmDialog *self)
{
  /* A list loses its selection when the dialog goes. */
  if (self->session)
    update_button (self);
}

static void
add_match (BenkNewAlarmDialog *self, const BenkAlarmCode *code)
{
  g_autofree char *text =
    g_strdup_printf ("%s · %s", benk_alarm_code_get_label (code), code->code);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  g_object_set_data (G_OBJECT (row), "benk-code", (gpointer) code);
  gtk_list_box_append (self->matches, row);
}

static void
on_code_changed (BenkNewAlarmDialog *self)
{
  g_autofree char *text = benk_entry_rows_get_text (self->code_row);
  g_autoptr (GPtrArray) found = *text ? benk_alarm_code_match (text) : NULL;
  guint n_found = found ? found->len : 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->matches, 0)) != NULL)
    gtk_list_box_remove (self->matches, GTK_WIDGET (row));
  for (guint i = 0; i < n_found && i < MAX_MATCHES; i++)
    add_match (self, g_ptr_array_index (found, i));
  gtk_widget_set_visible (GTK_WIDGET (self->matches), n_found > 0);
  benk_sentence_show (self->code_answer,
                      *text && n_found == 0 ? _ ("No alarm is called so.") : "");
  if (n_found > 0)
    gtk_list_box_select_row (self->matches,
                             gtk_list_box_get_row_at_index (self->matches, 0));
  update_button (self);
}

static void
on_device_changed (BenkNewAlarmDialog *self)
{
  look_up (self);
  update_button (self);
}

/* Down and Up choose among the matches while one types. */
static gboolean
on_key_pressed (BenkNewAlarmDialog *self, guint keyval)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matches);
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  GtkListBoxRow *next;

  if (step == 0 || !row)
    return FALSE;
  next = gtk_list_box_get_row_at_index (self->matches,
                                        gtk_list_box_row_get_index (row) + step);
  if (next)
    gtk_list_box_select_row (self->matches, next);
  return TRUE;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkNewAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm =
    benk_alarms_add_finish (BENK_ALARMS (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *id = NULL;

  if (!alarm)
    {
      show_problem (self, error->message);
      gtk_widget_set_sensitive (self->add_button, TRUE);
      return;
    }
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-alarm", "s", id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_add_clicked (BenkNewAlarmDialog *self)
{
  g_autofree char *device = benk_entry_rows_get_text (self->device_row);
  const BenkAlarmCode *match = get_code (self);
  BenkNewAlarm alarm = { 0 };

  if (!match || !get_raised_ms (self, &alarm.raised_ms))
    return;
  alarm.device = device;
  alarm.code = match->code;
  alarm.via = (BenkAlarmVia) adw_combo_row_get_selected (self->via_row);
  gtk_widget_set_sensitive (self->add_button, FALSE);
  benk_alarms_add_async (benk_session_get_alarms (self->session), &alarm, NULL, on_added,
                         g_object_ref (self));
}

/* The ways are few: an arrow changes from one to the next, and Enter is for the alarm.
 * Space shows them all. */
static gboolean
on_via_key_pressed (BenkNewAlarmDialog *self, guint keyval)
{
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (self->via_row));
  guint at = adw_combo_row_get_selected (self->via_row);

  if (gtk_window_get_focus (GTK_WINDOW (self)) != GTK_WIDGET (self->via_row))
    return FALSE;
  if (keyval == GDK_KEY_Down && at + 1 < n)
    adw_combo_row_set_selected (self->via_row, at + 1);
  else if (keyval == GDK_KEY_Up && at > 0)
    adw_combo_row_set_selected (self->via_row, at - 1);
  else if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return keyval == GDK_KEY_Down || keyval == GDK_KEY_Up;
  else if (gtk_widget_get_sensitive (self->add_button))
    on_add_clicked (self);
  return TRUE;
}

/* A scanner ends with Enter: what follows is the alarm's name. */
static void
on_device_activated (BenkNewAlarmDialog *self)
{
  if (gtk_widget_get_sensitive (self->add_button))
    on_add_clicked (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

/* Of all that is asked for here only the device has a barcode. */
static void
on_scanned (GtkWidget *dialog, const BenkScan *scan, const BenkScanTyping *typing)
{
  BenkNewAlarmDialog *self = BENK_NEW_ALARM_DIALOG (dialog);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->device_row), benk_scan_get_name (scan));
  if (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->device_row)))
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

static void
benk_new_alarm_dialog_dispose (GObject *object)
{
  BenkNewAlarmDialog *self = BENK_NEW_ALARM_DIALOG (object);

  g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_new_alarm_dialog_parent_class)->dispose (object);
}

static void
benk_new_alarm_dialog_class_init (BenkNewAlarmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_new_alarm_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-new-alarm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, device_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, via_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, device_answer);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, code_answer);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, BenkNewAlarmDialog, matches);
  gtk_widget_class_bind_template_callback (widget_class, on_device_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_device_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_code_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_match_selected);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
watch_keys (BenkNewAlarmDialog *self, gpointer row, GCallback pressed)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", pressed, self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (row, keys);
}

static void
benk_new_alarm_dialog_init (BenkNewAlarmDialog *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  benk_scan_take (GTK_WIDGET (self), on_scanned);
  /* By hand means every way but a feed, which comes last. */
  for (BenkAlarmVia via = BENK_ALARM_VIA_PHONE; via < BENK_ALARM_VIA_FEED; via++)
    gtk_string_list_append (names, benk_alarm_via_get_label (via));
  adw_combo_row_set_model (self->via_row, G_LIST_MODEL (names));
  watch_keys (self, self->code_row, G_CALLBACK (on_key_pressed));
  watch_keys (self, self->via_row, G_CALLBACK (on_via_key_pressed));
  g_object_unref (names);
}

/**
 * benk_new_alarm_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @device: (nullable): what to fill in for the device
 *
 * Returns: (transfer none): a window that registers an alarm by hand
 */
GtkWidget *
benk_new_alarm_dialog_new (GtkWindow *parent, BenkSession *session, const char *device)
{
  BenkNewAlarmDialog *self =
    g_object_new (BENK_TYPE_NEW_ALARM_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  if (device)
    gtk_editable_set_text (GTK_EDITABLE (self->device_row), device);
  gtk_widget_grab_focus (GTK_WIDGET (device ? self->code_row : self->device_row));
  return GTK_WIDGET (self);
}

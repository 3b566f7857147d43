/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-close-alarm-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarm-words.h"
#include "benk-alarms-close.h"
#include "benk-alarms-outbox.h"
#include "benk-alarms-wait.h"
#include "benk-entry-rows.h"
#include "benk-error.h"
#include "benk-plan.h"
#include "benk-sentence.h"
#include "benk-wording.h"

/* Who may say what was done with a dose, or that an alarm of theirs is handled. */
static const char *const roles[] = {
  N_ ("Coordinator"), N_ ("Charge nurse"), N_ ("Nurse"), N_ ("Doctor"), N_ ("Home care"),
};

struct _BenkCloseAlarmDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkAlarm *alarm;
  GListModel *same; /* BenkAlarm; what may end in the same way */
  gboolean written; /* closed here, though its source says otherwise */

  GtkLabel *title;
  AdwComboRow *cause_row;
  AdwComboRow *action_row;
  AdwExpanderRow *also_row;
  AdwComboRow *role_row;
  AdwEntryRow *confirmed_row;
  AdwEntryRow *confirmed_time_row;
  AdwExpanderRow *call_row;
  AdwEntryRow *call_from_row;
  AdwEntryRow *call_to_row;
  AdwEntryRow *late_row;
  AdwEntryRow *note_row;
  GtkLabel *sending;
  GtkLabel *problem;
  GtkWidget *conflict_box;
  GtkWidget *close_button;
  GPtrArray *also_checks;
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

static void
fill_roles (AdwComboRow *row)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    gtk_string_list_append (names, _ (roles[i]));
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

/* --- What else ends in the same way --- */

static gboolean
is_also (BenkCloseAlarmDialog *self, guint n)
{
  return gtk_check_button_get_active (g_ptr_array_index (self->also_checks, n));
}

static GArray *
dup_also (BenkCloseAlarmDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < self->also_checks->len; i++)
    {
      g_autoptr (BenkAlarm) other = g_list_model_get_item (self->same, i);

      if (is_also (self, i))
        g_array_append_vals (ids, benk_alarm_get_id (other), 1);
    }
  return ids;
}

typedef gboolean (*Asks) (BenkCloseAlarmDialog *self, BenkAlarm *alarm);

static gboolean
any (BenkCloseAlarmDialog *self, Asks asks)
{
  if (asks (self, self->alarm))
    return TRUE;
  for (guint i = 0; i < self->also_checks->len; i++)
    {
      g_autoptr (BenkAlarm) other = g_list_model_get_item (self->same, i);

      if (is_also (self, i) && asks (self, other))
        return TRUE;
    }
  return FALSE;
}

static gboolean
asks_confirmation (BenkCloseAlarmDialog *self, BenkAlarm *alarm)
{
  return benk_alarms_needs_confirmation (alarm, get_choice (self->action_row,
                                                            benk_alarms_get_actions ()));
}

static gboolean
asks_why_late (BenkCloseAlarmDialog *self, BenkAlarm *alarm)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));

  return benk_alarms_is_late (alarm, now_ms);
}

static gboolean
goes_to_source (BenkCloseAlarmDialog *self, BenkAlarm *alarm)
{
  return benk_alarm_get_remote_id (alarm) != NULL;
}

/* Who, what, where to: before anything leaves. */
static void
show_sending (BenkCloseAlarmDialog *self)
{
  BenkStaff *staff = benk_session_get_staff (self->session);
  const char *feed = benk_alarm_get_feed_name (self->alarm);
  const char *who = staff ? benk_staff_get_name (staff) : NULL;
  g_autofree char *text = NULL;

  if (!any (self, goes_to_source))
    text =
      g_strdup (_ ("Nothing is sent: this alarm was registered by hand. Write it in the "
                   "patient record too."));
  else
    text = g_strdup_printf (
      /* Translators: a source, then a person of the staff. */
      _ (
        "To %s: that the alarm is closed, and a follow-up document each, signed %s, with "
        "when it was raised, taken and closed, cause, what was done, who confirmed it, "
        "and "
        "the note. Whom it is about is read from the source as it is sent. It is “sent” "
        "only when the source has accepted it."),
      feed ? feed : _ ("its source"),
      who && *who ? who : (staff ? benk_staff_get_initials (staff) : "–"));
  gtk_label_set_text (self->sending, text);
}

/* --- Times --- */

static gboolean
parse_time (BenkCloseAlarmDialog *self, AdwEntryRow *row, gint64 *ms, GError **error)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *today = g_date_time_format (local, "%Y-%m-%d");
  g_autofree char *time = benk_entry_rows_get_text (row);

  return benk_alarms_parse_until (today, time, ms, error);
}

static gboolean
check_confirmed_time (BenkCloseAlarmDialog *self)
{
  GtkWidget *row = GTK_WIDGET (self->confirmed_time_row);
  gint64 ms;
  gboolean good = parse_time (self, self->confirmed_time_row, &ms, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 good ? _ ("Confirmed at")
                                      : _ ("Confirmed at: a time such as 08:30"));
  (good ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (row, "error");
  return good;
}

/* --- Whether it is complete --- */

static void
on_changed (BenkCloseAlarmDialog *self)
{
  g_autofree char *confirmed = benk_entry_rows_get_optional (self->confirmed_row);
  g_autofree char *late = benk_entry_rows_get_optional (self->late_row);
  gboolean asks_who, asks_why, has_time;

  if (!self->session)
    return;
  asks_who = any (self, asks_confirmation);
  asks_why = any (self, asks_why_late);
  has_time = check_confirmed_time (self);
  gtk_widget_set_visible (GTK_WIDGET (self->role_row), asks_who);
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed_row), asks_who);
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed_time_row), asks_who);
  gtk_widget_set_visible (GTK_WIDGET (self->late_row), asks_why);
  gtk_widget_set_sensitive (self->close_button,
                            !self->written &&
                              get_choice (self->cause_row, benk_alarms_get_causes ()) &&
                              get_choice (self->action_row, benk_alarms_get_actions ()) &&
                              (!asks_who ||
                               (has_time && confirmed &&
                                adw_combo_row_get_selected (self->role_row) > 0)) &&
                              (late || !asks_why));
  show_sending (self);
}

static void
finish (BenkCloseAlarmDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *id = benk_id_to_string (benk_alarm_get_id (self->alarm));

  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell-closed", "s", id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCloseAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_close_finish (BENK_ALARMS (source), result, &error))
    {
      finish (self);
      return;
    }
  /* Somebody was quicker at the source; what was written here is kept. */
  self->written = g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT) &&
                  benk_alarms_close_is_kept (result);
  benk_sentence_show (self->problem, error->message);
  gtk_widget_set_visible (self->conflict_box, self->written);
  on_changed (self);
}

static gboolean
parse_times (BenkCloseAlarmDialog *self, BenkAlarmClosing *closing, GError **error)
{
  return (!gtk_widget_get_visible (GTK_WIDGET (self->confirmed_time_row)) ||
          parse_time (self, self->confirmed_time_row, &closing->confirmed_ms, error)) &&
         (!adw_expander_row_get_enable_expansion (self->call_row) ||
          (parse_time (self, self->call_from_row, &closing->call_start_ms, error) &&
           parse_time (self, self->call_to_row, &closing->call_end_ms, error)));
}

static const char *
get_role (BenkCloseAlarmDialog *self)
{
  guint role = adw_combo_row_get_selected (self->role_row);

  return role > 0 && gtk_widget_get_visible (GTK_WIDGET (self->role_row))
           ? _ (roles[role - 1])
           : NULL;
}

static char *
dup_name (BenkCloseAlarmDialog *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->confirmed_row))
           ? benk_entry_rows_get_optional (self->confirmed_row)
           : NULL;
}

/* (nullable): as it stands in the record. */
static char *
describe_confirmed (BenkCloseAlarmDialog *self)
{
  const char *role = get_role (self);
  g_autofree char *name = dup_name (self);
  g_autofree char *time = benk_entry_rows_get_text (self->confirmed_time_row);
  g_autofree char *who = role && name ? g_strdup_printf ("%s, %s", role, name) : NULL;

  return who ? g_strdup_printf (_ ("Confirmed by %s, %s."), who, time) : NULL;
}

static void
on_close_clicked (BenkCloseAlarmDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *late = benk_entry_rows_get_optional (self->late_row);
  g_autofree char *note = benk_entry_rows_get_optional (self->note_row);
  g_autoptr (GArray) also = dup_also (self);
  g_autoptr (GError) error = NULL;
  BenkAlarmClosing closing = {
    .cause = get_choice (self->cause_row, benk_alarms_get_causes ()),
    .action = get_choice (self->action_row, benk_alarms_get_actions ()),
    .confirmed_role = get_role (self),
    .confirmed_by = name,
    .why_late = late,
    .note = note,
    .also = (const BenkId *) (gpointer) also->data,
    .n_also = also->len,
  };

  if (!parse_times (self, &closing, &error))
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  gtk_widget_set_sensitive (self->close_button, FALSE);
  benk_alarms_close_async (benk_session_get_alarms (self->session),
                           benk_alarm_get_id (self->alarm), &closing, NULL, on_closed,
                           g_object_ref (self));
}

/* --- Somebody was quicker --- */

static void
on_copy_clicked (BenkCloseAlarmDialog *self)
{
  g_autofree char *confirmed = describe_confirmed (self);
  g_autofree char *note = benk_entry_rows_get_text (self->note_row);
  const BenkAlarmChoice *causes = benk_alarms_get_causes ();
  const BenkAlarmChoice *actions = benk_alarms_get_actions ();
  guint cause = adw_combo_row_get_selected (self->cause_row);
  guint action = adw_combo_row_get_selected (self->action_row);
  g_autofree char *first = g_strdup_printf (_ ("Cause: %s."), causes[cause - 1].label);
  g_autofree char *second =
    g_strdup_printf (_ ("What was done: %s."), actions[action - 1].label);
  g_autofree char *text = g_strjoin (" ", gtk_label_get_text (self->title), first, second,
                                     confirmed ? confirmed : "", note, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCloseAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_alarms_retry_finish (BENK_ALARMS (source), result, &error))
    finish (self);
  else
    benk_sentence_show (self->problem, error->message);
}

static void
on_send_clicked (BenkCloseAlarmDialog *self)
{
  benk_alarms_retry_async (benk_session_get_alarms (self->session),
                           benk_alarm_get_id (self->alarm), NULL, on_sent,
                           g_object_ref (self));
}

/* --- The other alarms of the user, or of the group --- */

static void
add_also (BenkCloseAlarmDialog *self, BenkAlarm *other)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *code = benk_wording_alarm (other);
  g_autofree char *when =
    benk_wording_instant (benk_alarm_get_raised_ms (other), now_ms, zone);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", when,
                                               benk_alarm_get_device_label (other)
                                                 ? benk_alarm_get_device_label (other)
                                                 : _ ("Unknown device"));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  code, -1);
  adw_expander_row_add_row (self->also_row, row);
  g_ptr_array_add (self->also_checks, check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
}

static void
on_also_toggled (BenkCloseAlarmDialog *self)
{
  gboolean all = adw_expander_row_get_enable_expansion (self->also_row);

  for (guint i = 0; i < self->also_checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->also_checks, i), all);
}

/* (transfer full) @same */
static void
offer (BenkCloseAlarmDialog *self, GListModel *same, const char *title)
{
  guint n = g_list_model_get_n_items (same);

  self->same = same;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkAlarm) other = g_list_model_get_item (same, i);

      add_also (self, other);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->also_row), title);
  gtk_widget_set_visible (GTK_WIDGET (self->also_row), n > 0);
}

static void
on_same_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCloseAlarmDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GListModel *same =
    benk_alarms_list_same_user_finish (BENK_ALARMS (source), result, &error);
  g_autofree char *title = NULL;
  guint n;

  if (!self->session || !same)
    {
      g_clear_object (&same);
      if (self->session)
        benk_sentence_show (self->problem, error->message);
      return;
    }
  n = g_list_model_get_n_items (same);
  title = g_strdup_printf (ngettext ("Also close %u more of this user",
                                     "Also close %u more of this user", n),
                           n);
  offer (self, same, title);
}

/* Who asks to close all of them is not asked again which. */
static void
offer_rest (BenkCloseAlarmDialog *self, GPtrArray *alarms)
{
  GListStore *rest = g_list_store_new (BENK_TYPE_ALARM);
  guint n = alarms->len - 1;
  g_autofree char *title = g_strdup_printf (ngettext ("Also close %u more of them",
                                                      "Also close %u more of them", n),
                                            n);

  g_list_store_splice (rest, 0, 0, alarms->pdata + 1, n);
  offer (self, G_LIST_MODEL (rest), title);
  adw_expander_row_set_enable_expansion (self->also_row, TRUE);
  adw_expander_row_set_expanded (self->also_row, FALSE);
}

/* --- The window --- */

static void
benk_close_alarm_dialog_dispose (GObject *object)
{
  BenkCloseAlarmDialog *self = BENK_CLOSE_ALARM_DIALOG (object);

  g_clear_object (&self->alarm);
  g_clear_object (&self->session);
  g_clear_object (&self->same);
  g_clear_pointer (&self->also_checks, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_close_alarm_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkCloseAlarmDialog, child)

static void
benk_close_alarm_dialog_class_init (BenkCloseAlarmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_close_alarm_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-close-alarm-dialog.ui");
  BIND (title);
  BIND (cause_row);
  BIND (action_row);
  BIND (also_row);
  BIND (role_row);
  BIND (confirmed_row);
  BIND (confirmed_time_row);
  BIND (call_row);
  BIND (call_from_row);
  BIND (call_to_row);
  BIND (late_row);
  BIND (note_row);
  BIND (sending);
  BIND (problem);
  BIND (conflict_box);
  BIND (close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_also_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_close_alarm_dialog_init (BenkCloseAlarmDialog *self)
{
  self->also_checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self->cause_row, benk_alarms_get_causes ());
  fill (self->action_row, benk_alarms_get_actions ());
  fill_roles (self->role_row);
  g_signal_connect_swapped (self->cause_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
  g_signal_connect_swapped (self->action_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
  g_signal_connect_swapped (self->role_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
}

static void
set_time (AdwEntryRow *row, gint64 ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *time = g_date_time_format (local, "%H:%M");

  gtk_editable_set_text (GTK_EDITABLE (row), time);
}

static void
show_alarms (BenkCloseAlarmDialog *self, const GPtrArray *alarms)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autofree char *title = benk_alarm_words_describe_all (alarms);

  gtk_label_set_text (self->title, title);
  set_time (self->confirmed_time_row, now_ms);
  set_time (self->call_from_row, now_ms);
  set_time (self->call_to_row, now_ms);
  on_changed (self);
}

/**
 * benk_close_alarm_dialog_new_for_all:
 * @parent: the main window
 * @session: the open session
 * @alarms: (element-type BenkAlarm): open alarms that are one thing to do
 *
 * Returns: (transfer none): a window that asks how they ended
 */
GtkWidget *
benk_close_alarm_dialog_new_for_all (GtkWindow *parent,
                                     BenkSession *session,
                                     GPtrArray *alarms)
{
  BenkCloseAlarmDialog *self =
    g_object_new (BENK_TYPE_CLOSE_ALARM_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->alarm = g_object_ref (g_ptr_array_index (alarms, 0));
  show_alarms (self, alarms);
  if (alarms->len > 1)
    offer_rest (self, alarms);
  else
    benk_alarms_list_same_user_async (benk_session_get_alarms (session),
                                      benk_alarm_get_id (self->alarm), NULL,
                                      on_same_listed, g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->cause_row));
  return GTK_WIDGET (self);
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
  g_autoptr (GPtrArray) alarms = g_ptr_array_new ();

  g_ptr_array_add (alarms, alarm);
  return benk_close_alarm_dialog_new_for_all (parent, session, alarms);
}

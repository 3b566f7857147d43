/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-care-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-away.h"
#include "benk-alarms-wait.h"
#include "benk-entry-rows.h"
#include "benk-plan.h"
#include "benk-sentence.h"
#include "benk-wording.h"

/* Who may tell that an alarm is handled. */
static const char *const roles[] = {
  N_ ("Coordinator"), N_ ("Charge nurse"), N_ ("Nurse"), N_ ("Doctor"), N_ ("Home care"),
};

struct _BenkCareDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GListModel *open; /* BenkAlarm */
  gboolean sending;

  AdwComboRow *role_row;
  AdwEntryRow *name_row;
  AdwEntryRow *time_row;
  AdwComboRow *cause_row;
  AdwComboRow *action_row;
  AdwPreferencesGroup *alarms_group;
  GtkLabel *claim;
  GtkLabel *problem;
  GtkWidget *handled_button;
  GPtrArray *checks;
};

G_DEFINE_FINAL_TYPE (BenkCareDialog, benk_care_dialog, ADW_TYPE_WINDOW)

static void
fill (AdwComboRow *row, const char *none, const BenkAlarmChoice *choices)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, none);
  for (; choices->name; choices++)
    gtk_string_list_append (names, choices->label);
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

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION
           ? NULL
           : choices[selected - 1].name;
}

static const char *
get_role (BenkCareDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->role_row);

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL
                                                                : _ (roles[selected - 1]);
}

static GArray *
dup_ticked (BenkCareDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < self->checks->len; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (self->open, i);

      if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
        g_array_append_vals (ids, benk_alarm_get_id (alarm), 1);
    }
  return ids;
}

/* The words that will stand at each alarm; no more than was said. */
static void
on_changed (BenkCareDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_optional (self->name_row);
  g_autofree char *time = benk_entry_rows_get_text (self->time_row);
  g_autoptr (GArray) ticked = NULL;
  g_autofree char *words = NULL;
  g_autofree char *count = NULL;
  const char *role = get_role (self);

  if (!self->session)
    return;
  ticked = dup_ticked (self);
  count = g_strdup_printf (ngettext ("%u alarm", "%u alarms", ticked->len), ticked->len);
  if (role && name)
    /* Translators: how many alarms, then role, name and time. */
    words = g_strdup_printf (_ ("Written at %s: “Handled by care, told by %s %s at %s”."),
                             count, role, name, time);
  else
    words = g_strdup (_ ("Say who told you: role and name."));
  gtk_label_set_text (self->claim, words);
  gtk_widget_set_sensitive (self->handled_button,
                            !self->sending && role && name && ticked->len > 0);
}

static gboolean
parse_time (BenkCareDialog *self, gint64 *ms, GError **error)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *today = g_date_time_format (local, "%Y-%m-%d");
  g_autofree char *time = benk_entry_rows_get_text (self->time_row);

  return benk_alarms_parse_until (today, time, ms, error);
}

static void
on_handled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCareDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent;

  if (!self->session)
    return;
  if (!benk_alarms_handled_by_care_finish (BENK_ALARMS (source), result, &error))
    {
      self->sending = FALSE;
      benk_sentence_show (self->problem, error->message);
      on_changed (self);
      return;
    }
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s",
                                _ ("Written: handled by care"));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_handled_clicked (BenkCareDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_optional (self->name_row);
  g_autoptr (GArray) ticked = dup_ticked (self);
  g_autoptr (GError) error = NULL;
  BenkCareTelling telling = {
    .role = get_role (self),
    .name = name,
    .cause = get_choice (self->cause_row, benk_alarms_get_causes ()),
    .action = get_choice (self->action_row, benk_alarms_get_actions ()),
    .alarms = (const BenkId *) (gpointer) ticked->data,
    .n_alarms = ticked->len,
  };

  if (!parse_time (self, &telling.told_ms, &error))
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  self->sending = TRUE;
  on_changed (self);
  benk_alarms_handled_by_care_async (benk_session_get_alarms (self->session), &telling,
                                     NULL, on_handled, g_object_ref (self));
}

/* Whose alarm it is, and its next dose, so that nobody ticks another's by mistake. */
static void
add_alarm (BenkCareDialog *self, BenkAlarm *alarm)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  BenkResponsibility responsibility = benk_alarm_get_responsibility (alarm);
  const char *device = benk_alarm_get_device_label (alarm);
  g_autofree char *code = benk_wording_alarm (alarm);
  g_autofree char *when =
    benk_wording_instant (benk_alarm_get_raised_ms (alarm), now_ms, zone);
  g_autofree char *subtitle =
    g_strdup_printf ("%s · %s · %s", when, device ? device : _ ("Unknown device"),
                     benk_responsibility_get_label (responsibility));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               responsibility != BENK_RESPONSIBILITY_TECHNICAL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  code, -1);
  adw_preferences_group_add (self->alarms_group, row);
  g_ptr_array_add (self->checks, check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
}

static void
benk_care_dialog_dispose (GObject *object)
{
  BenkCareDialog *self = BENK_CARE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->open);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_care_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                      \
  gtk_widget_class_bind_template_child (widget_class, BenkCareDialog, child)

static void
benk_care_dialog_class_init (BenkCareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_care_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-care-dialog.ui");
  BIND (role_row);
  BIND (name_row);
  BIND (time_row);
  BIND (cause_row);
  BIND (action_row);
  BIND (alarms_group);
  BIND (claim);
  BIND (problem);
  BIND (handled_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_handled_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_care_dialog_init (BenkCareDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_roles (self->role_row);
  fill (self->cause_row, _ ("Not told"), benk_alarms_get_causes ());
  fill (self->action_row, _ ("Not told"), benk_alarms_get_actions ());
  g_signal_connect_swapped (self->role_row, "notify::selected", G_CALLBACK (on_changed),
                            self);
}

static void
set_time (BenkCareDialog *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *time = g_date_time_format (local, "%H:%M");

  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
}

/**
 * benk_care_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @open: alarms that may have been handled; those of care and medicine are ticked
 *
 * Returns: (transfer none): a window that asks who told that care has handled them
 */
GtkWidget *
benk_care_dialog_new (GtkWindow *parent, BenkSession *session, GListModel *open)
{
  BenkCareDialog *self =
    g_object_new (BENK_TYPE_CARE_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->open = g_object_ref (open);
  for (guint i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (open, i);

      add_alarm (self, alarm);
    }
  set_time (self);
  on_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->role_row));
  return GTK_WIDGET (self);
}

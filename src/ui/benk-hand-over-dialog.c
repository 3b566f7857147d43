/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-hand-over-dialog.h"

#include <glib/gi18n.h>

#include "benk-alarms-hand.h"
#include "benk-duties.h"
#include "benk-entry-rows.h"
#include "benk-feeds-clock.h"
#include "benk-sentence.h"
#include "benk-wording.h"

struct _BenkHandOverDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GListModel *staff; /* (nullable): until it is read */
  GPtrArray *alarms; /* BenkAlarm, those that one has */
  GPtrArray *checks; /* GtkCheckButton of each */

  AdwComboRow *to_row;
  AdwEntryRow *name_row;
  GtkLabel *phone;
  GtkSwitch *accepted_switch;
  AdwPreferencesGroup *list;
  GtkLabel *problem;
  GtkWidget *hand_button;
};

G_DEFINE_FINAL_TYPE (BenkHandOverDialog, benk_hand_over_dialog, ADW_TYPE_WINDOW)

/* (nullable): who was chosen by name; NULL for a role. */
static BenkStaff *
dup_chosen (BenkHandOverDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->to_row);

  return self->staff && selected != GTK_INVALID_LIST_POSITION &&
             selected >= BENK_N_DUTY_ROLES
           ? g_list_model_get_item (self->staff, selected - BENK_N_DUTY_ROLES)
           : NULL;
}

static const char *
get_staff_name (BenkStaff *staff)
{
  const char *name = benk_staff_get_name (staff);

  return name && *name ? name : benk_staff_get_initials (staff);
}

static GArray *
list_chosen (BenkHandOverDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_array_append_val (ids, *benk_alarm_get_id (g_ptr_array_index (self->alarms, i)));
  return ids;
}

/* The number of the role where the team of the first alarm is answered for now. */
static void
update_phone (BenkHandOverDialog *self, gboolean role)
{
  BenkDutyRoster *roster =
    benk_duties_get_roster (benk_session_get_duties (self->session));
  const BenkId *team = self->alarms->len > 0
                         ? benk_alarm_get_team_id (g_ptr_array_index (self->alarms, 0))
                         : NULL;
  g_autofree char *text = NULL;
  BenkDutyNow now;

  benk_duty_roster_look (roster, team,
                         benk_feeds_get_now_ms (benk_session_get_feeds (self->session)),
                         &now);
  text = benk_duty_roster_describe_role (
    roster, now.team,
    role ? (BenkDutyRole) adw_combo_row_get_selected (self->to_row) : now.owner);
  gtk_label_set_text (self->phone, role ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->phone), role);
}

static void
on_changed (BenkHandOverDialog *self)
{
  g_autoptr (BenkStaff) chosen = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *name = NULL;
  gboolean accepted;

  if (!self->session || !self->alarms)
    return;
  chosen = dup_chosen (self);
  ids = list_chosen (self);
  name = benk_entry_rows_get_text (self->name_row);
  accepted = gtk_switch_get_active (self->accepted_switch);
  gtk_widget_set_visible (GTK_WIDGET (self->name_row), !chosen);
  update_phone (self, !chosen);
  benk_sentence_show (self->problem, NULL);
  gtk_widget_set_sensitive (self->hand_button,
                            ids->len > 0 && (chosen || !accepted || *name));
}

static void
on_handed_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkHandOverDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!benk_alarms_hand_over_finish (BENK_ALARMS (source), result, &error))
    {
      on_changed (self);
      benk_sentence_show (self->problem, error->message);
      return;
    }
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s",
                                gtk_switch_get_active (self->accepted_switch)
                                  ? _ ("Handed over and accepted.")
                                  : _ ("Handed over. It is yours until it is accepted."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_hand_clicked (BenkHandOverDialog *self)
{
  g_autoptr (BenkStaff) chosen = dup_chosen (self);
  g_autoptr (GArray) ids = list_chosen (self);
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);
  const BenkHandOver how = {
    chosen ? BENK_DUTY_ROLE_NONE : (int) adw_combo_row_get_selected (self->to_row),
    chosen ? get_staff_name (chosen) : name,
    gtk_switch_get_active (self->accepted_switch),
  };

  gtk_widget_set_sensitive (self->hand_button, FALSE);
  benk_alarms_hand_over_async (benk_session_get_alarms (self->session),
                               (const BenkId *) (gpointer) ids->data, ids->len, &how,
                               NULL, on_handed_over, g_object_ref (self));
}

static void
benk_hand_over_dialog_dispose (GObject *object)
{
  BenkHandOverDialog *self = BENK_HAND_OVER_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->staff);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_hand_over_dialog_parent_class)->dispose (object);
}

static void
benk_hand_over_dialog_class_init (BenkHandOverDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_hand_over_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-hand-over-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, to_row);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog,
                                        accepted_switch);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, list);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkHandOverDialog, hand_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_hand_over_dialog_init (BenkHandOverDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The roles first, then those whose names the laptop knows. */
static void
fill_to (BenkHandOverDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    gtk_string_list_append (names, benk_duty_role_get_label ((BenkDutyRole) i));
  for (guint i = 0; self->staff && i < g_list_model_get_n_items (self->staff); i++)
    {
      g_autoptr (BenkStaff) staff = g_list_model_get_item (self->staff, i);

      gtk_string_list_append (names, get_staff_name (staff));
    }
  adw_combo_row_set_model (self->to_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->to_row, BENK_DUTY_ROLE_CHARGE_NURSE);
}

static void
on_staff (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkHandOverDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GListModel *staff =
    benk_session_list_staff_finish (BENK_SESSION (source), result, &error);

  if (!self->session || !staff)
    {
      if (self->session)
        benk_sentence_show (self->problem, error->message);
      g_clear_object (&staff);
      return;
    }
  self->staff = staff;
  fill_to (self);
  on_changed (self);
}

static void
add_alarm (BenkHandOverDialog *self, BenkAlarm *alarm, gboolean chosen)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *title = benk_wording_alarm (alarm);
  g_autofree char *subtitle =
    g_strjoin (" · ",
               benk_alarm_get_device_label (alarm) ? benk_alarm_get_device_label (alarm)
                                                   : _ ("Unknown device"),
               benk_alarm_get_team_name (alarm), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->list, row);
  g_ptr_array_add (self->checks, check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
}

static gboolean
is_wanted (const GPtrArray *wanted, BenkAlarm *alarm)
{
  for (guint i = 0; wanted && i < wanted->len; i++)
    if (benk_id_equal (benk_alarm_get_id (alarm), benk_alarm_get_id (wanted->pdata[i])))
      return TRUE;
  return FALSE;
}

static gboolean
is_offered (BenkHandOverDialog *self, BenkAlarm *alarm, const GPtrArray *wanted)
{
  BenkStaff *staff = benk_session_get_staff (self->session);

  return is_wanted (wanted, alarm) ||
         (staff && benk_alarm_is_with (alarm, benk_staff_get_initials (staff)));
}

static void
list_mine (BenkHandOverDialog *self, const GPtrArray *wanted)
{
  GListModel *queue = benk_alarms_get_queue (benk_session_get_alarms (self->session));

  self->alarms = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (queue, i);

      if (!is_offered (self, alarm, wanted))
        continue;
      g_ptr_array_add (self->alarms, g_object_ref (alarm));
      add_alarm (self, alarm, !wanted || is_wanted (wanted, alarm));
    }
}

/**
 * benk_hand_over_dialog_new_for_all:
 * @parent: the main window
 * @session: the open session
 * @alarms: (nullable) (element-type BenkAlarm): those that are meant; %NULL for all that
 *   one has
 *
 * Returns: (transfer none): a window that asks to whom alarms are handed over
 */
GtkWidget *
benk_hand_over_dialog_new_for_all (GtkWindow *parent,
                                   BenkSession *session,
                                   GPtrArray *alarms)
{
  BenkHandOverDialog *self =
    g_object_new (BENK_TYPE_HAND_OVER_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  fill_to (self);
  list_mine (self, alarms);
  on_changed (self);
  benk_session_list_staff_async (session, NULL, on_staff, g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->to_row));
  return GTK_WIDGET (self);
}

/**
 * benk_hand_over_dialog_new:
 * @parent: the main window
 * @session: the open session
 * @alarm: (nullable): the one that is meant; %NULL for all that one has
 *
 * Returns: (transfer none): a window that asks to whom alarms are handed over
 */
GtkWidget *
benk_hand_over_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm)
{
  g_autoptr (GPtrArray) alarms = g_ptr_array_new ();

  if (alarm)
    g_ptr_array_add (alarms, alarm);
  return benk_hand_over_dialog_new_for_all (parent, session, alarm ? alarms : NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duty-dialog.h"

#include <glib/gi18n.h>

#include "benk-duties.h"
#include "benk-duty-form.h"
#include "benk-duty-times.h"
#include "benk-entry-rows.h"
#include "benk-sentence.h"

struct _BenkDutyDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  BenkDutyForm *form;
  BenkDutyTeam *shown; /* as it was read */
  gboolean filling;

  AdwComboRow *team_row;
  AdwEntryRow *new_row;
  GtkSwitch *trial_switch;
  GtkWidget *trial_row;
  AdwPreferencesGroup *hours;
  AdwPreferencesGroup *roles;
  AdwPreferencesGroup *phones;
  AdwEntryRow *decided_row;
  GtkWidget *proposed;
  GtkWidget *common_button;
  BenkDutyTimes *times;
  GtkLabel *problem;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (BenkDutyDialog, benk_duty_dialog, ADW_TYPE_WINDOW)

static BenkDuties *
get_duties (BenkDutyDialog *self)
{
  return benk_session_get_duties (self->session);
}

/* The first choice is what holds for every team without rules of its own. */
static const BenkDutyTeam *
get_chosen (BenkDutyDialog *self)
{
  BenkDutyRoster *roster = benk_duties_get_roster (get_duties (self));
  guint selected = adw_combo_row_get_selected (self->team_row);

  return selected != GTK_INVALID_LIST_POSITION && selected > 0 &&
             selected <= roster->teams->len
           ? g_ptr_array_index (roster->teams, selected - 1)
           : roster->common;
}

static BenkDutyTeam *
read_form (BenkDutyDialog *self, GError **error)
{
  g_autoptr (BenkDutyTeam) team = benk_duty_team_copy (self->shown);

  team->own = TRUE;
  team->trial = !benk_id_is_nil (&team->id) && gtk_switch_get_active (self->trial_switch);
  g_free (team->decided_by);
  team->decided_by = benk_entry_rows_get_optional (self->decided_row);
  if (!benk_duty_form_read (self->form, team, error) ||
      !benk_duties_check_team (team, error))
    return NULL;
  return g_steal_pointer (&team);
}

static void
on_changed (BenkDutyDialog *self)
{
  g_autoptr (BenkDutyTeam) team = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->session || !self->shown || self->filling)
    return;
  team = read_form (self, &error);
  benk_sentence_show (self->problem, error ? error->message : NULL);
  gtk_widget_set_sensitive (self->save_button,
                            team && benk_session_get_staff (self->session));
}

static void
show_team (BenkDutyDialog *self)
{
  const BenkDutyTeam *team = get_chosen (self);
  gboolean common = benk_id_is_nil (&team->id);

  g_clear_pointer (&self->shown, benk_duty_team_free);
  self->shown = benk_duty_team_copy (team);
  self->filling = TRUE;
  benk_duty_form_show (self->form, team);
  gtk_switch_set_active (self->trial_switch, team->trial);
  gtk_editable_set_text (GTK_EDITABLE (self->decided_row),
                         team->decided_by ? team->decided_by : "");
  self->filling = FALSE;
  gtk_widget_set_visible (self->trial_row, !common);
  gtk_widget_set_visible (self->proposed, team->hours.proposed);
  gtk_widget_set_visible (self->common_button, !common && team->own);
  gtk_widget_set_sensitive (self->common_button,
                            benk_session_get_staff (self->session) != NULL);
  on_changed (self);
}

static void
on_team_selected (BenkDutyDialog *self)
{
  if (self->session && !self->filling)
    show_team (self);
}

static guint
find_position (BenkDutyRoster *roster, const BenkDutyTeam *shown)
{
  for (guint i = 0; shown && i < roster->teams->len; i++)
    if (benk_id_equal (&((BenkDutyTeam *) roster->teams->pdata[i])->id, &shown->id))
      return i + 1;
  return 0;
}

/* What is being typed stays where only another team has changed. */
static void
show_roster (BenkDutyDialog *self)
{
  BenkDutyRoster *roster = benk_duties_get_roster (get_duties (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = find_position (roster, self->shown);

  gtk_string_list_append (names, _ ("All other teams"));
  for (guint i = 0; i < roster->teams->len; i++)
    gtk_string_list_append (names, ((BenkDutyTeam *) roster->teams->pdata[i])->name);
  self->filling = TRUE;
  adw_combo_row_set_model (self->team_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->team_row, position);
  self->filling = FALSE;
  benk_duty_times_show (self->times, self->session, roster);
}

static void
on_duties_changed (BenkDutyDialog *self)
{
  show_roster (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDutyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!self->session)
    return;
  if (!benk_duties_change_finish (BENK_DUTIES (source), result, &error))
    {
      on_changed (self);
      benk_sentence_show (self->problem, error->message);
      return;
    }
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.tell", "s",
                                _ ("The duties are kept."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_save_clicked (BenkDutyDialog *self)
{
  g_autoptr (BenkDutyTeam) team = read_form (self, NULL);

  if (!team)
    return;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  benk_duties_set_team_async (get_duties (self), team, NULL, on_saved,
                              g_object_ref (self));
}

static void
on_common_clicked (BenkDutyDialog *self)
{
  g_autoptr (BenkDutyTeam) team = benk_duty_team_copy (self->shown);

  team->own = FALSE;
  benk_duties_set_team_async (get_duties (self), team, NULL, on_saved,
                              g_object_ref (self));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDutyDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!self->session)
    return;
  if (!benk_duties_change_finish (BENK_DUTIES (source), result, &error))
    benk_sentence_show (self->problem, error->message);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->new_row), "");
}

static void
on_new_applied (BenkDutyDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_text (self->new_row);

  benk_duties_add_team_async (get_duties (self), name, NULL, on_added,
                              g_object_ref (self));
}

static void
benk_duty_dialog_dispose (GObject *object)
{
  BenkDutyDialog *self = BENK_DUTY_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->form, benk_duty_form_free);
  g_clear_pointer (&self->shown, benk_duty_team_free);
  G_OBJECT_CLASS (benk_duty_dialog_parent_class)->dispose (object);
}

static void
benk_duty_dialog_class_init (BenkDutyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_duty_dialog_dispose;
  g_type_ensure (BENK_TYPE_DUTY_TIMES);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-duty-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, team_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, new_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, trial_switch);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, trial_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, hours);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, roles);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, phones);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, decided_row);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, proposed);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, common_button);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, times);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkDutyDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_team_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_new_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_common_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_duty_dialog_init (BenkDutyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = benk_duty_form_new (self->hours, self->roles, self->phones,
                                   G_CALLBACK (on_changed), self);
}

/**
 * benk_duty_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window with the duties of each team
 */
GtkWidget *
benk_duty_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkDutyDialog *self =
    g_object_new (BENK_TYPE_DUTY_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_row),
                            benk_session_get_staff (session) != NULL);
  g_signal_connect_object (get_duties (self), "changed", G_CALLBACK (on_duties_changed),
                           self, G_CONNECT_SWAPPED);
  show_roster (self);
  show_team (self);
  return GTK_WIDGET (self);
}

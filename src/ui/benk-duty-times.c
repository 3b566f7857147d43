/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duty-times.h"

#include <glib/gi18n.h>

#include "benk-alarms-wait.h"
#include "benk-duties.h"
#include "benk-duty-form.h"
#include "benk-entry-rows.h"
#include "benk-rows.h"
#include "benk-sentence.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

struct _BenkDutyTimes
{
  AdwPreferencesGroup parent_instance;

  BenkSession *session;
  BenkDutyRoster *roster;
  GPtrArray *rows;

  AdwExpanderRow *new_row;
  AdwComboRow *team_row;
  GtkWidget *from_row;
  GtkWidget *to_row;
  AdwComboRow *covering_row;
  AdwComboRow *owner_row;
  AdwComboRow *supporter_row;
  GtkLabel *problem;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (BenkDutyTimes, benk_duty_times, ADW_TYPE_PREFERENCES_GROUP)

static BenkDuties *
get_duties (BenkDutyTimes *self)
{
  return benk_session_get_duties (self->session);
}

static BenkId
get_team (BenkDutyTimes *self, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected != GTK_INVALID_LIST_POSITION && selected > 0 &&
             selected <= self->roster->teams->len
           ? ((BenkDutyTeam *) self->roster->teams->pdata[selected - 1])->id
           : BENK_ID_NIL;
}

static int
get_role (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected == GTK_INVALID_LIST_POSITION ? BENK_DUTY_ROLE_NONE : (int) selected - 1;
}

/* "2026-12-24", or "2026-12-24 07:30"; a last day without a time is meant whole. */
static gboolean
read_instant (GtkWidget *row, gboolean last, gint64 *ms, GError **error)
{
  g_autofree char *text = benk_entry_rows_get_text (row);
  g_auto (GStrv) parts = g_strsplit (text, " ", 2);
  GDate day;

  if (parts[0] && parts[1])
    return benk_alarms_parse_until (parts[0], g_strstrip (parts[1]), ms, error);
  if (last && benk_date_parse (text, &day))
    {
      g_date_add_days (&day, 1);
      *ms = benk_local_minute_to_ms (BENK_DISTRICT_ZONE, &day, 0);
      return TRUE;
    }
  return benk_alarms_parse_until (text, "00:00", ms, error);
}

static gboolean
read_new (BenkDutyTimes *self, BenkDutyOverride *there, GError **error)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));

  *there = (BenkDutyOverride){ .team = get_team (self, self->team_row),
                               .covering = get_team (self, self->covering_row),
                               .owner = get_role (self->owner_row),
                               .supporter = get_role (self->supporter_row) };
  return read_instant (self->from_row, FALSE, &there->from_ms, error) &&
         read_instant (self->to_row, TRUE, &there->to_ms, error) &&
         benk_duties_check_override (there, now_ms, error);
}

static void
on_changed (BenkDutyTimes *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  BenkDutyOverride there;
  gboolean complete;

  if (!self->session || !self->add_button)
    return;
  from = benk_entry_rows_get_text (self->from_row);
  to = benk_entry_rows_get_text (self->to_row);
  complete = read_new (self, &there, &error);
  benk_sentence_show (self->problem, error && *from && *to ? error->message : NULL);
  gtk_widget_set_sensitive (self->add_button,
                            complete && benk_session_get_staff (self->session));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDutyTimes) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_duties_change_finish (BENK_DUTIES (source), result, &error))
    {
      benk_sentence_show (self->problem, error->message);
      return;
    }
  adw_expander_row_set_expanded (self->new_row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->from_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->to_row), "");
}

static void
on_add_clicked (BenkDutyTimes *self)
{
  BenkDutyOverride there;

  if (!read_new (self, &there, NULL))
    return;
  gtk_widget_set_sensitive (self->add_button, FALSE);
  benk_duties_add_override_async (get_duties (self), &there, NULL, on_done,
                                  g_object_ref (self));
}

static void
on_end_clicked (GtkWidget *button, BenkDutyTimes *self)
{
  const BenkId *id = g_object_get_data (G_OBJECT (button), "benk-id");

  gtk_widget_set_sensitive (button, FALSE);
  benk_duties_end_override_async (get_duties (self), id, NULL, on_done,
                                  g_object_ref (self));
}

static void
add_override (BenkDutyTimes *self, const BenkDutyOverride *there, gint64 now_ms)
{
  g_autofree char *words = benk_duty_override_describe (there, now_ms);
  GtkWidget *row = benk_rows_add (ADW_PREFERENCES_GROUP (self), self->rows, words, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Take Back"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, benk_session_get_staff (self->session) != NULL);
  g_object_set_data_full (G_OBJECT (button), "benk-id", benk_id_copy (&there->id),
                          (GDestroyNotify) benk_id_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_end_clicked), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
fill_teams (BenkDutyTimes *self, AdwComboRow *row, const char *first)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (row);

  gtk_string_list_append (names, first);
  for (guint i = 0; i < self->roster->teams->len; i++)
    gtk_string_list_append (names,
                            ((BenkDutyTeam *) self->roster->teams->pdata[i])->name);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  if (selected <= self->roster->teams->len)
    adw_combo_row_set_selected (row, selected);
}

/**
 * benk_duty_times_show:
 * @self: the group
 * @session: the open session
 * @roster: the duties
 *
 * Shows what is another than usual from now on.
 */
void
benk_duty_times_show (BenkDutyTimes *self, BenkSession *session, BenkDutyRoster *roster)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));

  g_return_if_fail (BENK_IS_DUTY_TIMES (self));
  g_set_object (&self->session, session);
  benk_duty_roster_ref (roster);
  g_clear_pointer (&self->roster, benk_duty_roster_unref);
  self->roster = roster;
  benk_rows_clear (ADW_PREFERENCES_GROUP (self), self->rows);
  for (guint i = 0; i < roster->overrides->len; i++)
    {
      const BenkDutyOverride *there = g_ptr_array_index (roster->overrides, i);

      if (!there->ended && there->to_ms > now_ms)
        add_override (self, there, now_ms);
    }
  fill_teams (self, self->team_row, _ ("Every team"));
  fill_teams (self, self->covering_row, _ ("Nobody else"));
  on_changed (self);
}

static void
benk_duty_times_dispose (GObject *object)
{
  BenkDutyTimes *self = BENK_DUTY_TIMES (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->roster, benk_duty_roster_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_duty_times_parent_class)->dispose (object);
}

static void
benk_duty_times_class_init (BenkDutyTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_duty_times_dispose;
}

static AdwComboRow *
add_combo (BenkDutyTimes *self, const char *title, GListModel *choices)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (choices)
    adw_combo_row_set_model (ADW_COMBO_ROW (row), choices);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_changed), self);
  adw_expander_row_add_row (self->new_row, row);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
add_entry (BenkDutyTimes *self, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  adw_expander_row_add_row (self->new_row, row);
  return row;
}

static void
add_end (BenkDutyTimes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *problem = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_widget_set_hexpand (problem, TRUE);
  gtk_widget_set_visible (problem, FALSE);
  gtk_widget_add_css_class (problem, "error");
  self->problem = GTK_LABEL (problem);
  self->add_button = gtk_button_new_with_mnemonic (_ ("_Add"));
  gtk_widget_set_halign (self->add_button, GTK_ALIGN_END);
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (on_add_clicked),
                            self);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_box_append (GTK_BOX (box), problem);
  gtk_box_append (GTK_BOX (box), self->add_button);
  adw_expander_row_add_row (self->new_row, box);
}

static void
benk_duty_times_init (BenkDutyTimes *self)
{
  g_autoptr (GListModel) roles = benk_duty_form_list_roles (_ ("As usual"));

  self->rows = g_ptr_array_new ();
  self->new_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->new_row),
                                 _ ("Add Something Else for a Time"));
  self->team_row = add_combo (self, _ ("Team"), NULL);
  self->from_row = add_entry (self, _ ("From: day, or day and time"));
  self->to_row = add_entry (self, _ ("To: last day, or day and time"));
  self->covering_row = add_combo (self, _ ("Covered by"), NULL);
  self->owner_row = add_combo (self, _ ("Owns the alarms"), roles);
  self->supporter_row = add_combo (self, _ ("Supports"), roles);
  add_end (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->new_row));
}

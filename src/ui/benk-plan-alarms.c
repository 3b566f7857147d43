/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-alarms.h"

#include <glib/gi18n.h>

#include "benk-plan-proposal.h"

#define N_CONDITIONS BENK_ALARM_CONDITION_CLOCK_UNSET

struct _BenkPlanAlarms
{
  GtkGrid parent_instance;

  BenkPlanDraft *draft;
  GtkWidget *switches[N_CONDITIONS];
  GtkWidget *delays[N_CONDITIONS];
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BenkPlanAlarms, benk_plan_alarms, GTK_TYPE_GRID)

static BenkAlarmCondition
get_condition (guint i)
{
  return (BenkAlarmCondition) (BENK_ALARM_CONDITION_MISSED + (int) i);
}

static void
update (BenkPlanAlarms *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);

  self->updating = TRUE;
  for (guint i = 0; i < N_CONDITIONS; i++)
    {
      const BenkAlarmRule *rule = benk_plan_find_rule (plan, get_condition (i));

      gtk_switch_set_active (GTK_SWITCH (self->switches[i]), rule != NULL);
      gtk_widget_set_sensitive (self->delays[i], rule != NULL);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->delays[i]),
                                 rule ? rule->delay_min
                                      : benk_plan_propose_delay (get_condition (i)));
    }
  self->updating = FALSE;
}

static void
on_changed (BenkPlanAlarms *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < N_CONDITIONS; i++)
    {
      gboolean on = gtk_switch_get_active (GTK_SWITCH (self->switches[i]));
      int delay = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->delays[i]));

      benk_plan_draft_set_rule (self->draft, get_condition (i), on, (guint) delay);
    }
}

static gboolean
benk_plan_alarms_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BENK_PLAN_ALARMS (widget)->switches[0]);
}

static void
benk_plan_alarms_dispose (GObject *object)
{
  g_clear_object (&BENK_PLAN_ALARMS (object)->draft);
  G_OBJECT_CLASS (benk_plan_alarms_parent_class)->dispose (object);
}

static void
benk_plan_alarms_class_init (BenkPlanAlarmsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_plan_alarms_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = benk_plan_alarms_grab_focus;
}

static void
add_row (BenkPlanAlarms *self, guint i)
{
  const char *label = benk_alarm_condition_get_label (get_condition (i));
  g_autofree char *delay_name =
    g_strdup_printf (_ ("%s: minutes until the alarm"), label);
  GtkWidget *words = gtk_label_new (label);
  GtkWidget *minutes = gtk_label_new (_ ("min"));

  self->switches[i] = gtk_switch_new ();
  gtk_widget_set_valign (self->switches[i], GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switches[i]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->delays[i] = gtk_spin_button_new_with_range (0, 1440, 5);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->delays[i]), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->delays[i]), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->delays[i]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, delay_name, -1);
  gtk_widget_set_tooltip_text (self->delays[i], delay_name);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (GTK_GRID (self), self->switches[i], 0, (int) i, 1, 1);
  gtk_grid_attach (GTK_GRID (self), words, 1, (int) i, 1, 1);
  gtk_grid_attach (GTK_GRID (self), self->delays[i], 2, (int) i, 1, 1);
  gtk_grid_attach (GTK_GRID (self), minutes, 3, (int) i, 1, 1);
  g_signal_connect_swapped (self->switches[i], "notify::active", G_CALLBACK (on_changed),
                            self);
  g_signal_connect_swapped (self->delays[i], "value-changed", G_CALLBACK (on_changed),
                            self);
}

static void
benk_plan_alarms_init (BenkPlanAlarms *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 6);
  gtk_grid_set_row_spacing (GTK_GRID (self), 2);
  for (guint i = 0; i < N_CONDITIONS; i++)
    add_row (self, i);
}

/**
 * benk_plan_alarms_set_draft:
 * @self: the alarms
 * @draft: what they show and change; once
 */
void
benk_plan_alarms_set_draft (BenkPlanAlarms *self, BenkPlanDraft *draft)
{
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-dose-bar.h"

#include <glib/gi18n.h>

#include "benk-plan-words.h"

struct _BenkPlanDoseBar
{
  GtkBox parent_instance;

  BenkPlanStrip *strip;
  BenkPlanDraft *draft;
  GtkWidget *time;
  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *days[7];
  GtkWidget *alarm;
  GtkWidget *remove;
  GtkWidget *add;
  GtkWidget *fields; /* all that is about the selected one */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BenkPlanDoseBar, benk_plan_dose_bar, GTK_TYPE_BOX)

static gboolean
get_dose (BenkPlanDoseBar *self, guint *i, BenkDoseTime *dose)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  int selected = benk_plan_strip_get_selected (self->strip);

  if (selected < 0 || selected >= (int) benk_plan_get_n_doses (plan))
    return FALSE;
  *i = (guint) selected;
  *dose = *benk_plan_get_dose (plan, *i);
  return TRUE;
}

static void
set_dose (BenkPlanDoseBar *self, guint i, const BenkDoseTime *dose, const char *what)
{
  guint at = benk_plan_draft_set_dose (self->draft, i, dose, what);

  benk_plan_strip_select (self->strip, (int) at, FALSE);
}

static void
show_time (BenkPlanDoseBar *self, const BenkDoseTime *dose)
{
  g_autofree char *time = benk_plan_describe_minute (dose->minute);

  gtk_widget_remove_css_class (self->time, "error");
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->time)), time) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->time), time);
}

static void
update (BenkPlanDoseBar *self)
{
  gboolean locked =
    benk_plan_get_times_from_roll (benk_plan_draft_get_plan (self->draft));
  BenkDoseTime dose;
  guint i;
  gboolean there = get_dose (self, &i, &dose);

  gtk_widget_set_sensitive (self->fields, there && !locked);
  gtk_widget_set_sensitive (self->add, !locked);
  gtk_widget_set_sensitive (self->remove, there && !locked);
  if (!there)
    return;
  self->updating = TRUE;
  show_time (self, &dose);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->before), dose.before_min);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->after), dose.after_min);
  for (guint day = 0; day < G_N_ELEMENTS (self->days); day++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[day]),
                                  (dose.weekdays & 1u << day) != 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->alarm), dose.alarm);
  self->updating = FALSE;
}

/* What is no time stays to be mended while one types, and goes when one leaves. */
static void
take_time (BenkPlanDoseBar *self, gboolean leaving)
{
  BenkDoseTime dose;
  guint i;

  if (self->updating || !get_dose (self, &i, &dose))
    return;
  if (benk_plan_parse_minute (gtk_editable_get_text (GTK_EDITABLE (self->time)),
                              &dose.minute))
    set_dose (self, i, &dose, NULL);
  else if (!leaving)
    {
      gtk_widget_add_css_class (self->time, "error");
      gtk_widget_error_bell (self->time);
      return;
    }
  update (self);
}

static void
on_time_activated (BenkPlanDoseBar *self)
{
  take_time (self, FALSE);
}

static void
on_time_left (BenkPlanDoseBar *self)
{
  take_time (self, TRUE);
}

static void
on_window_changed (BenkPlanDoseBar *self)
{
  BenkDoseTime dose;
  guint i;

  if (self->updating || !get_dose (self, &i, &dose))
    return;
  dose.before_min =
    (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->before));
  dose.after_min =
    (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->after));
  set_dose (self, i, &dose, "window");
}

static void
on_toggled (BenkPlanDoseBar *self)
{
  BenkDoseTime dose;
  guint i;

  if (self->updating || !get_dose (self, &i, &dose))
    return;
  dose.weekdays = 0;
  for (guint day = 0; day < G_N_ELEMENTS (self->days); day++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[day])))
      dose.weekdays |= 1u << day;
  dose.alarm = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->alarm));
  set_dose (self, i, &dose, NULL);
}

static void
on_add (BenkPlanDoseBar *self)
{
  benk_plan_strip_add (self->strip);
  benk_plan_dose_bar_edit (self);
}

static void
on_remove (BenkPlanDoseBar *self)
{
  benk_plan_strip_remove (self->strip);
}

static void
benk_plan_dose_bar_dispose (GObject *object)
{
  BenkPlanDoseBar *self = BENK_PLAN_DOSE_BAR (object);

  g_clear_object (&self->strip);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (benk_plan_dose_bar_parent_class)->dispose (object);
}

static void
benk_plan_dose_bar_class_init (BenkPlanDoseBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_plan_dose_bar_dispose;
}

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static GtkWidget *
add_spin (BenkPlanDoseBar *self, const char *label, const char *name)
{
  GtkWidget *words = gtk_label_new (label);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 720, 5);

  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 3);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 3);
  name_widget (spin, name);
  gtk_box_append (GTK_BOX (self->fields), words);
  gtk_box_append (GTK_BOX (self->fields), spin);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (on_window_changed), self);
  return spin;
}

static void
add_days (BenkPlanDoseBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (guint day = 0; day < G_N_ELEMENTS (self->days); day++)
    {
      GtkWidget *button =
        gtk_toggle_button_new_with_label (benk_plan_get_weekday_label (day));

      gtk_widget_add_css_class (button, "plan-day");
      name_widget (button, benk_plan_get_weekday_name (day));
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (GTK_BOX (box), button);
      self->days[day] = button;
    }
  gtk_box_append (GTK_BOX (self->fields), box);
}

static void
add_time (BenkPlanDoseBar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->time = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->time), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->time), 5);
  gtk_widget_add_css_class (self->time, "numeric");
  name_widget (self->time, _ ("Dose time"));
  g_signal_connect_swapped (self->time, "activate", G_CALLBACK (on_time_activated), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_time_left), self);
  gtk_widget_add_controller (self->time, focus);
  gtk_box_append (GTK_BOX (self->fields), self->time);
}

static GtkWidget *
make_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  name_widget (button, name);
  return button;
}

static void
benk_plan_dose_bar_init (BenkPlanDoseBar *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (self->fields, TRUE);
  add_time (self);
  self->before = add_spin (self, _ ("min before"), _ ("Minutes before the dose time"));
  self->after = add_spin (self, _ ("min after"), _ ("Minutes after the dose time"));
  gtk_box_reorder_child_after (GTK_BOX (self->fields), self->before, self->time);
  gtk_box_reorder_child_after (GTK_BOX (self->fields), self->after,
                               gtk_widget_get_next_sibling (self->before));
  add_days (self);
  self->alarm = gtk_check_button_new_with_label (_ ("Alarm"));
  name_widget (self->alarm, _ ("Raise an alarm when this dose is missed"));
  g_signal_connect_swapped (self->alarm, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self->fields), self->alarm);
  gtk_box_append (GTK_BOX (self), self->fields);
  self->remove =
    make_button ("user-trash-symbolic", _ ("Remove this dose time (Delete)"));
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (self), self->remove);
  self->add = make_button ("list-add-symbolic", _ ("Add a dose time (Insert)"));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  gtk_box_append (GTK_BOX (self), self->add);
}

/**
 * benk_plan_dose_bar_set_strip:
 * @self: the fields
 * @strip: whose selected dose time they show
 * @draft: what they change; once
 */
void
benk_plan_dose_bar_set_strip (BenkPlanDoseBar *self,
                              BenkPlanStrip *strip,
                              BenkPlanDraft *draft)
{
  self->strip = g_object_ref (strip);
  self->draft = g_object_ref (draft);
  g_signal_connect_object (strip, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strip, "edit", G_CALLBACK (benk_plan_dose_bar_edit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * benk_plan_dose_bar_edit:
 * @self: the fields
 *
 * Lets one type the time.
 */
void
benk_plan_dose_bar_edit (BenkPlanDoseBar *self)
{
  gtk_widget_grab_focus (self->time);
}

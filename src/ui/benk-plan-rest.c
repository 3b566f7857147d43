/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-rest.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"

#define ZONE "Europe/Oslo"
#define VOLUME_TO_BEGIN_WITH 50

struct _BenkPlanRest
{
  GtkGrid parent_instance;

  BenkPlanDraft *draft;
  GtkWidget *language;
  GtkWidget *set_volume;
  GtkWidget *volume;
  GtkWidget *zone;
  GtkWidget *valid_from;
  GtkWidget *calendar;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BenkPlanRest, benk_plan_rest, GTK_TYPE_GRID)

static void
show_text (GtkWidget *entry, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
}

static void
update (BenkPlanRest *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  int volume = benk_plan_get_volume (plan);

  self->updating = TRUE;
  show_text (self->language, benk_plan_get_language (plan));
  show_text (self->zone, benk_plan_get_zone (plan));
  show_text (self->valid_from, benk_plan_get_valid_from (plan));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->set_volume), volume >= 0);
  gtk_widget_set_sensitive (self->volume, volume >= 0);
  if (volume >= 0)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->volume), volume);
  self->updating = FALSE;
}

static void
on_changed (BenkPlanRest *self)
{
  g_autofree char *language = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *valid_from = NULL;
  BenkPlan *plan;

  if (self->updating)
    return;
  language = benk_entry_rows_get_optional (self->language);
  zone = benk_entry_rows_get_optional (self->zone);
  valid_from = benk_entry_rows_get_optional (self->valid_from);
  plan = benk_plan_copy (benk_plan_draft_get_plan (self->draft));
  benk_plan_set_language (plan, language);
  benk_plan_set_zone (plan, zone);
  benk_plan_set_valid_from (plan, valid_from);
  benk_plan_set_volume (plan,
                        gtk_check_button_get_active (GTK_CHECK_BUTTON (self->set_volume))
                          ? gtk_spin_button_get_value_as_int (
                              GTK_SPIN_BUTTON (self->volume))
                          : -1);
  benk_plan_draft_take (self->draft, plan, "rest");
}

static void
on_day_selected (BenkPlanRest *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->valid_from), text);
}

static void
benk_plan_rest_dispose (GObject *object)
{
  g_clear_object (&BENK_PLAN_REST (object)->draft);
  G_OBJECT_CLASS (benk_plan_rest_parent_class)->dispose (object);
}

static void
benk_plan_rest_class_init (BenkPlanRestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_plan_rest_dispose;
}

static void
add_row (BenkPlanRest *self, int at, const char *label, GtkWidget *widget)
{
  GtkWidget *words = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_grid_attach (GTK_GRID (self), words, 0, at, 1, 1);
  gtk_grid_attach (GTK_GRID (self), widget, 1, at, 1, 1);
}

static GtkWidget *
add_entry (BenkPlanRest *self, int at, const char *label, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 16);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), self);
  add_row (self, at, label, entry);
  return entry;
}

static void
add_volume (BenkPlanRest *self, int at)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->set_volume = gtk_check_button_new_with_label (_ ("Set to"));
  self->volume = gtk_spin_button_new_with_range (0, 100, 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->volume), VOLUME_TO_BEGIN_WITH);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->volume), 3);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->volume), 3);
  gtk_widget_set_tooltip_text (self->set_volume,
                               _ ("Left as it is when this is not ticked"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->set_volume),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Set the volume"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->volume),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Volume in percent"),
                                  -1);
  g_signal_connect_swapped (self->set_volume, "toggled", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->volume, "value-changed", G_CALLBACK (on_changed), self);
  gtk_box_append (GTK_BOX (box), self->set_volume);
  gtk_box_append (GTK_BOX (box), self->volume);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("%"));
  add_row (self, at, _ ("Volume"), box);
}

static void
add_calendar (BenkPlanRest *self, int at)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = gtk_calendar_new ();
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (on_day_selected),
                            self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose the first day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the first day"), -1);
  gtk_grid_attach (GTK_GRID (self), button, 2, at, 1, 1);
}

static void
benk_plan_rest_init (BenkPlanRest *self)
{
  GtkWidget *hint = gtk_label_new (
    _ ("Which languages a dispenser has is not known here. What is set is read back."));

  gtk_grid_set_column_spacing (GTK_GRID (self), 6);
  gtk_grid_set_row_spacing (GTK_GRID (self), 4);
  self->language = add_entry (self, 0, _ ("Language"), _ ("left as it is"));
  gtk_widget_set_tooltip_text (self->language,
                               _ ("A language tag such as nb, nn, se or en"));
  add_volume (self, 1);
  self->zone = add_entry (self, 2, _ ("Time zone"), ZONE);
  self->valid_from = add_entry (self, 3, _ ("Valid from"), _ ("at once"));
  gtk_widget_set_tooltip_text (self->valid_from,
                               _ (
                                 "The first day, such as 2026-12-01; empty for at once"));
  add_calendar (self, 3);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 26);
  gtk_widget_add_css_class (hint, "caption");
  gtk_grid_attach (GTK_GRID (self), hint, 0, 4, 3, 1);
}

/**
 * benk_plan_rest_set_draft:
 * @self: the fields
 * @draft: what they show and change; once
 */
void
benk_plan_rest_set_draft (BenkPlanRest *self, BenkPlanDraft *draft)
{
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * benk_plan_rest_edit:
 * @self: the fields
 * @field: which one to go to
 */
void
benk_plan_rest_edit (BenkPlanRest *self, BenkPlanField field)
{
  GtkWidget *widgets[BENK_N_PLAN_FIELDS] = {
    [BENK_PLAN_FIELD_LANGUAGE] = self->language,
    [BENK_PLAN_FIELD_VOLUME] = self->volume,
    [BENK_PLAN_FIELD_ZONE] = self->zone,
    [BENK_PLAN_FIELD_VALID_FROM] = self->valid_from,
  };

  if (widgets[field])
    gtk_widget_grab_focus (widgets[field]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-handle.h"

#include "benk-plan-words.h"

#define BAND_HEIGHT 9

struct _BenkPlanHandle
{
  GtkWidget parent_instance;

  GtkWidget *band;
  GtkWidget *knob;
  int band_x;
  int band_width;
  int knob_x;
};

G_DEFINE_FINAL_TYPE (BenkPlanHandle, benk_plan_handle, GTK_TYPE_WIDGET)

static void
benk_plan_handle_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  BenkPlanHandle *self = BENK_PLAN_HANDLE (widget);

  gtk_widget_measure (self->knob, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += BAND_HEIGHT + 1;
      *natural += BAND_HEIGHT + 1;
    }
}

static void
benk_plan_handle_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BenkPlanHandle *self = BENK_PLAN_HANDLE (widget);
  GtkAllocation band = { self->band_x, height - BAND_HEIGHT, MAX (self->band_width, 1),
                         BAND_HEIGHT };
  GtkAllocation knob = { self->knob_x, 0, benk_plan_handle_get_knob_width (self),
                         height - BAND_HEIGHT - 1 };

  gtk_widget_size_allocate (self->band, &band, -1);
  gtk_widget_size_allocate (self->knob, &knob, -1);
}

static void
benk_plan_handle_dispose (GObject *object)
{
  BenkPlanHandle *self = BENK_PLAN_HANDLE (object);

  g_clear_pointer (&self->band, gtk_widget_unparent);
  g_clear_pointer (&self->knob, gtk_widget_unparent);
  G_OBJECT_CLASS (benk_plan_handle_parent_class)->dispose (object);
}

static void
benk_plan_handle_class_init (BenkPlanHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_plan_handle_dispose;
  widget_class->measure = benk_plan_handle_measure;
  widget_class->size_allocate = benk_plan_handle_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "plan-dose");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
benk_plan_handle_init (BenkPlanHandle *self)
{
  self->band = adw_bin_new ();
  gtk_widget_add_css_class (self->band, "plan-band");
  gtk_widget_set_parent (self->band, GTK_WIDGET (self));
  self->knob = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->knob, "plan-knob");
  gtk_widget_set_parent (self->knob, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
}

/* benk_plan_handle_new: Returns: (transfer floating): a handle without a dose time */
GtkWidget *
benk_plan_handle_new (void)
{
  return g_object_new (BENK_TYPE_PLAN_HANDLE, NULL);
}

/**
 * benk_plan_handle_set_dose:
 * @self: a handle
 * @dose: what it shows and says
 */
void
benk_plan_handle_set_dose (BenkPlanHandle *self, const BenkDoseTime *dose)
{
  g_autofree char *time = benk_plan_describe_minute (dose->minute);
  g_autofree char *words = benk_plan_describe_dose (dose);
  g_autofree char *days = benk_plan_describe_weekdays (dose->weekdays);
  g_autofree char *text = dose->weekdays == BENK_WEEKDAYS_ALL
                            ? g_strdup (time)
                            : g_strdup_printf ("%s %s", time, days);

  gtk_label_set_text (GTK_LABEL (self->knob), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  if (dose->alarm)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "silent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "silent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1439.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) dose->minute,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, time, -1);
}

/**
 * benk_plan_handle_set_selected:
 * @self: a handle
 * @selected: whether its fields are shown below the strip
 */
void
benk_plan_handle_set_selected (BenkPlanHandle *self, gboolean selected)
{
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
}

/** benk_plan_handle_get_knob_width: Returns: how wide the time is, in pixels */
int
benk_plan_handle_get_knob_width (BenkPlanHandle *self)
{
  int natural;

  gtk_widget_measure (self->knob, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                      NULL);
  return natural;
}

/**
 * benk_plan_handle_place:
 * @self: a handle
 * @band_x: left end of the window
 * @band_width: its width
 * @knob_x: left end of the time
 *
 * Says where its parts stand when it is allocated next, in pixels of its own.
 */
void
benk_plan_handle_place (BenkPlanHandle *self, int band_x, int band_width, int knob_x)
{
  self->band_x = band_x;
  self->band_width = band_width;
  self->knob_x = knob_x;
}

/** benk_plan_handle_is_on_knob: Returns: whether a point is on the time, not below it */
gboolean
benk_plan_handle_is_on_knob (BenkPlanHandle *self, double x, double y)
{
  return y < gtk_widget_get_height (GTK_WIDGET (self)) - BAND_HEIGHT &&
         x >= self->knob_x && x < self->knob_x + benk_plan_handle_get_knob_width (self);
}

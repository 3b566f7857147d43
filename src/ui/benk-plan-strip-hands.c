/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-strip-private.h"

#define SNAP_MIN 5
#define FINE_MIN 1
#define FAR_MIN 60

/* Pointer and keys of the strip. Shift is finer: a minute instead of five. */

static int
snap (int minute, GdkModifierType state)
{
  int step = (state & GDK_SHIFT_MASK) != 0 ? FINE_MIN : SNAP_MIN;

  return (minute + step / 2) / step * step;
}

static void
set_dose (BenkPlanStrip *self, int *i, const BenkDoseTime *dose, const char *what)
{
  *i = (int) benk_plan_draft_set_dose (benk_plan_strip_get_draft (self), (guint) *i, dose,
                                       what);
  benk_plan_strip_select (self, *i, TRUE);
}

static BenkPlanDragPart
find_part (BenkPlanStrip *self,
           BenkPlanHandle *handle,
           double x,
           double y,
           const BenkDoseTime *dose)
{
  int from_time = benk_plan_strip_get_minute (self, x) - (int) dose->minute;
  double handle_x, handle_y;

  gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (handle), x, y,
                                    &handle_x, &handle_y);
  if (benk_plan_handle_is_on_knob (handle, handle_x, handle_y))
    return BENK_PLAN_DRAG_TIME;
  /* The end of the window that is nearer. */
  return 2 * from_time < (int) dose->after_min - (int) dose->before_min
           ? BENK_PLAN_DRAG_BEFORE
           : BENK_PLAN_DRAG_AFTER;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, BenkPlanStrip *self)
{
  BenkPlanDrag *drag = benk_plan_strip_get_drag (self);
  BenkPlanHandle *handle = benk_plan_strip_find_handle (self, x, y, &drag->i);

  drag->part = BENK_PLAN_DRAG_NONE;
  if (!handle)
    return;
  drag->dose =
    *benk_plan_get_dose (benk_plan_draft_get_plan (benk_plan_strip_get_draft (self)),
                         (guint) drag->i);
  drag->part = find_part (self, handle, x, y, &drag->dose);
  drag->start_x = x;
  benk_plan_strip_select (self, drag->i, TRUE);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, BenkPlanStrip *self)
{
  BenkPlanDrag *drag = benk_plan_strip_get_drag (self);
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  BenkDoseTime dose = drag->dose;
  int at = (int) dose.minute;
  int moved;

  /* What is held may have been removed, or undone, by a key. */
  if (drag->part == BENK_PLAN_DRAG_NONE ||
      drag->i >= (int) benk_plan_get_n_doses (
                   benk_plan_draft_get_plan (benk_plan_strip_get_draft (self))))
    return;
  moved = benk_plan_strip_get_minute (self, drag->start_x + dx) -
          benk_plan_strip_get_minute (self, drag->start_x);
  if (drag->part == BENK_PLAN_DRAG_TIME)
    dose.minute = (guint) CLAMP (snap (CLAMP (at + moved, 0, 1439), state), 0, 1439);
  else if (drag->part == BENK_PLAN_DRAG_BEFORE)
    dose.before_min = (guint) CLAMP (
      snap (CLAMP ((int) dose.before_min - moved, 0, BENK_PLAN_MAX_WINDOW_MIN), state), 0,
      BENK_PLAN_MAX_WINDOW_MIN);
  else
    dose.after_min = (guint) CLAMP (
      snap (CLAMP ((int) dose.after_min + moved, 0, BENK_PLAN_MAX_WINDOW_MIN), state), 0,
      BENK_PLAN_MAX_WINDOW_MIN);
  set_dose (self, &drag->i, &dose, "drag");
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, BenkPlanStrip *self)
{
  benk_plan_strip_get_drag (self)->part = BENK_PLAN_DRAG_NONE;
  benk_plan_draft_end_run (benk_plan_strip_get_draft (self));
}

static void
on_pressed (
  GtkGestureClick *gesture, int n_press, double x, double y, BenkPlanStrip *self)
{
  BenkPlanDraft *draft = benk_plan_strip_get_draft (self);
  int i;

  if (n_press != 2 || benk_plan_strip_is_locked (self))
    return;
  if (benk_plan_strip_find_handle (self, x, y, &i))
    benk_plan_strip_edit (self);
  else if (benk_plan_get_n_doses (benk_plan_draft_get_plan (draft)) < BENK_PLAN_MAX_DOSES)
    benk_plan_strip_select (
      self,
      (int) benk_plan_draft_add_dose (
        draft,
        (guint) CLAMP (snap (CLAMP (benk_plan_strip_get_minute (self, x), 0, 1439), 0), 0,
                       1435)),
      TRUE);
}

/* --- keys --- */

static void
move_time (BenkPlanStrip *self, int by)
{
  BenkPlanDraft *draft = benk_plan_strip_get_draft (self);
  int i = benk_plan_strip_get_selected (self);
  BenkDoseTime dose = *benk_plan_get_dose (benk_plan_draft_get_plan (draft), (guint) i);

  dose.minute = (guint) CLAMP ((int) dose.minute + by, 0, 1439);
  set_dose (self, &i, &dose, "move");
}

static void
change_window (BenkPlanStrip *self, int before, int after)
{
  BenkPlanDraft *draft = benk_plan_strip_get_draft (self);
  int i = benk_plan_strip_get_selected (self);
  BenkDoseTime dose = *benk_plan_get_dose (benk_plan_draft_get_plan (draft), (guint) i);

  dose.before_min =
    (guint) CLAMP ((int) dose.before_min + before, 0, BENK_PLAN_MAX_WINDOW_MIN);
  dose.after_min =
    (guint) CLAMP ((int) dose.after_min + after, 0, BENK_PLAN_MAX_WINDOW_MIN);
  set_dose (self, &i, &dose, "window");
}

static gboolean
step_to (BenkPlanStrip *self, int i)
{
  int n = (int) benk_plan_get_n_doses (
    benk_plan_draft_get_plan (benk_plan_strip_get_draft (self)));

  if (i < 0 || i >= n)
    return FALSE;
  benk_plan_draft_end_run (benk_plan_strip_get_draft (self));
  benk_plan_strip_select (self, i, TRUE);
  return TRUE;
}

/* Keys that need a dose time. */
static gboolean
press_on_dose (BenkPlanStrip *self, guint key, GdkModifierType state)
{
  int step = (state & GDK_SHIFT_MASK) != 0 ? FINE_MIN : SNAP_MIN;
  gboolean window = (state & GDK_CONTROL_MASK) != 0;
  int i = benk_plan_strip_get_selected (self);

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      step = key == GDK_KEY_Left ? -step : step;
      if (window)
        change_window (self, 0, step);
      else
        move_time (self, step);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      if (!window)
        return step_to (self, key == GDK_KEY_Up ? i - 1 : i + 1);
      change_window (self, key == GDK_KEY_Up ? step : -step, 0);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      move_time (self, key == GDK_KEY_Page_Up ? -FAR_MIN : FAR_MIN);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      benk_plan_strip_remove (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      benk_plan_strip_edit (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        BenkPlanStrip *self)
{
  if (benk_plan_strip_is_locked (self) || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  if (key == GDK_KEY_Insert || key == GDK_KEY_plus || key == GDK_KEY_KP_Add)
    {
      benk_plan_strip_add (self);
      return TRUE;
    }
  return benk_plan_strip_get_selected (self) >= 0 && press_on_dose (self, key, state);
}

void
benk_plan_strip_add_controllers (BenkPlanStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#include "benk-plan-handle.h"
#include "benk-plan-strip-private.h"

struct _BenkPlanStrip
{
  GtkWidget parent_instance;

  BenkPlanDraft *draft;
  GPtrArray *handles; /* (element-type BenkPlanHandle): children */
  GtkWidget *empty;   /* words where there is nothing to drag */
  int selected;
  BenkPlanDrag drag;
};

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

enum
{
  SIGNAL_EDIT,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkPlanStrip, benk_plan_strip, GTK_TYPE_WIDGET)

/* --- geometry --- */

static double
get_x (int width, int minute)
{
  return BENK_PLAN_STRIP_PAD + minute * (width - 2.0 * BENK_PLAN_STRIP_PAD) / 1440.0;
}

int
benk_plan_strip_get_minute (BenkPlanStrip *self, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double per_minute = (width - 2.0 * BENK_PLAN_STRIP_PAD) / 1440.0;

  return per_minute > 0 ? (int) lround ((x - BENK_PLAN_STRIP_PAD) / per_minute) : 0;
}

static void
benk_plan_strip_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 480;
      *natural = 900;
    }
  else
    *minimum = *natural = BENK_PLAN_STRIP_ROOM + BENK_PLAN_STRIP_AXIS;
}

/* What a handle covers in the strip: its window, and the time even where that is wider.
 */
static GtkAllocation
get_extent (
  BenkPlanHandle *handle, const BenkDoseTime *dose, int width, int *band, int *knob)
{
  int from = MAX ((int) dose->minute - (int) dose->before_min, 0);
  int to = MIN (dose->minute + dose->after_min, 1440);
  int knob_width = benk_plan_handle_get_knob_width (handle);
  int band_x = (int) get_x (width, from);
  int band_end = (int) get_x (width, to);
  int knob_x = (int) get_x (width, (int) dose->minute) - knob_width / 2;
  int start, end;

  knob_x = CLAMP (knob_x, 0, MAX (width - knob_width, 0));
  start = MIN (band_x, knob_x);
  end = MAX (band_end, knob_x + knob_width);
  *band = band_x - start;
  *knob = knob_x - start;
  benk_plan_handle_place (handle, *band, band_end - band_x, *knob);

  return (GtkAllocation){ .x = start, .width = end - start };
}

/* The first lane whose last handle ends before @x. */
static guint
find_lane (GArray *ends, int x)
{
  const int none = G_MININT;

  for (guint i = 0; i < ends->len; i++)
    if (g_array_index (ends, int, i) <= x)
      return i;
  g_array_append_val (ends, none);
  return ends->len - 1;
}

static void
benk_plan_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BenkPlanStrip *self = BENK_PLAN_STRIP (widget);
  const BenkPlan *plan = self->draft ? benk_plan_draft_get_plan (self->draft) : NULL;
  g_autofree GtkAllocation *extents = g_new0 (GtkAllocation, self->handles->len + 1);
  g_autofree guint *lanes = g_new0 (guint, self->handles->len + 1);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (int));
  int room = height - BENK_PLAN_STRIP_AXIS;
  int lane_height;

  for (guint i = 0; i < self->handles->len; i++)
    {
      int band, knob;

      extents[i] = get_extent (g_ptr_array_index (self->handles, i),
                               benk_plan_get_dose (plan, i), width, &band, &knob);
      lanes[i] = find_lane (ends, extents[i].x);
      g_array_index (ends, int, lanes[i]) = extents[i].x + extents[i].width;
    }
  lane_height = MIN (BENK_PLAN_STRIP_LANE, room / (int) MAX (ends->len, 1));
  for (guint i = 0; i < self->handles->len; i++)
    {
      GtkWidget *handle = g_ptr_array_index (self->handles, i);
      int least;

      gtk_widget_measure (handle, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
      extents[i].height = MAX (lane_height - 4, least);
      extents[i].y =
        (room - lane_height * (int) ends->len) / 2 + (int) lanes[i] * lane_height + 2;
      gtk_widget_size_allocate (handle, &extents[i], -1);
    }
  gtk_widget_size_allocate (self->empty, &(GtkAllocation){ 0, 0, width, room }, -1);
}

/* --- drawing --- */

static void
draw_hours (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (int hour = 0; hour <= 24; hour++)
    {
      float x = (float) floor (get_x (width, hour * 60));
      GdkRGBA line = color;

      line.alpha *= hour % 3 == 0 ? 0.3f : 0.12f;
      gtk_snapshot_append_color (
        snapshot, &line,
        &GRAPHENE_RECT_INIT (x, 4, 1, (float) (height - BENK_PLAN_STRIP_AXIS - 4)));
      if (hour % 3 == 0)
        {
          g_autofree char *text = g_strdup_printf ("%02d", hour);
          g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
          int text_width, text_height;

          pango_layout_get_pixel_size (layout, &text_width, &text_height);
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (
            snapshot, &GRAPHENE_POINT_INIT (x - (float) text_width / 2,
                                            (float) (height - text_height - 2)));
          gtk_snapshot_append_layout (snapshot, layout, &color);
          gtk_snapshot_restore (snapshot);
        }
    }
}

static void
benk_plan_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  draw_hours (widget, snapshot);
  GTK_WIDGET_CLASS (benk_plan_strip_parent_class)->snapshot (widget, snapshot);
}

/* --- what it shows --- */

static void
on_handle_focus (GtkEventControllerFocus *controller, BenkPlanStrip *self)
{
  GtkWidget *handle = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint i;

  if (g_ptr_array_find (self->handles, handle, &i))
    benk_plan_strip_select (self, (int) i, FALSE);
}

static GtkWidget *
make_handle (BenkPlanStrip *self)
{
  GtkWidget *handle = benk_plan_handle_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (on_handle_focus), self);
  gtk_widget_add_controller (handle, focus);
  gtk_widget_set_parent (handle, GTK_WIDGET (self));
  return handle;
}

static void
drop_handle (gpointer handle)
{
  gtk_widget_unparent (handle);
}

gboolean
benk_plan_strip_is_locked (BenkPlanStrip *self)
{
  return benk_plan_get_times_from_roll (benk_plan_draft_get_plan (self->draft));
}

static void
refresh_words (BenkPlanStrip *self, guint n)
{
  gboolean locked = benk_plan_strip_is_locked (self);
  g_autofree char *words =
    locked ? g_strdup (_ ("The dose times come from the roll and are not set here."))
    : n == 0
      ? g_strdup (_ ("No dose time yet. Press Insert, double-click, or choose + below."))
      : g_strdup_printf (ngettext ("The day: %u dose time", "The day: %u dose times", n),
                         n);

  gtk_label_set_text (GTK_LABEL (self->empty), words);
  gtk_widget_set_child_visible (self->empty, locked || n == 0);
  gtk_widget_set_focusable (GTK_WIDGET (self), locked || n == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
on_draft_changed (BenkPlanStrip *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  gboolean locked = benk_plan_strip_is_locked (self);
  guint n = locked ? 0 : benk_plan_get_n_doses (plan);

  while (self->handles->len < n)
    g_ptr_array_add (self->handles, make_handle (self));
  if (self->handles->len > n)
    g_ptr_array_set_size (self->handles, (int) n);
  for (guint i = 0; i < n; i++)
    benk_plan_handle_set_dose (g_ptr_array_index (self->handles, i),
                               benk_plan_get_dose (plan, i));
  refresh_words (self, n);
  benk_plan_strip_select (self,
                          self->selected < 0 && n > 0 ? 0
                                                      : MIN (self->selected, (int) n - 1),
                          FALSE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
benk_plan_strip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, BENK_PLAN_STRIP (object)->selected);
}

static gboolean
benk_plan_strip_grab_focus (GtkWidget *widget)
{
  BenkPlanStrip *self = BENK_PLAN_STRIP (widget);

  if (self->selected >= 0 && self->selected < (int) self->handles->len)
    return gtk_widget_grab_focus (
      g_ptr_array_index (self->handles, (guint) self->selected));
  return GTK_WIDGET_CLASS (benk_plan_strip_parent_class)->grab_focus (widget);
}

static void
benk_plan_strip_dispose (GObject *object)
{
  BenkPlanStrip *self = BENK_PLAN_STRIP (object);

  g_ptr_array_set_size (self->handles, 0);
  g_clear_pointer (&self->empty, gtk_widget_unparent);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (benk_plan_strip_parent_class)->dispose (object);
}

static void
benk_plan_strip_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_PLAN_STRIP (object)->handles);
  G_OBJECT_CLASS (benk_plan_strip_parent_class)->finalize (object);
}

static void
benk_plan_strip_class_init (BenkPlanStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = benk_plan_strip_get_property;
  object_class->dispose = benk_plan_strip_dispose;
  object_class->finalize = benk_plan_strip_finalize;
  widget_class->measure = benk_plan_strip_measure;
  widget_class->size_allocate = benk_plan_strip_size_allocate;
  widget_class->snapshot = benk_plan_strip_snapshot;
  widget_class->grab_focus = benk_plan_strip_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "plan-strip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  props[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", BENK_TYPE_PLAN_STRIP, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_plan_strip_init (BenkPlanStrip *self)
{
  self->selected = -1;
  self->handles = g_ptr_array_new_with_free_func (drop_handle);
  self->empty = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (self->empty, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->empty, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->empty, "plan-empty");
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
  benk_plan_strip_add_controllers (self);
}

/* --- for the hands --- */

BenkPlanDrag *
benk_plan_strip_get_drag (BenkPlanStrip *self)
{
  return &self->drag;
}

BenkPlanDraft *
benk_plan_strip_get_draft (BenkPlanStrip *self)
{
  return self->draft;
}

BenkPlanHandle *
benk_plan_strip_find_handle (BenkPlanStrip *self, double x, double y, int *i)
{
  for (guint k = self->handles->len; k > 0; k--)
    {
      BenkPlanHandle *handle = g_ptr_array_index (self->handles, k - 1);
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (GTK_WIDGET (handle), GTK_WIDGET (self), &bounds) ||
          !graphene_rect_contains_point (&bounds,
                                         &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        continue;
      *i = (int) k - 1;
      return handle;
    }
  return NULL;
}

void
benk_plan_strip_edit (BenkPlanStrip *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

/**
 * benk_plan_strip_set_draft:
 * @self: a strip
 * @draft: what it shows and changes; once
 */
void
benk_plan_strip_set_draft (BenkPlanStrip *self, BenkPlanDraft *draft)
{
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  on_draft_changed (self);
}

/** benk_plan_strip_get_selected: Returns: a dose time, or -1 */
int
benk_plan_strip_get_selected (BenkPlanStrip *self)
{
  return self->selected;
}

/**
 * benk_plan_strip_select:
 * @self: a strip
 * @i: a dose time, or -1
 * @focus: whether keys go to it from now on
 */
void
benk_plan_strip_select (BenkPlanStrip *self, int i, gboolean focus)
{
  gboolean other = self->selected != i;

  self->selected = i;
  for (guint k = 0; k < self->handles->len; k++)
    benk_plan_handle_set_selected (g_ptr_array_index (self->handles, k), (int) k == i);
  if (focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/**
 * benk_plan_strip_add:
 * @self: a strip
 *
 * Adds a dose time after the selected one, and selects it.
 */
void
benk_plan_strip_add (BenkPlanStrip *self)
{
  const BenkPlan *plan = benk_plan_draft_get_plan (self->draft);
  guint minute = 8 * 60;

  if (benk_plan_strip_is_locked (self) ||
      benk_plan_get_n_doses (plan) >= BENK_PLAN_MAX_DOSES)
    return;
  if (self->selected >= 0)
    minute = (benk_plan_get_dose (plan, (guint) self->selected)->minute + 4 * 60) % 1440;
  benk_plan_strip_select (self, (int) benk_plan_draft_add_dose (self->draft, minute),
                          TRUE);
}

/**
 * benk_plan_strip_remove:
 * @self: a strip
 *
 * Removes the selected dose time, and selects the next.
 */
void
benk_plan_strip_remove (BenkPlanStrip *self)
{
  int i = self->selected;
  int n;

  if (i < 0 || benk_plan_strip_is_locked (self))
    return;
  benk_plan_draft_remove_dose (self->draft, (guint) i);
  n = (int) benk_plan_get_n_doses (benk_plan_draft_get_plan (self->draft));
  benk_plan_strip_select (self, MIN (i, n - 1), TRUE);
}

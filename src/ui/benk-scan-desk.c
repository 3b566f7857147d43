/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-scan-desk.h"

#include "benk-scan-burst.h"

#define TAKER "benk-scan-taker"
#define DESK "benk-scan-desk"

/* An entry that a scanner types into by chance, and how it was before. */
typedef struct
{
  GWeakRef entry;
  char *text;
  int position;
} Before;

struct _BenkScanDesk
{
  GObject parent_instance;

  GtkWindow *window; /* weak */
  GtkWidget *search; /* weak */
  BenkClock *clock;
  gboolean by_clock;
  BenkScanTaker take;
  BenkScanBurst *burst;
  BenkScanTyping typing;
  gint64 first_ms;
  Before before;
};

G_DEFINE_FINAL_TYPE (BenkScanDesk, benk_scan_desk, G_TYPE_OBJECT)

/* --- who takes it --- */

static BenkScanTaker
get_taker (GtkWidget *widget)
{
  return (BenkScanTaker) g_object_get_data (G_OBJECT (widget), TAKER);
}

/* The first widget that can be seen and takes scans. */
static GtkWidget *
find_taker_below (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (get_taker (widget) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_taker_below (child);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_taker_above (GtkWidget *widget)
{
  while (widget && get_taker (widget) == NULL)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static gboolean
is_in_text (GtkWidget *focus)
{
  return focus && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)) &&
         gtk_widget_get_sensitive (focus);
}

static gboolean
is_in_search (BenkScanDesk *self, GtkWidget *focus)
{
  return focus && self->search && gtk_widget_is_ancestor (focus, self->search);
}

/* What a scan in @window belongs to: a widget that takes it, the window itself for the
 * desk's own taker, or %NULL when it is typing. */
static GtkWidget *
find_target (BenkScanDesk *self,
             GtkWindow *window,
             GtkWidget *focus,
             const BenkScan *scan)
{
  GtkWidget *above = find_taker_above (focus);
  gboolean main_window = window == self->window;

  if (above)
    return above;
  if (main_window && is_in_search (self, focus))
    return GTK_WIDGET (window);
  /* What is scanned into an entry stays there, but a label of ours is no text. */
  if (is_in_text (focus) && (scan->kind != BENK_SCAN_OWN || GTK_IS_TEXT_VIEW (focus)))
    return NULL;
  above = find_taker_below (GTK_WIDGET (window));
  return above ? above : main_window ? GTK_WIDGET (window) : NULL;
}

/* --- keys --- */

static void
forget_before (BenkScanDesk *self)
{
  g_weak_ref_set (&self->before.entry, NULL);
  g_clear_pointer (&self->before.text, g_free);
}

static void
remember_before (BenkScanDesk *self, GtkWidget *focus)
{
  forget_before (self);
  if (!focus || !GTK_IS_EDITABLE (focus))
    return;
  g_weak_ref_set (&self->before.entry, focus);
  self->before.text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  self->before.position = gtk_editable_get_position (GTK_EDITABLE (focus));
}

static void
restore_before (BenkScanDesk *self)
{
  g_autoptr (GtkEditable) entry = g_weak_ref_get (&self->before.entry);

  if (entry && self->before.text)
    {
      gtk_editable_set_text (entry, self->before.text);
      gtk_editable_set_position (entry, self->before.position);
    }
  forget_before (self);
}

/* The sign of a key; an accent that waits for its letter is a sign of its own here. */
static gunichar
get_sign (guint keyval, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  /* Scanners send GS as Ctrl+], which is the key of the diaeresis in Norway. */
  if (control && (keyval == GDK_KEY_bracketright || keyval == GDK_KEY_dead_diaeresis))
    return 0x1d;
  if (control || (state & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)))
    return 0;
  switch (keyval)
    {
    case GDK_KEY_dead_diaeresis:
      return 0xa8;
    case GDK_KEY_dead_circumflex:
      return '^';
    case GDK_KEY_dead_grave:
      return '`';
    case GDK_KEY_dead_acute:
      return 0xb4;
    case GDK_KEY_dead_tilde:
      return '~';
    default:
      return gdk_keyval_to_unicode (keyval);
    }
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) ||
         keyval == GDK_KEY_ISO_Level3_Shift;
}

static gint64
get_ms (BenkScanDesk *self, GtkEventController *keys)
{
  guint32 ms = gtk_event_controller_get_current_event_time (keys);

  return ms != GDK_CURRENT_TIME && !self->by_clock ? ms
                                                   : benk_clock_get_boot_ms (self->clock);
}

/* Returns whether the key is kept from the widgets: Enter on a button would press it. */
static gboolean
end_burst (BenkScanDesk *self, GtkWindow *window, gint64 ms)
{
  g_autofree char *text = benk_scan_burst_end (self->burst, ms);
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autoptr (BenkScan) scan = NULL;
  GtkWidget *target;

  if (!text)
    return FALSE;
  scan = benk_scan_read (text,
                         self->typing.caps_lock ? BENK_SCAN_CAPS_ON : BENK_SCAN_CAPS_OFF);
  self->typing.ms = ms - self->first_ms;
  target = find_target (self, window, focus, scan);
  /* What is in a text by a scan is not sent off by the scan's own Enter. */
  if (!target)
    {
      if (!is_in_text (focus))
        gtk_widget_error_bell (GTK_WIDGET (window));
      return TRUE;
    }
  restore_before (self);
  if (target == GTK_WIDGET (self->window) && get_taker (target) == NULL)
    self->take (target, scan, &self->typing);
  else
    benk_scan_hand_over (target, scan, &self->typing);
  return TRUE;
}

static gboolean
belongs_here (BenkScanDesk *self, GtkWindow *window)
{
  while (window && window != self->window)
    window = gtk_window_get_transient_for (window);
  return window != NULL;
}

static gboolean
on_key_pressed (GtkEventController *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                BenkScanDesk *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_event_controller_get_widget (keys));
  GtkWidget *focus = gtk_window_get_focus (window);
  gunichar c;
  gint64 ms;

  if (is_modifier (keyval) || !self->window || !belongs_here (self, window))
    return FALSE;
  ms = get_ms (self, keys);
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_Tab)
    {
      self->typing.ended_by = keyval;
      return end_burst (self, window, ms);
    }
  c = get_sign (keyval, state);
  if (c == 0)
    {
      benk_scan_burst_reset (self->burst);
      return FALSE;
    }
  self->typing.n_keys = benk_scan_burst_add (self->burst, c, ms);
  self->typing.caps_lock = (state & GDK_LOCK_MASK) != 0;
  if (self->typing.n_keys == 1)
    {
      self->first_ms = ms;
      remember_before (self, focus);
    }
  /* A fast blank must not press the button that has the focus. */
  return self->typing.n_keys > 1 && !is_in_text (focus);
}

/* --- windows --- */

static void
watch (BenkScanDesk *self, GtkWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

/* A dialog is watched from its birth; whose it is shows at the first key. */
static void
on_windows_changed (
  GListModel *windows, guint position, guint removed, guint added, BenkScanDesk *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != self->window)
        watch (self, window);
    }
}

static void
benk_scan_desk_finalize (GObject *object)
{
  BenkScanDesk *self = BENK_SCAN_DESK (object);

  if (self->window)
    g_object_set_data (G_OBJECT (self->window), DESK, NULL);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->search);
  g_clear_object (&self->clock);
  forget_before (self);
  g_weak_ref_clear (&self->before.entry);
  benk_scan_burst_free (self->burst);
  G_OBJECT_CLASS (benk_scan_desk_parent_class)->finalize (object);
}

static void
benk_scan_desk_class_init (BenkScanDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_scan_desk_finalize;
}

static void
benk_scan_desk_init (BenkScanDesk *self)
{
  self->burst = benk_scan_burst_new ();
  g_weak_ref_init (&self->before.entry, NULL);
}

/**
 * benk_scan_desk_new:
 * @window: the main window
 * @search: its search entry: a scan into it is a scan
 * @clock: tells the time where a key does not
 * @take: takes what nobody else takes
 *
 * Lets a scanner that acts as a keyboard work anywhere in @window and its dialogs. Keys
 * that come fast one after the other and end with Enter or Tab are a scan; typing stays
 * typing, and a scan into an entry stays in the entry, unless that takes scans or the
 * scan is a label of ours. Its Enter presses nothing.
 *
 * Returns: (transfer full): the desk; it works while it lives
 */
BenkScanDesk *
benk_scan_desk_new (GtkWindow *window,
                    GtkWidget *search,
                    BenkClock *clock,
                    BenkScanTaker take)
{
  BenkScanDesk *self = g_object_new (BENK_TYPE_SCAN_DESK, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->search, search);
  self->clock = g_object_ref (clock);
  self->take = take;
  g_object_set_data (G_OBJECT (window), DESK, self);
  watch (self, window);
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (on_windows_changed),
                           self, 0);
  return self;
}

/** benk_scan_desk_get: Returns: (transfer none) (nullable): what watches @window */
BenkScanDesk *
benk_scan_desk_get (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), DESK);
}

/**
 * benk_scan_desk_use_clock:
 * @self: a desk
 * @clock: tells when a key is pressed
 *
 * From now on @clock is asked for the time of each key, not the display server.
 */
void
benk_scan_desk_use_clock (BenkScanDesk *self, BenkClock *clock)
{
  g_return_if_fail (BENK_IS_SCAN_DESK (self));
  g_set_object (&self->clock, clock);
  self->by_clock = TRUE;
}

/**
 * benk_scan_take:
 * @widget: a widget, maybe a whole dialog
 * @take: what to do with a scan
 *
 * From now on scans in the window of @widget go to @take: those typed while the focus is
 * inside of @widget, and those typed while the focus is in no entry. Of several widgets
 * that can be seen the one around the focus takes it, then the first.
 */
void
benk_scan_take (GtkWidget *widget, BenkScanTaker take)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_object_set_data (G_OBJECT (widget), TAKER, (gpointer) take);
}

/**
 * benk_scan_hand_over:
 * @widget: a widget that takes scans
 * @scan: what was scanned
 * @typing: how it was typed
 *
 * Gives @widget a scan that another part of the window has read.
 */
void
benk_scan_hand_over (GtkWidget *widget,
                     const BenkScan *scan,
                     const BenkScanTyping *typing)
{
  g_return_if_fail (get_taker (widget) != NULL);
  get_taker (widget) (widget, scan, typing);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-chooser.h"

#include "benk-alarm-row.h"
#include "benk-row-list.h"

/**
 * BenkAlarmsChooser:
 *
 * Which row of the list of alarms, or of the strip above it, is chosen; and groups that
 * are opened and closed.
 */
struct _BenkAlarmsChooser
{
  GObject parent_instance;

  BenkAlarmsShown *shown;
  GtkListView *list; /* unowned: it has what calls here */
  GtkSingleSelection *selection;
  GtkSingleSelection *strip_selection; /* one of the two at the most has a choice */
  BenkAlarmEntry *entry;               /* what is chosen */
  gulong entry_handler;
  BenkAlarm *current; /* the first of @entry */
  gboolean by_itself;
  guint idle;
  BenkId toggled; /* the first of the group that is to be opened or closed */
  BenkId wanted;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkAlarmsChooser, benk_alarms_chooser, G_TYPE_OBJECT)

/* --- The rows --- */

static GtkWidget *
new_row (BenkTicker *ticker)
{
  return GTK_WIDGET (benk_alarm_row_new (ticker));
}

static void
show_row (GtkWidget *row, gpointer item)
{
  benk_alarm_row_set_entry (BENK_ALARM_ROW (row), item);
}

/* A group is found by none of its alarms. */
static const BenkId *
get_id (gpointer item)
{
  static const BenkId none = BENK_ID_NIL;

  return benk_alarm_entry_is_group (item)
           ? &none
           : benk_alarm_get_id (benk_alarm_entry_get_alarm (item));
}

static const BenkRowListKind row_kind = { new_row, show_row, get_id };

/* --- What is chosen --- */

static void
tell (BenkAlarmsChooser *self)
{
  BenkAlarm *alarm = self->entry ? benk_alarm_entry_get_alarm (self->entry) : NULL;

  g_set_object (&self->current, alarm);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* One that was closed and opened again is another object in the same row. */
static void
on_entry_changed (BenkAlarmsChooser *self)
{
  if (benk_alarm_entry_get_alarm (self->entry) != self->current)
    tell (self);
}

static void
choose (BenkAlarmsChooser *self, BenkAlarmEntry *entry)
{
  if (entry == self->entry)
    return;
  if (self->entry)
    g_clear_signal_handler (&self->entry_handler, self->entry);
  g_set_object (&self->entry, entry);
  if (entry)
    self->entry_handler =
      g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_entry_changed), self);
  tell (self);
}

/* What is no longer chosen, because its row has gone, is for on_applied(). */
static void
on_selected (BenkAlarmsChooser *self, GParamSpec *pspec, GtkSingleSelection *selection)
{
  BenkAlarmEntry *entry = gtk_single_selection_get_selected_item (selection);

  if (!entry)
    return;
  gtk_single_selection_set_selected (selection == self->selection ? self->strip_selection
                                                                  : self->selection,
                                     GTK_INVALID_LIST_POSITION);
  choose (self, entry);
}

static gboolean
is_choice (GtkSingleSelection *selection)
{
  return gtk_single_selection_get_selected (selection) != GTK_INVALID_LIST_POSITION;
}

static void
choose_wanted (BenkAlarmsChooser *self)
{
  guint position;

  if (benk_id_is_nil (&self->wanted))
    return;
  position = benk_alarms_shown_find (self->shown, &self->wanted);
  if (position != GTK_INVALID_LIST_POSITION)
    benk_alarms_shown_expand (self->shown, position, TRUE);
  benk_row_list_select (self->strip_selection, &row_kind, &self->wanted);
  benk_row_list_select (self->selection, &row_kind, &self->wanted);
}

/* What is looked at stays chosen, in the strip, by itself, or in its group. */
static gboolean
choose_again (BenkAlarmsChooser *self)
{
  BenkId id = *benk_alarm_get_id (self->current);
  guint position = benk_alarms_shown_find (self->shown, &id);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
  else
    benk_row_list_select (self->strip_selection, &row_kind, &id);
  return is_choice (self->selection) || is_choice (self->strip_selection);
}

/* One that ends while it is looked at stays there until another is chosen: no other comes
 * under the pointer by itself. */
static void
choose_one (BenkAlarmsChooser *self)
{
  gboolean is_open =
    self->current && benk_alarm_status_is_open (benk_alarm_get_status (self->current));

  if (is_choice (self->selection) || is_choice (self->strip_selection))
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 &&
      g_list_model_get_n_items (G_LIST_MODEL (self->strip_selection)) == 0)
    choose (self, NULL);
  else if (!(is_open && choose_again (self)) && (is_open || !self->current))
    gtk_single_selection_set_selected (g_list_model_get_n_items (
                                         G_LIST_MODEL (self->strip_selection)) > 0
                                         ? self->strip_selection
                                         : self->selection,
                                       0);
}

static void
on_applied (BenkAlarmsChooser *self)
{
  choose_wanted (self);
  self->by_itself = TRUE;
  choose_one (self);
  self->by_itself = FALSE;
}

/* --- Groups are opened and closed --- */

static BenkAlarmEntry *
get_row (BenkAlarmsChooser *self, guint position)
{
  g_autoptr (BenkAlarmEntry) entry =
    g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  return entry;
}

/* From a row of it upwards; GTK_INVALID_LIST_POSITION: it is of none. */
static guint
find_group_above (BenkAlarmsChooser *self, guint position)
{
  for (guint i = position + 1; i > 0; i--)
    if (benk_alarm_entry_is_group (get_row (self, i - 1)))
      return i - 1;
  return GTK_INVALID_LIST_POSITION;
}

static void
focus_row (BenkAlarmsChooser *self, BenkAlarmEntry *entry)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (BENK_IS_ALARM_ROW (child) &&
          benk_alarm_row_get_entry (BENK_ALARM_ROW (child)) == entry)
        gtk_widget_grab_focus (row);
    }
}

static void
expand (BenkAlarmsChooser *self, guint position, gboolean open)
{
  BenkAlarmEntry *group = get_row (self, position);
  guint chosen = gtk_single_selection_get_selected (self->selection);
  guint n = benk_alarm_entry_get_alarms (group)->len;

  if (!open && chosen != GTK_INVALID_LIST_POSITION && chosen > position &&
      chosen <= position + n)
    {
      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                  position);
      focus_row (self, group);
    }
  benk_alarms_shown_expand (self->shown, position, open);
}

static gboolean
on_toggle (gpointer user_data)
{
  BenkAlarmsChooser *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  self->idle = 0;
  for (guint i = 0; i < n; i++)
    {
      BenkAlarmEntry *entry = get_row (self, i);

      if (!benk_alarm_entry_is_group (entry) ||
          !benk_id_equal (benk_alarm_get_id (benk_alarm_entry_get_alarm (entry)),
                          &self->toggled))
        continue;
      expand (self, i, !benk_alarm_entry_get_expanded (entry));
      break;
    }
  return G_SOURCE_REMOVE;
}

static gboolean
on_key (BenkAlarmsChooser *self, guint key, guint code, GdkModifierType state)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  BenkAlarmEntry *entry =
    position != GTK_INVALID_LIST_POSITION ? get_row (self, position) : NULL;
  gboolean open = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;
  gboolean close = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;

  if (!entry || !(open || close) ||
      (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (close && benk_alarm_entry_get_kind (entry) == BENK_ALARM_ENTRY_MEMBER)
    position = find_group_above (self, position);
  else if (!benk_alarm_entry_is_group (entry))
    return GDK_EVENT_PROPAGATE;
  if (position == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  expand (self, position, open);
  return GDK_EVENT_STOP;
}

static GtkSingleSelection *
set_up_view (BenkAlarmsChooser *self,
             GtkListView *view,
             GListModel *model,
             BenkTicker *ticker)
{
  GtkSingleSelection *selection = benk_row_list_set_up (view, model, &row_kind, ticker);

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  return selection;
}

static void
benk_alarms_chooser_dispose (GObject *object)
{
  BenkAlarmsChooser *self = BENK_ALARMS_CHOOSER (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->entry)
    g_clear_signal_handler (&self->entry_handler, self->entry);
  g_clear_object (&self->entry);
  g_clear_object (&self->current);
  g_clear_object (&self->selection);
  g_clear_object (&self->strip_selection);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (benk_alarms_chooser_parent_class)->dispose (object);
}

static void
benk_alarms_chooser_class_init (BenkAlarmsChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_alarms_chooser_dispose;
  /**
   * BenkAlarmsChooser::chosen:
   *
   * Another row is chosen, or its alarm is another object.
   */
  signals[CHOSEN] = g_signal_new ("chosen", BENK_TYPE_ALARMS_CHOOSER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_alarms_chooser_init (BenkAlarmsChooser *self)
{
}

/**
 * benk_alarms_chooser_new:
 * @shown: what the list shows
 * @list: an empty list
 * @strip: an empty list for the strip of critical ones
 * @ticker: says when relative times are to be said anew
 *
 * Returns: (transfer full): the choice of one row of both; none until @shown is applied
 */
BenkAlarmsChooser *
benk_alarms_chooser_new (BenkAlarmsShown *shown,
                         GtkListView *list,
                         GtkListView *strip,
                         BenkTicker *ticker)
{
  BenkAlarmsChooser *self = g_object_new (BENK_TYPE_ALARMS_CHOOSER, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->shown = g_object_ref (shown);
  self->list = list;
  self->selection = set_up_view (self, list, G_LIST_MODEL (shown), ticker);
  self->strip_selection =
    set_up_view (self, strip, benk_alarms_shown_get_strip (shown), ticker);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (list), keys);
  g_signal_connect_object (shown, "applied", G_CALLBACK (on_applied), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_alarms_chooser_get_entry:
 * @self: the choice
 *
 * Returns: (transfer none) (nullable): the row that is chosen; one whose alarm has ended
 *   is so until another is, though it has gone
 */
BenkAlarmEntry *
benk_alarms_chooser_get_entry (BenkAlarmsChooser *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_CHOOSER (self), NULL);
  return self->entry;
}

/**
 * benk_alarms_chooser_is_by_itself:
 * @self: the choice
 *
 * Returns: whether it was made by itself now, not by a person
 */
gboolean
benk_alarms_chooser_is_by_itself (BenkAlarmsChooser *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_CHOOSER (self), FALSE);
  return self->by_itself;
}

/**
 * benk_alarms_chooser_want:
 * @self: the choice
 * @id: of an alarm
 *
 * Chooses it as soon as it is there, out of its group where it is in one.
 */
void
benk_alarms_chooser_want (BenkAlarmsChooser *self, const BenkId *id)
{
  g_return_if_fail (BENK_IS_ALARMS_CHOOSER (self));
  self->wanted = *id;
  choose_wanted (self);
}

/**
 * benk_alarms_chooser_is_wanting:
 * @self: the choice
 *
 * Returns: whether somebody asked for an alarm that is not there yet
 */
gboolean
benk_alarms_chooser_is_wanting (BenkAlarmsChooser *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_CHOOSER (self), FALSE);
  return !benk_id_is_nil (&self->wanted);
}

/**
 * benk_alarms_chooser_toggle:
 * @self: the choice
 * @id: of the first alarm of a group
 *
 * Opens the group or closes it, a moment later: while GTK still tells the rows of a click
 * it does not bear that they go.
 */
void
benk_alarms_chooser_toggle (BenkAlarmsChooser *self, const BenkId *id)
{
  g_return_if_fail (BENK_IS_ALARMS_CHOOSER (self));
  self->toggled = *id;
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_toggle, self, NULL);
}

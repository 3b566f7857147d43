/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-shown.h"

#include <string.h>

#include "benk-alarms-plan.h"
#include "benk-alarms-rows.h"
#include "benk-alarms-watch.h"

/* Who has not moved for so long reads or is away: screens.md. */
#define IDLE_MS (10 * 1000)
/* So many rows come at a time; and as many as a list of GTK makes at all. */
#define FEW 40
#define REALISED 240
#define MANY 500

/**
 * BenkAlarmsShown:
 *
 * What the list of alarms shows: the live queue by sections, what belongs together in one
 * row, held still while somebody is at it. What happens meanwhile waits and is counted;
 * an alarm that is no longer open stays until then, and none changes its section or
 * group.
 */
struct _BenkAlarmsShown
{
  GObject parent_instance;

  GListModel *queue;
  BenkClock *clock;
  GPtrArray *rows;       /* BenkAlarmEntry */
  GListStore *strip;     /* BenkAlarmEntry: the critical ones, in a flood */
  GPtrArray *strip_rows; /* all that is to stand there */
  guint n_shown;         /* of @rows: very many come in several pieces of work */
  guint growing;
  BenkAlarmsWatch *watch;
  BenkAlarmsWaiting waiting;
  GSource *timer;
  guint idle; /* looks again at what has changed */
  gint64 input_ms;
  gboolean held;
  gboolean flood; /* as it is shown */
  BenkAlarmsView view;
  char *initials; /* in the view */
};

enum
{
  WAITING,
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return BENK_TYPE_ALARM_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return BENK_ALARMS_SHOWN (model)->n_shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (model);

  return position < self->n_shown
           ? g_object_ref (g_ptr_array_index (self->rows, position))
           : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkAlarmsShown,
                               benk_alarms_shown,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
disarm (BenkAlarmsShown *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean on_timer (gpointer user_data);

static void
arm (BenkAlarmsShown *self, gint64 delay_ms)
{
  self->timer = benk_clock_create_timer (self->clock, delay_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] alarms wait");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static gboolean
on_timer (gpointer user_data)
{
  BenkAlarmsShown *self = user_data;
  gint64 left_ms = self->input_ms + IDLE_MS - benk_clock_get_boot_ms (self->clock);

  disarm (self);
  if (left_ms > 0)
    arm (self, left_ms);
  else
    benk_alarms_shown_apply (self);
  return G_SOURCE_REMOVE;
}

static void
set_waiting (BenkAlarmsShown *self, const BenkAlarmsWaiting *waiting)
{
  gboolean was_waiting = benk_alarms_waiting_is_any (&self->waiting);

  if (memcmp (&self->waiting, waiting, sizeof *waiting) == 0)
    return;
  self->waiting = *waiting;
  if (!benk_alarms_waiting_is_any (waiting))
    disarm (self);
  else if (!was_waiting)
    {
      /* Ten seconds from the first news too: a row that is read does not leave at once.
       */
      self->input_ms = benk_clock_get_boot_ms (self->clock);
      arm (self, IDLE_MS);
    }
  g_signal_emit (self, signals[WAITING], 0);
}

static BenkAlarmsPlan *
make_plan (BenkAlarmsShown *self)
{
  self->view.initials = self->initials;
  self->view.now_ms = benk_clock_get_wall_ms (self->clock);
  return benk_alarms_plan_new (self->queue, &self->view);
}

/* --- As the queue is --- */

/* A few more rows, those of the strip first. Returns: whether that is all. */
static gboolean
grow (BenkAlarmsShown *self)
{
  guint n_strip = g_list_model_get_n_items (G_LIST_MODEL (self->strip));
  guint n_before = self->n_shown;

  if (n_strip < self->strip_rows->len)
    {
      g_list_store_splice (self->strip, n_strip, 0, self->strip_rows->pdata + n_strip,
                           MIN (FEW, self->strip_rows->len - n_strip));
      return FALSE;
    }
  self->n_shown =
    n_before < REALISED ? MIN (n_before + FEW, self->rows->len) : self->rows->len;
  g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n_shown - n_before);
  return self->n_shown == self->rows->len;
}

static gboolean
on_growing (gpointer user_data)
{
  BenkAlarmsShown *self = user_data;

  if (!grow (self))
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  g_signal_emit (self, signals[APPLIED], 0);
  return G_SOURCE_REMOVE;
}

/* A row takes long to make, and to lay out: where very many come, a few do at a time,
 * with a frame between. */
static void
splice (BenkAlarmsShown *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  guint n_before = self->n_shown;
  guint head, tail;

  g_clear_handle_id (&self->growing, g_source_remove);
  g_ptr_array_set_size (old, (int) n_before);
  benk_alarms_rows_compare (old, rows, &head, &tail);
  self->rows = g_ptr_array_ref (rows);
  self->n_shown = rows->len;
  if (rows->len - head - tail > FEW)
    {
      tail = 0;
      self->n_shown = head + FEW;
    }
  if (head + tail < n_before || head + tail < self->n_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_before - head - tail,
                                self->n_shown - head - tail);
  if (self->n_shown < rows->len ||
      g_list_model_get_n_items (G_LIST_MODEL (self->strip)) < self->strip_rows->len)
    self->growing = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_growing, self, NULL);
  else
    g_signal_emit (self, signals[APPLIED], 0);
}

static void
show (BenkAlarmsShown *self, const BenkAlarmsPlan *plan)
{
  g_autoptr (GPtrArray) entries =
    benk_alarms_rows_list (G_LIST_MODEL (self->strip), self->rows);
  g_autoptr (GPtrArray) strip = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  benk_alarms_rows_make (entries, plan, strip, rows);
  self->flood = self->view.flood;
  g_ptr_array_unref (self->strip_rows);
  self->strip_rows = g_ptr_array_ref (strip);
  benk_alarms_rows_splice (self->strip, strip, FEW);
  splice (self, rows);
}

static void
count (BenkAlarmsShown *self, const BenkAlarmsPlan *plan)
{
  g_autoptr (GPtrArray) entries =
    benk_alarms_rows_list (G_LIST_MODEL (self->strip), self->rows);
  BenkAlarmsWaiting waiting;

  benk_alarms_waiting_count (&waiting, entries, plan);
  waiting.moved |= self->flood != self->view.flood;
  set_waiting (self, &waiting);
}

/* --- What changes without a change of the queue --- */

static gboolean
on_idle (gpointer user_data)
{
  BenkAlarmsShown *self = user_data;

  self->idle = 0;
  benk_alarms_watch_follow (self->watch, self->queue);
  benk_alarms_shown_follow (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (benk_alarm_entry_is_group (self->rows->pdata[i]))
      benk_alarm_entry_tell (self->rows->pdata[i]);
  return G_SOURCE_REMOVE;
}

/* Many alarms may change at a time. */
static void
on_alarm_changed (BenkAlarmsShown *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

/* Very many in a piece of work of their own: who told of them has had its own. */
static void
on_queue_changed (BenkAlarmsShown *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed + n_added > MANY)
    {
      on_alarm_changed (self);
      return;
    }
  benk_alarms_watch_follow (self->watch, self->queue);
  benk_alarms_shown_follow (self);
}

static void
benk_alarms_shown_dispose (GObject *object)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (object);

  disarm (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->growing, g_source_remove);
  g_clear_pointer (&self->watch, benk_alarms_watch_free);
  g_clear_object (&self->queue);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (benk_alarms_shown_parent_class)->dispose (object);
}

static void
benk_alarms_shown_finalize (GObject *object)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->strip_rows);
  g_object_unref (self->strip);
  g_free (self->initials);
  G_OBJECT_CLASS (benk_alarms_shown_parent_class)->finalize (object);
}

static void
benk_alarms_shown_class_init (BenkAlarmsShownClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_alarms_shown_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_alarms_shown_finalize;
  /**
   * BenkAlarmsShown::waiting:
   *
   * What waits has changed.
   */
  signals[WAITING] = g_signal_new ("waiting", BENK_TYPE_ALARMS_SHOWN, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * BenkAlarmsShown::applied:
   *
   * It is shown as it is now, with the strip, or a group was opened or closed.
   */
  signals[APPLIED] = g_signal_new ("applied", BENK_TYPE_ALARMS_SHOWN, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_alarms_shown_init (BenkAlarmsShown *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->strip = g_list_store_new (BENK_TYPE_ALARM_ENTRY);
  self->strip_rows = g_ptr_array_new ();
}

/**
 * benk_alarms_shown_new:
 * @queue: the live list of open #BenkAlarm
 * @clock: the clock
 *
 * Returns: (transfer full): a list of #BenkAlarmEntry that follows @queue
 */
BenkAlarmsShown *
benk_alarms_shown_new (GListModel *queue, BenkClock *clock)
{
  BenkAlarmsShown *self = g_object_new (BENK_TYPE_ALARMS_SHOWN, NULL);

  self->queue = g_object_ref (queue);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (on_queue_changed), self,
                           G_CONNECT_SWAPPED);
  self->watch = benk_alarms_watch_new (G_CALLBACK (on_alarm_changed), self);
  benk_alarms_watch_follow (self->watch, queue);
  benk_alarms_shown_follow (self);
  return self;
}

/**
 * benk_alarms_shown_set_held:
 * @self: the list
 * @held: whether pointer or focus is in it
 *
 * Holds the rows still, or lets them follow the queue, at once, with all that waited.
 */
void
benk_alarms_shown_set_held (BenkAlarmsShown *self, gboolean held)
{
  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->held == held || self->queue == NULL)
    return;
  self->held = held;
  self->input_ms = benk_clock_get_boot_ms (self->clock);
  if (!held)
    benk_alarms_shown_apply (self);
}

/**
 * benk_alarms_shown_note_input:
 * @self: the list
 *
 * Says that pointer or keys were used in it now.
 */
void
benk_alarms_shown_note_input (BenkAlarmsShown *self)
{
  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->clock)
    self->input_ms = benk_clock_get_boot_ms (self->clock);
}

/**
 * benk_alarms_shown_set_team:
 * @self: the list
 * @team: a team; nil for all
 *
 * Shows the alarms of one team only, at once.
 */
void
benk_alarms_shown_set_team (BenkAlarmsShown *self, const BenkId *team)
{
  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (benk_id_equal (&self->view.team, team))
    return;
  self->view.team = *team;
  benk_alarms_shown_apply (self);
}

/**
 * benk_alarms_shown_set_initials:
 * @self: the list
 * @initials: (nullable): of who is at the keyboard
 *
 * Says whose alarms come first.
 */
void
benk_alarms_shown_set_initials (BenkAlarmsShown *self, const char *initials)
{
  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (g_strcmp0 (self->initials, initials) == 0)
    return;
  g_free (self->initials);
  self->initials = g_strdup (initials);
  benk_alarms_shown_follow (self);
}

/**
 * benk_alarms_shown_set_flood:
 * @self: the list
 * @flood: whether more alarms come than one reads one by one
 *
 * Says so; it is shown a moment later, and while it is held, nothing moves.
 */
void
benk_alarms_shown_set_flood (BenkAlarmsShown *self, gboolean flood)
{
  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->view.flood == flood)
    return;
  self->view.flood = flood;
  on_alarm_changed (self);
}

/**
 * benk_alarms_shown_is_flood:
 * @self: the list
 *
 * Returns: whether it is shown as in a flood
 */
gboolean
benk_alarms_shown_is_flood (BenkAlarmsShown *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_SHOWN (self), FALSE);
  return self->flood;
}

/**
 * benk_alarms_shown_get_strip:
 * @self: the list
 *
 * Returns: (transfer none): #BenkAlarmEntry that stand above the list, in sight always:
 *   the critical ones in a flood; else none
 */
GListModel *
benk_alarms_shown_get_strip (BenkAlarmsShown *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_SHOWN (self), NULL);
  return G_LIST_MODEL (self->strip);
}

/**
 * benk_alarms_shown_expand:
 * @self: the list
 * @position: of the row of a group
 * @expand: whether its alarms are to stand below it
 *
 * Shows or hides what a group stands for, at once: who asks for that is at the list.
 */
void
benk_alarms_shown_expand (BenkAlarmsShown *self, guint position, gboolean expand)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  BenkAlarmEntry *group;
  const GPtrArray *alarms;
  guint n;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  g_return_if_fail (position < self->rows->len);
  group = g_ptr_array_index (self->rows, position);
  if (!benk_alarm_entry_is_group (group) ||
      benk_alarm_entry_get_expanded (group) == expand)
    return;
  alarms = benk_alarm_entry_get_alarms (group);
  n = alarms->len;
  benk_alarm_entry_set_expanded (group, expand);
  for (guint i = 0; i <= position; i++)
    g_ptr_array_add (rows, g_object_ref (self->rows->pdata[i]));
  for (guint i = 0; expand && i < n; i++)
    {
      BenkAlarmEntry *entry = benk_alarm_entry_new (alarms->pdata[i]);

      benk_alarm_entry_place (entry, benk_alarm_entry_get_section (group), FALSE, TRUE);
      g_ptr_array_add (rows, entry);
    }
  for (guint i = position + 1 + (expand ? 0 : n); i < self->rows->len; i++)
    g_ptr_array_add (rows, g_object_ref (self->rows->pdata[i]));
  splice (self, rows);
}

/**
 * benk_alarms_shown_find:
 * @self: the list
 * @id: of an alarm
 *
 * Returns: the position of its row, or of the closed group that it is in;
 *   %G_MAXUINT where it has none
 */
guint
benk_alarms_shown_find (BenkAlarmsShown *self, const BenkId *id)
{
  g_return_val_if_fail (BENK_IS_ALARMS_SHOWN (self), G_MAXUINT);
  for (guint i = 0; i < self->rows->len; i++)
    {
      BenkAlarmEntry *entry = g_ptr_array_index (self->rows, i);
      const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);

      for (guint k = 0; !benk_alarm_entry_get_expanded (entry) && k < alarms->len; k++)
        if (benk_id_equal (benk_alarm_get_id (g_ptr_array_index (alarms, k)), id))
          return i;
    }
  return G_MAXUINT;
}

/**
 * benk_alarms_shown_follow:
 * @self: the list
 *
 * Looks at the queue again: with time alone, an alarm may wait no longer.
 */
void
benk_alarms_shown_follow (BenkAlarmsShown *self)
{
  g_autoptr (BenkAlarmsPlan) plan = NULL;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->queue == NULL)
    return;
  plan = make_plan (self);
  if (self->held)
    count (self, plan);
  else
    show (self, plan);
}

/**
 * benk_alarms_shown_apply:
 * @self: the list
 *
 * Shows the queue as it is, held or not.
 */
void
benk_alarms_shown_apply (BenkAlarmsShown *self)
{
  static const BenkAlarmsWaiting nothing;
  g_autoptr (BenkAlarmsPlan) plan = NULL;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->queue == NULL)
    return;
  plan = make_plan (self);
  show (self, plan);
  set_waiting (self, &nothing);
}

/**
 * benk_alarms_shown_get_waiting:
 * @self: the list
 *
 * Returns: (transfer none): what waits
 */
const BenkAlarmsWaiting *
benk_alarms_shown_get_waiting (BenkAlarmsShown *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_SHOWN (self), NULL);
  return &self->waiting;
}

/**
 * benk_alarms_shown_is_waiting:
 * @self: the list
 *
 * Returns: whether the queue differs from what is shown
 */
gboolean
benk_alarms_shown_is_waiting (BenkAlarmsShown *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS_SHOWN (self), FALSE);
  return benk_alarms_waiting_is_any (&self->waiting);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-shown.h"

#include <string.h>

#include "benk-alarm.h"

/* Who has not moved for so long reads or is away: screens.md. */
#define IDLE_MS (10 * 1000)
#define CRITICAL 40

/**
 * BenkAlarmsShown:
 *
 * What the list of alarms shows: the live queue, held still while somebody is at it. What
 * happens meanwhile waits and is counted; an alarm that is no longer open stays until
 * then.
 */
struct _BenkAlarmsShown
{
  GObject parent_instance;

  GListModel *queue;
  BenkClock *clock;
  GPtrArray *rows;
  BenkAlarmsWaiting waiting;
  GSource *timer;
  gint64 input_ms;
  gboolean held;
  BenkId team; /* nil: all */
};

enum
{
  WAITING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return BENK_TYPE_ALARM;
}

static guint
get_n_items (GListModel *model)
{
  return BENK_ALARMS_SHOWN (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (model);

  return position < self->rows->len
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

static gboolean
is_waiting (const BenkAlarmsWaiting *waiting)
{
  return waiting->n_new > 0 || waiting->n_gone > 0 || waiting->moved;
}

static void
set_waiting (BenkAlarmsShown *self, const BenkAlarmsWaiting *waiting)
{
  gboolean was_waiting = is_waiting (&self->waiting);

  if (memcmp (&self->waiting, waiting, sizeof *waiting) == 0)
    return;
  self->waiting = *waiting;
  if (!is_waiting (waiting))
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

static GPtrArray *
list_queue (BenkAlarmsShown *self)
{
  guint n = g_list_model_get_n_items (self->queue);
  GPtrArray *alarms = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (self->queue, i);

      if (benk_id_is_nil (&self->team) ||
          benk_id_equal (benk_alarm_get_team_id (alarm), &self->team))
        g_ptr_array_add (alarms, g_steal_pointer (&alarm));
    }
  return alarms;
}

/* One splice: what is before and after the change does not move. */
static void
show (BenkAlarmsShown *self, GPtrArray *alarms)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  guint head = 0;
  guint tail = 0;

  while (head < old->len && head < alarms->len && old->pdata[head] == alarms->pdata[head])
    head++;
  while (tail < old->len - head && tail < alarms->len - head &&
         old->pdata[old->len - 1 - tail] == alarms->pdata[alarms->len - 1 - tail])
    tail++;
  self->rows = g_ptr_array_ref (alarms);
  if (head + tail < old->len || head + tail < alarms->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                alarms->len - head - tail);
}

/* From an alarm's id to its place in the queue, from 1. */
static GHashTable *
number (GPtrArray *alarms)
{
  GHashTable *places = g_hash_table_new (benk_id_hash, benk_id_equal);

  for (guint i = 0; i < alarms->len; i++)
    g_hash_table_insert (places, (gpointer) benk_alarm_get_id (alarms->pdata[i]),
                         GUINT_TO_POINTER (i + 1));
  return places;
}

/* One that was closed and opened again is another object; its row stays where it is. */
static void
replace (BenkAlarmsShown *self, guint position, BenkAlarm *alarm)
{
  BenkAlarm *before = g_ptr_array_index (self->rows, position);

  if (before == alarm)
    return;
  self->rows->pdata[position] = g_object_ref (alarm);
  g_object_unref (before);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
count (BenkAlarmsShown *self, GPtrArray *alarms)
{
  g_autoptr (GHashTable) places = number (alarms);
  g_autofree gboolean *is_shown = g_new0 (gboolean, alarms->len + 1);
  BenkAlarmsWaiting waiting;
  guint last = 0;

  memset (&waiting, 0, sizeof waiting);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint place = GPOINTER_TO_UINT (
        g_hash_table_lookup (places, benk_alarm_get_id (self->rows->pdata[i])));

      if (place == 0)
        {
          waiting.n_gone++;
          continue;
        }
      waiting.moved |= place < last;
      last = place;
      is_shown[place - 1] = TRUE;
      replace (self, i, alarms->pdata[place - 1]);
    }
  for (guint i = 0; i < alarms->len; i++)
    if (!is_shown[i])
      {
        waiting.n_new++;
        waiting.n_critical += benk_alarm_get_severity (alarms->pdata[i]) >= CRITICAL;
      }
  set_waiting (self, &waiting);
}

static void
on_queue_changed (BenkAlarmsShown *self)
{
  g_autoptr (GPtrArray) alarms = list_queue (self);

  if (self->held)
    count (self, alarms);
  else
    show (self, alarms);
}

static void
benk_alarms_shown_dispose (GObject *object)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (object);

  disarm (self);
  g_clear_object (&self->queue);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (benk_alarms_shown_parent_class)->dispose (object);
}

static void
benk_alarms_shown_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_ALARMS_SHOWN (object)->rows);
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
}

static void
benk_alarms_shown_init (BenkAlarmsShown *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * benk_alarms_shown_new:
 * @queue: the live list of open #BenkAlarm
 * @clock: the clock
 *
 * Returns: (transfer full): a list that follows @queue
 */
BenkAlarmsShown *
benk_alarms_shown_new (GListModel *queue, BenkClock *clock)
{
  BenkAlarmsShown *self = g_object_new (BENK_TYPE_ALARMS_SHOWN, NULL);

  self->queue = g_object_ref (queue);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (on_queue_changed), self,
                           G_CONNECT_SWAPPED);
  on_queue_changed (self);
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
  if (benk_id_equal (&self->team, team))
    return;
  self->team = *team;
  benk_alarms_shown_apply (self);
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
  g_autoptr (GPtrArray) alarms = NULL;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->queue == NULL)
    return;
  alarms = list_queue (self);
  show (self, alarms);
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
  return is_waiting (&self->waiting);
}

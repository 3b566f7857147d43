/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-shown.h"

#include <string.h>

#include "benk-alarm-entry.h"

/* Who has not moved for so long reads or is away: screens.md. */
#define IDLE_MS (10 * 1000)
#define CRITICAL 40

/**
 * BenkAlarmsShown:
 *
 * What the list of alarms shows: the live queue by sections, held still while somebody is
 * at it. What happens meanwhile waits and is counted; an alarm that is no longer open
 * stays until then, and none changes its section.
 */
struct _BenkAlarmsShown
{
  GObject parent_instance;

  GListModel *queue;
  BenkClock *clock;
  GPtrArray *rows; /* BenkAlarmEntry */
  BenkAlarmsWaiting waiting;
  GSource *timer;
  guint idle; /* looks again at what has changed */
  gint64 input_ms;
  gboolean held;
  BenkId team;    /* nil: all */
  char *initials; /* of who is at the keyboard */
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
  return BENK_TYPE_ALARM_ENTRY;
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

/* An alarm of the queue, and where it is to stand. */
typedef struct
{
  BenkAlarm *alarm;
  BenkAlarmSection section;
} Place;

static gboolean
is_of_team (BenkAlarmsShown *self, BenkAlarm *alarm)
{
  return benk_id_is_nil (&self->team) ||
         benk_id_equal (benk_alarm_get_team_id (alarm), &self->team);
}

/* (transfer full): the queue by sections; within each as it came. Of the alarms
 * self->queue has a reference. */
static GArray *
list_places (BenkAlarmsShown *self)
{
  guint n = g_list_model_get_n_items (self->queue);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  GArray *sections[BENK_N_ALARM_SECTIONS];

  for (guint i = 0; i < BENK_N_ALARM_SECTIONS; i++)
    sections[i] = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (self->queue, i);
      BenkAlarmSection section = benk_alarm_section_find (alarm, self->initials, now_ms);
      Place place = { alarm, section };

      if (is_of_team (self, alarm))
        g_array_append_val (sections[section], place);
    }
  for (guint i = 1; i < BENK_N_ALARM_SECTIONS; i++)
    {
      g_array_append_vals (sections[0], sections[i]->data, sections[i]->len);
      g_array_unref (sections[i]);
    }
  return sections[0];
}

/* One splice: what is before and after the change does not move. */
static void
splice (BenkAlarmsShown *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  guint head = 0;
  guint tail = 0;

  while (head < old->len && head < rows->len && old->pdata[head] == rows->pdata[head])
    head++;
  while (tail < old->len - head && tail < rows->len - head &&
         old->pdata[old->len - 1 - tail] == rows->pdata[rows->len - 1 - tail])
    tail++;
  self->rows = g_ptr_array_ref (rows);
  if (head + tail < old->len || head + tail < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                rows->len - head - tail);
}

static BenkAlarm *
get_alarm (BenkAlarmsShown *self, guint position)
{
  return benk_alarm_entry_get_alarm (g_ptr_array_index (self->rows, position));
}

/* The rows of alarms that are shown already, by alarm. */
static GHashTable *
list_known (BenkAlarmsShown *self)
{
  GHashTable *known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_insert (known, get_alarm (self, i), self->rows->pdata[i]);
  return known;
}

static void on_entry_changed (BenkAlarmsShown *self);

static BenkAlarmEntry *
new_entry (BenkAlarmsShown *self, BenkAlarm *alarm)
{
  BenkAlarmEntry *entry = benk_alarm_entry_new (alarm);

  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_entry_changed), self);
  return entry;
}

static void
drop_entry (BenkAlarmsShown *self, BenkAlarmEntry *entry)
{
  g_signal_handlers_disconnect_by_data (entry, self);
}

static void
show (BenkAlarmsShown *self, GArray *places)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_full (places->len, (GDestroyNotify) g_object_unref);
  g_autoptr (GHashTable) known = list_known (self);
  GHashTableIter left;
  gpointer entry;

  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      BenkAlarmEntry *there = NULL;

      if (g_hash_table_steal_extended (known, place->alarm, NULL, (gpointer *) &there))
        g_object_ref (there);
      else
        there = new_entry (self, place->alarm);
      benk_alarm_entry_set_section (there, place->section,
                                    i == 0 ||
                                      g_array_index (places, Place, i - 1).section !=
                                        place->section);
      g_ptr_array_add (rows, there);
    }
  g_hash_table_iter_init (&left, known);
  while (g_hash_table_iter_next (&left, NULL, &entry))
    drop_entry (self, entry);
  splice (self, rows);
}

/* From an alarm's id to its place in the queue, from 1. */
static GHashTable *
number (GArray *places)
{
  GHashTable *numbers = g_hash_table_new (benk_id_hash, benk_id_equal);

  for (guint i = 0; i < places->len; i++)
    g_hash_table_insert (numbers,
                         (gpointer) benk_alarm_get_id (
                           g_array_index (places, Place, i).alarm),
                         GUINT_TO_POINTER (i + 1));
  return numbers;
}

/* One that was closed and opened again is another object; its row stays where it is. */
static void
replace (BenkAlarmsShown *self, guint position, BenkAlarm *alarm)
{
  g_autoptr (BenkAlarmEntry) before = NULL;
  BenkAlarmEntry *entry;

  if (get_alarm (self, position) == alarm)
    return;
  before = g_ptr_array_index (self->rows, position);
  entry = new_entry (self, alarm);
  benk_alarm_entry_set_section (entry, benk_alarm_entry_get_section (before),
                                benk_alarm_entry_get_heads (before));
  drop_entry (self, before);
  self->rows->pdata[position] = entry;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
count (BenkAlarmsShown *self, GArray *places)
{
  g_autoptr (GHashTable) numbers = number (places);
  g_autofree gboolean *is_shown = g_new0 (gboolean, places->len + 1);
  BenkAlarmsWaiting waiting;
  guint last = 0;

  memset (&waiting, 0, sizeof waiting);
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint n = GPOINTER_TO_UINT (
        g_hash_table_lookup (numbers, benk_alarm_get_id (get_alarm (self, i))));
      const Place *place = n > 0 ? &g_array_index (places, Place, n - 1) : NULL;

      if (place == NULL)
        {
          waiting.n_gone++;
          continue;
        }
      waiting.moved |= n < last || place->section != benk_alarm_entry_get_section (
                                                       g_ptr_array_index (self->rows, i));
      last = n;
      is_shown[n - 1] = TRUE;
      replace (self, i, place->alarm);
    }
  for (guint i = 0; i < places->len; i++)
    if (!is_shown[i])
      {
        waiting.n_new++;
        waiting.n_critical +=
          benk_alarm_get_severity (g_array_index (places, Place, i).alarm) >= CRITICAL;
      }
  set_waiting (self, &waiting);
}

static gboolean
on_idle (gpointer user_data)
{
  BenkAlarmsShown *self = user_data;

  self->idle = 0;
  benk_alarms_shown_follow (self);
  return G_SOURCE_REMOVE;
}

/* Whose it is may have changed without a change of the order in the queue; and many
 * alarms may change at a time. */
static void
on_entry_changed (BenkAlarmsShown *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
benk_alarms_shown_dispose (GObject *object)
{
  BenkAlarmsShown *self = BENK_ALARMS_SHOWN (object);

  disarm (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++)
    drop_entry (self, g_ptr_array_index (self->rows, i));
  g_clear_object (&self->queue);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (benk_alarms_shown_parent_class)->dispose (object);
}

static void
benk_alarms_shown_finalize (GObject *object)
{
  g_ptr_array_unref (BENK_ALARMS_SHOWN (object)->rows);
  g_free (BENK_ALARMS_SHOWN (object)->initials);
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
 * Returns: (transfer full): a list of #BenkAlarmEntry that follows @queue
 */
BenkAlarmsShown *
benk_alarms_shown_new (GListModel *queue, BenkClock *clock)
{
  BenkAlarmsShown *self = g_object_new (BENK_TYPE_ALARMS_SHOWN, NULL);

  self->queue = g_object_ref (queue);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (benk_alarms_shown_follow),
                           self, G_CONNECT_SWAPPED);
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
  if (benk_id_equal (&self->team, team))
    return;
  self->team = *team;
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
 * benk_alarms_shown_follow:
 * @self: the list
 *
 * Looks at the queue again: with time alone, an alarm may wait no longer.
 */
void
benk_alarms_shown_follow (BenkAlarmsShown *self)
{
  g_autoptr (GArray) places = NULL;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->queue == NULL)
    return;
  places = list_places (self);
  if (self->held)
    count (self, places);
  else
    show (self, places);
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
  g_autoptr (GArray) places = NULL;

  g_return_if_fail (BENK_IS_ALARMS_SHOWN (self));
  if (self->queue == NULL)
    return;
  places = list_places (self);
  show (self, places);
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

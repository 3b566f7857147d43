/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms.h"
#include "benk-alarms-private.h"

#include "benk-alarm-groups.h"
#include "benk-alarms-queue-private.h"
#include "benk-models.h"
#include "benk-outbox.h"

/* What is overdue changes with time alone; the order is looked at this often. */
#define ORDER_MS (30 * 1000)

/**
 * BenkAlarms:
 *
 * The alarms: the live queue of those that are open, and what is done about them.
 */
struct _BenkAlarms
{
  GObject parent_instance;

  GWeakRef session;
  BenkClock *clock;
  GPtrArray *models;
  GListStore *queue;
  GSource *timer;
  guint n_urgent;
  guint n_unsent;
  gboolean reading;
  gboolean read_again;
  BenkMoments *moments;
  BenkFlood *flood;
  gboolean is_flood;
  BenkReading *behind; /* how it goes with keeping the queue new */
};

enum
{
  PROP_0,
  PROP_N_OPEN,
  PROP_N_URGENT,
  PROP_N_UNSENT,
  PROP_FLOOD,
  N_PROPS,
};

enum
{
  SIGNAL_WAIT_OVER,
  SIGNAL_OVERDUE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkAlarms, benk_alarms, G_TYPE_OBJECT)

static GHashTable *
index_shown (BenkAlarms *self)
{
  GHashTable *shown =
    g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      BenkAlarm *alarm = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      g_hash_table_insert (shown, (gpointer) benk_alarm_get_id (alarm), alarm);
    }
  return shown;
}

/* (transfer full): what the queue is to hold. The object that is shown stays; only what
 * differs is set, so that only that is told. */
static GPtrArray *
keep_shown (BenkAlarms *self, BenkQueue *queue)
{
  g_autoptr (GHashTable) shown = index_shown (self);
  g_autofree gpointer *fresh = NULL;
  GPtrArray *rows;
  gsize n_fresh;

  fresh = g_ptr_array_steal (queue->alarms, &n_fresh);
  rows = g_ptr_array_new_full ((guint) n_fresh, g_object_unref);
  for (gsize i = 0; i < n_fresh; i++)
    {
      BenkAlarm *there = g_hash_table_lookup (shown, benk_alarm_get_id (fresh[i]));

      if (there == NULL)
        {
          g_ptr_array_add (rows, fresh[i]);
          continue;
        }
      benk_alarm_copy (there, fresh[i]);
      g_ptr_array_add (rows, g_object_ref (there));
      g_ptr_array_add (queue->spent, fresh[i]);
    }
  for (guint i = 0; i < queue->gone->len; i++)
    {
      BenkAlarm *ended = g_ptr_array_index (queue->gone, i);
      BenkAlarm *there = g_hash_table_lookup (shown, benk_alarm_get_id (ended));

      if (there)
        benk_alarm_copy (there, ended);
    }
  return rows;
}

static gboolean
is_at (BenkAlarms *self, guint position, BenkAlarm *alarm)
{
  g_autoptr (BenkAlarm) there =
    g_list_model_get_item (G_LIST_MODEL (self->queue), position);

  return there == alarm;
}

/* One splice: what is before and after the change does not move. */
static void
splice (BenkAlarms *self, GPtrArray *alarms)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  guint head = 0;
  guint tail = 0;

  while (head < n_before && head < alarms->len &&
         is_at (self, head, g_ptr_array_index (alarms, head)))
    head++;
  while (
    tail < n_before - head && tail < alarms->len - head &&
    is_at (self, n_before - 1 - tail, g_ptr_array_index (alarms, alarms->len - 1 - tail)))
    tail++;
  if (head + tail < n_before || head + tail < alarms->len)
    g_list_store_splice (self->queue, head, n_before - head - tail, alarms->pdata + head,
                         alarms->len - head - tail);
}

static void
set_number (BenkAlarms *self, guint *field, guint value, int property)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
look_at_flood (BenkAlarms *self)
{
  gboolean is_flood = benk_flood_is_on (self->flood);

  if (self->is_flood == is_flood)
    return;
  self->is_flood = is_flood;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLOOD]);
}

static void
show (BenkAlarms *self, BenkQueue *queue)
{
  guint n_open = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  g_autoptr (GPtrArray) rows = keep_shown (self, queue);

  splice (self, rows);
  if (n_open != rows->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
  set_number (self, &self->n_urgent, queue->n_urgent, PROP_N_URGENT);
  set_number (self, &self->n_unsent, queue->n_unsent, PROP_N_UNSENT);
  benk_moments_follow (self->moments, rows);
  benk_flood_follow (self->flood, rows);
  look_at_flood (self);
}

gboolean
benk_alarms_tell_wait_over (BenkAlarms *self, BenkAlarm *alarm)
{
  gboolean told = FALSE;

  g_signal_emit (self, signals[SIGNAL_WAIT_OVER], 0, alarm, &told);
  return told;
}

gboolean
benk_alarms_tell_overdue (BenkAlarms *self, BenkAlarm *alarm, gboolean begins)
{
  gboolean told = FALSE;

  g_signal_emit (self, signals[SIGNAL_OVERDUE], 0, alarm, begins, &told);
  return told;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkAlarms) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkQueue) queue =
    benk_store_read_finish (BENK_STORE (source), result, &error);

  self->reading = FALSE;
  if (queue && self->queue)
    show (self, queue);
  if (self->behind)
    benk_reading_end (self->behind, error);
  if (self->read_again)
    benk_alarms_refresh (self);
}

/* (transfer none) (nullable): none when it is over. */
BenkMoments *
benk_alarms_get_moments (BenkAlarms *self)
{
  return self->moments;
}

void
benk_alarms_refresh (BenkAlarms *self)
{
  g_autoptr (BenkSession) session = g_weak_ref_get (&self->session);

  self->read_again = self->reading;
  if (self->reading || session == NULL || self->queue == NULL)
    return;
  self->reading = TRUE;
  benk_queue_read_async (session, self->models, G_LIST_MODEL (self->queue), on_read,
                         g_object_ref (self));
}

GPtrArray *
benk_alarms_get_models (BenkAlarms *self)
{
  return self->models;
}

static gboolean on_timer (gpointer user_data);

static void
arm (BenkAlarms *self)
{
  self->timer = benk_clock_create_timer (self->clock, ORDER_MS);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] order of alarms");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
disarm (BenkAlarms *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
on_timer (gpointer user_data)
{
  BenkAlarms *self = user_data;

  disarm (self);
  benk_alarms_refresh (self);
  arm (self);
  return G_SOURCE_REMOVE;
}

static void
benk_alarms_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkAlarms *self = BENK_ALARMS (object);

  switch (id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, benk_alarms_get_n_open (self));
      break;
    case PROP_N_URGENT:
      g_value_set_uint (value, self->n_urgent);
      break;
    case PROP_N_UNSENT:
      g_value_set_uint (value, self->n_unsent);
      break;
    case PROP_FLOOD:
      g_value_set_boolean (value, self->is_flood);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_alarms_dispose (GObject *object)
{
  BenkAlarms *self = BENK_ALARMS (object);

  disarm (self);
  g_clear_pointer (&self->moments, benk_moments_free);
  g_clear_pointer (&self->flood, benk_flood_free);
  g_clear_object (&self->behind);
  g_clear_object (&self->queue);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_weak_ref_clear (&self->session);
  G_OBJECT_CLASS (benk_alarms_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  /**
   * BenkAlarms::wait-over:
   * @self: the alarms
   * @alarm: an alarm
   *
   * What @alarm waited for until now should have come. Once an end, also where the end
   * came while the program did not run; again until somebody could tell it.
   *
   * Returns: whether it was told
   */
  signals[SIGNAL_WAIT_OVER] = g_signal_new ("wait-over", type, G_SIGNAL_RUN_LAST, 0,
                                            g_signal_accumulator_true_handled, NULL, NULL,
                                            G_TYPE_BOOLEAN, 1, BENK_TYPE_ALARM);
  /**
   * BenkAlarms::overdue:
   * @self: the alarms
   * @alarm: a technical alarm that nobody has
   * @begins: whether its deadline has run out; else the clock was wrong when that was
   * told
   *
   * The deadline of @alarm has run out, and it is not another's. Once an alarm, also
   * where that came while the program did not run; again until somebody could tell it.
   * Not of one that came overdue.
   *
   * Returns: whether it was told
   */
  signals[SIGNAL_OVERDUE] =
    g_signal_new ("overdue", type, G_SIGNAL_RUN_LAST, 0,
                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                  BENK_TYPE_ALARM, G_TYPE_BOOLEAN);
}

static void
benk_alarms_class_init (BenkAlarmsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_alarms_get_property;
  object_class->dispose = benk_alarms_dispose;

  /**
   * BenkAlarms:n-open:
   *
   * How many alarms are open.
   */
  properties[PROP_N_OPEN] =
    g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * BenkAlarms:n-urgent:
   *
   * How many of them are technical and critical, or overdue and not another's.
   */
  properties[PROP_N_URGENT] =
    g_param_spec_uint ("n-urgent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * BenkAlarms:n-unsent:
   *
   * How much waits to be told to a source.
   */
  properties[PROP_N_UNSENT] =
    g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * BenkAlarms:flood:
   *
   * Whether more than %BENK_FLOOD_ALARMS came within the last %BENK_FLOOD_MS, what only
   * said an open one again not counted. It ends with time alone.
   */
  properties[PROP_FLOOD] = g_param_spec_boolean ("flood", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
benk_alarms_init (BenkAlarms *self)
{
  g_weak_ref_init (&self->session, NULL);
  self->queue = g_list_store_new (BENK_TYPE_ALARM);
  self->behind = benk_reading_new ();
}

static void
on_models_changed (BenkAlarms *self, BenkModels *models)
{
  g_ptr_array_unref (self->models);
  self->models = g_ptr_array_ref (benk_models_get_all (models));
  benk_alarms_refresh (self);
}

BenkAlarms *
benk_alarms_new (BenkSession *session)
{
  BenkAlarms *self = g_object_new (BENK_TYPE_ALARMS, NULL);

  g_weak_ref_set (&self->session, session);
  self->clock = g_object_ref (benk_session_get_clock (session));
  self->moments = benk_moments_new (self, self->clock);
  self->flood = benk_flood_new (self, self->clock, look_at_flood);
  self->models =
    g_ptr_array_ref (benk_models_get_all (benk_session_get_models (session)));
  g_signal_connect_object (benk_session_get_models (session), "changed",
                           G_CALLBACK (on_models_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (benk_alarms_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (benk_alarms_refresh),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->behind, "again", G_CALLBACK (benk_alarms_refresh), self,
                           G_CONNECT_SWAPPED);
  benk_alarms_refresh (self);
  arm (self);
  return self;
}

/**
 * benk_alarms_get_queue:
 * @self: the alarms
 *
 * Returns: (transfer none): the open #BenkAlarm by urgency: critical, overdue, next dose,
 *   deadline
 */
GListModel *
benk_alarms_get_queue (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), NULL);
  return G_LIST_MODEL (self->queue);
}

/**
 * benk_alarms_get_reading:
 * @self: the alarms
 *
 * Returns: (transfer none): how it goes with keeping the queue new
 */
BenkReading *
benk_alarms_get_reading (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), NULL);
  return self->behind;
}

/**
 * benk_alarms_get_n_open:
 * @self: the alarms
 *
 * Returns: how many are open
 */
guint
benk_alarms_get_n_open (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), 0);
  return self->queue ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;
}

/**
 * benk_alarms_get_n_urgent:
 * @self: the alarms
 *
 * Returns: how many are technical and critical or overdue
 */
guint
benk_alarms_get_n_urgent (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), 0);
  return self->n_urgent;
}

/**
 * benk_alarms_get_n_unsent:
 * @self: the alarms
 *
 * Returns: how much waits to be told to a source
 */
guint
benk_alarms_get_n_unsent (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), 0);
  return self->n_unsent;
}

/**
 * benk_alarms_is_flood:
 * @self: the alarms
 *
 * Returns: whether more come than one reads one by one; see BenkAlarms:flood
 */
gboolean
benk_alarms_is_flood (BenkAlarms *self)
{
  g_return_val_if_fail (BENK_IS_ALARMS (self), FALSE);
  return self->is_flood;
}

/* (transfer full) (nullable) */
BenkSession *
benk_alarms_dup_session (BenkAlarms *self)
{
  return g_weak_ref_get (&self->session);
}

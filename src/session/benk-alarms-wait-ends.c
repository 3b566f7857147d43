/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarm-wait.h"
#include "benk-attention-private.h"
#include "benk-error.h"
#include "benk-table-alarm-wait.h"

/* An end is a time of the clock on the wall: nothing happens in the store when it comes.
 * The order of the queue follows the clock at each look; here is the look at the right
 * moment, and that it is told once. */
struct _BenkWaitEnds
{
  BenkAlarms *alarms; /* unowned */
  BenkClock *clock;
  GSource *timer;
  GHashTable *told;      /* alarm id → the end that was told, gint64 */
  GHashTable *unwritten; /* alarm id of those of them that could not be kept */
};

typedef struct
{
  BenkId alarm;
  gint64 until_ms;
} Mark;

BenkWaitEnds *
benk_wait_ends_new (BenkAlarms *alarms, BenkClock *clock)
{
  BenkWaitEnds *self = g_new0 (BenkWaitEnds, 1);

  self->alarms = alarms;
  self->clock = g_object_ref (clock);
  self->told = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                      (GDestroyNotify) benk_id_free, g_free);
  self->unwritten = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                           (GDestroyNotify) benk_id_free, NULL);
  return self;
}

static void
disarm (BenkWaitEnds *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

void
benk_wait_ends_free (BenkWaitEnds *self)
{
  disarm (self);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->unwritten);
  g_object_unref (self->clock);
  g_free (self);
}

static gboolean
on_timer (gpointer user_data)
{
  BenkWaitEnds *self = user_data;

  disarm (self);
  benk_alarms_refresh (self->alarms);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkWaitEnds *self, gint64 delay_ms)
{
  self->timer = benk_clock_create_timer (self->clock, delay_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_set_static_name (self->timer, "[dosebenk] end of waiting");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* What a callback needs, which may come when all is closed. */
typedef struct
{
  GWeakRef alarms;
  BenkId alarm;
} MarkTask;

static MarkTask *
mark_task_new (BenkAlarms *alarms, const BenkId *alarm)
{
  MarkTask *task = g_new0 (MarkTask, 1);

  g_weak_ref_init (&task->alarms, alarms);
  task->alarm = *alarm;
  return task;
}

static void
mark_task_free (MarkTask *task)
{
  g_weak_ref_clear (&task->alarms);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MarkTask, mark_task_free)

static gpointer
write_mark (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Mark *mark = data;

  benk_table_alarm_set_wait_told (db, &mark->alarm, mark->until_ms, error);
  return NULL;
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MarkTask) task = user_data;
  g_autoptr (BenkAlarms) alarms = g_weak_ref_get (&task->alarms);
  BenkWaitEnds *self = alarms ? benk_alarms_get_wait_ends (alarms) : NULL;
  g_autoptr (BenkSession) session = alarms ? benk_alarms_dup_session (alarms) : NULL;
  g_autoptr (GError) error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (self == NULL || session == NULL ||
      g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  if (error)
    g_hash_table_add (self->unwritten, benk_id_copy (&task->alarm));
  else
    g_hash_table_remove (self->unwritten, &task->alarm);
  if (error || g_hash_table_size (self->unwritten) == 0)
    benk_attention_set_unsaved (benk_session_get_attention (session), BENK_UNSAVED_WAIT,
                                error);
}

static void
write_down (BenkWaitEnds *self, const BenkId *alarm, gint64 until_ms)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self->alarms);
  Mark *told;

  if (session == NULL)
    return;
  told = g_new0 (Mark, 1);
  told->alarm = *alarm;
  told->until_ms = until_ms;
  benk_store_write_async (benk_session_get_store (session), write_mark, told, g_free,
                          NULL, on_marked, mark_task_new (self->alarms, alarm));
}

/* @until_ms 0: not told any more. */
static void
mark (BenkWaitEnds *self, BenkAlarm *alarm, gint64 until_ms)
{
  const BenkId *id = benk_alarm_get_id (alarm);

  g_hash_table_insert (self->told, benk_id_copy (id),
                       g_memdup2 (&until_ms, sizeof until_ms));
  write_down (self, id, until_ms);
}

static void
write_rest (BenkWaitEnds *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->unwritten);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const gint64 *until_ms = g_hash_table_lookup (self->told, id);

      write_down (self, id, *until_ms);
    }
}

static gint64
get_told (BenkWaitEnds *self, BenkAlarm *alarm)
{
  const gint64 *told = g_hash_table_lookup (self->told, benk_alarm_get_id (alarm));

  return told ? *told : benk_alarm_get_wait_told_ms (alarm);
}

/* A clock that was set back has told it too early: it is told again when it comes. */
static void
look_at (BenkWaitEnds *self, BenkAlarm *alarm, gint64 now_ms)
{
  gint64 until_ms = benk_alarm_get_waiting_until_ms (alarm);
  gboolean told = get_told (self, alarm) == until_ms;

  if (benk_alarm_is_waiting (alarm, now_ms) && told)
    mark (self, alarm, 0);
  else if (benk_alarm_has_waited (alarm, now_ms) && !told &&
           benk_alarms_tell_wait_over (self->alarms, alarm))
    mark (self, alarm, until_ms);
}

void
benk_wait_ends_follow (BenkWaitEnds *self, GPtrArray *alarms)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  gint64 next_ms = G_MAXINT64;

  disarm (self);
  write_rest (self);
  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);

      if (benk_alarm_is_waiting (alarm, now_ms))
        next_ms = MIN (next_ms, benk_alarm_get_waiting_until_ms (alarm));
      look_at (self, alarm, now_ms);
    }
  if (next_ms < G_MAXINT64)
    arm (self, next_ms - now_ms);
}

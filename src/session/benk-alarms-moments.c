/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarm-wait.h"
#include "benk-attention-private.h"
#include "benk-error.h"
#include "benk-table-alarm-wait.h"

/* The end of a waiting, and that of the time to take an alarm within, is a time of the
 * clock: nothing happens in the store when it comes. The order of the queue follows the
 * clock at each look; here is the look at the right moment, and that it is told once. A
 * waiting ends for one who counts on it, to the minute. A deadline is seen at the next
 * look, so that those of a burst are told together. */
struct _BenkMoments
{
  BenkAlarms *alarms; /* unowned */
  BenkClock *clock;
  GSource *timer;
  GHashTable *told;      /* alarm id → the moment that was told, gint64 */
  GHashTable *unwritten; /* alarm id of those of them that are not kept yet */
  gboolean writing;
};

typedef struct
{
  BenkId alarm;
  gint64 until_ms;
} Mark;

BenkMoments *
benk_moments_new (BenkAlarms *alarms, BenkClock *clock)
{
  BenkMoments *self = g_new0 (BenkMoments, 1);

  self->alarms = alarms;
  self->clock = g_object_ref (clock);
  self->told = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                      (GDestroyNotify) benk_id_free, g_free);
  self->unwritten = g_hash_table_new_full (benk_id_hash, benk_id_equal,
                                           (GDestroyNotify) benk_id_free, NULL);
  return self;
}

static void
disarm (BenkMoments *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

void
benk_moments_free (BenkMoments *self)
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
  BenkMoments *self = user_data;

  disarm (self);
  benk_alarms_refresh (self->alarms);
  return G_SOURCE_REMOVE;
}

static void
arm (BenkMoments *self, gint64 delay_ms)
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
  GArray *marks;
} MarkTask;

static MarkTask *
mark_task_new (BenkAlarms *alarms, GArray *marks)
{
  MarkTask *task = g_new0 (MarkTask, 1);

  g_weak_ref_init (&task->alarms, alarms);
  task->marks = g_array_ref (marks);
  return task;
}

static void
mark_task_free (MarkTask *task)
{
  g_weak_ref_clear (&task->alarms);
  g_array_unref (task->marks);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MarkTask, mark_task_free)

static gpointer
write_marks (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *marks = data;
  g_autoptr (BenkTx) tx = benk_tx_begin (db, error);

  if (tx == NULL)
    return NULL;
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      if (!benk_table_alarm_set_wait_told (db, &mark->alarm, mark->until_ms, error))
        return NULL;
    }
  benk_tx_commit (tx, error);
  return NULL;
}

/* What was told meanwhile stays to be written. */
static void
drop_written (BenkMoments *self, GArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      const gint64 *told = g_hash_table_lookup (self->told, &mark->alarm);

      if (told && *told == mark->until_ms)
        g_hash_table_remove (self->unwritten, &mark->alarm);
    }
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MarkTask) task = user_data;
  g_autoptr (BenkAlarms) alarms = g_weak_ref_get (&task->alarms);
  BenkMoments *self = alarms ? benk_alarms_get_moments (alarms) : NULL;
  g_autoptr (BenkSession) session = alarms ? benk_alarms_dup_session (alarms) : NULL;
  g_autoptr (GError) error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (self == NULL || session == NULL ||
      g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    return;
  self->writing = FALSE;
  if (error == NULL)
    drop_written (self, task->marks);
  benk_attention_set_unsaved (benk_session_get_attention (session), BENK_UNSAVED_WAIT,
                              error);
}

/* Of a burst in one go; what could not be kept is tried again at the next look. */
static void
write_down (BenkMoments *self)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self->alarms);
  g_autoptr (GArray) marks = NULL;
  GHashTableIter iter;
  gpointer id;

  if (session == NULL || self->writing || g_hash_table_size (self->unwritten) == 0)
    return;
  marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_hash_table_iter_init (&iter, self->unwritten);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const gint64 *until_ms = g_hash_table_lookup (self->told, id);
      const Mark mark = { *(const BenkId *) id, *until_ms };

      g_array_append_val (marks, mark);
    }
  self->writing = TRUE;
  benk_store_write_async (benk_session_get_store (session), write_marks,
                          g_array_ref (marks), (GDestroyNotify) g_array_unref, NULL,
                          on_written, mark_task_new (self->alarms, marks));
}

/* @until_ms 0: not told any more. */
static void
mark (BenkMoments *self, BenkAlarm *alarm, gint64 until_ms)
{
  const BenkId *id = benk_alarm_get_id (alarm);

  g_hash_table_insert (self->told, benk_id_copy (id),
                       g_memdup2 (&until_ms, sizeof until_ms));
  g_hash_table_add (self->unwritten, benk_id_copy (id));
}

static gint64
get_told (BenkMoments *self, BenkAlarm *alarm)
{
  const gint64 *told = g_hash_table_lookup (self->told, benk_alarm_get_id (alarm));

  return told ? *told : benk_alarm_get_wait_told_ms (alarm);
}

/* A clock that was set back has told it too early: it is told again when it comes. */
static void
look_at_waiting (BenkMoments *self, BenkAlarm *alarm, gint64 now_ms)
{
  gint64 until_ms = benk_alarm_get_waiting_until_ms (alarm);
  gboolean told = get_told (self, alarm) == until_ms;

  if (benk_alarm_is_waiting (alarm, now_ms) && told)
    mark (self, alarm, 0);
  else if (benk_alarm_has_waited (alarm, now_ms) && !told &&
           benk_alarms_tell_wait_over (self->alarms, alarm))
    mark (self, alarm, until_ms);
}

/* One that came too late is told as it came. A time of receipt that has not come yet was
 * that of a wrong clock. */
static gboolean
came_overdue (BenkAlarm *alarm, gint64 due_ms, gint64 now_ms)
{
  gint64 received_ms = benk_alarm_get_received_ms (alarm);

  return received_ms + benk_alarm_get_clock_skew_ms (alarm) > due_ms &&
         received_ms <= now_ms;
}

/* Only what nobody has: whoever took it knows of it. What was told last may be the end of
 * a waiting before it was opened again; a deadline before that was known then. */
static void
look_at_deadline (BenkMoments *self, BenkAlarm *alarm, gint64 now_ms)
{
  gint64 due_ms = benk_alarm_get_due_ms (alarm);
  gboolean told = get_told (self, alarm) >= due_ms;

  if (due_ms <= 0 || benk_alarm_get_status (alarm) != BENK_ALARM_STATUS_NEW)
    return;
  if (told && !benk_alarm_is_overdue (alarm, now_ms))
    {
      mark (self, alarm, 0);
      benk_alarms_tell_overdue (self->alarms, alarm, FALSE);
    }
  else if (!told && benk_alarm_is_own_overdue (alarm, now_ms) &&
           !came_overdue (alarm, due_ms, now_ms) &&
           benk_alarms_tell_overdue (self->alarms, alarm, TRUE))
    mark (self, alarm, due_ms);
}

void
benk_moments_follow (BenkMoments *self, GPtrArray *alarms)
{
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  gint64 next_ms = G_MAXINT64;

  disarm (self);
  for (guint i = 0; i < alarms->len; i++)
    {
      BenkAlarm *alarm = g_ptr_array_index (alarms, i);

      if (benk_alarm_is_waiting (alarm, now_ms))
        next_ms = MIN (next_ms, benk_alarm_get_waiting_until_ms (alarm));
      look_at_waiting (self, alarm, now_ms);
      look_at_deadline (self, alarm, now_ms);
    }
  write_down (self);
  if (next_ms < G_MAXINT64)
    arm (self, next_ms - now_ms);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-queue-private.h"

#include "benk-alarm-groups.h"
#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-feeds-clock.h"
#include "benk-table-duty.h"
#include "benk-table-outbox.h"

/* The queue is read, put in order and marked on a thread of the store: of thousands of
 * alarms, only what differs is left to be done where the window is. */

static void
queue_job_free (BenkQueueJob *job)
{
  g_ptr_array_unref (job->models);
  g_array_unref (job->shown);
  g_free (job->initials);
  g_free (job);
}

static void
queue_free (BenkQueue *queue)
{
  g_clear_pointer (&queue->alarms, g_ptr_array_unref);
  g_clear_pointer (&queue->gone, g_ptr_array_unref);
  g_clear_pointer (&queue->spent, g_ptr_array_unref);
  g_free (queue);
}

static void
free_in_thread (GTask *task, gpointer source, gpointer queue, GCancellable *cancellable)
{
  queue_free (queue);
}

/* (transfer full): thousands of objects take their time to go, too. */
void
benk_queue_free (BenkQueue *queue)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, queue, NULL);
  g_task_run_in_thread (task, free_in_thread);
}

/* Whoever still looks at one that is open no longer sees how it ended. One that was
 * undone is nowhere. */
static gboolean
read_gone (BenkDb *db, BenkQueueJob *job, BenkQueue *queue, GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new (benk_id_hash, benk_id_equal);

  queue->gone = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < queue->alarms->len; i++)
    g_hash_table_add (open, (gpointer) benk_alarm_get_id (
                              g_ptr_array_index (queue->alarms, i)));
  for (guint i = 0; i < job->shown->len; i++)
    {
      const BenkId *id = &g_array_index (job->shown, BenkId, i);
      g_autoptr (GError) local = NULL;
      BenkAlarm *alarm;

      if (g_hash_table_contains (open, id))
        continue;
      alarm = benk_alarm_load (db, id, job->models, &local);
      if (alarm)
        g_ptr_array_add (queue->gone, alarm);
      else if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_urgent (BenkAlarm *alarm, gint64 now_ms)
{
  return benk_alarm_is_own_overdue (alarm, now_ms) ||
         (benk_alarm_is_critical (alarm) &&
          benk_alarm_get_responsibility (alarm) == BENK_RESPONSIBILITY_TECHNICAL);
}

static gpointer
read_queue (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkQueueJob *job = data;
  gint64 now_ms = benk_db_get_wall_ms (db);
  g_autoptr (BenkQueue) queue = g_new0 (BenkQueue, 1);
  g_autoptr (BenkDutyRoster) roster = benk_table_duty_load (db, error);

  queue->spent = g_ptr_array_new_with_free_func (g_object_unref);
  if (roster != NULL)
    queue->alarms = benk_alarm_load_open (db, job->models, error);
  if (queue->alarms == NULL || !read_gone (db, job, queue, error) ||
      !benk_table_outbox_count_unsent (db, &queue->n_unsent, error))
    return NULL;
  benk_alarm_arrange (queue->alarms, roster, job->initials, now_ms, job->skew_ms);
  for (guint i = 0; i < queue->alarms->len; i++)
    queue->n_urgent += is_urgent (g_ptr_array_index (queue->alarms, i), now_ms);
  return g_steal_pointer (&queue);
}

/* @shown: what stands in the queue now */
void
benk_queue_read_async (BenkSession *session,
                       GPtrArray *models,
                       GListModel *shown,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  BenkQueueJob *job = g_new0 (BenkQueueJob, 1);
  BenkStaff *staff = benk_session_get_staff (session);
  guint n_shown = g_list_model_get_n_items (shown);

  job->models = g_ptr_array_ref (models);
  job->skew_ms = benk_feeds_get_clock_skew_ms (benk_session_get_feeds (session));
  job->initials = staff ? g_strdup (benk_staff_get_initials (staff)) : NULL;
  job->shown = g_array_sized_new (FALSE, FALSE, sizeof (BenkId), n_shown);
  for (guint i = 0; i < n_shown; i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (shown, i);

      g_array_append_val (job->shown, *benk_alarm_get_id (alarm));
    }
  benk_store_read_async (benk_session_get_store (session), read_queue, job,
                         (GDestroyNotify) queue_job_free, NULL, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-store-thread.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-db-private.h"

typedef struct
{
  BenkStoreWork work;
  gpointer data;
  GDestroyNotify destroy;
  GCancellable *cancellable;
  GTask *task; /* NULL: somebody waits for done */
  gboolean quit;

  gpointer result;
  GError *error;
  gboolean done;
} Job;

struct _BenkStoreThread
{
  GThread *thread;
  GAsyncQueue *queue;
  BenkStoreThreadOpen open_db;
  BenkStoreThreadDone done;
  gpointer owner;
  GMutex mutex; /* guards Job.done */
  GCond cond;
};

static void
finish_waiting (BenkStoreThread *self, Job *job)
{
  g_mutex_lock (&self->mutex);
  job->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* In the caller's context, so that data and result never die on a thread of the store. */
static gboolean
return_task (gpointer user_data)
{
  Job *job = user_data;

  if (job->destroy != NULL)
    job->destroy (job->data);

  if (job->error != NULL)
    g_task_return_error (job->task, job->error);
  else
    g_task_return_pointer (job->task, job->result, NULL);

  g_object_unref (job->task);
  g_free (job);

  return G_SOURCE_REMOVE;
}

static void
finish_task (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_static_name (source, "[dosebenk] store work done");
  g_source_set_callback (source, return_task, job, NULL);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
do_work (BenkStoreThread *self, BenkDb *db, Job *job)
{
  if (g_cancellable_is_cancelled (job->cancellable))
    {
      job->error =
        g_error_new_literal (BENK_ERROR, BENK_ERROR_CANCELLED, _ ("Cancelled."));
      return;
    }

  job->result = job->work (db, job->data, job->cancellable, &job->error);

  if (benk_db_in_transaction (db))
    {
      g_critical ("store: work left a transaction open");
      benk_db_rollback (db);
    }

  if (self->done != NULL)
    self->done (db, self->owner);
}

typedef struct
{
  BenkStoreThread *thread;
  Job *opening;
} Start;

static gpointer
thread_main (gpointer data)
{
  g_autofree Start *start = data;
  BenkStoreThread *self = start->thread;
  Job *opening = start->opening;
  g_autoptr (BenkDb) db = self->open_db (self->owner, &opening->error);
  gboolean opened = db != NULL;

  finish_waiting (self, opening);

  while (opened)
    {
      Job *job = g_async_queue_pop (self->queue);

      if (job->quit)
        break;

      do_work (self, db, job);
      if (job->task != NULL)
        finish_task (job);
      else
        finish_waiting (self, job);
    }

  return NULL;
}

static void
wait_for (BenkStoreThread *self, Job *job)
{
  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/*< private >
 * benk_store_thread_new:
 * @open: opens the connection, on the new thread
 * @done: (nullable): called on the thread after each piece of work
 * @owner: handed to both
 *
 * Starts a thread and waits until its connection is open.
 *
 * Returns: (transfer full): the thread, or %NULL with the error of @open
 */
BenkStoreThread *
benk_store_thread_new (const char *name,
                       BenkStoreThreadOpen open,
                       BenkStoreThreadDone done,
                       gpointer owner,
                       GError **error)
{
  g_autoptr (BenkStoreThread) self = g_new0 (BenkStoreThread, 1);
  Start *start = g_new0 (Start, 1);
  Job opening = { 0 };

  self->queue = g_async_queue_new ();
  self->open_db = open;
  self->done = done;
  self->owner = owner;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  start->thread = self;
  start->opening = &opening;
  self->thread = g_thread_new (name, thread_main, start);
  wait_for (self, &opening);

  if (opening.error == NULL)
    return g_steal_pointer (&self);

  g_propagate_error (error, opening.error);
  return NULL;
}

/*< private >
 * benk_store_thread_free:
 *
 * Does the work that waits, then closes the connection and ends the thread.
 */
void
benk_store_thread_free (BenkStoreThread *self)
{
  Job quit = { .quit = TRUE };

  if (self == NULL)
    return;

  g_assert (self->thread != g_thread_self ());

  g_async_queue_push (self->queue, &quit);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/*< private >
 * benk_store_thread_run:
 *
 * Runs work and waits for it.
 *
 * Returns: what the work returned
 */
gpointer
benk_store_thread_run (BenkStoreThread *self,
                       BenkStoreWork work,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  Job job = { .work = work, .data = data, .cancellable = cancellable };

  g_assert (self->thread != g_thread_self ());

  g_async_queue_push (self->queue, &job);
  wait_for (self, &job);
  if (job.error != NULL)
    g_propagate_error (error, job.error);

  return job.result;
}

/*< private >
 * benk_store_thread_push:
 * @task: (transfer full): returned in its own context
 *
 * Runs work later. @destroy runs in the context of @task.
 */
void
benk_store_thread_push (BenkStoreThread *self,
                        BenkStoreWork work,
                        gpointer data,
                        GDestroyNotify destroy,
                        GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->destroy = destroy;
  job->cancellable = g_task_get_cancellable (task);
  job->task = task;
  g_async_queue_push (self->queue, job);
}

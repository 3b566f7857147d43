/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-change.h"

#include "benk-erase.h"

typedef struct
{
  BenkChange change;
  char *account;
  BenkChangeWork work;
  gpointer data;
  GDestroyNotify destroy;
  gint64 seq;
} ChangeJob;

typedef struct
{
  BenkStoreWork work;
  gpointer data;
  GDestroyNotify destroy;
  GDestroyNotify free_answer;
} ReadJob;

static void
change_job_free (ChangeJob *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job->account);
  g_free (job);
}

static void
read_job_free (ReadJob *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

static gpointer
run_change (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ChangeJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);

  if (scope != NULL)
    benk_scope_set_cancellable (scope, cancellable);
  if (scope == NULL || !job->work (db, scope, job->data, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !benk_scope_commit (scope, &job->seq, error))
    return NULL;

  /* Erased words leave the files as well. */
  if (job->change.verb == BENK_VERB_ERASE)
    {
      g_clear_pointer (&scope, benk_scope_free);
      if (!benk_erase_sweep (db, error))
        return NULL;
    }

  return job;
}

static void
on_change (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_store_write_finish (BENK_STORE (store), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/*
 * benk_session_change_async:
 * @source: the room that changes something
 * @work: the inside of the scope
 * @data: (transfer full): for @work
 *
 * Makes one change as the chosen staff.
 */
void
benk_session_change_async (BenkSession *session,
                           gpointer source,
                           BenkVerb verb,
                           const BenkId *subject,
                           BenkChangeWork work,
                           gpointer data,
                           GDestroyNotify destroy,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  ChangeJob *job = g_new0 (ChangeJob, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, benk_session_change_async);
  /* What is committed is told, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  job->work = work;
  job->data = data;
  job->destroy = destroy;
  g_task_set_task_data (task, job, (GDestroyNotify) change_job_free);
  if (!benk_session_fill_change (session, verb, subject, &job->change, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job->account = g_strdup (job->change.account);
  job->change.account = job->account;

  /* The task owns the job and outlives the work. */
  benk_store_write_async (benk_session_get_store (session), run_change, job, NULL,
                          cancellable, on_change, g_object_ref (task));
}

/*
 * benk_session_change_finish:
 * @seq: (out) (optional): the row of the change log
 *
 * Returns: (transfer none): the data of the work, valid while @result lives, or %NULL
 */
gpointer
benk_session_change_finish (gpointer source,
                            GAsyncResult *result,
                            gint64 *seq,
                            GError **error)
{
  ChangeJob *job;

  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  if (seq != NULL)
    *seq = job->seq;

  return job->data;
}

static void
on_read (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ReadJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer answer = benk_store_read_finish (BENK_STORE (store), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, job->free_answer);
}

static gpointer
run_read (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ReadJob *job = data;
  g_autoptr (BenkTx) tx = benk_tx_begin_read (db, error);

  return tx != NULL ? job->work (db, job->data, cancellable, error) : NULL;
}

/*
 * benk_session_read_async:
 * @source: the room that reads something
 * @work: on the store's reading thread, in one transaction
 * @data: (transfer full): for @work
 * @free_answer: frees what @work answers if nobody wants it
 *
 * Reads something as of one instant.
 */
void
benk_session_read_async (BenkSession *session,
                         gpointer source,
                         BenkStoreWork work,
                         gpointer data,
                         GDestroyNotify destroy,
                         GDestroyNotify free_answer,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  ReadJob *job = g_new0 (ReadJob, 1);

  g_task_set_source_tag (task, benk_session_read_async);
  job->work = work;
  job->data = data;
  job->destroy = destroy;
  job->free_answer = free_answer;
  g_task_set_task_data (task, job, (GDestroyNotify) read_job_free);
  benk_store_read_async (benk_session_get_store (session), run_read, job, NULL,
                         cancellable, on_read, g_object_ref (task));
}

gpointer
benk_session_read_finish (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Gives a row that is shown what was read anew; only what differs is notified. */
void
benk_session_copy_record (GObject *from, GObject *to)
{
  guint n;
  g_autofree GParamSpec **specs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (from), &n);

  g_object_freeze_notify (to);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, specs[i]->value_type);
      g_object_get_property (from, specs[i]->name, &value);
      g_object_set_property (to, specs[i]->name, &value);
    }
  g_object_thaw_notify (to);
}

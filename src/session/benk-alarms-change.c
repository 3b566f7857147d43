/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-alarms-private.h"

#include "benk-alarm-groups.h"
#include "benk-feeds-clock.h"
#include "benk-outbox.h"

BenkAlarmJob *
benk_alarm_job_new (BenkAlarms *self,
                    BenkSession *session,
                    BenkVerb verb,
                    const BenkId *alarm,
                    GError **error)
{
  BenkChange change;
  BenkAlarmJob *job;

  if (!benk_session_fill_change (session, verb, alarm, &change, error))
    return NULL;
  job = g_new0 (BenkAlarmJob, 1);
  job->change = change;
  job->models = g_ptr_array_ref (benk_alarms_get_models (self));
  job->skew_ms = benk_feeds_get_clock_skew_ms (benk_session_get_feeds (session));
  if (alarm)
    job->alarm = *alarm;
  return job;
}

/**
 * benk_alarms_add_async:
 * @self: the alarms
 * @alarm: the alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds an alarm by hand. The same code from the same device within 900 s joins the first.
 */
void
benk_alarms_add_async (BenkAlarms *self,
                       const BenkNewAlarm *alarm,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);
  GError *error = NULL;
  BenkAlarmJob *job;

  g_return_if_fail (session != NULL);
  job = benk_alarm_job_new (self, session, BENK_VERB_ALARM_ADD, NULL, &error);
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->device = g_strdup (alarm->device ? alarm->device : "");
  job->code = g_strdup (alarm->code);
  job->via = alarm->via;
  job->raised_ms = alarm->raised_ms;
  benk_store_write_async (benk_session_get_store (session), benk_alarm_job_add, job,
                          (GDestroyNotify) benk_alarm_job_free, cancellable,
                          benk_session_on_pointer, g_steal_pointer (&task));
}

/**
 * benk_alarms_add_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it was not added
 *
 * Returns: (transfer full): the alarm as it is kept, or the one it joined; %NULL with
 *   %BENK_ERROR_NOT_FOUND (no such device), %BENK_ERROR_CONFLICT (several) or
 *   %BENK_ERROR_INVALID (the code)
 */
BenkAlarm *
benk_alarms_add_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* (transfer full) (nullable): the change of an alarm, and of others with it; none where
 * it cannot be made, and then @task is answered. */
BenkAlarmJob *
benk_alarms_begin (GTask *task, BenkVerb verb, const BenkId *alarms, guint n_alarms)
{
  BenkAlarms *self = g_task_get_source_object (task);
  BenkSession *session = benk_alarms_dup_session (self);
  GError *error = NULL;
  BenkAlarmJob *job;

  g_return_val_if_fail (session != NULL && n_alarms > 0, NULL);
  g_task_set_task_data (task, session, g_object_unref);
  job = benk_alarm_job_new (self, session, verb, alarms, &error);
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return NULL;
    }
  job->also = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->also, alarms + 1, n_alarms - 1);
  return job;
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_outbox_flush_finish (result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Of an answered change that went wrong: it stands here, and a source has refused it. */
gboolean
benk_alarms_change_is_kept (GTask *task)
{
  return g_task_get_source_tag (task) == benk_alarms_change_is_kept;
}

/* Kept here first, under ids that the sources are told too: what is lost on the way is
 * known again. */
static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkSession *session = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) told = benk_store_write_finish (BENK_STORE (source), result, &error);

  if (told == NULL)
    g_task_return_error (task, error);
  else if (told->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      g_task_set_source_tag (task, benk_alarms_change_is_kept);
      benk_outbox_flush_async (session, told, NULL, on_told, g_steal_pointer (&task));
    }
}

/* (transfer full) @job. Makes the change, and tells the sources that it says. */
void
benk_alarms_change (GTask *task, BenkAlarmJob *job, BenkStoreWork work)
{
  BenkSession *session = g_task_get_task_data (task);

  benk_store_write_async (benk_session_get_store (session), work, job,
                          (GDestroyNotify) benk_alarm_job_free,
                          g_task_get_cancellable (task), on_changed, g_object_ref (task));
}

/**
 * benk_alarms_take_async:
 * @self: the alarms
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Takes an alarm and tells its source. Where the source cannot be reached it is told
 * later.
 */
void
benk_alarms_take_async (BenkAlarms *self,
                        const BenkId *alarm,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  benk_alarms_take_group_async (self, alarm, 1, cancellable, callback, user_data);
}

/**
 * benk_alarms_take_group_async:
 * @self: the alarms
 * @alarms: (array length=n_alarms): the members of a group, such as an incident
 * @n_alarms: how many; not 0
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer; it calls benk_alarms_take_finish()
 * @user_data: for @callback
 *
 * Takes all of them that nobody has, in one change, and tells each at its source. It is
 * refused only where all are taken or closed.
 */
void
benk_alarms_take_group_async (BenkAlarms *self,
                              const BenkId *alarms,
                              guint n_alarms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BenkAlarmJob *job = benk_alarms_begin (task, BENK_VERB_TAKE, alarms, n_alarms);

  if (job != NULL)
    benk_alarms_change (task, job, benk_alarm_job_take);
}

/**
 * benk_alarms_take_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it was not taken
 *
 * Returns: %FALSE with %BENK_ERROR_CONFLICT naming who was first, here or at the source
 */
gboolean
benk_alarms_take_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  guint n_accepted = 0;

  if (benk_outbox_flush_finish (result, &n_accepted, &error))
    g_task_return_int (task, (gssize) n_accepted);
  else
    g_task_return_error (task, error);
}

/**
 * benk_alarms_flush_async:
 * @self: the alarms
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends what waits to be sent.
 */
void
benk_alarms_flush_async (BenkAlarms *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);

  g_return_if_fail (session != NULL);
  benk_outbox_flush_async (session, NULL, cancellable, on_flushed,
                           g_task_new (self, cancellable, callback, user_data));
}

/**
 * benk_alarms_flush_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @n_accepted: (out) (optional): how many were accepted
 * @error: why the outbox could not be read
 *
 * Returns: whether all was tried that may be tried now
 */
gboolean
benk_alarms_flush_finish (BenkAlarms *self,
                          GAsyncResult *result,
                          guint *n_accepted,
                          GError **error)
{
  GError *local = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &local);

  if (local)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (n_accepted)
    *n_accepted = (guint) n;
  return TRUE;
}

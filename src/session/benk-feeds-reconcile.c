/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-private.h"

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-table-alarm-step.h"
#include "benk-table-alarm.h"

/* What was changed while nobody listened comes with the next search; what was taken away
 * does not. So after a gap each alarm of the source that is open here is asked for by
 * name. */
typedef struct
{
  BenkId feed;
  BenkFhirClient *client;
  BenkSession *session;
  GPtrArray *open; /* BenkAlarm */
  guint at;
  guint n_new;
  guint n_changed;
  GError *unread; /* of the first alarm whose answer was none */
} Reconcile;

static void ask_next (GTask *task);

static void
reconcile_free (Reconcile *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->session);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_error (&self->unread);
  g_free (self);
}

/* -- Not there any more -------------------------------------------------------------- */

typedef struct
{
  BenkChange change;
  BenkId alarm;
} GoneJob;

/* It stays open: that a record was taken away says nothing of the dispenser. */
static gpointer
write_gone (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GoneJob *job = data;
  g_autoptr (BenkScope) scope = benk_scope_begin (db, &job->change, error);
  gint64 now_ms = benk_db_get_wall_ms (db);

  if (scope != NULL &&
      benk_table_alarm_step_tell (db, &job->alarm, BENK_STEP_GONE, now_ms, NULL, FALSE,
                                  error) &&
      benk_table_alarm_set_gone (db, &job->alarm, now_ms, error))
    benk_scope_commit (scope, NULL, error);
  return NULL;
}

static void
on_gone_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reconcile *self = g_task_get_task_data (task);
  GError *error = NULL;

  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->n_changed++;
  self->at++;
  ask_next (g_steal_pointer (&task));
}

/* (transfer full) @task */
static void
keep_gone (GTask *task, BenkAlarm *alarm)
{
  Reconcile *self = g_task_get_task_data (task);
  GoneJob *job;

  if (benk_alarm_get_gone_ms (alarm) != 0)
    {
      self->at++;
      ask_next (task);
      return;
    }
  job = g_new0 (GoneJob, 1);
  job->alarm = *benk_alarm_get_id (alarm);
  job->change = (BenkChange){ .verb = BENK_VERB_INTAKE,
                              .subject = job->alarm,
                              .account = benk_session_get_account (self->session) };
  benk_store_write_async (benk_session_get_store (self->session), write_gone, job, g_free,
                          g_task_get_cancellable (task), on_gone_kept, task);
}

/* -- One after the other ------------------------------------------------------------- */

static void
on_taken_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reconcile *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!benk_feeds_take_in_finish (BENK_FEEDS (source), result, &self->n_new,
                                  &self->n_changed, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->at++;
  ask_next (g_steal_pointer (&task));
}

/* One whose answer is no alarm does not keep the others from being asked for; what was
 * wrong with it is told at the end, and all are asked for again. (transfer full) @error
 */
static void
skip_unread (GTask *task, GError *error)
{
  Reconcile *self = g_task_get_task_data (task);

  if (self->unread == NULL)
    self->unread = g_steal_pointer (&error);
  g_clear_error (&error);
  self->at++;
  ask_next (task);
}

static gboolean
is_of_one (const GError *error)
{
  return g_error_matches (error, BENK_ERROR, BENK_ERROR_PROTOCOL) &&
         benk_error_get_trouble (error).trouble == BENK_TROUBLE_NONE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkFhirClient *client = BENK_FHIR_CLIENT (source);
  Reconcile *self = g_task_get_task_data (task);
  GError *error = NULL;
  BenkFhirIssue *issue = benk_fhir_client_read_finish (client, result, &error);
  BenkFhirPage *page;

  if (issue == NULL)
    {
      if (g_error_matches (error, BENK_ERROR, BENK_ERROR_NOT_FOUND))
        {
          g_error_free (error);
          keep_gone (task, g_ptr_array_index (self->open, self->at));
          g_steal_pointer (&task);
        }
      else if (is_of_one (error))
        skip_unread (g_steal_pointer (&task), error);
      else
        g_task_return_error (task, error);
      return;
    }
  page = benk_fhir_page_new_of (issue);
  benk_feeds_take_in_async (g_task_get_source_object (task), &self->feed, client, page,
                            -1, g_task_get_cancellable (task), on_taken_in,
                            g_object_ref (task));
}

/* (transfer full) @task */
static void
ask_next (GTask *task)
{
  Reconcile *self = g_task_get_task_data (task);
  BenkAlarm *alarm;

  if (self->at >= self->open->len)
    {
      if (self->unread != NULL)
        g_task_return_error (task, g_steal_pointer (&self->unread));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  alarm = g_ptr_array_index (self->open, self->at);
  benk_fhir_client_read_async (self->client, benk_alarm_get_remote_id (alarm),
                               g_task_get_cancellable (task), on_read, task);
}

static gpointer
list_open (BenkDb *db, gpointer feed, GCancellable *cancellable, GError **error)
{
  return benk_table_alarm_list_open_of (db, feed, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reconcile *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->open = benk_store_read_finish (BENK_STORE (source), result, &error);
  if (self->open == NULL)
    g_task_return_error (task, error);
  else
    ask_next (g_steal_pointer (&task));
}

void
benk_feeds_reconcile_async (BenkFeeds *self,
                            const BenkId *feed,
                            BenkFhirClient *client,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Reconcile *reconcile = g_new0 (Reconcile, 1);

  reconcile->feed = *feed;
  reconcile->client = g_object_ref (client);
  reconcile->session = benk_feeds_dup_session (self);
  g_task_set_task_data (task, reconcile, (GDestroyNotify) reconcile_free);
  benk_store_read_async (benk_session_get_store (reconcile->session), list_open,
                         benk_id_copy (feed), (GDestroyNotify) benk_id_free, cancellable,
                         on_listed, task);
}

gboolean
benk_feeds_reconcile_finish (
  BenkFeeds *self, GAsyncResult *result, guint *n_new, guint *n_changed, GError **error)
{
  Reconcile *reconcile = g_task_get_task_data (G_TASK (result));

  *n_new += reconcile->n_new;
  *n_changed += reconcile->n_changed;
  return g_task_propagate_boolean (G_TASK (result), error);
}

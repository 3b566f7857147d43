/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a store comes to be, and how a session is opened over it, outside the main context.
 */

#include "benk-session-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-models-private.h"

typedef struct
{
  char *path;
  BenkClock *clock;
  gboolean demo;
  BenkSessionFlags flags;
  BenkModelsRead *models; /* answer */
} OpenJob;

static void
open_job_free (OpenJob *job)
{
  g_free (job->path);
  g_clear_object (&job->clock);
  g_clear_pointer (&job->models, benk_models_read_free);
  g_free (job);
}

static GTask *
new_open_task (const char *path,
               BenkClock *clock,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  OpenJob *job = g_new0 (OpenJob, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  job->path = g_strdup (path);
  job->clock = g_object_ref (clock);
  g_task_set_task_data (task, job, (GDestroyNotify) open_job_free);
  return task;
}

static void
create_in_thread (GTask *task,
                  gpointer source,
                  gpointer task_data,
                  GCancellable *cancellable)
{
  OpenJob *job = task_data;
  GError *error = NULL;
  g_autoptr (BenkStore) store = NULL;
  g_autofree char *folder = g_path_get_dirname (job->path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_IO,
                               _ ("The folder “%s” cannot be made."), folder);
      return;
    }
  store = benk_store_create (job->path, job->demo, job->clock, &error);
  if (!store)
    {
      g_task_return_error (task, error);
      return;
    }
  benk_store_close (store);
  g_task_return_boolean (task, TRUE);
}

static void
open_store (GTask *task, OpenJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStore) store = benk_store_open (job->path, job->clock, &error);

  if (!store)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Another process may be the engine; that is no failure. */
  if ((job->flags & BENK_SESSION_ENGINE) != 0 && !benk_store_try_engine (store, &error) &&
      !g_error_matches (error, BENK_ERROR, BENK_ERROR_BUSY))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job->models = benk_store_read (store, benk_models_load, NULL, NULL, &error);
  if (!job->models)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
}

/* A thread of its own: one of GLib's pool, kept ready, would begin to load GTK's icons
 * before libadwaita has said where its own are, and they would be loaded twice. */
static gpointer
run_open (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  open_store (task, g_task_get_task_data (task));
  return NULL;
}

/**
 * benk_session_create_store_async:
 * @path: the file to make; its folder is made where needed
 * @demo: whether it is a demo store, for ever
 * @clock: the clock
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is made
 * @user_data: for @callback
 *
 * Makes an empty store. An existing file is never touched.
 */
void
benk_session_create_store_async (const char *path,
                                 gboolean demo,
                                 BenkClock *clock,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = new_open_task (path, clock, cancellable, callback, user_data);
  OpenJob *job = g_task_get_task_data (task);

  job->demo = demo;
  g_task_run_in_thread (task, create_in_thread);
}

/**
 * benk_session_create_store_finish:
 * @result: what the callback was given
 * @error: why there is no store
 *
 * Returns: whether the store was made
 */
gboolean
benk_session_create_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_session_open_async:
 * @path: a store
 * @flags: how to open it
 * @clock: the clock
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens a store and everything that works on it. Nobody is chosen: the session is for
 * looking only until benk_session_choose_staff_async().
 */
void
benk_session_open_async (const char *path,
                         BenkSessionFlags flags,
                         BenkClock *clock,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = new_open_task (path, clock, cancellable, callback, user_data);
  OpenJob *job = g_task_get_task_data (task);

  job->flags = flags;
  g_thread_unref (g_thread_new ("session-open", run_open, g_steal_pointer (&task)));
}

/**
 * benk_session_open_finish:
 * @result: what the callback was given
 * @error: why the store could not be opened
 *
 * Returns: (transfer full): the session, or %NULL
 */
BenkSession *
benk_session_open_finish (GAsyncResult *result, GError **error)
{
  OpenJob *job = g_task_get_task_data (G_TASK (result));
  BenkStore *store = g_task_propagate_pointer (G_TASK (result), error);

  if (!store)
    return NULL;
  return benk_session_new_over (store, job->clock, g_steal_pointer (&job->models));
}

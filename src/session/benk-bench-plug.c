/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-private.h"

#include "benk-bench-job-private.h"
#include "benk-error.h"

#include <glib/gi18n.h>

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  g_set_object ((GAsyncResult **) slot, result);
}

/**
 * benk_bench_plug_virtual:
 * @self: the bench
 * @model_id: a make that can be simulated
 * @serial: (nullable): its serial; %NULL = the model's own
 * @state_dir: (nullable) (type filename): keeps its memory
 * @fault: (nullable): as "disconnect@7"; counts from the first job that is asked for
 * @error: %BENK_ERROR_NOT_FOUND, %BENK_ERROR_USAGE, or of the state file
 *
 * Plugs a simulated dispenser in, or in again.
 *
 * Returns: whether it is plugged in
 */
gboolean
benk_bench_plug_virtual (BenkBench *self,
                         const char *model_id,
                         const char *serial,
                         const char *state_dir,
                         const char *fault,
                         GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GTask *task;

  g_return_val_if_fail (BENK_IS_BENCH (self) && benk_bench_get_session (self) != NULL,
                        FALSE);
  g_return_val_if_fail (model_id != NULL, FALSE);

  g_main_context_push_thread_default (context);
  task = g_task_new (self, NULL, keep_result, &result);
  g_main_context_pop_thread_default (context);
  benk_bus_plug_virtual (benk_bench_need_bus (self), model_id, serial, state_dir, fault,
                         task);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * benk_bench_plug_virtual_async:
 * @self: the bench
 * @model_id: a model
 * @serial: (nullable): its serial; %NULL = the model's own
 * @state_dir: (type filename): where its memory is kept
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is plugged in
 * @user_data: given to @callback
 *
 * As benk_bench_plug_virtual(), without waiting for the memory to be read.
 */
void
benk_bench_plug_virtual_async (BenkBench *self,
                               const char *model_id,
                               const char *serial,
                               const char *state_dir,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (BENK_IS_BENCH (self) && benk_bench_get_session (self) != NULL);
  g_return_if_fail (model_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_bench_plug_virtual_async);
  benk_bus_plug_virtual (benk_bench_need_bus (self), model_id, serial, state_dir, NULL,
                         task);
}

/**
 * benk_bench_plug_virtual_finish:
 * @self: the bench
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is plugged in
 */
gboolean
benk_bench_plug_virtual_finish (BenkBench *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
create_record (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  g_autoptr (GError) local = NULL;
  GFileOutputStream *stream =
    g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, &local);

  if (stream != NULL)
    g_task_return_pointer (task, stream, g_object_unref);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_IO,
                             _ ("The dialogue cannot be recorded: %s Nothing was done."),
                             local->message);
}

/**
 * benk_bench_record_async:
 * @self: the bench
 * @file: does not exist yet
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file is made
 * @user_data: given to @callback
 *
 * Records the next job that is asked for, each line at once, so that a crash keeps what
 * was said. Nothing personal is in it.
 */
void
benk_bench_record_async (BenkBench *self,
                         GFile *file,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BENK_IS_BENCH (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, benk_bench_record_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, create_record);
}

/**
 * benk_bench_record_finish:
 * @self: the bench
 * @result: what the callback was given
 * @error: %BENK_ERROR_IO; also when there is such a file
 *
 * Returns: whether the file was made
 */
gboolean
benk_bench_record_finish (BenkBench *self, GAsyncResult *result, GError **error)
{
  GOutputStream *stream;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  stream = g_task_propagate_pointer (G_TASK (result), error);
  if (stream == NULL)
    return FALSE;
  benk_bench_keep_record (self, stream);
  return TRUE;
}

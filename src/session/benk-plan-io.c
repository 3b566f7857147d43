/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plans.h"

#include "benk-plan-file.h"

/* A file and what is to be written to it, owned. */
typedef struct
{
  GFile *file;
  BenkPlan *plan;
} FileData;

static void
file_data_free (FileData *data)
{
  g_object_unref (data->file);
  g_clear_pointer (&data->plan, benk_plan_unref);
  g_free (data);
}

static void
run (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FileData *data = task_data;
  GError *error = NULL;
  BenkPlan *plan = NULL;

  if (data->plan == NULL)
    plan = benk_plan_file_load (data->file, cancellable, &error);
  else if (benk_plan_file_save (data->plan, data->file, cancellable, &error))
    plan = benk_plan_ref (data->plan);
  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) benk_plan_unref);
  else
    g_task_return_error (task, error);
}

static void
start (gpointer self,
       BenkPlan *plan,
       GFile *file,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  FileData *data = g_new0 (FileData, 1);

  g_task_set_source_tag (task, start);
  data->file = g_object_ref (file);
  data->plan = plan != NULL ? benk_plan_copy (plan) : NULL;
  g_task_set_task_data (task, data, (GDestroyNotify) file_data_free);
  g_task_run_in_thread (task, run);
}

/**
 * benk_plan_file_load_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read or refused
 * @user_data: for @callback
 *
 * Reads a plan from a file in a thread of its own; no store is needed.
 */
void
benk_plan_file_load_async (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  start (NULL, NULL, file, cancellable, callback, user_data);
}

/**
 * benk_plan_file_load_finish:
 * @result: what the callback was given
 * @error: as benk_plan_file_load()
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with @error set
 */
BenkPlan *
benk_plan_file_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_plans_load_file_async:
 * @self: the plans
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read or refused
 * @user_data: for @callback
 *
 * Reads a plan from a file in a thread of its own.
 */
void
benk_plans_load_file_async (BenkPlans *self,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  start (self, NULL, file, cancellable, callback, user_data);
}

/**
 * benk_plans_load_file_finish:
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with @error set
 */
BenkPlan *
benk_plans_load_file_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_plans_save_file_async:
 * @self: the plans
 * @plan: what to write; may hold faults
 * @file: where to
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes a plan to a file in a thread of its own.
 */
void
benk_plans_save_file_async (BenkPlans *self,
                            BenkPlan *plan,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  start (self, plan, file, cancellable, callback, user_data);
}

/**
 * benk_plans_save_file_finish:
 *
 * Returns: %FALSE with @error set; then what was there is kept
 */
gboolean
benk_plans_save_file_finish (BenkPlans *self, GAsyncResult *result, GError **error)
{
  g_autoptr (BenkPlan) plan = benk_plans_load_file_finish (self, result, error);

  return plan != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-models-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-checklist-version.h"
#include "benk-error.h"
#include "benk-model-share.h"
#include "benk-share-private.h"
#include "benk-table-checklist.h"
#include "benk-table-model.h"

/* The model as another district gets it: with the lists that count here. */
static BenkModel *
compose (BenkDb *db, BenkModel *model, GError **error)
{
  g_autoptr (GPtrArray) forms =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_checklist_form_free);
  g_autoptr (GBytes) body = NULL;

  for (guint task = 0; task < BENK_N_TASKS; task++)
    {
      GPtrArray *steps = benk_model_get_checklist (model, (BenkTask) task);
      g_autoptr (BenkChecklistForm) proposed = NULL;
      g_autoptr (BenkChecklistVersion) current = NULL;

      if (steps->len == 0)
        continue;
      proposed = benk_checklist_form_new_proposed (benk_model_get_kind (model),
                                                   (BenkTask) task, steps);
      current = benk_table_checklist_get_current (db, benk_model_get_id (model),
                                                  (BenkTask) task, proposed, error);
      if (current == NULL)
        return NULL;
      g_ptr_array_add (forms, benk_checklist_form_copy (current->form));
    }
  body = benk_model_compose_with_lists (model, forms);
  return benk_model_new_own (body, error);
}

static gboolean
is_wanted (const BenkShareJob *job, BenkModel *model)
{
  return job->ids != NULL
           ? g_strv_contains ((const char *const *) job->ids, benk_model_get_id (model))
           : benk_model_is_own (model);
}

static gboolean
check_ids (const BenkShareJob *job, GPtrArray *models, GPtrArray *unread, GError **error)
{
  if (job->ids == NULL)
    return benk_models_check_unread (unread, NULL, error);
  for (guint i = 0; job->ids[i] != NULL; i++)
    if (!benk_models_check_unread (unread, job->ids[i], error))
      return FALSE;
    else if (benk_model_find (models, job->ids[i]) == NULL)
      {
        g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                     _ ("There is no model “%s”."), job->ids[i]);
        return FALSE;
      }
  return TRUE;
}

static gpointer
run_export (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkShareJob *job = data;
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) models = benk_table_model_load_all (db, &unread, error);
  g_autoptr (GPtrArray) shared = g_ptr_array_new_with_free_func (g_object_unref);

  if (models == NULL || !check_ids (job, models, unread, error))
    return NULL;
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);
      BenkModel *one = is_wanted (job, model) ? compose (db, model, error) : NULL;

      if (one != NULL)
        g_ptr_array_add (shared, one);
      else if (is_wanted (job, model))
        return NULL;
    }
  if (shared->len == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("The district has no models of its own yet."));
      return NULL;
    }
  return benk_share_job_write (job, benk_model_share_compose (shared), shared->len,
                               cancellable, error);
}

/**
 * benk_models_export_async:
 * @self: the models
 * @ids: (nullable): which; %NULL = all that are the district's own
 * @file: where to; replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes models with their checklists and guidance as one file.
 */
void
benk_models_export_async (BenkModels *self,
                          const char *const *ids,
                          GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  BenkShareJob *job = benk_share_job_new (file, NULL);

  g_return_if_fail (BENK_IS_MODELS (self));
  job->ids = g_strdupv ((char **) ids);
  benk_session_read_async (benk_models_get_session (self), self, run_export, job,
                           benk_share_job_free, g_free, cancellable, callback, user_data);
}

/**
 * benk_models_export_finish:
 * @self: the models
 * @result: what the callback was given
 * @n_models: (out) (optional): how many are in the file
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set; then there is no new file
 */
gboolean
benk_models_export_finish (BenkModels *self,
                           GAsyncResult *result,
                           guint *n_models,
                           GError **error)
{
  return benk_share_export_finish (self, result, n_models, error);
}

/* --- import --- */

static gboolean
judge (BenkDb *db, GPtrArray *models, BenkSharedModel *one, GError **error)
{
  BenkModel *before = benk_model_find (models, one->id);
  g_autoptr (BenkModel) mine = before != NULL ? compose (db, before, error) : NULL;
  g_autoptr (GError) local = NULL;

  if (before != NULL && mine == NULL)
    return FALSE;
  one->stands_in = benk_model_is_builtin (one->id);
  if (mine != NULL)
    one->entry.reason = benk_model_describe_difference (mine, one->model);
  if (mine != NULL && *one->entry.reason == '\0')
    {
      one->entry.verdict = BENK_SHARE_SAME;
      g_clear_pointer (&one->entry.reason, g_free);
      return TRUE;
    }
  one->entry.verdict = before != NULL ? BENK_SHARE_CHANGED : BENK_SHARE_NEW;
  if (!benk_models_check (db, models, one->model, &local))
    {
      one->entry.verdict = BENK_SHARE_REFUSED;
      g_free (one->entry.reason);
      one->entry.reason = g_strdup (local->message);
    }
  one->entry.take = one->entry.verdict != BENK_SHARE_REFUSED && !one->stands_in;
  /* What comes after it in the file must fit to it as well. */
  if (one->entry.verdict == BENK_SHARE_NEW)
    g_ptr_array_add (models, g_object_ref (one->model));
  return TRUE;
}

static gpointer
run_preview (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GBytes) bytes =
    benk_share_job_read (data, BENK_MODEL_SHARE_MAX, cancellable, error);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  shared = benk_model_share_parse (text, length, error);
  models = shared != NULL ? benk_table_model_load_all (db, NULL, error) : NULL;
  if (models == NULL)
    return NULL;
  for (guint i = 0; i < shared->len; i++)
    {
      BenkSharedModel *one = g_ptr_array_index (shared, i);

      if (one->model != NULL && !judge (db, models, one, error))
        return NULL;
    }
  return g_steal_pointer (&shared);
}

/**
 * benk_models_preview_async:
 * @self: the models
 * @file: a file of models
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read and compared
 * @user_data: for @callback
 *
 * Says of each model of a file what it is to this district. Nothing is written.
 */
void
benk_models_preview_async (BenkModels *self,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  benk_session_read_async (benk_models_get_session (self), self, run_preview,
                           benk_share_job_new (file, NULL), benk_share_job_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_models_preview_finish:
 * @self: the models
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkSharedModel): the models of the file; set
 *   `take` of those that are wanted and hand them to benk_models_import_async()
 */
GPtrArray *
benk_models_preview_finish (BenkModels *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

static gboolean
take (BenkDb *db, const BenkSharedEntry *entry, gpointer unused, GError **error)
{
  return benk_models_put (db, ((const BenkSharedModel *) entry)->model,
                          entry->verdict == BENK_SHARE_NEW, error);
}

static gboolean
do_import (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  return benk_share_job_take (data, db, take, NULL, error);
}

/**
 * benk_models_import_async:
 * @self: the models
 * @shared: (element-type BenkSharedModel): what benk_models_preview_finish() gave
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Takes the marked models in one change that can be undone. Lists that the district has
 * decided itself stay what counts.
 */
void
benk_models_import_async (BenkModels *self,
                          GPtrArray *shared,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BENK_IS_MODELS (self));
  benk_models_change_async (self, do_import, benk_share_job_new (NULL, shared),
                            benk_share_job_free, cancellable, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-models-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-checklist-version.h"
#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-model-share.h"
#include "benk-table-checklist.h"
#include "benk-table-model.h"

typedef struct
{
  GStrv ids;
  GFile *file;
  GPtrArray *shared;
} ShareJob;

static void
share_job_free (ShareJob *job)
{
  g_strfreev (job->ids);
  g_clear_object (&job->file);
  g_clear_pointer (&job->shared, g_ptr_array_unref);
  g_free (job);
}

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
is_wanted (const ShareJob *job, BenkModel *model)
{
  return job->ids != NULL
           ? g_strv_contains ((const char *const *) job->ids, benk_model_get_id (model))
           : benk_model_is_own (model);
}

static gboolean
check_ids (const ShareJob *job, GPtrArray *models, GPtrArray *unread, GError **error)
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
  ShareJob *job = data;
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) models = benk_table_model_load_all (db, &unread, error);
  g_autoptr (GPtrArray) shared = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

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
  text = benk_model_share_compose (shared);
  bytes = g_bytes_new_take (text, strlen (text));
  if (!benk_document_write_file (job->file, bytes, cancellable, error))
    return NULL;
  return g_memdup2 (&shared->len, sizeof shared->len);
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
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_MODELS (self));
  job->ids = g_strdupv ((char **) ids);
  job->file = g_object_ref (file);
  benk_session_read_async (benk_models_get_session (self), self, run_export, job,
                           (GDestroyNotify) share_job_free, g_free, cancellable, callback,
                           user_data);
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
  g_autofree guint *n = benk_session_read_finish (self, result, error);

  if (n != NULL && n_models != NULL)
    *n_models = *n;
  return n != NULL;
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
    one->reason = benk_model_describe_difference (mine, one->model);
  if (mine != NULL && *one->reason == '\0')
    {
      one->verdict = BENK_SHARE_SAME;
      g_clear_pointer (&one->reason, g_free);
      return TRUE;
    }
  one->verdict = before != NULL ? BENK_SHARE_CHANGED : BENK_SHARE_NEW;
  if (!benk_models_check (db, models, one->model, &local))
    {
      one->verdict = BENK_SHARE_REFUSED;
      g_free (one->reason);
      one->reason = g_strdup (local->message);
    }
  one->take = one->verdict != BENK_SHARE_REFUSED && !one->stands_in;
  /* What comes after it in the file must fit to it as well. */
  if (one->verdict == BENK_SHARE_NEW)
    g_ptr_array_add (models, g_object_ref (one->model));
  return TRUE;
}

/* One octet more than allowed is enough to see that it is too long. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local);
  g_autofree char *text = g_malloc (BENK_MODEL_SHARE_MAX + 1);
  gsize length = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, BENK_MODEL_SHARE_MAX + 1,
                                &length, cancellable, &local))
    {
      g_set_error (error, BENK_ERROR,
                   g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                     ? BENK_ERROR_CANCELLED
                     : BENK_ERROR_IO,
                   _ ("The file of models cannot be read: %s"), local->message);
      return NULL;
    }
  return g_bytes_new (text, length);
}

static gpointer
run_preview (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ShareJob *job = data;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GBytes) bytes = read_file (job->file, cancellable, error);
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
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_MODELS (self));
  job->file = g_object_ref (file);
  benk_session_read_async (benk_models_get_session (self), self, run_preview, job,
                           (GDestroyNotify) share_job_free,
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
do_import (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  ShareJob *job = user_data;
  guint n = 0;

  for (guint i = 0; i < job->shared->len; i++)
    {
      const BenkSharedModel *one = g_ptr_array_index (job->shared, i);

      if (!one->take || one->model == NULL || one->verdict == BENK_SHARE_SAME ||
          one->verdict == BENK_SHARE_REFUSED)
        continue;
      if (!benk_models_put (db, one->model, one->verdict == BENK_SHARE_NEW, error))
        return FALSE;
      n++;
    }
  if (n > 0)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("Nothing in the file is to be taken, so nothing was changed."));
  return FALSE;
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
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_MODELS (self));
  job->shared = g_ptr_array_ref (shared);
  benk_models_change_async (self, do_import, job, (GDestroyNotify) share_job_free,
                            cancellable, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-table-guidance.h"

typedef struct
{
  GFile *file;
  GPtrArray *shared;
} ShareJob;

static void
share_job_free (gpointer data)
{
  ShareJob *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->shared, g_ptr_array_unref);
  g_free (job);
}

/* --- export --- */

/* What the program proposes is in the other district's program too. */
static gboolean
is_own (const BenkGuidanceVersion *version)
{
  return version->steps != NULL && g_strcmp0 (version->origin, BENK_VERSION_PROGRAM) != 0;
}

static gpointer
run_export (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ShareJob *job = data;
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (current == NULL)
    return NULL;
  for (guint i = 0; i < current->len; i++)
    if (is_own (g_ptr_array_index (current, i)))
      g_ptr_array_add (own, g_ptr_array_index (current, i));
  if (own->len == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("The district has written nothing of its own yet."));
      return NULL;
    }
  text = benk_guidance_share_compose (own);
  bytes = g_bytes_new_take (text, strlen (text));
  if (!benk_document_write_file (job->file, bytes, cancellable, error))
    return NULL;
  return g_memdup2 (&own->len, sizeof own->len);
}

/**
 * benk_guidances_export_async:
 * @self: what to do
 * @file: where to; replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes all that the district keeps as one file for another district.
 */
void
benk_guidances_export_async (BenkGuidances *self,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_GUIDANCES (self));
  job->file = g_object_ref (file);
  benk_session_read_async (benk_guidances_get_session (self), self, run_export, job,
                           share_job_free, g_free, cancellable, callback, user_data);
}

/**
 * benk_guidances_export_finish:
 * @self: what to do
 * @result: what the callback was given
 * @n_entries: (out) (optional): how many are in the file
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set; then there is no new file
 */
gboolean
benk_guidances_export_finish (BenkGuidances *self,
                              GAsyncResult *result,
                              guint *n_entries,
                              GError **error)
{
  g_autofree guint *n = benk_session_read_finish (self, result, error);

  if (n != NULL && n_entries != NULL)
    *n_entries = *n;
  return n != NULL;
}

/* --- import --- */

static void
judge (BenkDb *db, const GPtrArray *current, BenkSharedGuidance *one)
{
  const BenkGuidanceVersion *version = one->version;
  const BenkGuidanceVersion *mine =
    benk_guidance_find (current, version->model_id, version->code, version->part);
  g_autoptr (GError) local = NULL;

  if (!benk_guidances_check (db, version, &local))
    {
      one->verdict = BENK_SHARE_REFUSED;
      one->reason = g_strdup (local->message);
    }
  else if (mine == NULL || mine->steps == NULL)
    one->verdict = BENK_SHARE_NEW;
  else
    one->verdict = is_own (mine) && g_strv_equal ((const char *const *) mine->steps,
                                                  (const char *const *) version->steps)
                     ? BENK_SHARE_SAME
                     : BENK_SHARE_CHANGED;
  one->version->based_on = mine != NULL ? mine->id : BENK_ID_NIL;
  one->take = one->verdict == BENK_SHARE_NEW || one->verdict == BENK_SHARE_CHANGED;
}

/* One octet more than allowed is enough to see that it is too long. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local);
  g_autofree char *text = g_malloc (BENK_GUIDANCE_MAX + 1);
  gsize length = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, BENK_GUIDANCE_MAX + 1,
                                &length, cancellable, &local))
    {
      g_set_error (error, BENK_ERROR,
                   g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                     ? BENK_ERROR_CANCELLED
                     : BENK_ERROR_IO,
                   _ ("The file cannot be read: %s"), local->message);
      return NULL;
    }
  return g_bytes_new (text, length);
}

static gpointer
run_preview (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  ShareJob *job = data;
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GBytes) bytes = read_file (job->file, cancellable, error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  shared = benk_guidance_share_parse (text, length, error);
  current = shared != NULL ? benk_table_guidance_list_current (db, error) : NULL;
  if (current == NULL)
    return NULL;
  for (guint i = 0; i < shared->len; i++)
    {
      BenkSharedGuidance *one = g_ptr_array_index (shared, i);

      if (one->version->steps != NULL)
        judge (db, current, one);
    }
  return g_steal_pointer (&shared);
}

/**
 * benk_guidances_preview_async:
 * @self: what to do
 * @file: a file of guidance
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read and compared
 * @user_data: for @callback
 *
 * Says of each entry of a file what it is to this district. Nothing is written.
 */
void
benk_guidances_preview_async (BenkGuidances *self,
                              GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_GUIDANCES (self));
  job->file = g_object_ref (file);
  benk_session_read_async (benk_guidances_get_session (self), self, run_preview, job,
                           share_job_free, (GDestroyNotify) g_ptr_array_unref,
                           cancellable, callback, user_data);
}

/**
 * benk_guidances_preview_finish:
 * @self: what to do
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkSharedGuidance): the entries of the file;
 *   set `take` of those that are wanted and hand them to benk_guidances_import_async()
 */
GPtrArray *
benk_guidances_preview_finish (BenkGuidances *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/**
 * benk_guidances_describe_preview:
 * @shared: (element-type BenkSharedGuidance): a preview
 *
 * Returns: (transfer full): how many are new, changed, the same and refused
 */
char *
benk_guidances_describe_preview (const GPtrArray *shared)
{
  guint n[BENK_N_SHARE_VERDICTS] = { 0 };

  for (guint i = 0; i < shared->len; i++)
    n[((BenkSharedGuidance *) g_ptr_array_index (shared, i))->verdict]++;
  return g_strdup_printf (_ ("%u new · %u changed · %u the same · %u refused"),
                          n[BENK_SHARE_NEW], n[BENK_SHARE_CHANGED], n[BENK_SHARE_SAME],
                          n[BENK_SHARE_REFUSED]);
}

static gboolean
take (BenkDb *db,
      const GPtrArray *current,
      const BenkGuidanceVersion *version,
      GError **error)
{
  const BenkGuidanceVersion *mine =
    benk_guidance_find (current, version->model_id, version->code, version->part);
  g_autoptr (BenkGuidanceVersion) taken = benk_guidance_version_copy (version);

  if (benk_id_equal (mine != NULL ? &mine->id : &BENK_ID_NIL, &version->based_on))
    return benk_guidances_check (db, version, error) &&
           benk_table_guidance_insert (db, taken, error);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                       _ ("Something was changed since the file was compared. Open it "
                          "again."));
  return FALSE;
}

static gboolean
do_import (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  ShareJob *job = data;
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  guint n = 0;

  if (current == NULL)
    return FALSE;
  for (guint i = 0; i < job->shared->len; i++)
    {
      const BenkSharedGuidance *one = g_ptr_array_index (job->shared, i);

      if (!one->take || one->version->steps == NULL || one->verdict == BENK_SHARE_SAME ||
          one->verdict == BENK_SHARE_REFUSED)
        continue;
      if (!take (db, current, one->version, error))
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
 * benk_guidances_import_async:
 * @self: what to do
 * @shared: (element-type BenkSharedGuidance): what benk_guidances_preview_finish() gave
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Takes the marked entries in one change that can be undone. They count from now on, and
 * nobody of this district has decided them.
 */
void
benk_guidances_import_async (BenkGuidances *self,
                             GPtrArray *shared,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ShareJob *job = g_new0 (ShareJob, 1);

  g_return_if_fail (BENK_IS_GUIDANCES (self));
  job->shared = g_ptr_array_ref (shared);
  benk_session_change_async (benk_guidances_get_session (self), self, BENK_VERB_GUIDANCE,
                             NULL, do_import, job, share_job_free, cancellable, callback,
                             user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-share-private.h"
#include "benk-table-guidance.h"

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
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

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
  return benk_share_job_write (data, benk_guidance_share_compose (own), own->len,
                               cancellable, error);
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
  g_return_if_fail (BENK_IS_GUIDANCES (self));
  benk_session_read_async (benk_guidances_get_session (self), self, run_export,
                           benk_share_job_new (file, NULL), benk_share_job_free, g_free,
                           cancellable, callback, user_data);
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
  return benk_share_export_finish (self, result, n_entries, error);
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
      one->entry.verdict = BENK_SHARE_REFUSED;
      one->entry.reason = g_strdup (local->message);
    }
  else if (mine == NULL || mine->steps == NULL)
    one->entry.verdict = BENK_SHARE_NEW;
  else
    one->entry.verdict =
      is_own (mine) && g_strv_equal ((const char *const *) mine->steps,
                                     (const char *const *) version->steps)
        ? BENK_SHARE_SAME
        : BENK_SHARE_CHANGED;
  one->version->based_on = mine != NULL ? mine->id : BENK_ID_NIL;
  one->entry.take =
    one->entry.verdict == BENK_SHARE_NEW || one->entry.verdict == BENK_SHARE_CHANGED;
}

static gpointer
run_preview (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GBytes) bytes =
    benk_share_job_read (data, BENK_GUIDANCE_MAX, cancellable, error);
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
  g_return_if_fail (BENK_IS_GUIDANCES (self));
  benk_session_read_async (benk_guidances_get_session (self), self, run_preview,
                           benk_share_job_new (file, NULL), benk_share_job_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
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

static gboolean
take (BenkDb *db, const BenkSharedEntry *entry, gpointer current, GError **error)
{
  const BenkGuidanceVersion *version = ((const BenkSharedGuidance *) entry)->version;
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
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);

  return current != NULL && benk_share_job_take (data, db, take, current, error);
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
  g_return_if_fail (BENK_IS_GUIDANCES (self));
  benk_session_change_async (benk_guidances_get_session (self), self, BENK_VERB_GUIDANCE,
                             NULL, do_import, benk_share_job_new (NULL, shared),
                             benk_share_job_free, cancellable, callback, user_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-document-private.h"

#include "benk-error.h"
#include "benk-plan.h"
#include "benk-session-change.h"

#include <glib/gi18n.h>

/* What is read of the store, then made into a PDF and written, none of it on the main
 * thread. */
typedef struct
{
  GArray *devices; /* BenkId */
  GFile *file;
  gint64 made_ms;
  GPtrArray *resets; /* BenkPaperReset, once read */
} WriteJob;

static void
write_job_free (WriteJob *job)
{
  g_clear_object (&job->file);
  g_clear_pointer (&job->resets, g_ptr_array_unref);
  g_array_unref (job->devices);
  g_free (job);
}

/** benk_document_free: @self: (transfer full): a document */
void
benk_document_free (BenkDocument *self)
{
  g_free (self->path);
  g_free (self->hash);
  g_free (self);
}

static gpointer
read_resets (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *devices = data;
  g_autoptr (GPtrArray) resets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_paper_reset_free);
  BenkJournalHead head;

  if (!benk_journal_get_head (db, &head, error))
    return NULL;
  for (guint i = 0; i < devices->len; i++)
    {
      BenkPaperReset *reset =
        benk_document_read_reset (db, &g_array_index (devices, BenkId, i), &head, error);

      if (reset == NULL)
        return NULL;
      g_ptr_array_add (resets, reset);
    }
  return g_steal_pointer (&resets);
}

static gboolean
proves_all (GPtrArray *resets)
{
  for (guint i = 0; i < resets->len; i++)
    if (!benk_paper_reset_proves (g_ptr_array_index (resets, i)))
      return FALSE;
  return TRUE;
}

/* Beside it, so that it can take its place at once; short, whatever the name is. */
static GFile *
make_draft (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (".dosebenk-", id, NULL);
  g_autoptr (GFile) draft =
    folder != NULL ? g_file_get_child (folder, name) : g_object_ref (file);
  g_autoptr (GFileOutputStream) made =
    g_file_create (draft, G_FILE_CREATE_NONE, cancellable, error);

  return made != NULL ? g_steal_pointer (&draft) : NULL;
}

/* Replacing the empty draft brings the octets to the disk before they take the name. */
static gboolean
write_and_move (
  GFile *file, const char *data, gsize length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) draft = make_draft (file, cancellable, error);

  if (draft == NULL)
    return FALSE;
  if (g_file_replace_contents (draft, data, length, NULL, FALSE,
                               G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable,
                               error) &&
      g_file_move (draft, file, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error))
    return TRUE;
  g_file_delete (draft, NULL, NULL);
  return FALSE;
}

/* What a person can do about it; else what the system says. */
static const char *
explain (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("the disk is full.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return _ ("you may not write in that folder. Choose another one.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return _ ("the folder is not there.");
  return error->message;
}

/*
 * benk_document_write_file:
 *
 * Writes a file that is there whole or not at all; one that was there before stays as it
 * was until then.
 *
 * Returns: %FALSE with %BENK_ERROR_FULL, %BENK_ERROR_CANCELLED or %BENK_ERROR_IO
 */
gboolean
benk_document_write_file (GFile *file,
                          GBytes *bytes,
                          GCancellable *cancellable,
                          GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;
  int code = BENK_ERROR_IO;

  if (write_and_move (file, data, length, cancellable, &local))
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = BENK_ERROR_FULL;
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = BENK_ERROR_CANCELLED;
  name = g_file_get_parse_name (file);
  g_set_error (error, BENK_ERROR, code, _ ("“%s” cannot be written: %s"), name,
               explain (local));
  return FALSE;
}

static void
write_resets (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WriteJob *job = data;
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const BenkPaperReset *first = g_ptr_array_index (job->resets, 0);
  g_autoptr (BenkDocument) document = g_new0 (BenkDocument, 1);
  g_autoptr (GBytes) pdf = NULL;
  GError *error = NULL;

  document->path = g_file_get_path (job->file);
  document->n_devices = job->resets->len;
  document->proves = proves_all (job->resets);
  document->seq = first->head;
  document->hash = g_strdup (first->head_hash);
  pdf = benk_paper_reset_compose (job->resets, job->made_ms, zone, &document->n_pages,
                                  &error);
  if (pdf == NULL || !benk_document_write_file (job->file, pdf, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&document),
                           (GDestroyNotify) benk_document_free);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->resets = benk_session_read_finish (source, result, &error);
  if (job->resets == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, write_resets);
}

/**
 * benk_document_write_resets_async:
 * @session: a session
 * @devices: (array length=n_devices): devices
 * @n_devices: how many, at least one
 * @file: where to write it; an older one is replaced
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Writes the confirmation of reset of each device, in one PDF. A device whose reset is
 * not proven, or not any longer, refuses it, and nothing is written.
 */
void
benk_document_write_resets_async (BenkSession *session,
                                  const BenkId *devices,
                                  guint n_devices,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;
  WriteJob *job;

  g_return_if_fail (BENK_IS_SESSION (session));
  g_return_if_fail (n_devices > 0);
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (session, cancellable, callback, user_data);
  job = g_new0 (WriteJob, 1);
  job->devices = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->devices, devices, n_devices);
  job->file = g_object_ref (file);
  job->made_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  g_task_set_source_tag (task, benk_document_write_resets_async);
  g_task_set_task_data (task, job, (GDestroyNotify) write_job_free);
  benk_session_read_async (session, session, read_resets, g_array_ref (job->devices),
                           (GDestroyNotify) g_array_unref,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, on_read,
                           task);
}

/**
 * benk_document_write_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: %BENK_ERROR_REFUSED with the reason, %BENK_ERROR_IO
 *
 * Returns: (transfer full) (nullable): what was written
 */
BenkDocument *
benk_document_write_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

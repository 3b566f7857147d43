/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-checklist-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-photo.h"
#include "benk-picture-upright.h"
#include "benk-table-checklist-work.h"

typedef struct
{
  char *step;
  BenkId member;
  char *store_path;
  GPtrArray *files; /* of the step, once the picture is kept */
} Taken;

static void
taken_free (Taken *self)
{
  g_free (self->step);
  g_free (self->store_path);
  g_ptr_array_unref (self->files);
  g_free (self);
}

static gboolean
add_photo (BenkDb *db,
           BenkScope *scope,
           BenkListChange *change,
           BenkChecklistWork *work,
           GError **error)
{
  BenkChecklistPhoto photo = { .step = change->tick->step,
                               .member = change->tick->member };
  gboolean done;

  if (!benk_checklist_work_is_open (work) ||
      benk_checklist_form_find (work->form, photo.step) == NULL ||
      (!benk_id_is_nil (&photo.member) &&
       benk_checklist_work_find_member (work, &photo.member) == NULL))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("The checklist has ended or has no such step. The picture "
                              "was not kept."));
      return FALSE;
    }
  done = benk_photo_keep (db, change->picture, &photo, error) &&
         benk_table_checklist_work_add_photo (db, &work->id, &photo, error);
  if (!done)
    benk_photo_forget (db, &photo);
  g_free (photo.file);
  g_clear_pointer (&photo.digest, g_bytes_unref);
  return done;
}

/* The rows are there for good: the marks may go. */
static void
settle_pictures (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Taken *taken = data;

  for (guint i = 0; i < taken->files->len; i++)
    benk_photo_settle (taken->store_path, g_ptr_array_index (taken->files, i));
  g_task_return_pointer (task, g_strdup (""), g_free);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Taken *taken = g_task_get_task_data (task);
  const BenkChecklistWork *work = benk_checklist_get_work (BENK_CHECKLIST (source));
  GError *error = NULL;

  if (!benk_checklist_change_finish (BENK_CHECKLIST (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < work->photos->len; i++)
    {
      const BenkChecklistPhoto *photo = g_ptr_array_index (work->photos, i);

      if (g_strcmp0 (photo->step, taken->step) == 0)
        g_ptr_array_add (taken->files, g_strdup (photo->file));
    }
  g_task_run_in_thread (task, settle_pictures);
}

/* Reading and stripping a picture may take a while. */
static void
read_picture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (data, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                       cancellable, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) upright = NULL;
  GBytes *picture = NULL;

  if (info != NULL && g_file_info_get_size (info) > BENK_PHOTO_MAX_SIZE)
    g_set_error (&error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("The picture is larger than %d MB. Nothing was kept."),
                 BENK_PHOTO_MAX_SIZE / (1024 * 1024));
  else if (info != NULL)
    bytes = g_file_load_bytes (data, cancellable, NULL, &error);
  if (bytes != NULL)
    upright = benk_picture_turn_upright (bytes, &error);
  if (upright != NULL)
    picture = benk_photo_strip (upright, &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) g_bytes_unref);
  else if (error->domain == BENK_ERROR)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_IO, "%s", error->message);
}

static void
on_picture (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkChecklist *self = BENK_CHECKLIST (source);
  const Taken *taken = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *picture = g_task_propagate_pointer (G_TASK (result), &error);
  BenkListChange *change;

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  change = benk_list_change_new (self, add_photo);
  change->picture = picture;
  change->tick = g_new0 (BenkChecklistTick, 1);
  change->tick->step = g_strdup (taken->step);
  change->tick->member = taken->member;
  benk_list_change_run (self, BENK_VERB_CHECKLIST, change, on_picture,
                        g_task_get_cancellable (task), on_added, g_object_ref (task));
}

/**
 * benk_checklist_add_photo_async:
 * @step: the step it was taken at
 * @member: (nullable): a device of a batch; %NULL for all
 * @file: a JPEG or PNG file; without persons and names, which is for people to see to
 *
 * Copies a picture beside the store, without what the camera wrote about place and time,
 * and keeps its size and SHA-256.
 */
void
benk_checklist_add_photo_async (BenkChecklist *self,
                                const char *step,
                                const BenkId *member,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (self, cancellable, on_picture, task);
  Taken *taken = g_new0 (Taken, 1);

  taken->step = g_strdup (step);
  taken->store_path =
    g_strdup (benk_session_get_path (benk_checklist_get_session (self)));
  taken->files = g_ptr_array_new_with_free_func (g_free);
  taken->member = member != NULL ? *member : BENK_ID_NIL;
  g_task_set_source_tag (task, benk_checklist_add_photo_async);
  g_task_set_task_data (task, taken, (GDestroyNotify) taken_free);
  g_task_set_task_data (reading, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (reading, read_picture);
}

static gboolean
erase_photo (BenkDb *db,
             BenkScope *scope,
             BenkListChange *change,
             BenkChecklistWork *work,
             GError **error)
{
  return benk_table_checklist_work_erase_photo (db, &change->photo, error);
}

/** benk_checklist_erase_photo_async: the file goes; that there was one stays on record */
void
benk_checklist_erase_photo_async (BenkChecklist *self,
                                  const BenkId *photo,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  BenkListChange *change = benk_list_change_new (self, erase_photo);

  change->photo = *photo;
  benk_list_change_run (self, BENK_VERB_ERASE, change, benk_checklist_erase_photo_async,
                        cancellable, callback, user_data);
}

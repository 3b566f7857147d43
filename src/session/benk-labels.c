/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-labels.h"

#include "benk-document-private.h"
#include "benk-inventory-private.h"
#include "benk-paper-label.h"
#include "benk-scan.h"
#include "benk-session-change.h"
#include "benk-table-device.h"

struct _BenkLabels
{
  GObject parent_instance;

  BenkInventory *inventory;
  GPtrArray *devices; /* BenkDevice */
  GPtrArray *labels;  /* BenkPaperLabel */
};

G_DEFINE_FINAL_TYPE (BenkLabels, benk_labels, G_TYPE_OBJECT)

/* What is read of the store: the devices, and which of them are only played. */
typedef struct
{
  GArray *ids;
  GPtrArray *devices;
  GArray *played; /* gboolean */
} LoadJob;

typedef struct
{
  BenkLabels *labels;
  GFile *file;
  BenkLabelFormat format;
  guint start;
  gint64 made_ms;
  guint n_pages;
} WriteJob;

static void
load_job_free (LoadJob *job)
{
  g_array_unref (job->ids);
  g_clear_pointer (&job->devices, g_ptr_array_unref);
  g_array_unref (job->played);
  g_free (job);
}

static void
write_job_free (WriteJob *job)
{
  g_object_unref (job->file);
  g_free (job);
}

static LoadJob *
load_job_new (const BenkId *ids, guint n_ids)
{
  LoadJob *job = g_new0 (LoadJob, 1);

  job->ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_array_append_vals (job->ids, ids, n_ids);
  job->devices = g_ptr_array_new_with_free_func (g_object_unref);
  job->played = g_array_new (FALSE, FALSE, sizeof (gboolean));
  return job;
}

static void
benk_labels_finalize (GObject *object)
{
  BenkLabels *self = BENK_LABELS (object);

  g_clear_object (&self->inventory);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_labels_parent_class)->finalize (object);
}

static void
benk_labels_class_init (BenkLabelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_labels_finalize;
}

static void
benk_labels_init (BenkLabels *self)
{
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_paper_label_free);
}

/* --- reading --- */

static gpointer
run_load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const GArray *ids = data;
  g_autoptr (GError) local = NULL;
  LoadJob *job = load_job_new ((const BenkId *) (gpointer) ids->data, ids->len);

  for (guint i = 0; i < ids->len && local == NULL; i++)
    {
      const BenkId *id = &g_array_index (ids, BenkId, i);
      BenkDevice *device = benk_table_device_get (db, id, &local);
      gboolean played = FALSE;

      if (device != NULL)
        g_ptr_array_add (job->devices, device);
      if (device != NULL && benk_table_device_is_played (db, id, &played, &local))
        g_array_append_val (job->played, played);
    }
  if (local == NULL)
    return job;

  load_job_free (job);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static BenkLabels *
make_labels (BenkInventory *inventory, LoadJob *job)
{
  BenkLabels *self = g_object_new (BENK_TYPE_LABELS, NULL);

  self->inventory = g_object_ref (inventory);
  self->devices = g_ptr_array_ref (job->devices);
  for (guint i = 0; i < job->devices->len; i++)
    {
      BenkDevice *device = g_ptr_array_index (job->devices, i);
      const char *asset = benk_device_get_asset (device);
      g_autofree char *code = benk_scan_compose_own (benk_device_get_id (device), asset);

      g_ptr_array_add (
        self->labels,
        benk_paper_label_new (
          code, asset,
          benk_inventory_get_model_name (inventory, benk_device_get_model_id (device)),
          benk_device_get_serial (device), g_array_index (job->played, gboolean, i)));
    }
  return self;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LoadJob *job = benk_session_read_finish (source, result, &error);

  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, make_labels (BENK_INVENTORY (source), job),
                         g_object_unref);
  load_job_free (job);
}

/**
 * benk_labels_load_async:
 * @inventory: the inventory
 * @devices: (array length=n_devices): whose labels, in order
 * @n_devices: how many, at least one
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what stands on the labels of devices.
 */
void
benk_labels_load_async (BenkInventory *inventory,
                        const BenkId *devices,
                        guint n_devices,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (inventory, cancellable, callback, user_data);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  g_array_append_vals (ids, devices, n_devices);
  g_task_set_source_tag (task, benk_labels_load_async);
  benk_session_read_async (benk_inventory_get_session (inventory), inventory, run_load,
                           ids, (GDestroyNotify) g_array_unref,
                           (GDestroyNotify) load_job_free, cancellable, on_loaded, task);
}

/**
 * benk_labels_load_finish:
 * @result: what the callback was given
 * @error: %BENK_ERROR_NOT_FOUND or another error
 *
 * Returns: (transfer full) (nullable): the labels
 */
BenkLabels *
benk_labels_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** benk_labels_get_n_labels: Returns: how many labels */
guint
benk_labels_get_n_labels (BenkLabels *self)
{
  g_return_val_if_fail (BENK_IS_LABELS (self), 0);
  return self->labels->len;
}

/** benk_labels_get_n_without_asset: Returns: how many devices have no asset number */
guint
benk_labels_get_n_without_asset (BenkLabels *self)
{
  guint n = 0;

  g_return_val_if_fail (BENK_IS_LABELS (self), 0);
  for (guint i = 0; i < self->devices->len; i++)
    n += benk_device_get_asset (g_ptr_array_index (self->devices, i)) == NULL ? 1 : 0;
  return n;
}

/** benk_labels_get_first_name: Returns: asset number or serial of the first, for a file
 */
const char *
benk_labels_get_first_name (BenkLabels *self)
{
  BenkDevice *first;

  g_return_val_if_fail (BENK_IS_LABELS (self), NULL);
  first = g_ptr_array_index (self->devices, 0);
  return benk_device_get_asset (first) != NULL ? benk_device_get_asset (first)
                                               : benk_device_get_serial (first);
}

/**
 * benk_labels_draw:
 * @self: labels
 * @cr: a cairo context whose unit is the point (1/72 inch)
 * @format: what is printed on
 * @start: the first label of the first page to use, from 1
 * @page: which page, from 0
 *
 * Draws a page.
 */
void
benk_labels_draw (
  BenkLabels *self, struct _cairo *cr, BenkLabelFormat format, guint start, guint page)
{
  g_return_if_fail (BENK_IS_LABELS (self));
  benk_paper_label_draw (cr, self->labels, format, start, page);
}

/* --- changing --- */

static gboolean
do_number (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkLabels *self = data;
  guint number = 0;

  if (!benk_table_device_next_asset (db, &number, error))
    return FALSE;
  for (guint i = 0; i < self->devices->len; i++)
    {
      const BenkId *id = benk_device_get_id (g_ptr_array_index (self->devices, i));
      g_autoptr (BenkDevice) now = benk_table_device_get (db, id, error);
      g_autofree char *asset = g_strdup_printf ("D-%03u", number);

      if (now == NULL)
        return FALSE;
      if (benk_device_get_asset (now) != NULL)
        continue;
      if (!benk_table_device_set_asset (db, id, asset, error))
        return FALSE;
      number++;
    }
  return TRUE;
}

static gboolean
do_mark (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkLabels *self = data;

  for (guint i = 0; i < self->devices->len; i++)
    if (!benk_table_device_set_labelled (
          db, benk_device_get_id (g_ptr_array_index (self->devices, i)), error))
      return FALSE;
  return TRUE;
}

static void
change (BenkLabels *self,
        BenkChangeWork work,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  const BenkId *subject = self->devices->len == 1
                            ? benk_device_get_id (g_ptr_array_index (self->devices, 0))
                            : NULL;

  benk_session_change_async (benk_inventory_get_session (self->inventory), self,
                             BENK_VERB_LABEL, subject, work, g_object_ref (self),
                             g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_labels_number_async:
 * @self: labels
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Gives those that have no asset number the next free ones, in one change that can be
 * undone. The labels are to be read anew.
 */
void
benk_labels_number_async (BenkLabels *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BENK_IS_LABELS (self));
  change (self, do_number, cancellable, callback, user_data);
}

/**
 * benk_labels_mark_async:
 * @self: labels that were printed
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Keeps that the devices were labelled now, in one change that can be undone.
 */
void
benk_labels_mark_async (BenkLabels *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (BENK_IS_LABELS (self));
  change (self, do_mark, cancellable, callback, user_data);
}

/**
 * benk_labels_change_finish:
 * @self: labels
 * @result: what the callback of a change was given
 * @seq: (out) (optional): the row of the change log
 * @error: return location for an error
 *
 * Returns: %TRUE if it is kept
 */
gboolean
benk_labels_change_finish (BenkLabels *self,
                           GAsyncResult *result,
                           gint64 *seq,
                           GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}

/* --- writing --- */

static void
write_pdf (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WriteJob *job = data;
  GError *error = NULL;
  g_autoptr (GBytes) pdf =
    benk_paper_label_compose (job->labels->labels, job->format, job->start, job->made_ms,
                              &job->n_pages, &error);

  if (pdf == NULL || !benk_document_write_file (job->file, pdf, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (benk_labels_change_finish (BENK_LABELS (source), result, NULL, &error))
    g_task_return_int (task, (gssize) job->n_pages);
  else
    g_task_return_error (task, error);
}

static void
on_pdf (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteJob *job = g_task_get_task_data (G_TASK (result));
  WriteJob *outer = g_task_get_task_data (task);
  GError *error = NULL;

  outer->n_pages = job->n_pages;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    /* The file is there: that is kept also when somebody gives up now. */
    benk_labels_mark_async (BENK_LABELS (source), NULL, on_marked,
                            g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static WriteJob *
write_job_new (BenkLabels *self, GFile *file, BenkLabelFormat format, guint start)
{
  WriteJob *job = g_new0 (WriteJob, 1);
  BenkSession *session = benk_inventory_get_session (self->inventory);

  job->labels = self;
  job->file = g_object_ref (file);
  job->format = format;
  job->start = start;
  job->made_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));
  return job;
}

/**
 * benk_labels_write_async:
 * @self: labels
 * @file: where to write the PDF; an older one is replaced
 * @format: what it is for
 * @start: the first label of the first page to use, from 1
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done or refused
 * @user_data: for @callback
 *
 * Writes a PDF, whole or not at all, and keeps that the devices were labelled.
 */
void
benk_labels_write_async (BenkLabels *self,
                         GFile *file,
                         BenkLabelFormat format,
                         guint start,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *outer = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) task = NULL;
  BenkChange change = { 0 };
  GError *error = NULL;

  g_return_if_fail (BENK_IS_LABELS (self));
  g_task_set_source_tag (outer, benk_labels_write_async);
  /* What is on the disk is told, whoever gave up meanwhile. */
  g_task_set_check_cancellable (outer, FALSE);
  /* Who may not change anything is told before a file is there. */
  if (!benk_session_fill_change (benk_inventory_get_session (self->inventory),
                                 BENK_VERB_LABEL, NULL, &change, &error))
    {
      g_task_return_error (outer, error);
      g_object_unref (outer);
      return;
    }
  g_task_set_task_data (outer, write_job_new (self, file, format, start),
                        (GDestroyNotify) write_job_free);
  task = g_task_new (self, cancellable, on_pdf, outer);
  g_task_set_source_tag (task, write_pdf);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, write_job_new (self, file, format, start),
                        (GDestroyNotify) write_job_free);
  g_task_run_in_thread (task, write_pdf);
}

/**
 * benk_labels_write_finish:
 * @self: labels
 * @result: what the callback was given
 * @n_pages: (out) (optional): how many pages the PDF has
 * @error: %BENK_ERROR_IO and others
 *
 * Returns: %TRUE if it is written and kept
 */
gboolean
benk_labels_write_finish (BenkLabels *self,
                          GAsyncResult *result,
                          guint *n_pages,
                          GError **error)
{
  gssize pages = g_task_propagate_int (G_TASK (result), error);

  if (n_pages != NULL)
    *n_pages = (guint) MAX (pages, 0);
  return pages > 0;
}

static gpointer
run_next_asset (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  guint number = 0;

  return benk_table_device_next_asset (db, &number, error)
           ? g_strdup_printf ("D-%03u", number)
           : NULL;
}

/**
 * benk_labels_next_asset_async:
 * @inventory: the inventory
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for the asset number that is free next.
 */
void
benk_labels_next_asset_async (BenkInventory *inventory,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  benk_session_read_async (benk_inventory_get_session (inventory), inventory,
                           run_next_asset, NULL, NULL, g_free, cancellable, callback,
                           user_data);
}

/**
 * benk_labels_next_asset_finish:
 * @inventory: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the number, such as "D-038"
 */
char *
benk_labels_next_asset_finish (BenkInventory *inventory,
                               GAsyncResult *result,
                               GError **error)
{
  return benk_session_read_finish (inventory, result, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-export.h"

#include <glib/gi18n.h>

#include "benk-csv.h"
#include "benk-document-private.h"
#include "benk-error.h"
#include "benk-import-words.h"
#include "benk-inventory-private.h"
#include "benk-session-change.h"
#include "benk-xlsx.h"

/* How many devices are read or written between two looks whether somebody wants to stop.
 */
#define STEP 256

/* What is written, in this order, under the words by which an import knows it again. */
static const BenkImportField FIELDS[] = {
  BENK_IMPORT_FIELD_MODEL,     BENK_IMPORT_FIELD_SERIAL,  BENK_IMPORT_FIELD_IMEI,
  BENK_IMPORT_FIELD_ASSET,     BENK_IMPORT_FIELD_STATE,   BENK_IMPORT_FIELD_PLACE,
  BENK_IMPORT_FIELD_TEAM,      BENK_IMPORT_FIELD_VENDOR,  BENK_IMPORT_FIELD_RECEIVED,
  BENK_IMPORT_FIELD_WARRANTY,  BENK_IMPORT_FIELD_OWNER,   BENK_IMPORT_FIELD_LEASE_END,
  BENK_IMPORT_FIELD_REFERENCE, BENK_IMPORT_FIELD_COMMENT,
};

struct _BenkExport
{
  GObject parent_instance;

  BenkInventory *inventory;
  GFile *file;
  GPtrArray *models; /* BenkModel; as they were when it began */
  BenkDeviceQuery query;
  char *model_id;
  char *search;

  /* Told to the main thread by the one that works. */
  int phase;
  int n_done;
  int n_all;
};

G_DEFINE_FINAL_TYPE (BenkExport, benk_export, G_TYPE_OBJECT)

static void
begin_phase (BenkExport *self, BenkExportPhase phase, guint n_all)
{
  g_atomic_int_set (&self->n_done, 0);
  g_atomic_int_set (&self->n_all, (int) n_all);
  g_atomic_int_set (&self->phase, (int) phase);
}

static gboolean
go_on (BenkExport *self, guint n_done, GCancellable *cancellable, GError **error)
{
  g_atomic_int_set (&self->n_done, (int) n_done);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
read_step (BenkDb *db, GArray *ids, guint first, GPtrArray *devices, GError **error)
{
  g_autoptr (GPtrArray) some =
    benk_table_device_get_many (db, &g_array_index (ids, BenkId, first),
                                MIN (STEP, ids->len - first), error);

  if (some == NULL)
    return FALSE;
  for (guint i = 0; i < some->len; i++)
    g_ptr_array_add (devices, g_object_ref (some->pdata[i]));

  return TRUE;
}

static gpointer
read_devices (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkExport *self = data;
  const BenkDeviceFilter filter = benk_inventory_make_filter (&self->query);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) ids = benk_table_device_query (db, &filter, error);

  if (ids == NULL)
    return NULL;
  begin_phase (self, BENK_EXPORT_READING, ids->len);
  for (guint i = 0; i < ids->len; i += STEP)
    if (!go_on (self, i, cancellable, error) || !read_step (db, ids, i, devices, error))
      return NULL;

  return g_steal_pointer (&devices);
}

static const char *
get_model_name (BenkExport *self, const char *model_id)
{
  BenkModel *model = model_id != NULL ? benk_model_find (self->models, model_id) : NULL;

  return model != NULL ? benk_model_get_name (model) : model_id;
}

static const char *
get_text (BenkExport *self, BenkDevice *device, BenkImportField field)
{
  switch (field)
    {
    case BENK_IMPORT_FIELD_MODEL:
      return get_model_name (self, benk_device_get_model_id (device));
    case BENK_IMPORT_FIELD_SERIAL:
      return benk_device_get_serial (device);
    case BENK_IMPORT_FIELD_IMEI:
      return benk_device_get_imei (device);
    case BENK_IMPORT_FIELD_ASSET:
      return benk_device_get_asset (device);
    case BENK_IMPORT_FIELD_STATE:
      return benk_device_state_get_label (benk_device_get_state (device), TRUE);
    case BENK_IMPORT_FIELD_PLACE:
      return benk_device_get_place_name (device);
    case BENK_IMPORT_FIELD_TEAM:
      return benk_device_get_team (device);
    case BENK_IMPORT_FIELD_VENDOR:
      return benk_device_get_vendor (device);
    case BENK_IMPORT_FIELD_RECEIVED:
      return benk_device_get_received_date (device);
    case BENK_IMPORT_FIELD_WARRANTY:
      return benk_device_get_warranty_date (device);
    case BENK_IMPORT_FIELD_OWNER:
      return benk_device_get_owner (device) != BENK_OWNER_UNKNOWN
               ? benk_owner_get_label (benk_device_get_owner (device))
               : NULL;
    case BENK_IMPORT_FIELD_LEASE_END:
      return benk_device_get_lease_end_date (device);
    case BENK_IMPORT_FIELD_REFERENCE:
      return benk_device_get_person_ref (device);
    case BENK_IMPORT_FIELD_COMMENT:
      return benk_device_get_note (device);
    case BENK_IMPORT_FIELD_NONE:
    default:
      return NULL;
    }
}

static BenkSheet *
make_sheet (BenkExport *self,
            GPtrArray *devices,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (BenkSheet) sheet = benk_sheet_new ();

  begin_phase (self, BENK_EXPORT_COMPOSING, devices->len);
  benk_sheet_add_row (sheet, 1);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    benk_sheet_add_cell (sheet, benk_import_field_get_label (FIELDS[i]), -1);
  for (guint row = 0; row < devices->len; row++)
    {
      if (row % STEP == 0 && !go_on (self, row, cancellable, error))
        return NULL;
      benk_sheet_add_row (sheet, row + 2);
      for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
        {
          const char *text = get_text (self, devices->pdata[row], FIELDS[i]);

          benk_sheet_add_cell (sheet, text != NULL ? text : "", -1);
        }
    }

  return g_steal_pointer (&sheet);
}

static gboolean
is_date (BenkImportField field)
{
  return field == BENK_IMPORT_FIELD_RECEIVED || field == BENK_IMPORT_FIELD_WARRANTY ||
         field == BENK_IMPORT_FIELD_LEASE_END;
}

static GBytes *
compose (BenkExport *self, GPtrArray *devices, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_autoptr (BenkSheet) sheet = make_sheet (self, devices, cancellable, error);
  BenkXlsxColumn columns[G_N_ELEMENTS (FIELDS)];

  if (sheet == NULL)
    return NULL;
  begin_phase (self, BENK_EXPORT_SAVING, 0);
  if (!g_str_has_suffix (folded, ".xlsx"))
    return benk_csv_write_bytes (sheet, ';');

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    columns[i] = is_date (FIELDS[i]) ? BENK_XLSX_COLUMN_DATE : BENK_XLSX_COLUMN_TEXT;
  /* Translators: the name of the sheet in an exported workbook. */
  return benk_xlsx_write_bytes (sheet, _ ("Devices"), columns, G_N_ELEMENTS (columns),
                                cancellable, error);
}

static void
write_in_thread (GTask *task,
                 gpointer source,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  BenkExport *self = source;
  GPtrArray *devices = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = compose (self, devices, cancellable, &error);

  if (bytes == NULL || !benk_document_write_file (self->file, bytes, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, devices->len);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *devices = benk_session_read_finish (source, result, &error);

  if (devices == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, devices, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, write_in_thread);
}

static void
benk_export_finalize (GObject *object)
{
  BenkExport *self = BENK_EXPORT (object);

  g_object_unref (self->inventory);
  g_object_unref (self->file);
  g_ptr_array_unref (self->models);
  g_free (self->model_id);
  g_free (self->search);
  G_OBJECT_CLASS (benk_export_parent_class)->finalize (object);
}

static void
benk_export_class_init (BenkExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_export_finalize;
}

static void
benk_export_init (BenkExport *self)
{
}

/**
 * benk_export_new:
 * @inventory: the inventory
 * @query: which devices, and in what order; copied
 * @file: where to; replaced if it is there
 *
 * Returns: (transfer full): a list to be written: XLSX if the name of @file ends like
 *   that, else CSV (UTF-8 with byte order mark, semicolons). Importing it again changes
 *   nothing.
 */
BenkExport *
benk_export_new (BenkInventory *inventory, const BenkDeviceQuery *query, GFile *file)
{
  BenkExport *self = g_object_new (BENK_TYPE_EXPORT, NULL);

  self->inventory = g_object_ref (inventory);
  self->file = g_object_ref (file);
  self->models = g_ptr_array_ref (benk_inventory_get_models (inventory));
  self->model_id = g_strdup (query->model_id);
  self->search = g_strdup (query->search);
  self->query = *query;
  self->query.model_id = self->model_id;
  self->query.search = self->search;

  return self;
}

/**
 * benk_export_get_progress:
 * @self: an export
 * @fraction: (out): how much of that is done, 0 to 1; below 0 when nobody can tell
 *
 * How far it is.
 *
 * Returns: what is done now
 */
BenkExportPhase
benk_export_get_progress (BenkExport *self, double *fraction)
{
  int n_done, n_all;

  g_return_val_if_fail (BENK_IS_EXPORT (self), BENK_EXPORT_READING);

  n_done = g_atomic_int_get (&self->n_done);
  n_all = g_atomic_int_get (&self->n_all);
  *fraction = n_all > 0 ? MIN ((double) n_done / n_all, 1.0) : -1;

  return (BenkExportPhase) g_atomic_int_get (&self->phase);
}

/**
 * benk_export_run_async:
 * @self: an export, run once
 * @cancellable: (nullable): to stop it
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Reads the devices and writes the file, none of it on the main thread.
 */
void
benk_export_run_async (BenkExport *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_export_run_async);
  /* What is written is told, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  benk_session_read_async (benk_inventory_get_session (self->inventory), self,
                           read_devices, g_object_ref (self), g_object_unref,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, on_read,
                           task);
}

/**
 * benk_export_run_finish:
 * @self: an export
 * @result: what the callback was given
 * @n_devices: (out) (optional): how many devices stand in the list
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_FULL, %BENK_ERROR_IO, %BENK_ERROR_CANCELLED or
 *   another error; a file that was there before is as it was then
 */
gboolean
benk_export_run_finish (BenkExport *self,
                        GAsyncResult *result,
                        guint *n_devices,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), &local);
  if (n < 0)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
          g_error_matches (local, BENK_ERROR, BENK_ERROR_CANCELLED))
        g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED,
                             _ ("The export was stopped; no file was written."));
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (n_devices != NULL)
    *n_devices = (guint) n;

  return TRUE;
}

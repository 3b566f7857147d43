/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-export.h"

#include <glib/gi18n.h>

#include "benk-document-private.h"
#include "benk-csv.h"
#include "benk-error.h"
#include "benk-import-words.h"
#include "benk-xlsx.h"

/* What is written, in this order, under the words by which an import knows it again. */
static const BenkImportField FIELDS[] = {
  BENK_IMPORT_FIELD_MODEL,     BENK_IMPORT_FIELD_SERIAL,  BENK_IMPORT_FIELD_IMEI,
  BENK_IMPORT_FIELD_ASSET,     BENK_IMPORT_FIELD_STATE,   BENK_IMPORT_FIELD_PLACE,
  BENK_IMPORT_FIELD_TEAM,      BENK_IMPORT_FIELD_VENDOR,  BENK_IMPORT_FIELD_RECEIVED,
  BENK_IMPORT_FIELD_WARRANTY,  BENK_IMPORT_FIELD_OWNER,   BENK_IMPORT_FIELD_LEASE_END,
  BENK_IMPORT_FIELD_REFERENCE, BENK_IMPORT_FIELD_COMMENT,
};

typedef struct
{
  GFile *file;
  BenkInventory *inventory;
  GPtrArray *devices;
} ExportJob;

static void
export_job_free (ExportJob *job)
{
  g_object_unref (job->file);
  g_object_unref (job->inventory);
  g_clear_pointer (&job->devices, g_ptr_array_unref);
  g_free (job);
}

static const char *
get_text (ExportJob *job, BenkDevice *device, BenkImportField field)
{
  switch (field)
    {
    case BENK_IMPORT_FIELD_MODEL:
      return benk_inventory_get_model_name (job->inventory,
                                            benk_device_get_model_id (device));
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
make_sheet (ExportJob *job)
{
  BenkSheet *sheet = benk_sheet_new ();

  benk_sheet_add_row (sheet, 1);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    benk_sheet_add_cell (sheet, benk_import_field_get_label (FIELDS[i]), -1);
  for (guint row = 0; row < job->devices->len; row++)
    {
      benk_sheet_add_row (sheet, row + 2);
      for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
        {
          const char *text = get_text (job, job->devices->pdata[row], FIELDS[i]);

          benk_sheet_add_cell (sheet, text != NULL ? text : "", -1);
        }
    }

  return sheet;
}

static gboolean
is_date (BenkImportField field)
{
  return field == BENK_IMPORT_FIELD_RECEIVED || field == BENK_IMPORT_FIELD_WARRANTY ||
         field == BENK_IMPORT_FIELD_LEASE_END;
}

static GBytes *
compose (ExportJob *job, GError **error)
{
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_autoptr (BenkSheet) sheet = make_sheet (job);
  BenkXlsxColumn columns[G_N_ELEMENTS (FIELDS)];

  if (!g_str_has_suffix (folded, ".xlsx"))
    return benk_csv_write_bytes (sheet, ';');

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    columns[i] = is_date (FIELDS[i]) ? BENK_XLSX_COLUMN_DATE : BENK_XLSX_COLUMN_TEXT;
  /* Translators: the name of the sheet in an exported workbook. */
  return benk_xlsx_write_bytes (sheet, _ ("Devices"), columns, G_N_ELEMENTS (columns),
                                error);
}

static void
write_in_thread (GTask *task,
                 gpointer source,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  ExportJob *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = compose (job, &error);

  if (bytes == NULL || !benk_document_write_file (job->file, bytes, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, job->devices->len);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ExportJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->devices = benk_inventory_read_finish (BENK_INVENTORY (source), result, &error);
  if (job->devices == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, write_in_thread);
}

/**
 * benk_export_async:
 * @inventory: the inventory
 * @query: which devices, and in what order; copied
 * @file: where to; replaced if it is there
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes devices as a list: XLSX if the name of @file ends like that, else CSV (UTF-8
 * with byte order mark, semicolons). Importing it again changes nothing.
 */
void
benk_export_async (BenkInventory *inventory,
                   const BenkDeviceQuery *query,
                   GFile *file,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (inventory, cancellable, callback, user_data);
  ExportJob *job = g_new0 (ExportJob, 1);

  g_task_set_source_tag (task, benk_export_async);
  g_task_set_check_cancellable (task, FALSE);
  job->file = g_object_ref (file);
  job->inventory = g_object_ref (inventory);
  g_task_set_task_data (task, job, (GDestroyNotify) export_job_free);
  benk_inventory_read_async (inventory, query, cancellable, on_read, task);
}

/**
 * benk_export_finish:
 * @inventory: the inventory
 * @result: what the callback was given
 * @n_devices: (out) (optional): how many devices stand in the list
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_FULL, %BENK_ERROR_IO, %BENK_ERROR_CANCELLED or
 *   another error; a file that was there before is as it was then
 */
gboolean
benk_export_finish (BenkInventory *inventory,
                    GAsyncResult *result,
                    guint *n_devices,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &local);

  if (n < 0)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
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

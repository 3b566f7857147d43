/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import.h"

#include <glib/gi18n.h>

#include "benk-csv.h"
#include "benk-error.h"
#include "benk-import-rows-private.h"
#include "benk-inventory-private.h"
#include "benk-session-change.h"

struct _BenkImportRow
{
  GObject parent_instance;

  guint line;
  BenkImportVerdict verdict;
  char *label;
  char *reason;
};

struct _BenkImport
{
  GObject parent_instance;

  BenkInventory *inventory;
  BenkImportPlan plan;
  BenkCsvInfo info;
  char *name;
  char *format;
  GListStore *rows;
  guint counts[BENK_N_IMPORT_VERDICTS];
  char *digest; /* of what was shown of every row */
};

G_DEFINE_FINAL_TYPE (BenkImportRow, benk_import_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (BenkImport, benk_import, G_TYPE_OBJECT)

static void
benk_import_row_finalize (GObject *object)
{
  BenkImportRow *self = BENK_IMPORT_ROW (object);

  g_free (self->label);
  g_free (self->reason);
  G_OBJECT_CLASS (benk_import_row_parent_class)->finalize (object);
}

static void
benk_import_row_class_init (BenkImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_import_row_finalize;
}

static void
benk_import_row_init (BenkImportRow *self)
{
}

static void
benk_import_finalize (GObject *object)
{
  BenkImport *self = BENK_IMPORT (object);

  g_clear_object (&self->plan.sheet);
  g_clear_pointer (&self->plan.models, g_ptr_array_unref);
  g_clear_object (&self->inventory);
  g_clear_object (&self->rows);
  g_free (self->name);
  g_free (self->format);
  g_free (self->digest);
  G_OBJECT_CLASS (benk_import_parent_class)->finalize (object);
}

static void
benk_import_class_init (BenkImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_import_finalize;
}

static void
benk_import_init (BenkImport *self)
{
  self->rows = g_list_store_new (BENK_TYPE_IMPORT_ROW);
}

/**
 * benk_import_row_get_line:
 * @self: a row of a list
 *
 * Returns: its first line in the file, counted from 1
 */
guint
benk_import_row_get_line (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), 0);
  return self->line;
}

/**
 * benk_import_row_get_verdict:
 * @self: a row of a list
 *
 * Returns: what it is to the inventory
 */
BenkImportVerdict
benk_import_row_get_verdict (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), BENK_IMPORT_WRONG);
  return self->verdict;
}

/**
 * benk_import_row_get_label:
 * @self: a row of a list
 *
 * Returns: (transfer none) (nullable): model and serial as they stand in the list; %NULL
 *   for a blank row
 */
const char *
benk_import_row_get_label (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), NULL);
  return self->label;
}

/**
 * benk_import_row_get_reason:
 * @self: a row of a list
 *
 * Returns: (transfer none) (nullable): why it is wrong, or what changes, in words
 */
const char *
benk_import_row_get_reason (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), NULL);
  return self->reason;
}

static const char *
get_separator_label (char separator)
{
  switch (separator)
    {
    case ';':
      return _ ("semicolon");
    case '\t':
      return _ ("tab");
    default:
      return _ ("comma");
    }
}

static gpointer
compare (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_import_rows_compare (data, db, error);
}

static char *
digest_results (GPtrArray *results)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);

      g_string_append_printf (text, "%d %s\n", (int) result->verdict,
                              result->reason != NULL ? result->reason : "");
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

static void
take_results (BenkImport *self, GPtrArray *results)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  self->digest = digest_results (results);
  for (guint i = 0; i < results->len; i++)
    {
      BenkImportResult *result = g_ptr_array_index (results, i);
      BenkImportRow *row = g_object_new (BENK_TYPE_IMPORT_ROW, NULL);

      row->line = result->line;
      row->verdict = result->verdict;
      row->label = g_steal_pointer (&result->label);
      row->reason = g_steal_pointer (&result->reason);
      g_ptr_array_add (rows, row);
      self->counts[result->verdict]++;
    }
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkImport *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = benk_session_read_finish (source, result, &error);

  if (results == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  take_results (self, results);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
read_in_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  BenkImport *self = source;
  g_autoptr (GError) error = NULL;

  self->plan.sheet = benk_csv_read_file (task_data, &self->info, cancellable, &error);
  if (self->plan.sheet == NULL || !benk_import_plan_guess (&self->plan, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkImport *self = BENK_IMPORT (source);
  BenkSession *session = benk_inventory_get_session (self->inventory);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->format = g_strdup_printf ("%s, %s", benk_charset_get_name (self->info.charset),
                                  get_separator_label (self->info.separator));
  benk_session_read_async (session, self, compare, &self->plan, NULL,
                           (GDestroyNotify) g_ptr_array_unref,
                           g_task_get_cancellable (task), on_compared,
                           g_object_ref (task));
}

/**
 * benk_import_preview_async:
 * @inventory: what the list is compared with
 * @file: a list as CSV, in any usual encoding and separator
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is compared
 * @user_data: for @callback
 *
 * Reads a list and compares every row with the inventory. Nothing is written.
 */
void
benk_import_preview_async (BenkInventory *inventory,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (inventory, cancellable, callback, user_data);
  g_autoptr (GTask) reading = NULL;
  BenkImport *self = g_object_new (BENK_TYPE_IMPORT, NULL);

  self->inventory = g_object_ref (inventory);
  self->plan.models = g_ptr_array_ref (benk_inventory_get_models (inventory));
  self->name = g_file_get_basename (file);
  g_task_set_task_data (task, self, g_object_unref);

  reading = g_task_new (self, cancellable, on_read, g_object_ref (task));
  g_task_set_task_data (reading, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (reading, read_in_thread);
}

/**
 * benk_import_preview_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the list as it was compared, or %NULL with
 *   %BENK_ERROR_INVALID (it cannot be understood; the line is named) or another error
 */
BenkImport *
benk_import_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * benk_import_get_name:
 * @self: a list
 *
 * Returns: (transfer none): the name of its file
 */
const char *
benk_import_get_name (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return self->name;
}

/**
 * benk_import_get_format:
 * @self: a list
 *
 * Returns: (transfer none): what the file was read as, such as "Windows-1252, semicolon"
 */
const char *
benk_import_get_format (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return self->format;
}

/**
 * benk_import_get_columns:
 * @self: a list
 *
 * Returns: (transfer full): "heading → field" for each column
 */
GStrv
benk_import_get_columns (BenkImport *self)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  guint n;

  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);

  n = benk_sheet_get_n_cells (self->plan.sheet, self->plan.heading);
  for (guint i = 0; i < n; i++)
    {
      const char *heading = benk_sheet_get_cell (self->plan.sheet, self->plan.heading, i);
      BenkImportField field = BENK_IMPORT_FIELD_NONE;
      g_autofree char *line = NULL;

      for (guint f = 0; f < BENK_N_IMPORT_FIELDS; f++)
        if (self->plan.columns[f] == (int) i)
          field = f;
      line = g_strdup_printf ("%s → %s", heading, benk_import_field_get_label (field));
      g_strv_builder_add (columns, line);
    }

  return g_strv_builder_end (columns);
}

/**
 * benk_import_get_rows:
 * @self: a list
 *
 * Returns: (transfer none): a #BenkImportRow for every row but the heading
 */
GListModel *
benk_import_get_rows (BenkImport *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), NULL);
  return G_LIST_MODEL (self->rows);
}

/**
 * benk_import_count:
 * @self: a list
 * @verdict: what rows are to the inventory
 *
 * Returns: how many rows are that
 */
guint
benk_import_count (BenkImport *self, BenkImportVerdict verdict)
{
  g_return_val_if_fail (BENK_IS_IMPORT (self), 0);
  g_return_val_if_fail ((guint) verdict < BENK_N_IMPORT_VERDICTS, 0);
  return self->counts[verdict];
}

/* What was shown must be what is written: the rows are compared again in the scope. */
static gboolean
do_apply (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  BenkImport *self = user_data;
  g_autoptr (GPtrArray) results = benk_import_rows_compare (&self->plan, db, error);
  g_autofree char *digest = results != NULL ? digest_results (results) : NULL;

  if (results == NULL)
    return FALSE;
  if (!g_str_equal (digest, self->digest))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                           _ ("The devices have changed since the list was compared. "
                              "Compare it again."));
      return FALSE;
    }

  return benk_import_rows_write (results, db, error);
}

/**
 * benk_import_apply_async:
 * @self: a list that was compared
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes new and changed rows in one change, which can be undone as a whole.
 */
void
benk_import_apply_async (BenkImport *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BENK_IS_IMPORT (self));

  benk_session_change_async (benk_inventory_get_session (self->inventory), self,
                             BENK_VERB_IMPORT, NULL, do_apply, g_object_ref (self),
                             g_object_unref, cancellable, callback, user_data);
}

/**
 * benk_import_apply_finish:
 * @self: a list
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log; 0 if there was nothing to write
 * @error: return location for an error
 *
 * Returns: %TRUE if it is written
 */
gboolean
benk_import_apply_finish (BenkImport *self,
                          GAsyncResult *result,
                          gint64 *seq,
                          GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}

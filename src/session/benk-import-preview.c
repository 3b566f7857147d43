/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import.h"

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_import_compare_finish (BENK_IMPORT (source), result, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BenkImport *self = BENK_IMPORT (source);
  GError *error = NULL;

  if (benk_import_read_finish (self, result, &error))
    benk_import_compare_async (self, g_task_get_cancellable (task), on_compared,
                               g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * benk_import_preview_async:
 * @inventory: what the list is compared with
 * @file: a list as XLSX or CSV, in any usual encoding and separator
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is compared
 * @user_data: for @callback
 *
 * Reads a list as it is guessed and compares every row with the inventory. Nothing is
 * written.
 */
void
benk_import_preview_async (BenkInventory *inventory,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (BenkImport) self = benk_import_new (inventory, file);
  GTask *task = g_task_new (inventory, cancellable, callback, user_data);

  g_task_set_source_tag (task, benk_import_preview_async);
  benk_import_read_async (self, NULL, cancellable, on_read, task);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-scan.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-inventory-private.h"
#include "benk-session-change.h"
#include "benk-table-device.h"

static gboolean
holds (GPtrArray *devices, BenkDevice *device)
{
  for (guint i = 0; i < devices->len; i++)
    if (benk_id_equal (benk_device_get_id (g_ptr_array_index (devices, i)),
                       benk_device_get_id (device)))
      return TRUE;
  return FALSE;
}

/* The device whose id stands on the label, if this store knows it. */
static gboolean
find_id (BenkDb *db, const BenkId *id, GPtrArray *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDevice) device = benk_table_device_get (db, id, &local);

  if (device != NULL)
    g_ptr_array_add (found, g_steal_pointer (&device));
  else if (!g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_name (BenkDb *db, const char *name, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) named = benk_table_device_find_all (db, name, error);

  for (guint i = 0; named != NULL && i < named->len; i++)
    if (!holds (found, g_ptr_array_index (named, i)))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (named, i)));
  return named != NULL;
}

/* Every device that @scan may mean; may be empty. */
GPtrArray *
benk_inventory_find_scanned (BenkDb *db, const BenkScan *scan, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) names = benk_scan_get_names (scan);

  if (!benk_id_is_nil (&scan->id) && !find_id (db, &scan->id, found, error))
    return NULL;
  for (guint i = 0; found->len == 0 && names[i] != NULL; i++)
    if (!find_name (db, names[i], found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/* The one device that a text or a scan names. */
BenkDevice *
benk_inventory_find_text (BenkDb *db, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkScan) scan = NULL;
  g_autoptr (GPtrArray) found = NULL;
  BenkDevice *device = benk_table_device_find (db, text, &local);

  if (device != NULL || !g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return device;
    }
  scan = benk_scan_read (text, BENK_SCAN_CAPS_UNKNOWN);
  found = benk_inventory_find_scanned (db, scan, error);
  if (found == NULL)
    return NULL;
  if (found->len == 1)
    return g_ptr_array_steal_index (found, 0);
  if (found->len == 0)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                 _ ("%u devices have the number “%s”."), found->len, scan->text);
  return NULL;
}

static gpointer
run_scan (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_inventory_find_scanned (db, data, error);
}

/**
 * benk_inventory_scan_async:
 * @self: the inventory
 * @scan: what was scanned; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks for the device that was scanned: by the id of our own label, then by serial
 * (present or former), IMEI and asset number, in this order; the first that is known
 * counts.
 */
void
benk_inventory_scan_async (BenkInventory *self,
                           const BenkScan *scan,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_INVENTORY (self));

  benk_session_read_async (benk_inventory_get_session (self), self, run_scan,
                           benk_scan_copy (scan), (GDestroyNotify) benk_scan_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_inventory_scan_finish:
 * @self: the inventory
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkDevice): the devices it may be; empty
 *   when none is known. %NULL with @error set on failure
 */
GPtrArray *
benk_inventory_scan_finish (BenkInventory *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

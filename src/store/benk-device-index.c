/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-index.h"

#include "benk-serial.h"
#include "benk-table-private.h"

/* In the order of the key, so that two loads of one store give the same. */
#define KEYS_SQL                                                                         \
  "SELECT ifnull (z.target_id, d.id), d.model_id, d.serial, d.serial_key, d.imei,"       \
  " d.asset, d.former_serials FROM device d LEFT JOIN alias z ON z.id = d.id"            \
  " AND z.kind = 'device' AND z.ended_ms IS NULL ORDER BY d.id"

struct _BenkDeviceIndex
{
  GHashTable *by_serial;
  GHashTable *by_former;
  GHashTable *by_imei;
  GHashTable *by_asset;
  GPtrArray *keys;
  GStringChunk *text;
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                (GDestroyNotify) g_ptr_array_unref);
}

static const char *
keep (BenkDeviceIndex *self, BenkStmt *stmt, int column)
{
  const char *text = benk_stmt_get_text (stmt, column);

  return text != NULL ? g_string_chunk_insert (self->text, text) : NULL;
}

/* Two rows that were joined are one device. */
static void
add (GHashTable *table, const char *key, const BenkDeviceKeys *keys)
{
  GPtrArray *found;

  if (key == NULL || *key == '\0')
    return;
  found = g_hash_table_lookup (table, key);
  if (found == NULL)
    {
      found = g_ptr_array_sized_new (1);
      g_hash_table_insert (table, (gpointer) key, found);
    }
  for (guint i = 0; i < found->len; i++)
    if (benk_id_equal (&((BenkDeviceKeys *) found->pdata[i])->id, &keys->id))
      return;
  g_ptr_array_add (found, (gpointer) keys);
}

static void
add_former (BenkDeviceIndex *self, const char *list, const BenkDeviceKeys *keys)
{
  g_auto (GStrv) serials = g_strsplit (list, "\n", -1);

  for (guint i = 0; serials[i] != NULL; i++)
    {
      g_autofree char *key = benk_serial_normalise (serials[i]);

      add (self->by_former, g_string_chunk_insert (self->text, key), keys);
    }
}

static void
add_row (BenkDeviceIndex *self, BenkStmt *stmt)
{
  BenkDeviceKeys *keys = g_new0 (BenkDeviceKeys, 1);
  const char *former = benk_stmt_get_text (stmt, 6);

  g_ptr_array_add (self->keys, keys);
  benk_stmt_get_id (stmt, 0, &keys->id);
  keys->model_id = keep (self, stmt, 1);
  keys->serial = keep (self, stmt, 2);
  keys->serial_key = keep (self, stmt, 3);
  keys->imei = keep (self, stmt, 4);
  keys->asset = keep (self, stmt, 5);
  add (self->by_serial, keys->serial_key, keys);
  add (self->by_imei, keys->imei, keys);
  add (self->by_asset, keys->asset, keys);
  if (former != NULL)
    add_former (self, former, keys);
}

/**
 * benk_device_index_load:
 * @db: a connection; in a scope, when something is to be written by what is found
 * @error: return location for an error
 *
 * Reads what all devices are known by.
 *
 * Returns: (transfer full): the index, or %NULL with @error set
 */
BenkDeviceIndex *
benk_device_index_load (BenkDb *db, GError **error)
{
  g_autoptr (BenkDeviceIndex) self = g_new0 (BenkDeviceIndex, 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  self->by_serial = new_table ();
  self->by_former = new_table ();
  self->by_imei = new_table ();
  self->by_asset = new_table ();
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_chunk_new (16 * 1024);

  stmt = benk_table_select (db, error, KEYS_SQL, "");
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    add_row (self, stmt);
  if (stmt != NULL && local == NULL)
    return g_steal_pointer (&self);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
benk_device_index_free (BenkDeviceIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_serial);
  g_hash_table_unref (self->by_former);
  g_hash_table_unref (self->by_imei);
  g_hash_table_unref (self->by_asset);
  g_ptr_array_unref (self->keys);
  g_string_chunk_free (self->text);
  g_free (self);
}

/**
 * benk_device_index_find_serial:
 * @self: an index
 * @key: a serial in the form in which serials are compared
 *
 * Returns: (nullable) (element-type BenkDeviceKeys): the devices with this serial, of any
 *   model
 */
const GPtrArray *
benk_device_index_find_serial (BenkDeviceIndex *self, const char *key)
{
  return g_hash_table_lookup (self->by_serial, key);
}

/**
 * benk_device_index_find_former:
 * @self: an index
 * @key: a serial in the form in which serials are compared
 *
 * Returns: (nullable) (element-type BenkDeviceKeys): the devices that had this serial
 *   before it was corrected
 */
const GPtrArray *
benk_device_index_find_former (BenkDeviceIndex *self, const char *key)
{
  return g_hash_table_lookup (self->by_former, key);
}

/**
 * benk_device_index_find_imei:
 * @self: an index
 * @imei: an IMEI
 *
 * Returns: (nullable) (element-type BenkDeviceKeys): the devices with this IMEI
 */
const GPtrArray *
benk_device_index_find_imei (BenkDeviceIndex *self, const char *imei)
{
  return g_hash_table_lookup (self->by_imei, imei);
}

/**
 * benk_device_index_find_asset:
 * @self: an index
 * @asset: an asset number
 *
 * Returns: (nullable) (element-type BenkDeviceKeys): the devices with this number
 */
const GPtrArray *
benk_device_index_find_asset (BenkDeviceIndex *self, const char *asset)
{
  return g_hash_table_lookup (self->by_asset, asset);
}

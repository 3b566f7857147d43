/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-device.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-private.h"

/**
 * benk_table_device_next_asset:
 * @db: a connection
 * @out_number: (out): the number after the highest "D-037" that any device has or had;
 * one of a device that is gone is not given again
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_next_asset (BenkDb *db, guint *out_number, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT max (CAST (substr (asset, 3) AS INTEGER)) FROM device"
                     " WHERE asset GLOB 'D-[0-9]*' AND length (asset) <= 8",
                     error);

  if (stmt == NULL)
    return FALSE;
  *out_number = 1;
  if (benk_stmt_step (stmt, &local))
    *out_number = (guint) benk_stmt_get_int64 (stmt, 0) + 1;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_table_device_set_asset:
 * @db: a connection with an open scope
 * @id: a device
 * @asset: its short asset number
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_set_asset (BenkDb *db,
                             const BenkId *id,
                             const char *asset,
                             GError **error)
{
  return benk_table_change (db, error, "UPDATE device SET asset = ?2 WHERE id = ?1", "it",
                            id, asset) &&
         benk_table_require_change (db, _ ("Device"), error);
}

/**
 * benk_table_device_set_labelled:
 * @db: a connection with an open scope
 * @id: a device
 * @error: return location for an error
 *
 * Keeps that a label was made for it now.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_set_labelled (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (db, error, "UPDATE device SET labelled_ms = ?2 WHERE id = ?1",
                            "in", id, benk_db_get_wall_ms (db)) &&
         benk_table_require_change (db, _ ("Device"), error);
}

/**
 * benk_table_device_is_played:
 * @db: a connection
 * @id: a device
 * @out_played: (out): whether it is of a demo store, or was met as a simulated one
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_is_played (BenkDb *db,
                             const BenkId *id,
                             gboolean *out_played,
                             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT (SELECT demo FROM store) OR EXISTS (SELECT 1 FROM run WHERE device_id = ?1"
    " AND link_kind = 'simulated')",
    "i", id);

  if (stmt == NULL)
    return FALSE;
  *out_played = benk_stmt_step (stmt, &local) && benk_stmt_get_int64 (stmt, 0) != 0;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

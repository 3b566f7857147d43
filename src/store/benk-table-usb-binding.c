/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-usb-binding.h"

#include "benk-table-private.h"

/**
 * benk_table_usb_binding_find:
 * @db: a connection
 * @identity: what is plugged in
 * @out_device: (out): the device it is bound to, nil when to none
 * @error: return location for an error
 *
 * Returns: %TRUE if it is bound; %FALSE without @error if it is not
 */
gboolean
benk_table_usb_binding_find (BenkDb *db,
                             const BenkUsbIdentity *identity,
                             BenkId *out_device,
                             GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT device_id FROM usb_binding WHERE vendor_id = ? AND "
                       "product_id = ? AND usb_serial = ? ORDER BY id DESC LIMIT 1",
                       "nnt", (gint64) identity->vendor_id, (gint64) identity->product_id,
                       identity->serial);

  *out_device = BENK_ID_NIL;

  return stmt != NULL && benk_stmt_step (stmt, error) &&
         benk_stmt_get_id (stmt, 0, out_device);
}

/**
 * benk_table_usb_binding_clear:
 * @db: a connection with an open scope
 * @identity: what is plugged in
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_usb_binding_clear (BenkDb *db, const BenkUsbIdentity *identity, GError **error)
{
  return benk_table_change (db, error,
                            "DELETE FROM usb_binding WHERE vendor_id = ? AND "
                            "product_id = ? AND usb_serial = ?",
                            "nnt", (gint64) identity->vendor_id,
                            (gint64) identity->product_id, identity->serial);
}

/**
 * benk_table_usb_binding_set:
 * @db: a connection with an open scope
 * @identity: what is plugged in
 * @device: the device whose card it opens from now on
 * @made_ms: now, UTC milliseconds
 * @staff: who says so, or nil
 * @error: return location for an error
 *
 * A binding says which card to open, and nothing of what the thing is or holds.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_usb_binding_set (BenkDb *db,
                            const BenkUsbIdentity *identity,
                            const BenkId *device,
                            gint64 made_ms,
                            const BenkId *staff,
                            GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));

  return benk_table_usb_binding_clear (db, identity, error) &&
         benk_table_change (db, error,
                            "INSERT INTO usb_binding (id, device_id, vendor_id, "
                            "product_id, usb_serial, made_ms, staff_id) VALUES (?, ?, ?, "
                            "?, ?, ?, ?)",
                            "iinntni", &id, device, (gint64) identity->vendor_id,
                            (gint64) identity->product_id, identity->serial, made_ms,
                            staff);
}

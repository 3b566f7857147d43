/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-consignment.h"

#include "benk-table-private.h"

/**
 * benk_table_consignment_insert:
 * @db: a connection with an open scope
 * @vendor: who gets it
 * @out_id: (out): the consignment
 * @error: return location for an error
 *
 * Adds a box that one or more returns travel in.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_consignment_insert (BenkDb *db,
                               const char *vendor,
                               BenkId *out_id,
                               GError **error)
{
  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error, "INSERT INTO consignment (id, vendor, made_ms) VALUES (?, ?, ?)", "itn",
    out_id, vendor, benk_db_get_wall_ms (db));
}

/**
 * benk_table_consignment_find_open:
 * @db: a connection
 * @vendor: who gets it
 * @out_id: (out): the newest consignment to @vendor that is not sent; nil if there is
 * none
 * @error: return location for an error
 *
 * Returns: %TRUE if there is one; %FALSE without @error if there is none
 */
gboolean
benk_table_consignment_find_open (BenkDb *db,
                                  const char *vendor,
                                  BenkId *out_id,
                                  GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT id FROM consignment WHERE vendor = ? AND sent_ms IS NULL"
                       " ORDER BY made_ms DESC, id LIMIT 1",
                       "t", vendor);

  *out_id = BENK_ID_NIL;

  return stmt != NULL && benk_stmt_step (stmt, error) &&
         benk_stmt_get_id (stmt, 0, out_id);
}

/**
 * benk_table_consignment_set_sent:
 * @db: a connection with an open scope
 * @id: a consignment
 * @tracking: (nullable): tracking number
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_consignment_set_sent (BenkDb *db,
                                 const BenkId *id,
                                 const char *tracking,
                                 GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE consignment SET tracking = ifnull (?2, tracking),"
                            " sent_ms = ifnull (sent_ms, ?3) WHERE id = ?1",
                            "itn", id, tracking, benk_db_get_wall_ms (db));
}

/**
 * benk_table_consignment_set_received:
 * @db: a connection with an open scope
 * @id: a consignment
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_consignment_set_received (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (
    db, error,
    "UPDATE consignment SET received_ms = ifnull (received_ms, ?2) WHERE id = ?1", "in",
    id, benk_db_get_wall_ms (db));
}

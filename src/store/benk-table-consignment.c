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

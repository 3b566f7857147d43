/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-placement.h"

#include "benk-table-private.h"

/* The states in which a device stands with its user. */
#define STATES_WITH_USER                                                                 \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED) |                                   \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TO_COLLECT) |                               \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_FAULTY))

/*< private >
 * benk_table_placement_follow:
 *
 * Opens a placement when a device comes to a user, and ends it when it leaves. A device
 * that is faulty on the shelf has no placement to keep open.
 */
gboolean
benk_table_placement_follow (BenkDb *db,
                             const BenkId *device,
                             BenkDeviceState state,
                             const BenkId *person,
                             const BenkId *team,
                             GError **error)
{
  gint64 now = benk_db_get_wall_ms (db);
  BenkId id = benk_id_new (benk_db_get_clock (db));

  if (!(STATES_WITH_USER & BENK_DEVICE_STATE_MASK (state)) || benk_id_is_nil (person))
    return benk_table_change (db, error,
                              "UPDATE placement SET to_ms = ?2"
                              " WHERE device_id = ?1 AND to_ms IS NULL",
                              "in", device, now);
  if (state == BENK_DEVICE_STATE_FAULTY || state == BENK_DEVICE_STATE_TO_COLLECT)
    return TRUE;

  return benk_table_change (
    db, error,
    "INSERT INTO placement (id, device_id, person_id, team_id, from_ms)"
    " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM placement"
    " WHERE device_id = ?2 AND person_id = ?3 AND to_ms IS NULL)",
    "iiiin", &id, device, person, team, now);
}

/**
 * benk_table_placement_is_active:
 * @db: a connection
 * @person: (nullable): a user, or nil
 * @except_device: (nullable): a device that does not count
 * @out_device: (out) (optional): the other device, nil if there is none
 * @error: return location for an error
 *
 * Asks for the rule "one active device a user": active is made ready for, in trial, in
 * use or paused.
 *
 * Returns: %TRUE if another device is active with @person; %FALSE without @error if not
 */
gboolean
benk_table_placement_is_active (BenkDb *db,
                                const BenkId *person,
                                const BenkId *except_device,
                                BenkId *out_device,
                                GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;
  BenkId other = BENK_ID_NIL;
  gboolean active = FALSE;

  if (person != NULL && !benk_id_is_nil (person))
    {
      stmt = benk_table_select (db, error,
                                "SELECT id FROM device WHERE person_id = ?1"
                                " AND id IS NOT ?2 AND state IN ('trial', 'operation',"
                                " 'paused') ORDER BY id LIMIT 1",
                                "ii", person, except_device);
      active = stmt != NULL && benk_stmt_step (stmt, error) &&
               benk_stmt_get_id (stmt, 0, &other);
    }
  if (out_device != NULL)
    *out_device = other;

  return active;
}

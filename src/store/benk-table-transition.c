/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-transition.h"

#include "benk-table-private.h"

/*< private >
 * benk_table_transition_insert:
 * @from: (nullable): the state before; %NULL for a device that is new
 *
 * Writes that a device changed its state in the open scope.
 */
gboolean
benk_table_transition_insert (BenkDb *db,
                              const BenkId *device,
                              const char *from,
                              BenkDeviceState to,
                              const BenkId *reason_note,
                              GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change;

  if (!benk_scope_require (db, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));

  return benk_table_change (
    db, error,
    "INSERT INTO transition (id, device_id, from_state, to_state, verb, at_ms, staff_id,"
    " reason_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "iitttnii", &id, device, from, benk_device_state_to_name (to),
    benk_verb_to_name (change->verb), benk_db_get_wall_ms (db), &change->actor_staff,
    reason_note);
}

#define NEWEST_FIRST                                                                     \
  " ORDER BY " BENK_TABLE_ROW_SEQ ("transition", "x") " DESC, x.at_ms DESC, x.id DESC"

/**
 * benk_table_transition_get_newest:
 * @db: a connection
 * @device: a device
 * @states: a bit for each state, see BENK_DEVICE_STATE_MASK()
 * @state: (inout): which of them the device entered last, by the change log; as it was if
 *   it never did
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_transition_get_newest (BenkDb *db,
                                  const BenkId *device,
                                  guint32 states,
                                  BenkDeviceState *state,
                                  GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error, "SELECT x.to_state FROM transition x WHERE x.device_id = ?" NEWEST_FIRST,
    "i", device);
  gboolean found = FALSE;

  while (stmt != NULL && !found && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState to;

      found = benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &to) &&
              (states & BENK_DEVICE_STATE_MASK (to)) != 0;
      if (found)
        *state = to;
    }

  return benk_table_ended (stmt, &local, error);
}

/* @order: 0 when there is no such row */
static gboolean
get_order (BenkStmt *stmt, gint64 *order, GError **error)
{
  g_autoptr (GError) local = NULL;

  *order = 0;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    *order = benk_stmt_get_int64 (stmt, 0);

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_transition_get_stay_before:
 * @db: a connection
 * @device: a device
 * @order: (out): the place in the change log where the device entered the state before
 *   the one it has now; 0 = it has had no other
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_transition_get_stay_before (BenkDb *db,
                                       const BenkId *device,
                                       gint64 *order,
                                       GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT " BENK_TABLE_ROW_SEQ ("transition", "x") " FROM transition x"
                                                     " WHERE x.device_id = ?" NEWEST_FIRST
                                                     " LIMIT 1 OFFSET 1",
    "i", device);

  return get_order (stmt, order, error);
}

/**
 * benk_table_transition_get_end_of_use:
 * @db: a connection
 * @device: a device
 * @order: (out): the place in the change log where the device last came from a user or
 *   arrived; 0 = never
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_transition_get_end_of_use (BenkDb *db,
                                      const BenkId *device,
                                      gint64 *order,
                                      GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT " BENK_TABLE_ROW_SEQ (
                         "transition",
                         "x") " FROM transition x"
                              " WHERE x.device_id = ? AND (x.to_state = 'received'"
                              " OR x.from_state IN ('trial', 'operation', 'paused', "
                              "'to-collect'))" NEWEST_FIRST " LIMIT 1",
                       "i", device);

  return get_order (stmt, order, error);
}

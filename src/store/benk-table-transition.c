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

/**
 * benk_table_transition_get_last:
 * @db: a connection
 * @device: a device
 * @states: a bit for each state, see BENK_DEVICE_STATE_MASK()
 * @at_ms: (out): when the device last entered one of them, UTC milliseconds; 0 = never
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_transition_get_last (
  BenkDb *db, const BenkId *device, guint32 states, gint64 *at_ms, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT to_state, at_ms FROM transition WHERE device_id = ?", "i",
                       device);

  *at_ms = 0;
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState to;

      if (benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &to) &&
          (states & BENK_DEVICE_STATE_MASK (to)))
        *at_ms = MAX (*at_ms, benk_stmt_get_int64 (stmt, 1));
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return stmt != NULL && local == NULL;
}

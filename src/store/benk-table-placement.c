/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-placement.h"

#include "benk-table-model.h"
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
 * Opens a placement when a device comes to a user, and ends it when it leaves or goes to
 * another one. A device that is faulty on the shelf has no placement to keep open.
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
  if (!benk_table_change (db, error,
                          "UPDATE placement SET to_ms = ?3 WHERE device_id = ?1"
                          " AND person_id <> ?2 AND to_ms IS NULL",
                          "iin", device, person, now))
    return FALSE;
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
 * Asks for the rule "one active dispenser a user": active is in trial, in use or paused.
 * Other equipment does not count.
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
  BenkModelKind kind = BENK_MODEL_KIND_OTHER;
  BenkId other = BENK_ID_NIL;

  if (person != NULL && !benk_id_is_nil (person))
    stmt = benk_table_select (db, error,
                              "SELECT id, model_id FROM device WHERE person_id = ?1"
                              " AND id IS NOT ?2 AND state IN ('trial', 'operation',"
                              " 'paused') ORDER BY id",
                              "ii", person, except_device);
  while (stmt != NULL && !benk_model_kind_gives_doses (kind) &&
         benk_stmt_step (stmt, error))
    if (!benk_stmt_get_id (stmt, 0, &other) ||
        !benk_table_model_get_kind (db, benk_stmt_get_text (stmt, 1), &kind, error))
      return FALSE;
  if (!benk_model_kind_gives_doses (kind))
    other = BENK_ID_NIL;
  if (out_device != NULL)
    *out_device = other;

  return benk_model_kind_gives_doses (kind);
}

#define SEQ_FACT BENK_TABLE_ROW_SEQ ("fact", "f")
#define SEQ_READY BENK_TABLE_ROW_SEQ ("transition", "y")
#define SEQ BENK_TABLE_ROW_SEQ ("transition", "x")

/* Whether a device came to its user in the place of another one. */
#define REPLACES                                                                         \
  "EXISTS (SELECT 1 FROM fact f WHERE f.device_id = x.device_id"                         \
  " AND f.kind = 'replaced-device' AND " SEQ_FACT " BETWEEN"                             \
  " (SELECT max (" SEQ_READY ") FROM transition y WHERE y.device_id = x.device_id"       \
  " AND y.to_state = 'ready' AND " SEQ_READY " <= " SEQ ") AND " SEQ ")"

/* Every change of state of every device while it was with the user of this one. */
#define CHAIN_SQL                                                                        \
  "SELECT hex (x.device_id), x.from_state, x.to_state, x.at_ms, " REPLACES               \
  " FROM transition x WHERE EXISTS (SELECT 1 FROM placement p"                           \
  " WHERE p.device_id = x.device_id AND x.at_ms >= p.from_ms"                            \
  " AND (p.to_ms IS NULL OR x.at_ms <= p.to_ms)"                                         \
  " AND p.person_id = (SELECT person_id FROM device WHERE id = ?))"                      \
  " ORDER BY " SEQ ", x.at_ms, x.id"

typedef struct
{
  GHashTable *begun; /* device → since when it is in trial, UTC ms */
  gint64 done_ms;
} Trial;

/* Regular use or the end of the service ends a trial. What comes in the place of another
 * device, or back from a temporary stop, goes on with it. */
static void
follow_trial (Trial *self, BenkStmt *stmt)
{
  const char *device = benk_stmt_get_text (stmt, 0);
  const char *from = benk_stmt_get_text (stmt, 1);
  const char *to = benk_stmt_get_text (stmt, 2);
  gint64 at_ms = benk_stmt_get_int64 (stmt, 3);
  gboolean goes_on =
    g_strcmp0 (from, "paused") == 0 || benk_stmt_get_int64 (stmt, 4) != 0;
  const gint64 *begun_ms = g_hash_table_lookup (self->begun, device);

  if (begun_ms != NULL)
    self->done_ms += MAX (0, at_ms - *begun_ms);
  g_hash_table_remove (self->begun, device);
  if (g_strcmp0 (to, "operation") == 0 || g_strcmp0 (to, "to-collect") == 0 ||
      (g_strcmp0 (to, "trial") == 0 && !goes_on))
    self->done_ms = 0;
  if (g_strcmp0 (to, "trial") == 0)
    g_hash_table_replace (self->begun, g_strdup (device),
                          g_memdup2 (&at_ms, sizeof at_ms));
}

/**
 * benk_table_placement_get_trial_before:
 * @db: a connection
 * @device: a device in trial
 * @before_ms: (out): how long, in milliseconds
 * @error: return location for an error
 *
 * A trial is the user's. Adds up how long it went before the stay of this device: with
 * the devices that it came in place of, and before a temporary stop.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_placement_get_trial_before (BenkDb *db,
                                       const BenkId *device,
                                       gint64 *before_ms,
                                       GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GHashTable) begun =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, CHAIN_SQL, "i", device);
  Trial trial = { begun, 0 };

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    follow_trial (&trial, stmt);
  *before_ms = trial.done_ms;

  return benk_table_ended (stmt, &local, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-proof.h"

#include "benk-evidence.h"
#include "benk-table-private.h"

/* A proof stands until a later run of another purpose touched the device, or may have; a
 * reset until the device was made ready or was in use. */
#define SELECT_SQL                                                                       \
  "SELECT q.id, q.device_id, q.kind, q.link_kind, q.run_id, "                            \
  "q.at_ms, " BENK_EVIDENCE_SQL (                                                        \
    "q") " AND NOT EXISTS"                                                               \
         " (SELECT 1 FROM run r WHERE r.device_id = q.device_id"                         \
         " AND r.id IS NOT q.run_id AND r.outcome <> 'untouched'"                        \
         " AND ((q.kind = 'reset' AND r.kind IN ('provision', 'settings'))"              \
         " OR (q.kind = 'ready' AND r.kind IN ('provision', 'settings', 'reset')))"      \
         " AND " BENK_TABLE_RUN_AFTER_PROOF (                                            \
           "r",                                                                          \
           "q") ")"                                                                      \
                " AND (q.kind <> 'reset' OR (NOT EXISTS"                                 \
                " (SELECT 1 FROM proof y WHERE y.device_id = q.device_id AND y.kind = "  \
                "'ready'"                                                                \
                " AND " BENK_TABLE_AFTER_PROOF (                                         \
                  "proof", "y",                                                          \
                  "q") ")"                                                               \
                       " AND NOT EXISTS (SELECT 1 FROM transition x WHERE x.device_id "  \
                       "= "                                                              \
                       "q.device_id"                                                     \
                       " AND x.from_state IN ('trial', 'operation', 'paused', "          \
                       "'to-collect')"                                                   \
                       " AND " BENK_TABLE_AFTER_PROOF (                                  \
                         "transition", "x",                                              \
                         "q") "))), " BENK_TABLE_ROW_SEQ ("proof",                       \
                                                          "q") " AS seq FROM proof q"

static gpointer
read_proof (BenkStmt *stmt)
{
  BenkProof *proof = benk_proof_new ();
  BenkProofKind kind = BENK_PROOF_KIND_RESET;
  BenkLinkKind link_kind = BENK_LINK_KIND_SIMULATED;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_proof_set_id (proof, &id);
  benk_stmt_get_id (stmt, 1, &id);
  benk_proof_set_device_id (proof, &id);
  benk_proof_kind_from_name (benk_stmt_get_text (stmt, 2), &kind);
  benk_proof_set_kind (proof, kind);
  benk_link_kind_from_name (benk_stmt_get_text (stmt, 3), &link_kind);
  benk_proof_set_link_kind (proof, link_kind);
  benk_stmt_get_id (stmt, 4, &id);
  benk_proof_set_run_id (proof, &id);
  benk_proof_set_at_ms (proof, benk_stmt_get_int64 (stmt, 5));
  benk_proof_set_valid (proof, benk_stmt_get_int64 (stmt, 6) != 0);
  benk_proof_set_order (proof, benk_stmt_get_int64 (stmt, 7));

  return proof;
}

/**
 * benk_table_proof_insert:
 * @db: a connection with an open scope
 * @proof: a proof; an id that is nil and an instant that is 0 are set
 * @error: return location for an error
 *
 * Adds a proof. Whether it counts is asked when it is needed, so a simulated one may be
 * kept too.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_proof_insert (BenkDb *db, BenkProof *proof, GError **error)
{
  const BenkChange *change;

  if (!benk_scope_require (db, error))
    return FALSE;
  if (benk_id_is_nil (benk_proof_get_id (proof)))
    {
      BenkId id = benk_id_new (benk_db_get_clock (db));

      benk_proof_set_id (proof, &id);
    }
  if (benk_proof_get_at_ms (proof) == 0)
    benk_proof_set_at_ms (proof, benk_db_get_wall_ms (db));
  change = benk_scope_get_change (benk_scope_get_current (db));

  return benk_table_change (
    db, error,
    "INSERT INTO proof (id, device_id, kind, link_kind, run_id, at_ms, staff_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "iittini", benk_proof_get_id (proof), benk_proof_get_device_id (proof),
    benk_proof_kind_to_name (benk_proof_get_kind (proof)),
    benk_link_kind_to_name (benk_proof_get_link_kind (proof)),
    benk_proof_get_run_id (proof), benk_proof_get_at_ms (proof), &change->actor_staff);
}

/**
 * benk_table_proof_list:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkProof): its proofs, newest first
 */
GPtrArray *
benk_table_proof_list (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE q.device_id = ? ORDER BY seq DESC, q.at_ms DESC, q.id DESC", "i",
    device);

  return benk_table_read_all (stmt, read_proof, error);
}

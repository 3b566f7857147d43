/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-plan.h"

#include "benk-table-private.h"

/* A run that may have changed what the device holds. */
#define WRITES "kind IN ('provision', 'settings', 'reset') AND outcome <> 'untouched'"

#define VERSION_SQL                                                                      \
  "SELECT p.id, p.person_id, p.body, p.valid_from_ms, p.made_ms, d.id, d.model_id,"      \
  " d.serial, d.asset, r.link_kind, r.ended_ms,"                                         \
  " r.id IS NOT NULL AND d.person_id IS p.person_id"                                     \
  " AND r.id = (SELECT w.id FROM run w WHERE w.device_id = r.device_id AND w." WRITES    \
  " ORDER BY " BENK_TABLE_RUN_SEQ (                                                      \
    "w") " DESC, w.id DESC LIMIT 1)"                                                     \
         " FROM plan p LEFT JOIN run r ON r.id = (SELECT v.id FROM run v"                \
         " WHERE v.plan_id = p.id AND v.outcome = 'verified'"                            \
         " AND v.kind IN ('provision', 'settings')"                                      \
         " ORDER BY " BENK_TABLE_RUN_SEQ (                                               \
           "v") " DESC, v.id DESC LIMIT 1)"                                              \
                " LEFT JOIN device d ON d.id = r.device_id"

static gpointer
read_version (BenkStmt *stmt)
{
  BenkPlanVersion *version = benk_plan_version_new ();
  BenkLinkKind link_kind = BENK_LINK_KIND_IMPORTED;
  BenkId id = BENK_ID_NIL;

  if (benk_stmt_get_id (stmt, 0, &id))
    benk_plan_version_set_id (version, &id);
  if (benk_stmt_get_id (stmt, 1, &id))
    benk_plan_version_set_person_id (version, &id);
  benk_plan_version_set_body (version, benk_stmt_get_text (stmt, 2));
  benk_plan_version_set_valid_from_ms (version, benk_stmt_get_int64 (stmt, 3));
  benk_plan_version_set_made_ms (version, benk_stmt_get_int64 (stmt, 4));
  if (benk_stmt_get_id (stmt, 5, &id))
    benk_plan_version_set_device_id (version, &id);
  benk_plan_version_set_model_id (version, benk_stmt_get_text (stmt, 6));
  benk_plan_version_set_serial (version, benk_stmt_get_text (stmt, 7));
  benk_plan_version_set_asset (version, benk_stmt_get_text (stmt, 8));
  if (benk_link_kind_from_name (benk_stmt_get_text (stmt, 9), &link_kind))
    benk_plan_version_set_link_kind (version, link_kind);
  benk_plan_version_set_verified_ms (version, benk_stmt_get_int64_or (stmt, 10, 0));
  benk_plan_version_set_in_force (version, benk_stmt_get_int64_or (stmt, 11, 0) != 0);

  return version;
}

/**
 * benk_table_plan_list_versions:
 * @db: a connection
 * @person: a user
 * @verified_only: whether to leave out what no device was ever verified to hold
 * @error: return location for an error
 *
 * The plans of a user, the newest first; of those that were verified, the one that was
 * verified last comes first.
 *
 * Returns: (transfer full) (element-type BenkPlanVersion): the plans, or %NULL with
 *   @error set
 */
GPtrArray *
benk_table_plan_list_versions (BenkDb *db,
                               const BenkId *person,
                               gboolean verified_only,
                               GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       verified_only ? VERSION_SQL
                         " WHERE p.person_id = ? AND r.id IS NOT NULL"
                         " ORDER BY " BENK_TABLE_RUN_SEQ ("r") " DESC, r.id DESC"
                                     : VERSION_SQL
                         " WHERE p.person_id = ? ORDER BY " BENK_TABLE_ROW_SEQ (
                           "plan", "p") " DESC, p.made_ms DESC, p.id DESC",
                       "i", person);

  return benk_table_read_all (stmt, read_version, error);
}

/**
 * benk_table_plan_get_version:
 * @db: a connection
 * @id: a plan
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan; %NULL without @error if there is none
 */
BenkPlanVersion *
benk_table_plan_get_version (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, VERSION_SQL " WHERE p.id = ?", "i", id);
  g_autoptr (GPtrArray) rows = benk_table_read_all (stmt, read_version, error);

  return rows != NULL && rows->len > 0 ? g_object_ref (g_ptr_array_index (rows, 0))
                                       : NULL;
}

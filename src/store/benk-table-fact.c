/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-fact.h"

#include "benk-table-accessory.h"
#include "benk-table-note.h"
#include "benk-table-private.h"

static gpointer
read_fact (BenkStmt *stmt)
{
  BenkFactRecord *fact = benk_fact_record_new ();
  BenkFactKind kind = BENK_FACT_NONE;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_fact_record_set_id (fact, &id);
  benk_stmt_get_id (stmt, 1, &id);
  benk_fact_record_set_device_id (fact, &id);
  benk_fact_kind_from_name (benk_stmt_get_text (stmt, 2), &kind);
  benk_fact_record_set_kind (fact, kind);
  benk_fact_record_set_at_ms (fact, benk_stmt_get_int64 (stmt, 3));
  benk_fact_record_set_by (fact, benk_stmt_get_text (stmt, 4));
  /* "" is something that was said and is erased. */
  benk_fact_record_set_ref (fact, benk_stmt_get_text (stmt, 5));
  benk_fact_record_set_stated_by (fact, benk_stmt_get_text (stmt, 6));
  benk_fact_record_set_order (fact, benk_stmt_get_int64 (stmt, 7));

  return fact;
}

/**
 * benk_table_fact_insert:
 * @db: a connection with an open scope
 * @fact: what is attested; id and instant are set. Reference and name become notes about
 *   the user of the device
 * @error: return location for an error
 *
 * Adds a fact, attested by the actor of the scope.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_fact_insert (BenkDb *db, BenkFactRecord *fact, GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;

  return benk_table_fact_insert_by (
    db, fact, &benk_scope_get_change (benk_scope_get_current (db))->actor_staff, error);
}

static gboolean
find_accessories (BenkDb *db, const BenkId *device, BenkFactKind kind, GError **error)
{
  if (kind != BENK_FACT_ACCESSORIES_COMPLETE && kind != BENK_FACT_ADAPTER_PRESENT)
    return TRUE;

  return benk_table_accessory_find_missing (db, device, kind == BENK_FACT_ADAPTER_PRESENT,
                                            error);
}

/**
 * benk_table_fact_insert_by:
 * @db: a connection with an open scope
 * @fact: as in benk_table_fact_insert()
 * @staff: who attests it, where that is not the actor of the scope: a list that one
 *   person completes may have been ticked by several
 * @error: return location for an error
 *
 * Adds a fact.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_fact_insert_by (BenkDb *db,
                           BenkFactRecord *fact,
                           const BenkId *staff,
                           GError **error)
{
  const BenkId *device = benk_fact_record_get_device_id (fact);
  BenkId id = benk_id_new (benk_db_get_clock (db));
  gint64 now = benk_db_get_wall_ms (db);
  BenkId person, ref, stated_by;

  if (!benk_scope_require (db, error) ||
      !benk_table_get_person (db, device, &person, error) ||
      !benk_table_note_add (db, BENK_NOTE_REF, benk_fact_record_get_ref (fact), &person,
                            &ref, error) ||
      !benk_table_note_add (db, BENK_NOTE_STATED_BY,
                            benk_fact_record_get_stated_by (fact), &person, &stated_by,
                            error))
    return FALSE;

  benk_fact_record_set_id (fact, &id);
  benk_fact_record_set_at_ms (fact, now);

  return find_accessories (db, device, benk_fact_record_get_kind (fact), error) &&
         benk_table_change (
           db, error,
           "INSERT INTO fact (id, device_id, kind, at_ms, staff_id, ref_id, stated_by_id)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)",
           "iitniii", &id, device,
           benk_fact_kind_to_name (benk_fact_record_get_kind (fact)), now, staff, &ref,
           &stated_by);
}

/**
 * benk_table_fact_list:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkFactRecord): its facts, newest first; a
 *   reference or name that was erased is ""
 */
GPtrArray *
benk_table_fact_list (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT f.id, f.device_id, f.kind, f.at_ms, s.initials,"
                       " iif (f.ref_id IS NULL, NULL, ifnull (r.text, '')),"
                       " iif (f.stated_by_id IS NULL, NULL, ifnull (b.text, '')),"
                       " " BENK_TABLE_ROW_SEQ (
                         "fact",
                         "f") " FROM fact f"
                              " LEFT JOIN staff s ON s.id = f.staff_id"
                              " LEFT JOIN note r ON r.id = f.ref_id"
                              " LEFT JOIN note b ON b.id = f.stated_by_id"
                              " WHERE f.device_id = ? ORDER BY f.at_ms DESC, f.id DESC",
                       "i", device);

  return benk_table_read_all (stmt, read_fact, error);
}

/**
 * benk_table_fact_is_attested:
 * @db: a connection
 * @device: a device
 * @kind: what
 * @order: a place in the change log
 * @attested: (out): whether it was attested there or later; what stood first is asked of
 *   the change log, never of instants
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_fact_is_attested (BenkDb *db,
                             const BenkId *device,
                             BenkFactKind kind,
                             gint64 order,
                             gboolean *attested,
                             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT 1 FROM fact f WHERE f.device_id = ? AND f.kind = ? AND " BENK_TABLE_ROW_SEQ (
      "fact", "f") " >= ? LIMIT 1",
    "itn", device, benk_fact_kind_to_name (kind), order);

  *attested = stmt != NULL && benk_stmt_step (stmt, &local);

  return benk_table_ended (stmt, &local, error);
}

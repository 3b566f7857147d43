/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-visit.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT v.id, v.kind, v.device_id, v.other_id, v.person_id, v.way, v.lines, v.done,"   \
  " v.started_ms, v.left_ms, v.ended_ms, " BENK_TABLE_ROW_SEQ ("visit",                  \
                                                               "v") " FROM visit v"

/**
 * benk_visit_row_free:
 * @self: (nullable) (transfer full): a visit
 */
void
benk_visit_row_free (BenkVisitRow *self)
{
  if (self == NULL)
    return;

  g_free (self->way);
  g_free (self);
}

static BenkVisitRow *
read_row (BenkStmt *stmt)
{
  BenkVisitRow *row = g_new0 (BenkVisitRow, 1);

  benk_stmt_get_id (stmt, 0, &row->id);
  benk_visit_kind_from_name (benk_stmt_get_text (stmt, 1), &row->kind);
  benk_stmt_get_id (stmt, 2, &row->device);
  benk_stmt_get_id (stmt, 3, &row->other);
  benk_stmt_get_id (stmt, 4, &row->person);
  row->way = benk_stmt_dup_text (stmt, 5);
  row->lines = (guint) benk_stmt_get_int64 (stmt, 6);
  row->done = (guint) benk_stmt_get_int64 (stmt, 7);
  row->started_ms = benk_stmt_get_int64 (stmt, 8);
  row->left_ms = benk_stmt_get_int64 (stmt, 9);
  row->ended_ms = benk_stmt_get_int64 (stmt, 10);
  row->order = benk_stmt_get_int64 (stmt, 11);

  return row;
}

static BenkVisitRow *
get_optional (BenkStmt *stmt, GError **error)
{
  return stmt != NULL && benk_stmt_step (stmt, error) ? read_row (stmt) : NULL;
}

/**
 * benk_table_visit_insert:
 * @db: a connection with an open scope
 * @row: what is begun; id and start are set
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_visit_insert (BenkDb *db, BenkVisitRow *row, GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  row->id = benk_id_new (benk_db_get_clock (db));
  row->started_ms = benk_db_get_wall_ms (db);

  return benk_table_change (
    db, error,
    "INSERT INTO visit (id, kind, device_id, other_id, person_id, way, lines, done,"
    " started_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "itiiitnnni", &row->id, benk_visit_kind_to_name (row->kind), &row->device,
    &row->other, &row->person, row->way, (gint64) row->lines, (gint64) row->done,
    row->started_ms, &benk_scope_get_change (benk_scope_get_current (db))->actor_staff);
}

/**
 * benk_table_visit_update:
 * @db: a connection with an open scope
 * @row: what was begun, with new values
 * @error: return location for an error
 *
 * Writes all but what it is about and when it began.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_visit_update (BenkDb *db, const BenkVisitRow *row, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE visit SET other_id = ?2, way = ?3, lines = ?4,"
                            " done = ?5, left_ms = ?6, ended_ms = ?7 WHERE id = ?1",
                            "iitnnmm", &row->id, &row->other, row->way,
                            (gint64) row->lines, (gint64) row->done, row->left_ms,
                            row->ended_ms) &&
         benk_table_require_change (db, _ ("Home visit"), error);
}

/**
 * benk_table_visit_get:
 * @db: a connection
 * @id: a visit
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the visit; %NULL without @error if there is none
 */
BenkVisitRow *
benk_table_visit_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE v.id = ?", "i", id);

  return get_optional (stmt, error);
}

/**
 * benk_table_visit_get_open:
 * @db: a connection
 * @device: a device
 * @kind: what is done
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was begun with @device and is not finished;
 *   %NULL without @error if nothing is
 */
BenkVisitRow *
benk_table_visit_get_open (BenkDb *db,
                           const BenkId *device,
                           BenkVisitKind kind,
                           GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE v.device_id = ? AND v.kind = ?"
                                  " AND v.ended_ms IS NULL"
                                  " ORDER BY v.started_ms DESC, v.id DESC LIMIT 1",
                       "it", device, benk_visit_kind_to_name (kind));

  return get_optional (stmt, error);
}

/**
 * benk_table_visit_list_open:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkVisitRow): what is not finished, the newest
 *   first, or %NULL with @error set
 */
GPtrArray *
benk_table_visit_list_open (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_visit_row_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " WHERE v.ended_ms IS NULL ORDER BY v.started_ms DESC, v.id DESC",
                       "");

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (rows, read_row (stmt));

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * benk_table_visit_count_alarms:
 * @db: a connection
 * @id: a visit
 * @count: (out): how many alarms came in after it was begun and are open still
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_visit_count_alarms (BenkDb *db, const BenkId *id, guint *count, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT count (*) FROM visit v JOIN alarm a ON a.status IN ('new', 'taken')"
    " WHERE v.id = ? AND " BENK_TABLE_ROW_SEQ ("alarm",
                                               "a") " > " BENK_TABLE_ROW_SEQ ("visit",
                                                                              "v"),
    "i", id);

  *count = 0;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    *count = (guint) benk_stmt_get_int64 (stmt, 0);

  return benk_table_ended (stmt, &local, error);
}

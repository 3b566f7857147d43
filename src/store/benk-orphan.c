/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-orphan.h"

#include "benk-changeset.h"
#include "benk-schema.h"

static gboolean
each_column (
  BenkDb *db, const char *table, BenkPointerFunc func, gpointer data, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT name FROM pragma_table_info(?) WHERE type = 'BLOB' AND name "
                     "LIKE '%\\_id' ESCAPE '\\'",
                     error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_text (stmt, 1, table);
  while (benk_stmt_step (stmt, &local))
    if (!func (db, table, benk_stmt_get_text (stmt, 0), data, error))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*< private >
 * benk_orphan_each_pointer:
 *
 * Calls @func for every column of a journalled table that points at rows; such columns
 * are called something_id.
 *
 * Returns: %FALSE with the error of @func
 */
gboolean
benk_orphan_each_pointer (BenkDb *db, BenkPointerFunc func, gpointer data, GError **error)
{
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);

  for (gsize i = 0; i < n; i++)
    if (tables[i].table_class == BENK_TABLE_JOURNALLED &&
        !each_column (db, tables[i].name, func, data, error))
      return FALSE;

  return TRUE;
}

/* What a row that went, or was set back, pointed at. */
static gboolean
note_pointers (const BenkChangesetOp *op, gpointer data, GError **error)
{
  BenkStmt *stmt = data;

  if (op->op == SQLITE_INSERT)
    return TRUE;

  for (int i = 1; i < op->n_columns; i++)
    {
      sqlite3_value *value = NULL;

      if (sqlite3changeset_old (op->iter, i, &value) != SQLITE_OK || value == NULL ||
          sqlite3_value_type (value) != SQLITE_BLOB ||
          sqlite3_value_bytes (value) != sizeof op->row.b)
        continue;

      benk_stmt_bind_blob (stmt, 1, sqlite3_value_blob (value), sizeof op->row.b);
      if (!benk_stmt_run (stmt, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_pointed_at (
  BenkDb *db, const char *table, const char *column, gpointer data, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("DELETE FROM temp.orphan WHERE id IN (SELECT \"%s\" FROM \"%s\")",
                     column, table);

  return benk_db_exec (db, sql, error);
}

static gboolean
delete_orphans (BenkDb *db, GError **error)
{
  return benk_orphan_each_pointer (db, keep_pointed_at, NULL, error) &&
         benk_db_exec (
           db,
           "DELETE FROM temp.orphan WHERE id IN (SELECT reason FROM journal) "
           "OR id IN (SELECT subject FROM journal);"
           "DELETE FROM note WHERE id IN (SELECT id FROM temp.orphan);"
           "DELETE FROM person WHERE id IN (SELECT id FROM temp.orphan) "
           "AND id NOT IN (SELECT person_id FROM note WHERE person_id IS NOT NULL);"
           "DELETE FROM temp.orphan",
           error);
}

/*< private >
 * benk_orphan_forget:
 * @inverse: the changeset that was just applied to take a change back
 *
 * Deletes the people and notes that the taken back change had brought and that nothing
 * points at any more: no list would show them, so nobody could erase them. Somebody who
 * was added by a change of their own stays.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_orphan_forget (BenkDb *db, GBytes *inverse, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;
  gint64 n;

  if (!benk_db_exec (db,
                     "CREATE TEMP TABLE IF NOT EXISTS orphan (id BLOB PRIMARY KEY);"
                     "DELETE FROM temp.orphan",
                     error))
    return FALSE;

  stmt = benk_db_prepare (db,
                          "INSERT OR IGNORE INTO temp.orphan (id) "
                          "SELECT id FROM person WHERE id = ?1 "
                          "UNION ALL SELECT id FROM note WHERE id = ?1",
                          error);

  if (stmt == NULL || !benk_changeset_walk (inverse, note_pointers, stmt, error) ||
      !benk_db_get_int64 (db, "SELECT count(*) FROM temp.orphan", &n, error))
    return FALSE;

  return n == 0 || delete_orphans (db, error);
}

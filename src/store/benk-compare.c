/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-compare.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

/* One row of each side at a time, both in the order of the key. */
typedef struct
{
  BenkStmt *stmt;
  gboolean on_row;
  GError *error;
} Side;

static gboolean
start (Side *side, BenkDb *db, const char *sql, GError **error)
{
  side->stmt = benk_db_prepare (db, sql, error);

  return side->stmt != NULL;
}

static void
advance (Side *side)
{
  side->on_row = benk_stmt_step (side->stmt, &side->error);
}

static gboolean
same_bytes (BenkStmt *a, BenkStmt *b, int column)
{
  gsize n_a, n_b;
  gconstpointer bytes_a = benk_stmt_get_blob (a, column, &n_a);
  gconstpointer bytes_b = benk_stmt_get_blob (b, column, &n_b);

  return n_a == n_b && (n_a == 0 || memcmp (bytes_a, bytes_b, n_a) == 0);
}

static gboolean
same_value (BenkStmt *a, BenkStmt *b, int column)
{
  BenkValueType type = benk_stmt_get_value_type (a, column);

  if (type != benk_stmt_get_value_type (b, column))
    return FALSE;

  switch (type)
    {
    case BENK_VALUE_NULL:
      return TRUE;
    case BENK_VALUE_INTEGER:
      return benk_stmt_get_int64 (a, column) == benk_stmt_get_int64 (b, column);
    case BENK_VALUE_REAL:
      {
        double x = benk_stmt_get_double (a, column), y = benk_stmt_get_double (b, column);

        return memcmp (&x, &y, sizeof x) == 0;
      }
    case BENK_VALUE_TEXT:
    case BENK_VALUE_BLOB:
      return same_bytes (a, b, column);
    default:
      g_assert_not_reached ();
    }
}

static int
first_difference (BenkStmt *a, BenkStmt *b)
{
  int n = benk_stmt_get_n_columns (a);

  if (n != benk_stmt_get_n_columns (b))
    return 0;

  for (int i = 0; i < n; i++)
    if (!same_value (a, b, i))
      return i;

  return -1;
}

static int
compare_keys (BenkStmt *a, BenkStmt *b)
{
  gsize n_a, n_b;
  gconstpointer key_a = benk_stmt_get_blob (a, 0, &n_a);
  gconstpointer key_b = benk_stmt_get_blob (b, 0, &n_b);
  int order = MIN (n_a, n_b) > 0 ? memcmp (key_a, key_b, MIN (n_a, n_b)) : 0;

  return order != 0 ? order : (n_a > n_b) - (n_a < n_b);
}

/* Returns the side whose row is to be named, or NULL when the two rows are equal. */
static BenkStmt *
describe_row (const char *table, Side *store, Side *replay, char **difference)
{
  int order = !store->on_row    ? 1
              : !replay->on_row ? -1
                                : compare_keys (store->stmt, replay->stmt);
  int column;

  if (order < 0)
    {
      *difference =
        g_strdup_printf (_ ("Table %s has a row that the change log does not know."),
                         table);
      return store->stmt;
    }
  if (order > 0)
    {
      *difference =
        g_strdup_printf (_ ("Table %s lacks a row that the change log knows."), table);
      return replay->stmt;
    }

  column = first_difference (store->stmt, replay->stmt);
  if (column < 0)
    return NULL;

  *difference =
    g_strdup_printf (_ ("Table %s has a row whose %s is not what the change log says."),
                     table, benk_stmt_get_column_name (store->stmt, column));
  return store->stmt;
}

static gboolean
compare_rows (
  const char *table, Side *store, Side *replay, BenkId *row, char **difference)
{
  BenkStmt *named = NULL;

  advance (store);
  advance (replay);
  while (store->error == NULL && replay->error == NULL &&
         (store->on_row || replay->on_row))
    {
      named = describe_row (table, store, replay, difference);
      if (named != NULL)
        {
          g_autofree char *id = NULL;
          char *text = *difference;

          if (benk_stmt_get_id (named, 0, row))
            {
              id = benk_id_to_string (row);
              *difference = g_strdup_printf ("%s (%s)", text, id);
              g_free (text);
            }
          return TRUE;
        }

      advance (store);
      advance (replay);
    }

  return store->error == NULL && replay->error == NULL;
}

static gboolean
compare_query (BenkDb *db,
               BenkDb *replay,
               const char *table,
               const char *sql,
               BenkId *row,
               char **difference,
               GError **error)
{
  Side a = { 0 }, b = { 0 };
  gboolean done;

  *difference = NULL;
  *row = BENK_ID_NIL;
  done = start (&a, db, sql, error) && start (&b, replay, sql, error) &&
         compare_rows (table, &a, &b, row, difference);

  if (a.error != NULL)
    g_propagate_error (error, g_steal_pointer (&a.error));
  if (b.error != NULL && (error == NULL || *error == NULL))
    g_propagate_error (error, g_steal_pointer (&b.error));
  g_clear_error (&b.error);
  benk_stmt_free (a.stmt);
  benk_stmt_free (b.stmt);

  return done;
}

/*< private >
 * benk_compare_table:
 * @row: (out): the first row that differs
 * @difference: (out) (nullable): what differs, one sentence; %NULL when the tables are
 * equal
 *
 * Compares a table, value by value, type included.
 *
 * Returns: %FALSE with @error set when the comparison itself failed
 */
gboolean
benk_compare_table (BenkDb *db,
                    BenkDb *replay,
                    const char *table,
                    BenkId *row,
                    char **difference,
                    GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY id", table);

  return compare_query (db, replay, table, sql, row, difference, error);
}

/*< private >
 * benk_compare_schema:
 * @difference: (out) (nullable): what differs, one sentence; %NULL when the schemas are
 * equal
 *
 * Compares tables, indices and triggers, so that none was added by hand.
 *
 * Returns: %FALSE with @error set when the comparison itself failed
 */
gboolean
benk_compare_schema (BenkDb *db, BenkDb *replay, char **difference, GError **error)
{
  BenkId row;

  return compare_query (db, replay, "sqlite_schema",
                        "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_schema "
                        "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1",
                        &row, difference, error);
}

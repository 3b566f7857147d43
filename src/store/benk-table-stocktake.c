/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-stocktake.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-stock-summary.h"
#include "benk-table-private.h"

/* The places that are counted. */
#define OWN_PLACE(alias) "ifnull (" alias ".kind IN ('store', 'shelf'), 0)"

/* %s: the states of what is on a shelf. */
#define VERDICT_SQL                                                                      \
  "CASE WHEN i.code IS NOT NULL THEN 'unknown'"                                          \
  " WHEN i.found_ms IS NULL THEN 'missing'"                                              \
  " WHEN i.state IS NULL OR i.state NOT IN (%s) THEN 'wrong-state'"                      \
  " WHEN NOT (CASE WHEN i.found_place_id IS NULL THEN " OWN_PLACE (                      \
    "p") " ELSE i.place_id IS i.found_place_id END) THEN 'wrong-place'"                  \
         " WHEN i.expected = 1 THEN 'found' ELSE 'added' END"

#define ITEM_SQL                                                                         \
  "SELECT * FROM (SELECT i.id, " VERDICT_SQL                                             \
  " AS verdict, i.expected, i.device_id, d.model_id, d.serial, d.imei, d.asset, i.code," \
  " i.state, i.place_id, p.name AS place_name, i.found_place_id, f.name AS found_name,"  \
  " i.found_ms, s.initials,"                                                             \
  " i.settled, d.serial_key FROM stocktake_item i"                                       \
  " LEFT JOIN device d ON d.id = i.device_id LEFT JOIN place p ON p.id = i.place_id"     \
  " LEFT JOIN place f ON f.id = i.found_place_id"                                        \
  " LEFT JOIN staff s ON s.id = i.staff_id WHERE "

#define ROW_SQL                                                                          \
  "SELECT t.id, t.place_id, p.name, t.started_ms, t.ended_ms, t.dropped, s.initials"     \
  " FROM stocktake t LEFT JOIN place p ON p.id = t.place_id"                             \
  " LEFT JOIN staff s ON s.id = t.staff_id"

/* "'received', 'stock', …" */
static char *
list_shelf_states (void)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    if (benk_stock_is_on_shelf (i))
      g_string_append_printf (list, "%s'%s'", list->len > 0 ? ", " : "",
                              benk_device_state_to_name (i));

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
compose_item_sql (const char *where_and_order)
{
  g_autofree char *states = list_shelf_states ();
  g_autofree char *start = g_strdup_printf (ITEM_SQL, states);

  return g_strconcat (start, where_and_order, NULL);
}

/* --- a count --- */

static BenkCount *
read_row (BenkStmt *stmt)
{
  BenkCount *row = benk_count_new ();

  benk_stmt_get_id (stmt, 0, &row->id);
  benk_stmt_get_id (stmt, 1, &row->place);
  row->place_name = benk_stmt_dup_text (stmt, 2);
  row->started_ms = benk_stmt_get_int64 (stmt, 3);
  row->ended_ms = benk_stmt_get_int64 (stmt, 4);
  row->dropped = benk_stmt_get_int64 (stmt, 5) != 0;
  row->who = benk_stmt_dup_text (stmt, 6);

  return row;
}

/* How many items there are of each verdict, in one reading. */
static gboolean
count_items (BenkDb *db, BenkCount *row, GError **error)
{
  g_autofree char *states = list_shelf_states ();
  g_autofree char *sql = g_strdup_printf (
    "SELECT verdict, sum (expected), sum (expected AND found_ms IS NOT NULL), count (*),"
    " sum (settled IS NULL) FROM (SELECT " VERDICT_SQL " AS verdict, i.expected,"
    " i.found_ms, i.settled FROM stocktake_item i"
    " LEFT JOIN place p ON p.id = i.place_id WHERE i.stocktake_id = ?) GROUP BY verdict",
    states);
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, sql, "i", &row->id);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkCountVerdict verdict;

      row->n_expected += (guint) benk_stmt_get_int64 (stmt, 1);
      row->n_found += (guint) benk_stmt_get_int64 (stmt, 2);
      if (!benk_count_verdict_from_name (benk_stmt_get_text (stmt, 0), &verdict))
        continue;
      row->counts[verdict] = (guint) benk_stmt_get_int64 (stmt, 3);
      if (verdict != BENK_COUNT_FOUND && verdict != BENK_COUNT_ADDED)
        row->n_open += (guint) benk_stmt_get_int64 (stmt, 4);
    }

  return benk_table_ended (stmt, &local, error);
}

/* (transfer full) @stmt */
static GPtrArray *
read_rows (BenkDb *db, BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_count_free);
  g_autoptr (BenkStmt) owned = stmt;
  g_autoptr (GError) local = NULL;

  while (owned != NULL && benk_stmt_step (owned, &local))
    g_ptr_array_add (rows, read_row (owned));
  if (owned == NULL)
    return NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; i < rows->len; i++)
    if (!count_items (db, g_ptr_array_index (rows, i), error))
      return NULL;

  return g_steal_pointer (&rows);
}

/* Every device that should be there, as it stands now. */
static gboolean
insert_expected (BenkDb *db, const BenkId *id, const BenkId *place, GError **error)
{
  g_autofree char *states = list_shelf_states ();
  g_autofree char *sql =
    g_strdup_printf ("SELECT d.id, d.place_id, d.state FROM device d"
                     " JOIN place p ON p.id = d.place_id"
                     " WHERE d.state IN (%s) AND (d.place_id = ?1 OR (?1 IS NULL"
                     " AND " OWN_PLACE ("p") ")) ORDER BY d.model_id, d.serial_key, d.id",
                     states);
  g_autoptr (BenkStmt) stmt = benk_table_select (db, error, sql, "i", place);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkId item = benk_id_new (benk_db_get_clock (db));
      BenkId device, where;

      benk_stmt_get_id (stmt, 0, &device);
      benk_stmt_get_id (stmt, 1, &where);
      if (!benk_table_change (db, error,
                              "INSERT INTO stocktake_item (id, stocktake_id, device_id,"
                              " expected, place_id, state) VALUES (?, ?, ?, 1, ?, ?)",
                              "iiiit", &item, id, &device, &where,
                              benk_stmt_get_text (stmt, 2)))
        return FALSE;
    }

  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_stocktake_insert:
 * @db: a connection with an open scope
 * @place: what is counted; nil = every place of our own
 * @out_id: (out): the count
 * @error: return location for an error
 *
 * Begins a count. What it expects is what is in the list now, and stays so.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stocktake_insert (BenkDb *db,
                             const BenkId *place,
                             BenkId *out_id,
                             GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
           db, error,
           "INSERT INTO stocktake (id, place_id, started_ms, staff_id)"
           " VALUES (?, ?, ?, ?)",
           "iini", out_id, place, benk_db_get_wall_ms (db),
           &benk_scope_get_change (benk_scope_get_current (db))->actor_staff) &&
         insert_expected (db, out_id, place, error);
}

/**
 * benk_table_stocktake_end:
 * @db: a connection with an open scope
 * @id: a count that goes on
 * @dropped: whether it is not to count
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stocktake_end (BenkDb *db, const BenkId *id, gboolean dropped, GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE stocktake SET ended_ms = ifnull (ended_ms, ?2),"
                            " dropped = ?3 WHERE id = ?1",
                            "inn", id, benk_db_get_wall_ms (db), (gint64) dropped) &&
         benk_table_require_change (db, _ ("Stocktake"), error);
}

static BenkCount *
get_first (BenkDb *db, BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (db, stmt, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

/**
 * benk_table_stocktake_get:
 * @db: a connection
 * @id: a count
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the count; %NULL without @error if there is none
 */
BenkCount *
benk_table_stocktake_get (BenkDb *db, const BenkId *id, GError **error)
{
  return get_first (db, benk_table_select (db, error, ROW_SQL " WHERE t.id = ?", "i", id),
                    error);
}

/**
 * benk_table_stocktake_get_open:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the count that goes on; %NULL without @error if
 *   none does
 */
BenkCount *
benk_table_stocktake_get_open (BenkDb *db, GError **error)
{
  return get_first (db,
                    benk_table_select (db, error,
                                       ROW_SQL " WHERE t.ended_ms IS NULL"
                                               " ORDER BY t.started_ms DESC, t.id DESC"
                                               " LIMIT 1",
                                       ""),
                    error);
}

/**
 * benk_table_stocktake_list:
 * @db: a connection
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkCount): counts, the newest first, or
 *   %NULL with @error set
 */
GPtrArray *
benk_table_stocktake_list (BenkDb *db, guint limit, GError **error)
{
  return read_rows (db,
                    benk_table_select (db, error,
                                       ROW_SQL
                                       " ORDER BY t.started_ms DESC, t.id DESC LIMIT ?",
                                       "n", (gint64) limit),
                    error);
}

/* --- its items --- */

static gpointer
read_item (BenkStmt *stmt)
{
  BenkCountItem *item = benk_count_item_new ();
  BenkCountVerdict verdict = BENK_COUNT_UNKNOWN;
  BenkId id, device, place, found;

  benk_stmt_get_id (stmt, 0, &id);
  benk_count_item_set_id (item, &id);
  benk_count_verdict_from_name (benk_stmt_get_text (stmt, 1), &verdict);
  benk_count_item_set_verdict (item, verdict);
  benk_count_item_set_expected (item, benk_stmt_get_int64 (stmt, 2) != 0);
  benk_stmt_get_id (stmt, 3, &device);
  benk_count_item_set_device_id (item, &device);
  benk_count_item_set_model_id (item, benk_stmt_get_text (stmt, 4));
  benk_count_item_set_serial (item, benk_stmt_get_text (stmt, 5));
  benk_count_item_set_imei (item, benk_stmt_get_text (stmt, 6));
  benk_count_item_set_asset (item, benk_stmt_get_text (stmt, 7));
  benk_count_item_set_code (item, benk_stmt_get_text (stmt, 8));
  benk_count_item_set_state (item, benk_stmt_get_text (stmt, 9));
  benk_stmt_get_id (stmt, 10, &place);
  benk_count_item_set_place_id (item, &place);
  benk_count_item_set_place_name (item, benk_stmt_get_text (stmt, 11));
  benk_stmt_get_id (stmt, 12, &found);
  benk_count_item_set_found_place_id (item, &found);
  benk_count_item_set_found_place_name (item, benk_stmt_get_text (stmt, 13));
  benk_count_item_set_found_ms (item, benk_stmt_get_int64 (stmt, 14));
  benk_count_item_set_who (item, benk_stmt_get_text (stmt, 15));
  benk_count_item_set_settled (item, benk_stmt_get_text (stmt, 16));

  return item;
}

/**
 * benk_table_stocktake_list_items:
 * @db: a connection
 * @id: a count
 * @verdicts: bit n set = items of verdict n; 0 = all
 * @limit: at most so many; 0 = all
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkCountItem): what was not scanned first,
 *   by place, model and serial; then what was, the newest first. %NULL with @error set
 */
GPtrArray *
benk_table_stocktake_list_items (
  BenkDb *db, const BenkId *id, guint verdicts, guint limit, GError **error)
{
  g_autoptr (GString) where = g_string_new ("i.stocktake_id = ?1)");
  g_autofree char *sql = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  for (guint i = 0, n = 0; verdicts != 0 && i < BENK_N_COUNT_VERDICTS; i++)
    if (verdicts & (1u << i))
      g_string_append_printf (where, "%s'%s'", n++ > 0 ? ", " : " WHERE verdict IN (",
                              benk_count_verdict_to_name (i));
  if (verdicts != 0)
    g_string_append (where, ")");
  g_string_append (where, " ORDER BY found_ms IS NOT NULL, found_ms DESC, place_name,"
                          " model_id, serial_key, id");
  if (limit > 0)
    g_string_append_printf (where, " LIMIT %u", limit);
  sql = compose_item_sql (where->str);
  stmt = benk_table_select (db, error, sql, "i", id);

  return benk_table_read_all (stmt, read_item, error);
}

/* (transfer full) @stmt */
static BenkCountItem *
get_item (BenkStmt *stmt, GError **error)
{
  g_autoptr (BenkStmt) owned = stmt;

  return owned != NULL && benk_stmt_step (owned, error) ? read_item (owned) : NULL;
}

/**
 * benk_table_stocktake_get_item:
 * @db: a connection
 * @item: an item of a count
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the item; %NULL without @error if there is none
 */
BenkCountItem *
benk_table_stocktake_get_item (BenkDb *db, const BenkId *item, GError **error)
{
  g_autofree char *sql = compose_item_sql ("i.id = ?)");

  return get_item (benk_table_select (db, error, sql, "i", item), error);
}

/**
 * benk_table_stocktake_find_device:
 * @db: a connection
 * @id: a count
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the item of @device; %NULL without @error if it is
 *   neither expected nor found
 */
BenkCountItem *
benk_table_stocktake_find_device (BenkDb *db,
                                  const BenkId *id,
                                  const BenkId *device,
                                  GError **error)
{
  g_autofree char *sql = compose_item_sql ("i.stocktake_id = ? AND i.device_id = ?)"
                                           " ORDER BY expected DESC, id LIMIT 1");

  return get_item (benk_table_select (db, error, sql, "ii", id, device), error);
}

/**
 * benk_table_stocktake_find_code:
 * @db: a connection
 * @id: a count
 * @code: what was scanned
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the item of a code that no device had; %NULL
 *   without @error if it was not scanned
 */
BenkCountItem *
benk_table_stocktake_find_code (BenkDb *db,
                                const BenkId *id,
                                const char *code,
                                GError **error)
{
  g_autofree char *sql =
    compose_item_sql ("i.stocktake_id = ? AND i.code = ?) ORDER BY id LIMIT 1");

  return get_item (benk_table_select (db, error, sql, "it", id, code), error);
}

/**
 * benk_table_stocktake_add_item:
 * @db: a connection with an open scope
 * @id: a count
 * @device: what was found, or nil
 * @code: (nullable): what was scanned, where no device has it
 * @found_place: where, or nil
 * @out_item: (out): the item
 * @error: return location for an error
 *
 * Keeps what was found and not expected, with its place and state of now.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stocktake_add_item (BenkDb *db,
                               const BenkId *id,
                               const BenkId *device,
                               const char *code,
                               const BenkId *found_place,
                               BenkId *out_item,
                               GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;
  *out_item = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO stocktake_item (id, stocktake_id, device_id, code, expected, place_id,"
    " found_place_id, found_ms, staff_id, state) VALUES (?1, ?2, ?3, ?4, 0,"
    " (SELECT place_id FROM device WHERE id = ?3), ?5, ?6, ?7,"
    " (SELECT state FROM device WHERE id = ?3))",
    "iiitini", out_item, id, device, code, found_place, benk_db_get_wall_ms (db),
    &benk_scope_get_change (benk_scope_get_current (db))->actor_staff);
}

/**
 * benk_table_stocktake_set_found:
 * @db: a connection with an open scope
 * @item: an expected device
 * @found_place: where it was found, or nil
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stocktake_set_found (BenkDb *db,
                                const BenkId *item,
                                const BenkId *found_place,
                                GError **error)
{
  if (!benk_scope_require (db, error))
    return FALSE;

  return benk_table_change (
           db, error,
           "UPDATE stocktake_item SET found_place_id = ?2, found_ms = ?3, staff_id = ?4,"
           " settled = NULL, settled_ms = NULL WHERE id = ?1",
           "iini", item, found_place, benk_db_get_wall_ms (db),
           &benk_scope_get_change (benk_scope_get_current (db))->actor_staff) &&
         benk_table_require_change (db, _ ("Stocktake"), error);
}

/**
 * benk_table_stocktake_settle:
 * @db: a connection with an open scope
 * @item: an item
 * @settled: what was done about it
 * @device: the device it is now, or nil to leave that
 * @found_place: where it was found, or nil to leave that
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stocktake_settle (BenkDb *db,
                             const BenkId *item,
                             const char *settled,
                             const BenkId *device,
                             const BenkId *found_place,
                             GError **error)
{
  return benk_table_change (db, error,
                            "UPDATE stocktake_item SET settled = ?2, settled_ms = ?3,"
                            " device_id = ifnull (?4, device_id),"
                            " found_place_id = ifnull (?5, found_place_id) WHERE id = ?1",
                            "itnii", item, settled, benk_db_get_wall_ms (db), device,
                            found_place) &&
         benk_table_require_change (db, _ ("Stocktake"), error);
}

/**
 * benk_table_stocktake_list_fixes:
 * @db: a connection
 * @id: a count
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64): the rows of this laptop's change log
 *   that changed a device for this count and were not undone, the newest first; %NULL
 *   with @error set
 */
GArray *
benk_table_stocktake_list_fixes (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT DISTINCT j.seq FROM stocktake_item i JOIN touch w"
    " ON w.tbl = 'stocktake_item' AND w.row_id = i.id JOIN journal j ON j.seq = w.seq"
    " AND j.site = (SELECT site FROM store) WHERE i.stocktake_id = ?"
    " AND j.verb NOT IN ('stocktake', 'undo') AND NOT EXISTS (SELECT 1 FROM journal u"
    " WHERE u.undoes > 0 AND u.undoes = j.seq AND u.site = j.site) ORDER BY j.seq DESC",
    "i", id);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      gint64 seq = benk_stmt_get_int64 (stmt, 0);

      g_array_append_val (seqs, seq);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&seqs) : NULL;
}

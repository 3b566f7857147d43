/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-device.h"

#include <string.h>

#include "benk-device-catalog.h"
#include "benk-search.h"
#include "benk-table-alias.h"
#include "benk-table-private.h"
#include "benk-table-reservation.h"

/* The order of the life cycle, which is that of #BenkDeviceState. */
static void
append_state_order (GString *sql)
{
  g_string_append (sql, "CASE d.state");
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    g_string_append_printf (sql, " WHEN '%s' THEN %u", benk_device_state_to_name (i), i);
  g_string_append (sql, " END");
}

static void
append_order (GString *sql, BenkDeviceSort sort, gboolean descending)
{
  /* What is looked at, and whether it is a name. */
  static const struct
  {
    const char *value;
    gboolean name;
  } keys[BENK_N_DEVICE_SORTS] = {
    [BENK_DEVICE_SORT_SERIAL] = { "d.serial", TRUE },
    [BENK_DEVICE_SORT_ASSET] = { "d.asset", TRUE },
    [BENK_DEVICE_SORT_SINCE] = { "d.state_since_ms", FALSE },
    [BENK_DEVICE_SORT_PLACE] = { "(SELECT name FROM place WHERE id = d.place_id)", TRUE },
    [BENK_DEVICE_SORT_USER] = { "ifnull ((SELECT reference FROM person"
                                " WHERE id = d.person_id),"
                                " (SELECT name FROM place WHERE id = d.team_id))",
                                TRUE },
    [BENK_DEVICE_SORT_VENDOR] = { "d.vendor", TRUE },
    [BENK_DEVICE_SORT_WARRANTY] = { "d.warranty_date", FALSE },
    [BENK_DEVICE_SORT_LEASE] = { "d.lease_end_date", FALSE },
    [BENK_DEVICE_SORT_RESERVED] = { "(SELECT v.wanted_date FROM reservation v"
                                    " WHERE v.device_id = d.id AND v.ended IS NULL)",
                                    FALSE },
  };
  const char *way = descending ? " DESC" : "";

  g_string_append (sql, " ORDER BY ");
  if (sort == BENK_DEVICE_SORT_STATE)
    {
      append_state_order (sql);
      g_string_append_printf (sql, "%s, ", way);
    }
  else if (keys[sort].value != NULL)
    g_string_append_printf (sql, "%s IS NULL, %s (%s)%s, ", keys[sort].value,
                            keys[sort].name ? "natural_key" : "", keys[sort].value, way);
  if (sort != BENK_DEVICE_SORT_MODEL)
    way = "";
  g_string_append_printf (sql,
                          "d.model_id%s, natural_key (d.serial_key)%s, d.serial_key%s,"
                          " d.state%s, d.id%s",
                          way, way, way, way, way);
}

static char *
compose_query (const BenkDeviceFilter *filter, guint n_words)
{
  g_autoptr (GString) sql = g_string_new ("SELECT d.id FROM ");

  /* The texts are read through once; only what is found is looked up. An index by state
   * would save little and lose the order. */
  g_string_append (sql, n_words > 0 ? "device_search s CROSS JOIN device d "
                                      "ON d.id = s.device_id WHERE +d.state IN ("
                                    : "device d WHERE +d.state IN (");
  for (guint i = 0, n = 0; i < BENK_N_DEVICE_STATES; i++)
    {
      guint32 wanted = filter->states;

      if (wanted == 0)
        wanted = ~(guint32) (filter->reserved
                               ? 0
                               : BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_SCRAPPED));

      if (wanted & BENK_DEVICE_STATE_MASK (i))
        g_string_append_printf (sql, "%s'%s'", n++ > 0 ? ", " : "",
                                benk_device_state_to_name (i));
    }
  g_string_append (sql, ") AND " BENK_TABLE_ALIAS_IS_NONE ("d"));
  if (filter->reserved)
    g_string_append (sql, " AND " BENK_TABLE_RESERVATION_IS_OPEN);
  if (filter->model_id != NULL)
    g_string_append (sql, " AND d.model_id = ?1");
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (sql, " AND instr (s.text, ?%u) > 0", i + 2);
  append_order (sql, filter->sort, filter->descending);
  if (filter->limit > 0)
    g_string_append_printf (sql, " LIMIT %u", filter->limit);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static GArray *
read_ids (BenkStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GError) local = NULL;

  while (benk_stmt_step (stmt, &local))
    {
      BenkId id;

      benk_stmt_get_id (stmt, 0, &id);
      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return g_steal_pointer (&ids);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* The ids of all devices in an order that no index has; NULL for the usual one. */
static char *
compose_order (const BenkDeviceFilter *filter)
{
  g_autoptr (GString) sql = NULL;

  if (filter->sort == BENK_DEVICE_SORT_MODEL)
    return NULL;
  sql = g_string_new ("SELECT d.id FROM device d WHERE " BENK_TABLE_ALIAS_IS_NONE ("d"));
  append_order (sql, filter->sort, filter->descending);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * benk_table_device_query:
 * @db: a connection
 * @filter: which devices
 * @error: return location for an error
 *
 * A connection that only reads answers from memory, but for what is reserved.
 *
 * Returns: (transfer full) (element-type BenkId): their ids in the order that is asked
 * for, or %NULL with @error set
 */
GArray *
benk_table_device_query (BenkDb *db, const BenkDeviceFilter *filter, GError **error)
{
  g_auto (GStrv) words = benk_search_split (filter->search);
  g_autofree char *sql = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  /* What is reserved is not in memory; there is little of it. */
  if (benk_db_is_read_only (db) && !filter->reserved)
    {
      sql = compose_order (filter);
      return benk_device_catalog_query (db, filter, (const char *const *) words, sql,
                                        error);
    }
  sql = compose_query (filter, g_strv_length (words));
  stmt = benk_db_prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  if (filter->model_id != NULL)
    benk_stmt_bind_text (stmt, 1, filter->model_id);
  for (int i = 0; words[i] != NULL; i++)
    benk_stmt_bind_text (stmt, i + 2, words[i]);

  return read_ids (stmt, error);
}

/**
 * benk_table_device_glance:
 * @db: a connection
 * @limit: at most so many
 * @error: return location for an error
 *
 * Which devices stand first, for as long as the whole list is still to be read. The order
 * is that of the index, where EV-10 comes before EV-9.
 *
 * Returns: (transfer full) (element-type BenkId): ids, none where the whole list is in
 * memory, or %NULL with @error set
 */
GArray *
benk_table_device_glance (BenkDb *db, guint limit, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;

  if (benk_device_catalog_is_read (db))
    return g_array_new (FALSE, FALSE, sizeof (BenkId));
  stmt = benk_table_select (db, error,
                            "SELECT d.id FROM device d WHERE +d.state <> 'scrapped'"
                            " AND " BENK_TABLE_ALIAS_IS_NONE (
                              "d") " ORDER BY d.model_id, d.serial_key, d.state, d.id"
                                   " LIMIT ?",
                            "n", (gint64) limit);

  return stmt != NULL ? read_ids (stmt, error) : NULL;
}

/**
 * benk_table_device_list_replacements:
 * @db: a connection
 * @old: the device that goes out
 * @person: who has it; nil = not known
 * @limit: at most so many
 * @error: return location for an error
 *
 * What could take over: what is assigned to the same user first, then what is of the same
 * make, then what is ready before what lies in stock.
 *
 * Returns: (transfer full) (element-type BenkId): ids, or %NULL with @error set
 */
GArray *
benk_table_device_list_replacements (
  BenkDb *db, const BenkId *old, const BenkId *person, guint limit, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT d.id FROM device d JOIN device o ON o.id = ?1 WHERE d.id <> o.id"
    " AND d.state IN ('ready', 'preparing', 'stock') ORDER BY d.person_id IS NOT ?2,"
    " d.model_id <> o.model_id, d.state = 'stock', d.serial_key, d.id LIMIT ?3",
    "iin", old, person, (gint64) limit);

  return stmt != NULL ? read_ids (stmt, error) : NULL;
}

/**
 * benk_table_device_count_states:
 * @db: a connection
 * @counts: (out) (array fixed-size=19): devices in each state of #BenkDeviceState
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_device_count_states (BenkDb *db, guint *counts, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  memset (counts, 0, sizeof *counts * BENK_N_DEVICE_STATES);
  if (benk_db_is_read_only (db))
    return benk_device_catalog_count (db, counts, error);
  stmt = benk_db_prepare (db,
                          "SELECT d.state, count (*) FROM device d"
                          " WHERE " BENK_TABLE_ALIAS_IS_NONE ("d") " GROUP BY d.state",
                          error);
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState state;

      if (benk_device_state_from_name (benk_stmt_get_text (stmt, 0), &state))
        counts[state] = (guint) benk_stmt_get_int64 (stmt, 1);
    }

  return benk_table_ended (stmt, &local, error);
}

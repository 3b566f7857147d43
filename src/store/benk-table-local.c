/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-local.h"

#include "benk-table-private.h"

/**
 * benk_table_watch_log_add:
 * @db: a connection
 * @kind: "started", "stopped", "feed-silent", "clock-jump" …
 * @feed: (nullable): the feed it is about
 * @detail: (nullable): more, without a personal word
 * @error: return location for an error
 *
 * Writes when the program watched and when it did not.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_watch_log_add (
  BenkDb *db, const char *kind, const BenkId *feed, const char *detail, GError **error)
{
  return benk_table_change_local (
    db, error, "INSERT INTO watch_log (at_ms, kind, feed_id, detail) VALUES (?, ?, ?, ?)",
    "ntit", benk_db_get_wall_ms (db), kind, feed, detail);
}

/**
 * benk_table_import_map_set:
 * @db: a connection
 * @heading: a folded heading of a list
 * @field: what it was taken for
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_import_map_set (BenkDb *db,
                           const char *heading,
                           const char *field,
                           GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO import_map (heading, field) VALUES (?, ?)"
    " ON CONFLICT (heading) DO UPDATE SET field = excluded.field",
    "tt", heading, field);
}

/**
 * benk_table_import_map_get:
 * @db: a connection
 * @heading: a folded heading of a list
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what it was taken for last time; %NULL without
 *   @error if it was never seen
 */
char *
benk_table_import_map_get (BenkDb *db, const char *heading, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT field FROM import_map WHERE heading = ?", "t",
                       heading);

  return stmt != NULL && benk_stmt_step (stmt, error) ? benk_stmt_dup_text (stmt, 0)
                                                      : NULL;
}

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

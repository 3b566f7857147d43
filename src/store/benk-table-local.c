/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-local.h"

#include "benk-table-private.h"

/**
 * benk_table_watch_log_add:
 * @db: a connection
 * @at_ms: when it was noticed, UTC milliseconds
 * @kind: "begins", "ends", "silent", "clock-jump" …
 * @feed: (nullable): the feed it is about
 * @detail: (nullable): more, without a personal word
 * @error: return location for an error
 *
 * Writes when the program watched and when it did not.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_watch_log_add (BenkDb *db,
                          gint64 at_ms,
                          const char *kind,
                          const BenkId *feed,
                          const char *detail,
                          GError **error)
{
  return benk_table_change_local (
    db, error, "INSERT INTO watch_log (at_ms, kind, feed_id, detail) VALUES (?, ?, ?, ?)",
    "ntit", at_ms, kind, feed, detail);
}

/**
 * benk_table_watch_log_list:
 * @db: a connection
 * @feed: a source
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkWatchEvent): what the log of the watch tells
 *   of @feed, in the order it was written
 */
GArray *
benk_table_watch_log_list (BenkDb *db, const BenkId *feed, GError **error)
{
  g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (BenkWatchEvent));
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error, "SELECT at_ms, kind, detail FROM watch_log WHERE feed_id = ? ORDER BY n",
    "i", feed);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      const char *detail = benk_stmt_get_text (stmt, 2);
      BenkWatchEvent event = { .feed = *feed };

      event.at_ms = benk_stmt_get_int64 (stmt, 0);
      event.detail_ms = detail != NULL ? g_ascii_strtoll (detail, NULL, 10) : 0;
      if (benk_watch_event_kind_from_name (benk_stmt_get_text (stmt, 1), &event.kind))
        g_array_append_val (events, event);
    }
  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&events) : NULL;
}

/**
 * benk_table_watch_log_find_state:
 * @db: a connection
 * @feed: a source
 * @running: (out): whether the log says that the program asks it
 * @last_ms: (out): when the newest of it was noticed, UTC milliseconds; 0 = there is none
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_watch_log_find_state (
  BenkDb *db, const BenkId *feed, gboolean *running, gint64 *last_ms, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT (SELECT kind FROM watch_log WHERE feed_id = ? AND kind IN ('begins', 'ends')"
    "        ORDER BY n DESC LIMIT 1),"
    "       ifnull ((SELECT at_ms FROM watch_log WHERE feed_id = ?"
    "                ORDER BY n DESC LIMIT 1), 0)",
    "ii", feed, feed);

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  *running = g_strcmp0 (benk_stmt_get_text (stmt, 0), "begins") == 0;
  *last_ms = benk_stmt_get_int64 (stmt, 1);
  return TRUE;
}

/**
 * benk_table_watch_log_find_put_away:
 * @db: a connection
 * @until_ms: (out): up to when absences were put away, UTC milliseconds; 0 = none was
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_watch_log_find_put_away (BenkDb *db, gint64 *until_ms, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT ifnull (max (CAST (detail AS INTEGER)), 0) FROM watch_log WHERE kind = ?",
    "t", BENK_WATCH_PUT_AWAY);

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  *until_ms = benk_stmt_get_int64 (stmt, 0);
  return TRUE;
}

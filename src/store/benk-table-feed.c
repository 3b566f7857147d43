/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-feed.h"

#include "benk-table-private.h"

/* So many of them are shown; all are counted. */
#define MAX_FAULTS 50

#define SELECT_SQL                                                                       \
  "SELECT id, name, url, followup_url, token_file, cursor, polled_ms, answered_ms,"      \
  " clock_skew_ms, last_error, dispense_cursor, dispenses, dispenses_asked_ms FROM feed"

/**
 * benk_feed_row_free:
 * @self: (nullable) (transfer full): a feed
 */
void
benk_feed_row_free (BenkFeedRow *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->url);
  g_free (self->followup_url);
  g_free (self->token_file);
  g_free (self->cursor);
  g_free (self->last_error);
  g_free (self->dispense_cursor);
  g_free (self->dispenses);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_free (self);
}

static BenkFeedRow *
read_feed (BenkStmt *stmt)
{
  BenkFeedRow *feed = g_new0 (BenkFeedRow, 1);

  benk_stmt_get_id (stmt, 0, &feed->id);
  feed->name = benk_stmt_dup_text (stmt, 1);
  feed->url = benk_stmt_dup_text (stmt, 2);
  feed->followup_url = benk_stmt_dup_text (stmt, 3);
  feed->token_file = benk_stmt_dup_text (stmt, 4);
  feed->cursor = benk_stmt_dup_text (stmt, 5);
  feed->polled_ms = benk_stmt_get_int64 (stmt, 6);
  feed->answered_ms = benk_stmt_get_int64 (stmt, 7);
  feed->clock_skew_ms = benk_stmt_get_int64 (stmt, 8);
  feed->last_error = benk_stmt_dup_text (stmt, 9);
  feed->dispense_cursor = benk_stmt_dup_text (stmt, 10);
  feed->dispenses = benk_stmt_dup_text (stmt, 11);
  feed->dispenses_asked_ms = benk_stmt_get_int64 (stmt, 12);

  return feed;
}

static BenkFeedRow *
get_optional (BenkStmt *stmt, GError **error)
{
  return stmt != NULL && benk_stmt_step (stmt, error) ? read_feed (stmt) : NULL;
}

/**
 * benk_table_feed_insert:
 * @db: a connection
 * @feed: a feed; an id that is nil is set
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_feed_insert (BenkDb *db, BenkFeedRow *feed, GError **error)
{
  if (benk_id_is_nil (&feed->id))
    feed->id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change_local (
    db, error,
    "INSERT INTO feed (id, name, url, followup_url, token_file) VALUES (?, ?, ?, ?, ?)",
    "itttt", &feed->id, feed->name, feed->url, feed->followup_url, feed->token_file);
}

/**
 * benk_table_feed_update:
 * @db: a connection
 * @feed: a feed with new values
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_feed_update (BenkDb *db, const BenkFeedRow *feed, GError **error)
{
  return benk_table_change_local (
    db, error,
    "UPDATE feed SET name = ?2, url = ?3, followup_url = ?4, token_file = ?5,"
    " cursor = ?6, polled_ms = ?7, answered_ms = ?8, clock_skew_ms = ?9,"
    " last_error = ?10, dispense_cursor = ?11, dispenses = ?12,"
    " dispenses_asked_ms = ?13 WHERE id = ?1",
    "itttttmmntttm", &feed->id, feed->name, feed->url, feed->followup_url,
    feed->token_file, feed->cursor, feed->polled_ms, feed->answered_ms,
    feed->clock_skew_ms, feed->last_error, feed->dispense_cursor, feed->dispenses,
    feed->dispenses_asked_ms);
}

/**
 * benk_table_feed_delete:
 * @db: a connection
 * @id: a feed; its alarms stay
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_feed_delete (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change_local (db, error, "DELETE FROM feed_seen WHERE feed_id = ?",
                                  "i", id) &&
         benk_table_change_local (db, error, "DELETE FROM feed WHERE id = ?", "i", id);
}

/**
 * benk_table_feed_get:
 * @db: a connection
 * @id: a feed
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the feed; %NULL without @error if there is none
 */
BenkFeedRow *
benk_table_feed_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE id = ?", "i", id);

  return get_optional (stmt, error);
}

/**
 * benk_table_feed_find:
 * @db: a connection
 * @name: what people call it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the feed; %NULL without @error if there is none
 */
BenkFeedRow *
benk_table_feed_find (BenkDb *db, const char *name, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE name = ? ORDER BY id LIMIT 1", "t",
                       name);

  return get_optional (stmt, error);
}

/**
 * benk_table_feed_list:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkFeedRow): every feed by name
 */
GPtrArray *
benk_table_feed_list (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) feeds =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_feed_row_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " ORDER BY name, id", "");

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (feeds, read_feed (stmt));

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&feeds) : NULL;
}

/**
 * benk_table_feed_fault_set:
 * @db: a connection
 * @feed: a feed
 * @remote_id: logical id of a resource, or what names it best
 * @version: its version
 * @alarm: (nullable): the alarm it became in spite of it
 * @fault: (nullable): the JSON path of what is wrong with it; %NULL = nothing any more
 * @error: return location for an error
 *
 * Keeps what is wrong with a resource of a source, and when this version came first.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_feed_fault_set (BenkDb *db,
                           const BenkId *feed,
                           const char *remote_id,
                           const char *version,
                           const BenkId *alarm,
                           const char *fault,
                           GError **error)
{
  if (fault == NULL)
    return benk_table_change_local (
      db, error, "DELETE FROM feed_seen WHERE feed_id = ? AND remote_id = ?", "it", feed,
      remote_id);

  return benk_table_change_local (
    db, error,
    "INSERT INTO feed_seen (feed_id, remote_id, version, alarm_id, seen_ms, fault)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (feed_id, remote_id) DO UPDATE SET"
    " version = excluded.version, alarm_id = excluded.alarm_id,"
    " seen_ms = iif (version = excluded.version, seen_ms, excluded.seen_ms),"
    " fault = excluded.fault",
    "ittint", feed, remote_id, version, alarm, benk_db_get_wall_ms (db), fault);
}

static gboolean
count_faults (BenkDb *db, BenkFeedRow *feed, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT count (*), count (alarm_id) FROM feed_seen"
                       " WHERE feed_id = ? AND fault IS NOT NULL",
                       "i", &feed->id);

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return FALSE;
  feed->n_in_part = (guint) benk_stmt_get_int64 (stmt, 1);
  feed->n_unread = (guint) benk_stmt_get_int64 (stmt, 0) - feed->n_in_part;
  return TRUE;
}

static gboolean
load_faults (BenkDb *db, BenkFeedRow *feed, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = NULL;

  if (!count_faults (db, feed, error))
    return FALSE;
  feed->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_feed_fault_free);
  stmt = benk_table_select (db, error,
                            "SELECT fault, seen_ms, alarm_id IS NOT NULL FROM feed_seen"
                            " WHERE feed_id = ? AND fault IS NOT NULL"
                            " ORDER BY seen_ms DESC, remote_id"
                            " LIMIT " G_STRINGIFY (MAX_FAULTS),
                            "i", &feed->id);
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    g_ptr_array_add (feed->faults,
                     benk_feed_fault_parse (benk_stmt_get_text (stmt, 0),
                                            benk_stmt_get_int64 (stmt, 1),
                                            benk_stmt_get_int64 (stmt, 2) != 0));
  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_feed_list_with_faults:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkFeedRow): every feed by name, with what
 *   is wrong with what it gave
 */
GPtrArray *
benk_table_feed_list_with_faults (BenkDb *db, GError **error)
{
  g_autoptr (GPtrArray) feeds = benk_table_feed_list (db, error);

  for (guint i = 0; feeds != NULL && i < feeds->len; i++)
    if (!load_faults (db, g_ptr_array_index (feeds, i), error))
      return NULL;
  return g_steal_pointer (&feeds);
}

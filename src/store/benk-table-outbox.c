/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-outbox.h"

#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT id, alarm_id, feed_id, kind, state, made_ms, attempts, next_ms, sent_ms,"      \
  " location, etag, last_error FROM outbox"

/**
 * benk_outbox_row_free:
 * @self: (nullable) (transfer full): a row
 */
void
benk_outbox_row_free (BenkOutboxRow *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->location);
  g_free (self->etag);
  g_free (self->last_error);
  g_free (self);
}

static GPtrArray *
read_rows (BenkStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_outbox_row_free);
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkOutboxRow *row = g_new0 (BenkOutboxRow, 1);

      benk_stmt_get_id (stmt, 0, &row->id);
      benk_stmt_get_id (stmt, 1, &row->alarm);
      benk_stmt_get_id (stmt, 2, &row->feed);
      row->kind = benk_stmt_dup_text (stmt, 3);
      benk_followup_from_name (benk_stmt_get_text (stmt, 4), &row->state);
      row->made_ms = benk_stmt_get_int64 (stmt, 5);
      row->attempts = benk_stmt_get_int64 (stmt, 6);
      row->next_ms = benk_stmt_get_int64 (stmt, 7);
      row->sent_ms = benk_stmt_get_int64 (stmt, 8);
      row->location = benk_stmt_dup_text (stmt, 9);
      row->etag = benk_stmt_dup_text (stmt, 10);
      row->last_error = benk_stmt_dup_text (stmt, 11);
      g_ptr_array_add (rows, row);
    }

  return benk_table_ended (stmt, &local, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * benk_table_outbox_insert:
 * @db: a connection, in the transaction of what is to be told
 * @id: id of the step it is about
 * @alarm: the alarm
 * @feed: where it goes
 * @kind: "take", "close" or "followup"
 * @error: return location for an error
 *
 * Queues something. Queued twice is queued once.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_outbox_insert (BenkDb *db,
                          const BenkId *id,
                          const BenkId *alarm,
                          const BenkId *feed,
                          const char *kind,
                          GError **error)
{
  return benk_table_change_local (
    db, error,
    "INSERT INTO outbox (id, alarm_id, feed_id, kind, state, made_ms)"
    " VALUES (?, ?, ?, ?, 'queued', ?) ON CONFLICT (id) DO NOTHING",
    "iiitn", id, alarm, feed, kind, benk_db_get_wall_ms (db));
}

/**
 * benk_table_outbox_update:
 * @db: a connection
 * @row: a row with a new state
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_outbox_update (BenkDb *db, const BenkOutboxRow *row, GError **error)
{
  return benk_table_change_local (
    db, error,
    "UPDATE outbox SET state = ?2, attempts = ?3, next_ms = ?4, sent_ms = ?5,"
    " location = ?6, etag = ?7, last_error = ?8 WHERE id = ?1",
    "itnnmttt", &row->id, benk_followup_to_name (row->state), row->attempts, row->next_ms,
    row->sent_ms, row->location, row->etag, row->last_error);
}

/* Nobody asks to wait longer; a time further off was set by a clock that was ahead. */
#define MAX_WAIT_MS (60 * 60 * 1000)
#define RANK(row) "(" row ".kind = 'followup') * 2 + (" row ".kind = 'close')"

/* Taking, closing, document: what is about one alarm goes in its order, or waits. */
static BenkOutboxRow *
find_next (BenkDb *db, const BenkId *alarm, gint64 now_ms, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL
                       " AS o WHERE state IN ('queued', 'sent')"
                       " AND (next_ms <= ?1 OR next_ms > ?3)"
                       " AND (?2 IS NULL OR alarm_id = ?2)"
                       " AND NOT EXISTS (SELECT 1 FROM outbox e"
                       " WHERE e.alarm_id = o.alarm_id AND e.state IN ('queued', 'sent')"
                       " AND (e.made_ms, " RANK ("e") ") < (o.made_ms, " RANK (
                         "o") ")) ORDER BY made_ms, " RANK ("o") ", id LIMIT 1",
                       "nin", now_ms, alarm, now_ms + MAX_WAIT_MS);
  g_autoptr (GPtrArray) rows = read_rows (stmt, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

/**
 * benk_table_outbox_claim:
 * @db: a connection without a transaction
 * @alarm: (nullable): only what is about this alarm
 * @lease_ms: for how long nobody else may send it, milliseconds
 * @sent_before: (out): whether an earlier attempt may have arrived
 * @error: return location for an error
 *
 * Takes the oldest row that may be sent now; of one moment taking, closing, document. It
 * is marked sent before anything is sent, so that a process that ends on the way leaves
 * it known that it may have arrived.
 *
 * Returns: (transfer full) (nullable): the row; %NULL without @error if nothing waits
 */
BenkOutboxRow *
benk_table_outbox_claim (
  BenkDb *db, const BenkId *alarm, gint64 lease_ms, gboolean *sent_before, GError **error)
{
  gint64 now_ms = benk_db_get_wall_ms (db);
  g_autoptr (BenkTx) tx = benk_tx_begin (db, error);
  g_autoptr (BenkOutboxRow) row = NULL;

  *sent_before = FALSE;
  if (tx == NULL)
    return NULL;
  row = find_next (db, alarm, now_ms, error);
  if (row == NULL)
    return NULL;
  *sent_before = row->state == BENK_FOLLOWUP_SENT;
  row->state = BENK_FOLLOWUP_SENT;
  row->attempts++;
  row->sent_ms = now_ms;
  row->next_ms = now_ms + lease_ms;
  if (!benk_table_outbox_update (db, row, error) || !benk_tx_commit (tx, error))
    return NULL;

  return g_steal_pointer (&row);
}

/**
 * benk_table_outbox_list_waiting:
 * @db: a connection
 * @now_ms: UTC milliseconds
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkOutboxRow): what may be sent now, and
 *   what was sent without an answer, oldest first
 */
GPtrArray *
benk_table_outbox_list_waiting (BenkDb *db, gint64 now_ms, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       SELECT_SQL " WHERE state IN ('queued', 'sent') AND next_ms <= ?"
                                  " ORDER BY made_ms, id",
                       "n", now_ms);

  return read_rows (stmt, error);
}

/**
 * benk_table_outbox_list_alarm:
 * @db: a connection
 * @alarm: an alarm
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkOutboxRow): all that was to be sent
 *   about it, oldest first
 */
GPtrArray *
benk_table_outbox_list_alarm (BenkDb *db, const BenkId *alarm, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE alarm_id = ? ORDER BY made_ms, id",
                       "i", alarm);

  return read_rows (stmt, error);
}

/**
 * benk_table_outbox_count_unsent:
 * @db: a connection
 * @count: (out): how many wait or have no answer yet
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_outbox_count_unsent (BenkDb *db, guint *count, GError **error)
{
  gint64 n;

  if (!benk_db_get_int64 (
        db, "SELECT count (*) FROM outbox WHERE state IN ('queued', 'sent')", &n, error))
    return FALSE;
  *count = (guint) n;

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-history.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-history-changes.h"
#include "benk-journal.h"
#include "benk-schema.h"
#include "benk-table-alias.h"

/* The device, and rows that were joined to it. */
#define DEVICES                                                                          \
  "(SELECT ?1 UNION ALL SELECT z.id FROM alias z WHERE z.target_id = ?1"                 \
  " AND z.kind = 'device' AND z.ended_ms IS NULL)"

#define ROWS_ABOUT(table)                                                                \
  " UNION SELECT t.seq FROM " table " x JOIN touch t ON t.tbl = '" table "'"             \
  " AND t.row_id = x.id WHERE x.device_id IN " DEVICES

/* A device's own row, and the rows that are about it. */
#define SEQS_OF_DEVICE                                                                   \
  "SELECT seq FROM touch WHERE tbl = 'device' AND row_id IN " DEVICES                    \
  " UNION SELECT t.seq FROM alias x JOIN touch t ON t.tbl = 'alias' AND t.row_id = x.id" \
  " WHERE x.target_id = ?1 OR x.id = ?1" ROWS_ABOUT ("fact") ROWS_ABOUT ("run")          \
    ROWS_ABOUT ("proof") ROWS_ABOUT ("alarm") ROWS_ABOUT ("return_case")                 \
      ROWS_ABOUT ("owed_task") ROWS_ABOUT ("accessory") ROWS_ABOUT ("reservation")

static char *
read_text (BenkDb *db, const char *sql, const BenkId *id)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, NULL);

  if (stmt == NULL || benk_id_is_nil (id))
    return NULL;

  benk_stmt_bind_id (stmt, 1, id);
  return benk_stmt_step (stmt, NULL) ? benk_stmt_dup_text (stmt, 0) : NULL;
}

static gboolean
is_undone (BenkDb *db, gint64 seq, gboolean *undone, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db,
                     "SELECT 1 FROM journal WHERE undoes > 0 AND undoes = ? AND site = "
                     "(SELECT site FROM store)",
                     error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_int64 (stmt, 1, seq);
  *undone = benk_stmt_step (stmt, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static BenkHistoryItem *
make_item (BenkDb *db, const BenkJournalRow *row, GArray *devices, GError **error)
{
  g_autoptr (BenkHistoryItem) item = benk_history_item_new ();
  g_autofree char *initials = NULL;
  g_autofree char *reason = NULL;
  g_auto (GStrv) changes = NULL;
  gboolean undone = FALSE;
  BenkVerb verb = BENK_VERB_EDIT;

  changes = benk_history_describe (db, row->changeset, devices, error);
  if (changes == NULL || !is_undone (db, row->seq, &undone, error))
    return NULL;

  benk_verb_from_name (row->verb, &verb);
  initials = read_text (db, "SELECT initials FROM staff WHERE id = ?", &row->staff);
  reason = read_text (db, "SELECT text FROM note WHERE id = ?", &row->reason);
  if (reason == NULL && !benk_id_is_nil (&row->reason))
    reason = g_strdup (_ ("erased"));

  benk_history_item_set_seq (item, row->seq);
  benk_history_item_set_at_ms (item, row->wall_ms);
  benk_history_item_set_verb (item, verb);
  benk_history_item_set_who (item, initials != NULL ? initials : row->account);
  benk_history_item_set_reason (item, reason);
  benk_history_item_set_changes (item, (const char *const *) changes);
  benk_history_item_set_undoable (item, !undone && benk_verb_get_undoable (verb) !=
                                                     BENK_UNDOABLE_NEVER);

  return g_steal_pointer (&item);
}

/**
 * benk_history_read_device:
 * @limit: at most so many
 *
 * Reads the changes of a device and of what is about it (facts, runs, proofs, alarms,
 * returns, owed tasks), the newest first.
 *
 * Returns: (transfer full) (element-type BenkHistoryItem): the changes, or %NULL with
 * @error set
 */
GPtrArray *
benk_history_read_device (BenkDb *db, const BenkId *device, guint limit, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s FROM journal WHERE site = (SELECT site FROM store) AND "
                     "seq IN (" SEQS_OF_DEVICE ") ORDER BY seq DESC LIMIT ?2",
                     benk_journal_columns ());
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) devices = benk_table_alias_list (db, device, error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL || devices == NULL)
    return NULL;

  g_array_append_vals (devices, device, 1);
  benk_stmt_bind_id (stmt, 1, device);
  benk_stmt_bind_int64 (stmt, 2, limit);
  while (benk_stmt_step (stmt, &local))
    {
      g_autoptr (BenkJournalRow) row = benk_journal_row_from_stmt (stmt, error);
      BenkHistoryItem *item = row != NULL ? make_item (db, row, devices, error) : NULL;

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }

  if (local == NULL)
    return g_steal_pointer (&items);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * benk_history_read_touched:
 * @after: the last journal row that was seen
 *
 * Reads which rows were changed since.
 *
 * Returns: (transfer full) (element-type BenkTouch): the rows, each once, or %NULL with
 * @error set
 */
GArray *
benk_history_read_touched (BenkDb *db, gint64 after, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db, "SELECT DISTINCT tbl, row_id FROM touch WHERE seq > ?", error);
  g_autoptr (GArray) touched = g_array_new (FALSE, TRUE, sizeof (BenkTouch));
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return NULL;

  benk_stmt_bind_int64 (stmt, 1, after);
  while (benk_stmt_step (stmt, &local))
    {
      const BenkTableInfo *info = benk_schema_find_table (benk_stmt_get_text (stmt, 0));
      BenkTouch touch = { 0 };

      if (info == NULL || !benk_stmt_get_id (stmt, 1, &touch.row))
        continue;
      touch.table = info->name;
      g_array_append_val (touched, touch);
    }

  if (local == NULL)
    return g_steal_pointer (&touched);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * benk_history_count_touched:
 * @db: a connection
 * @seq: a row of this laptop's change log
 * @table: a journalled table
 * @n_rows: (out): how many rows of @table the change touched
 *
 * Returns: whether it could be counted
 */
gboolean
benk_history_count_touched (
  BenkDb *db, gint64 seq, const char *table, guint *n_rows, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (db, "SELECT count(*) FROM touch WHERE seq = ? AND tbl = ?", error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_int64 (stmt, 1, seq);
  benk_stmt_bind_text (stmt, 2, table);
  if (benk_stmt_step (stmt, &local))
    {
      *n_rows = (guint) benk_stmt_get_int64 (stmt, 0);
      return TRUE;
    }

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-evidence.h"

#include <string.h>

#include "benk-changeset.h"
#include "benk-journal.h"
#include "benk-scope.h"

/* A proof is worth what the change log says of it: a row that came into the table past
 * the program, or was changed there, proves nothing. Whoever can write the file can also
 * write a whole change log anew; that is found only against a row and hash that were
 * handed over before (see benk_verify()). */

/* The row of a proof, and whether its one insertion was found. */
typedef struct
{
  const BenkId *id;
  sqlite3_stmt *row;
  gboolean found;
} Search;

static gboolean
same_value (sqlite3_stmt *row, int column, sqlite3_value *logged)
{
  int type = sqlite3_column_type (row, column);

  if (logged == NULL || sqlite3_value_type (logged) != type)
    return logged == NULL && type == SQLITE_NULL;
  if (type == SQLITE_INTEGER)
    return sqlite3_column_int64 (row, column) == sqlite3_value_int64 (logged);
  return type == SQLITE_NULL ||
         (sqlite3_column_bytes (row, column) == sqlite3_value_bytes (logged) &&
          memcmp (sqlite3_column_blob (row, column), sqlite3_value_blob (logged),
                  (gsize) sqlite3_value_bytes (logged)) == 0);
}

static gboolean
look (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Search *search = data;
  gboolean same = op->op == SQLITE_INSERT;

  if (strcmp (op->table, "proof") != 0 || !benk_id_equal (&op->row, search->id))
    return TRUE;
  for (int i = 0; same && i < sqlite3_column_count (search->row); i++)
    {
      sqlite3_value *logged = NULL;

      if (i < op->n_columns)
        same = sqlite3changeset_new (op->iter, i, &logged) == SQLITE_OK;
      same = same && same_value (search->row, i, logged);
    }
  search->found = same;
  return TRUE;
}

static gboolean
is_inserted_by (GBytes *changeset, Search *search)
{
  return changeset != NULL && benk_changeset_walk (changeset, look, search, NULL) &&
         search->found;
}

/* The row of the change log must be whole, and the one behind it must follow it. */
static gboolean
is_sound (BenkDb *db, const BenkJournalRow *row)
{
  g_autoptr (BenkJournalRow) next = NULL;
  guint8 hash[BENK_HASH_LENGTH];

  benk_journal_hash_row (row, hash);
  if (memcmp (hash, row->hash, sizeof hash) != 0)
    return FALSE;
  next = benk_journal_get_row (db, row->seq + 1, NULL);
  return next == NULL || memcmp (next->prev, hash, sizeof hash) == 0;
}

static gboolean
is_logged_at (BenkDb *db, gint64 seq, Search *search)
{
  g_autoptr (BenkJournalRow) row = benk_journal_get_row (db, seq, NULL);

  return row != NULL && is_sound (db, row) && is_inserted_by (row->changeset, search);
}

/* A proof is written once: two rows of the change log about it are one too many. */
static gboolean
find_seq (BenkDb *db, const BenkId *id, gint64 *seq)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (
    db, "SELECT count (*), min (seq) FROM touch WHERE tbl = 'proof' AND row_id = ?",
    NULL);

  *seq = 0;
  if (stmt == NULL)
    return FALSE;
  benk_stmt_bind_blob (stmt, 1, id->b, sizeof id->b);
  if (!benk_stmt_step (stmt, NULL) || benk_stmt_get_int64 (stmt, 0) > 1)
    return FALSE;
  *seq = benk_stmt_get_int64 (stmt, 1);
  return TRUE;
}

static gboolean
is_logged (BenkDb *db, const BenkId *id, sqlite3_stmt *row)
{
  Search search = { id, row, FALSE };
  g_autoptr (GBytes) changes = NULL;
  gint64 seq;

  if (!find_seq (db, id, &seq))
    return FALSE;
  if (seq > 0)
    return is_logged_at (db, seq, &search);
  /* Of the open scope, which writes its row at the end. */
  changes = db->scope != NULL ? benk_scope_dup_changes (db->scope) : NULL;
  return is_inserted_by (changes, &search);
}

static void
proof_is_logged (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  BenkDb *db = sqlite3_user_data (context);
  sqlite3_stmt *row = NULL;
  gboolean logged = FALSE;
  BenkId id;

  if (sqlite3_value_bytes (values[0]) == sizeof id.b)
    {
      memcpy (id.b, sqlite3_value_blob (values[0]), sizeof id.b);
      if (sqlite3_prepare_v2 (db->handle, "SELECT * FROM proof WHERE id = ?", -1, &row,
                              NULL) == SQLITE_OK &&
          sqlite3_bind_blob (row, 1, id.b, sizeof id.b, SQLITE_STATIC) == SQLITE_OK &&
          sqlite3_step (row) == SQLITE_ROW)
        logged = is_logged (db, &id, row);
      sqlite3_finalize (row);
    }
  sqlite3_result_int (context, logged);
}

/**
 * benk_evidence_register:
 * @db: a connection being opened
 *
 * Makes %BENK_EVIDENCE_SQL known to it.
 *
 * Returns: a code of SQLite
 */
int
benk_evidence_register (BenkDb *db)
{
  return sqlite3_create_function (db->handle, "proof_is_logged", 1,
                                  SQLITE_UTF8 | SQLITE_DIRECTONLY, db, proof_is_logged,
                                  NULL, NULL);
}

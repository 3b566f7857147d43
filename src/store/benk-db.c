/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-db.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-db-private.h"
#include "benk-device-catalog.h"
#include "benk-evidence.h"
#include "benk-natural.h"

/* How long a statement waits for another process. A commit takes milliseconds, but two
 * processes that write without a pause on a slow disk take turns by chance. */
#define BUSY_TIMEOUT_MS 20000
#define MAX_IDLE_STATEMENTS 128

struct _BenkTx
{
  BenkDb *db;
  gboolean open;
};

/**
 * benk_db_map_code:
 * @sqlite_code: a primary or extended result code
 *
 * The one place where SQLite's codes become the program's own.
 *
 * Returns: a #BenkError
 */
int
benk_db_map_code (int sqlite_code)
{
  switch (sqlite_code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
      return BENK_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return BENK_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return BENK_ERROR_BUSY;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return BENK_ERROR_PERMISSION;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOLFS:
      return BENK_ERROR_IO;
    case SQLITE_CONSTRAINT:
      return BENK_ERROR_CONFLICT;
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      return BENK_ERROR_CANCELLED;
    case SQLITE_NOTFOUND:
      return BENK_ERROR_NOT_FOUND;
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
      return BENK_ERROR_INVALID;
    case SQLITE_SCHEMA:
    case SQLITE_ERROR:
    case SQLITE_INTERNAL:
    case SQLITE_NOMEM:
    case SQLITE_EMPTY:
    case SQLITE_MISUSE:
    case SQLITE_OK:
    case SQLITE_NOTICE:
    case SQLITE_WARNING:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return BENK_ERROR_FAILED;
    default:
      return BENK_ERROR_FAILED;
    }
}

/* What a person needs to know first; NULL for what only a developer can use. */
static const char *
describe_code (int code)
{
  switch (code)
    {
    case BENK_ERROR_FULL:
      return _ ("The disk is full; nothing was changed.");
    case BENK_ERROR_BUSY:
      return _ ("Another program is using the store. Try again.");
    case BENK_ERROR_CORRUPT:
      return _ ("The store is damaged, or is no store.");
    case BENK_ERROR_PERMISSION:
      return _ ("The store may not be written.");
    case BENK_ERROR_IO:
      return _ ("The store could not be read or written.");
    default:
      return NULL;
    }
}

/*< private >
 * benk_db_set_error:
 * @doing: (nullable): what was being done, put in front of SQLite's own words
 */
void
benk_db_set_error (BenkDb *self, int code, const char *doing, GError **error)
{
  const char *words = describe_code (benk_db_map_code (code));
  const char *text = NULL;

  if (self != NULL && self->handle != NULL &&
      sqlite3_errcode (self->handle) == (code & 0xff))
    text = sqlite3_errmsg (self->handle);
  if (text == NULL)
    text = sqlite3_errstr (code);

  g_set_error (error, BENK_ERROR, benk_db_map_code (code),
               "%s%s%s%sstore: %s (SQLite %d)", words != NULL ? words : "",
               words != NULL ? " " : "", doing != NULL ? doing : "",
               doing != NULL ? ": " : "", text, code);
}

static gboolean
check_pragma (
  BenkDb *self, const char *set, const char *get, const char *want, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;

  if (set != NULL && !benk_db_exec (self, set, error))
    return FALSE;

  stmt = benk_db_prepare (self, get, error);
  if (stmt == NULL)
    return FALSE;

  if (!benk_stmt_step (stmt, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED, "store: %s gives nothing",
                     get);
      return FALSE;
    }

  if (g_strcmp0 (benk_stmt_get_text (stmt, 0), want) == 0)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED, "store: %s is %s, not %s", get,
               benk_stmt_get_text (stmt, 0), want);
  return FALSE;
}

static gboolean
set_up (BenkDb *self, gboolean memory, GError **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);

  /* Sorted words must not spill into a temporary file. */
  if (!check_pragma (self, "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2",
                     error) ||
      !check_pragma (self, "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1", error))
    return FALSE;

  if (memory)
    return TRUE;

  if (!check_pragma (self, "PRAGMA cache_size = " BENK_DB_CACHE_KIB, "PRAGMA cache_size",
                     BENK_DB_CACHE_KIB, error))
    return FALSE;

  if (self->read_only)
    return check_pragma (self, "PRAGMA query_only = ON", "PRAGMA query_only", "1", error);

  return check_pragma (self, "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal",
                       error) &&
         check_pragma (self, "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2",
                       error) &&
         check_pragma (self, "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1",
                       error);
}

static void
finalize_statement (gpointer handle)
{
  sqlite3_finalize (handle);
}

static BenkDb *
open_handle (const char *path,
             int sqlite_flags,
             BenkDbFlags flags,
             BenkClock *clock,
             const char *vfs,
             GError **error)
{
  g_autoptr (BenkDb) self = g_new0 (BenkDb, 1);
  int code;

  self->owner = g_thread_self ();
  self->clock = g_object_ref (clock);
  self->path = g_strdup (path);
  self->read_only = flags == BENK_DB_READ_ONLY;
  self->idle =
    g_hash_table_new_full (benk_stmt_hash_sql, g_str_equal, g_free, finalize_statement);

  code = sqlite3_open_v2 (path, &self->handle, sqlite_flags | SQLITE_OPEN_NOMUTEX, vfs);
  if (code == SQLITE_OK)
    code = benk_evidence_register (self);
  if (code == SQLITE_OK)
    code = benk_natural_register (self);
  if (code != SQLITE_OK)
    {
      benk_db_set_error (self, code, path, error);
      return NULL;
    }

  if (!set_up (self, (sqlite_flags & SQLITE_OPEN_MEMORY) != 0, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * benk_db_open:
 * @path: the file
 * @clock: where instants come from
 *
 * Opens a connection that belongs to the calling thread; every other function of it
 * asserts that thread. WAL, synchronous FULL, secure_delete, foreign keys are set and
 * read back.
 *
 * Returns: (transfer full): the connection, or %NULL with %BENK_ERROR_IO (missing,
 * unreadable), %BENK_ERROR_CORRUPT (not a database) …
 */
BenkDb *
benk_db_open (const char *path, BenkDbFlags flags, BenkClock *clock, GError **error)
{
  return benk_db_open_vfs (path, flags, clock, NULL, error);
}

/**
 * benk_db_open_vfs:
 * @vfs: (nullable): the name of a registered SQLite VFS
 *
 * As [func@benk_db_open], through another layer to the file system.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
BenkDb *
benk_db_open_vfs (
  const char *path, BenkDbFlags flags, BenkClock *clock, const char *vfs, GError **error)
{
  int sqlite_flags = SQLITE_OPEN_READWRITE;

  if (flags == BENK_DB_CREATE)
    sqlite_flags |= SQLITE_OPEN_CREATE;
  /* A read-only handle could not make the shared memory of a WAL nobody has open. */
  return open_handle (path, sqlite_flags, flags, clock, vfs, error);
}

/**
 * benk_db_open_memory:
 *
 * Opens an empty database in memory.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
BenkDb *
benk_db_open_memory (BenkClock *clock, GError **error)
{
  return open_handle (":memory:",
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
                      BENK_DB_CREATE, clock, NULL, error);
}

/**
 * benk_db_close:
 *
 * Closes the connection. Every statement, transaction and scope of it must be freed
 * before.
 */
void
benk_db_close (BenkDb *self)
{
  if (self == NULL)
    return;

  benk_db_assert_owner (self);
  g_assert (self->scope == NULL);
  benk_device_catalog_drop (self);
  g_clear_pointer (&self->idle, g_hash_table_unref);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("store: closed with statements in use: %s",
                sqlite3_errmsg (self->handle));
  g_object_unref (self->clock);
  g_free (self->path);
  g_free (self);
}

/**
 * benk_db_get_clock:
 *
 * Returns: (transfer none): the clock handed in at opening
 */
BenkClock *
benk_db_get_clock (BenkDb *self)
{
  return self->clock;
}

/**
 * benk_db_get_wall_ms:
 *
 * Returns: now, UTC milliseconds
 */
gint64
benk_db_get_wall_ms (BenkDb *self)
{
  return benk_clock_get_wall_ms (self->clock);
}

gboolean
benk_db_is_read_only (BenkDb *self)
{
  return self->read_only;
}

/**
 * benk_db_prepare:
 * @sql: one statement
 *
 * Prepares a statement, or takes the idle one of the same text.
 *
 * Returns: (transfer full): the statement, or %NULL with @error set
 */
BenkStmt *
benk_db_prepare (BenkDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  char *key = NULL;
  int code;

  benk_db_assert_owner (self);

  if (g_hash_table_steal_extended (self->idle, sql, (gpointer *) &key,
                                   (gpointer *) &handle))
    return benk_stmt_new (self, handle, key);

  code =
    sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code != SQLITE_OK)
    {
      benk_db_set_error (self, code, sql, error);
      return NULL;
    }

  return benk_stmt_new (self, handle, g_strdup (sql));
}

/* @sql is taken. Of two of the same text, the last one given back stays. */
void
benk_db_give_back (BenkDb *self, char *sql, sqlite3_stmt *handle)
{
  if (g_hash_table_size (self->idle) < MAX_IDLE_STATEMENTS)
    {
      g_hash_table_insert (self->idle, sql, handle);
      return;
    }
  sqlite3_finalize (handle);
  g_free (sql);
}

/**
 * benk_db_exec:
 * @sql: one or more statements without parameters
 *
 * Runs statements; rows are passed over.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_db_exec (BenkDb *self, const char *sql, GError **error)
{
  int code;

  benk_db_assert_owner (self);

  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;

  benk_db_set_error (self, code, NULL, error);
  return FALSE;
}

/**
 * benk_db_get_int64:
 * @sql: a statement whose first column of its first row is wanted
 * @value: (out): the number; 0 for NULL and for no row
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_db_get_int64 (BenkDb *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (self, sql, error);
  g_autoptr (GError) local = NULL;

  *value = 0;
  if (stmt == NULL)
    return FALSE;

  if (benk_stmt_step (stmt, &local))
    *value = benk_stmt_get_int64 (stmt, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_db_get_changes:
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
gint64
benk_db_get_changes (BenkDb *self)
{
  benk_db_assert_owner (self);
  return sqlite3_changes64 (self->handle);
}

gboolean
benk_db_in_transaction (BenkDb *self)
{
  benk_db_assert_owner (self);
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * benk_db_set_foreign_keys:
 *
 * Switches foreign keys on or off. SQLite ignores this inside a transaction, so it is
 * refused there.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_db_set_foreign_keys (BenkDb *self, gboolean enforce, GError **error)
{
  if (benk_db_in_transaction (self))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
                   "store: foreign keys cannot be switched inside a transaction");
      return FALSE;
    }

  return check_pragma (self,
                       enforce ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF",
                       "PRAGMA foreign_keys", enforce ? "1" : "0", error);
}

/**
 * benk_db_truncate_wal:
 *
 * Moves the whole write-ahead log into the database and cuts it to nothing, so that
 * erased words are in no file.
 *
 * Returns: %FALSE with %BENK_ERROR_BUSY while somebody else reads an older state, or
 * another error
 */
gboolean
benk_db_truncate_wal (BenkDb *self, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (self, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  if (benk_stmt_step (stmt, &local) && benk_stmt_get_int64 (stmt, 0) == 0)
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_BUSY,
                 "store: another program is reading, the log could not be emptied");
  return FALSE;
}

gboolean
benk_db_begin (BenkDb *self, const char *sql, GError **error)
{
  benk_db_assert_owner (self);

  if (benk_db_in_transaction (self))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
                   "store: a transaction is already open");
      return FALSE;
    }

  return benk_db_exec (self, sql, error);
}

void
benk_db_rollback (BenkDb *self)
{
  /* SQLite may have rolled back by itself, e.g. on a full disk. */
  if (benk_db_in_transaction (self))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

static BenkTx *
tx_begin (BenkDb *db, const char *sql, GError **error)
{
  BenkTx *self;

  if (!benk_db_begin (db, sql, error))
    return NULL;

  self = g_new0 (BenkTx, 1);
  self->db = db;
  self->open = TRUE;

  return self;
}

/**
 * benk_tx_begin:
 *
 * Begins a writing transaction over local tables (BEGIN IMMEDIATE).
 *
 * Returns: (transfer full): the transaction, or %NULL with @error set
 */
BenkTx *
benk_tx_begin (BenkDb *db, GError **error)
{
  return tx_begin (db, "BEGIN IMMEDIATE", error);
}

/**
 * benk_tx_begin_read:
 *
 * Begins a transaction in which every read sees one and the same state.
 *
 * Returns: (transfer full): the transaction, or %NULL with @error set
 */
BenkTx *
benk_tx_begin_read (BenkDb *db, GError **error)
{
  return tx_begin (db, "BEGIN", error);
}

/**
 * benk_tx_commit:
 *
 * Commits; on failure everything is rolled back.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_tx_commit (BenkTx *self, GError **error)
{
  g_return_val_if_fail (self->open, FALSE);

  self->open = FALSE;
  if (benk_db_exec (self->db, "COMMIT", error))
    return TRUE;

  benk_db_rollback (self->db);
  return FALSE;
}

void
benk_tx_free (BenkTx *self)
{
  if (self == NULL)
    return;
  if (self->open)
    benk_db_rollback (self->db);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scope.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-changeset.h"
#include "benk-journal.h"
#include "benk-schema.h"
#include "benk-scope-private.h"
#include "benk-search.h"

struct _BenkScope
{
  BenkDb *db;
  BenkChange change;
  char *account;
  BenkJournalHead head;
  gint64 wall_ms;
  gint64 undoes;
  int schema;
  GCancellable *cancellable;
  sqlite3_session *journalled;
  sqlite3_session *personal; /* only asked whether anything changed */
};

static sqlite3_session *
new_session (BenkDb *db, BenkTableClass table_class, GError **error)
{
  sqlite3_session *session = NULL;
  gsize n;
  const BenkTableInfo *tables = benk_schema_get_tables (&n);
  int code = sqlite3session_create (db->handle, "main", &session);

  for (gsize i = 0; code == SQLITE_OK && i < n; i++)
    if (tables[i].table_class == table_class)
      code = sqlite3session_attach (session, tables[i].name);

  if (code == SQLITE_OK)
    return session;

  benk_db_set_error (db, code, "session", error);
  if (session != NULL)
    sqlite3session_delete (session);
  return NULL;
}

static void
drop_sessions (BenkScope *self)
{
  g_clear_pointer (&self->journalled, sqlite3session_delete);
  g_clear_pointer (&self->personal, sqlite3session_delete);
}

/* An import must not push its own pages out into the log and read them back; for anything
 * else they would only lie in memory. In KiB as SQLite wants it (negative). */
static void
set_cache (BenkDb *db, gboolean large)
{
  sqlite3_exec (db->handle,
                large ? "PRAGMA cache_size = -65536"
                      : "PRAGMA cache_size = " BENK_DB_CACHE_KIB,
                NULL, NULL, NULL);
}

static void
leave (BenkScope *self)
{
  drop_sessions (self);
  self->db->scope = NULL;
  set_cache (self->db, FALSE);
}

/* In a batch a scope is a part of its transaction. */
static gboolean
open_transaction (BenkDb *db, GError **error)
{
  if (!db->in_batch)
    return benk_db_begin (db, "BEGIN IMMEDIATE", error);
  if (benk_db_in_transaction (db) && db->scope == NULL)
    return benk_db_exec (db, "SAVEPOINT benk_scope", error);

  g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
               "store: the batch is over, or a scope of it is open");
  return FALSE;
}

static void
take_back (BenkDb *db)
{
  if (!db->in_batch)
    benk_db_rollback (db);
  /* SQLite may have rolled back all of it by itself. */
  else if (benk_db_in_transaction (db))
    benk_db_exec (db, "ROLLBACK TO benk_scope; RELEASE benk_scope", NULL);
}

static BenkScope *
begin (BenkDb *db, const BenkChange *change, int schema, GError **error)
{
  g_autoptr (BenkScope) self = NULL;

  if (!open_transaction (db, error))
    return NULL;

  self = g_new0 (BenkScope, 1);
  self->db = db;
  self->change = *change;
  self->account = g_strdup (change->account != NULL ? change->account : "");
  self->change.account = self->account;
  self->wall_ms = benk_db_get_wall_ms (db);
  self->schema = schema;
  db->scope = self;
  set_cache (db, TRUE);

  if (!benk_journal_get_head (db, &self->head, error))
    return NULL;

  self->journalled = new_session (db, BENK_TABLE_JOURNALLED, error);
  self->personal =
    self->journalled != NULL ? new_session (db, BENK_TABLE_PERSONAL, error) : NULL;
  if (self->personal == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * benk_scope_begin:
 * @change: who does what; copied
 *
 * Begins a change: locks the store for writing (BEGIN IMMEDIATE) and records every change
 * to journalled tables. What is read from now on is what the change is based on.
 *
 * Returns: (transfer full): the scope, or %NULL with %BENK_ERROR_BUSY (another process is
 *   writing), %BENK_ERROR_NEWER (the store was migrated meanwhile) or another error
 */
BenkScope *
benk_scope_begin (BenkDb *db, const BenkChange *change, GError **error)
{
  g_autoptr (BenkScope) self = begin (db, change, benk_schema_get_version (), error);
  int version;

  if (self == NULL || !benk_schema_check (db, &version, error))
    return NULL;

  if (version != benk_schema_get_version ())
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
                   "store: schema %d is not migrated", version);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/*< private >
 * benk_scope_begin_step:
 * @schema: the schema the step leads to
 *
 * Begins the scope of a step of the schema.
 */
BenkScope *
benk_scope_begin_step (BenkDb *db, const BenkChange *change, int schema, GError **error)
{
  return begin (db, change, schema, error);
}

void
benk_scope_set_undoes (BenkScope *self, gint64 seq)
{
  self->undoes = seq;
}

static GBytes *
take_changeset (BenkScope *self, GError **error)
{
  int length = 0;
  void *data = NULL;
  int code = sqlite3session_changeset (self->journalled, &length, &data);

  if (code != SQLITE_OK)
    {
      benk_db_set_error (self->db, code, "changeset", error);
      return NULL;
    }

  return g_bytes_new_with_free_func (data, (gsize) length, sqlite3_free, data);
}

/**
 * benk_scope_dup_changes:
 * @self: an open scope
 *
 * Returns: (transfer full) (nullable): the changeset of what was done in it so far
 */
GBytes *
benk_scope_dup_changes (BenkScope *self)
{
  return take_changeset (self, NULL);
}

typedef struct
{
  BenkDb *db;
  BenkStmt *stmt;
  gint64 seq;
  GCancellable *cancellable;
} Touch;

/* A reservation that is gone says no more which device was found by it: its column 1. */
static gboolean
refresh_search (BenkDb *db, const BenkChangesetOp *op, GError **error)
{
  sqlite3_value *value = NULL;
  BenkId device;

  if (op->op != SQLITE_DELETE || !g_str_equal (op->table, "reservation") ||
      sqlite3changeset_old (op->iter, 1, &value) != SQLITE_OK || value == NULL ||
      sqlite3_value_bytes (value) != sizeof device.b)
    return benk_search_refresh_row (db, op->table, &op->row, op->op == SQLITE_INSERT,
                                    error);

  memcpy (device.b, sqlite3_value_blob (value), sizeof device.b);
  return benk_search_refresh_device (db, &device, error);
}

static gboolean
insert_touch (const BenkChangesetOp *op, gpointer data, GError **error)
{
  Touch *touch = data;

  if (g_cancellable_is_cancelled (touch->cancellable))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED,
                           _ ("The change was cancelled; nothing was changed."));
      return FALSE;
    }
  benk_stmt_bind_text (touch->stmt, 1, op->table);
  benk_stmt_bind_blob (touch->stmt, 2, op->row.b, sizeof op->row.b);
  benk_stmt_bind_int64 (touch->stmt, 3, touch->seq);

  return benk_stmt_run (touch->stmt, error) && refresh_search (touch->db, op, error);
}

static gboolean
write_touches (BenkScope *self, GBytes *changeset, gint64 seq, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_db_prepare (self->db,
                     "INSERT OR IGNORE INTO touch (tbl, row_id, seq) VALUES (?, ?, ?)",
                     error);
  Touch touch = { self->db, stmt, seq, self->cancellable };

  return stmt != NULL && benk_changeset_walk (changeset, insert_touch, &touch, error);
}

static gboolean
write_row (BenkScope *self, GBytes *changeset, GError **error)
{
  BenkJournalRow row = {
    .site = self->head.site,
    .seq = self->head.seq + 1,
    .wall_ms = self->wall_ms,
    .staff = self->change.actor_staff,
    .account = self->account,
    .verb = (char *) benk_verb_to_name (self->change.verb),
    .subject = self->change.subject,
    .reason = self->change.reason_note,
    .undoes = self->undoes,
    .schema = self->schema,
    .changeset = changeset,
  };

  memcpy (row.prev, self->head.hash, sizeof row.prev);

  return benk_journal_append (self->db, &row, error) &&
         write_touches (self, changeset, row.seq, error);
}

static gboolean
finish (BenkScope *self, gint64 *seq, GError **error)
{
  g_autoptr (GBytes) changeset = take_changeset (self, error);
  gboolean empty;

  if (changeset == NULL)
    return FALSE;

  empty = g_bytes_get_size (changeset) == 0 && sqlite3session_isempty (self->personal);
  drop_sessions (self);

  if (!empty && !write_row (self, changeset, error))
    return FALSE;
  if (!benk_db_exec (self->db, self->db->in_batch ? "RELEASE benk_scope" : "COMMIT",
                     error))
    return FALSE;

  *seq = empty ? 0 : self->head.seq + 1;
  return TRUE;
}

/**
 * benk_scope_commit:
 * @seq: (out) (optional): the journal row; 0 when neither a journalled nor a personal
 * table changed, in which case only changes of local tables are kept
 *
 * Writes the journal row and its touch rows and commits, all or nothing; in a #BenkBatch
 * it is kept with the batch. The scope is closed either way.
 *
 * Returns: %FALSE with @error set on failure; then nothing is changed
 */
gboolean
benk_scope_commit (BenkScope *self, gint64 *seq, GError **error)
{
  gint64 row = 0;
  gboolean done;

  g_return_val_if_fail (self->db->scope == self, FALSE);
  benk_db_assert_owner (self->db);

  done = finish (self, &row, error);
  if (!done)
    take_back (self->db);
  else if (row > 0 && self->db->in_batch)
    self->db->batch_seq = row;
  else if (row > 0)
    self->db->last_seq = row;

  leave (self);
  if (seq != NULL)
    *seq = row;

  return done;
}

/**
 * benk_scope_free:
 *
 * Frees a scope; one that was not committed is rolled back.
 */
void
benk_scope_free (BenkScope *self)
{
  if (self == NULL)
    return;

  if (self->db->scope == self)
    {
      leave (self);
      take_back (self->db);
    }
  g_clear_object (&self->cancellable);
  g_free (self->account);
  g_free (self);
}

/**
 * benk_scope_require:
 *
 * What every function asks first that writes a journalled or personal table.
 *
 * Returns: %FALSE with %BENK_ERROR_FAILED when no scope is open
 */
gboolean
benk_scope_require (BenkDb *db, GError **error)
{
  benk_db_assert_owner (db);

  if (db->scope != NULL)
    return TRUE;

  g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
               "store: written outside a change scope");
  return FALSE;
}

/**
 * benk_scope_get_current:
 *
 * Returns: (transfer none) (nullable): the open scope of a connection
 */
BenkScope *
benk_scope_get_current (BenkDb *db)
{
  benk_db_assert_owner (db);
  return db->scope;
}

/**
 * benk_scope_get_wall_ms:
 *
 * Returns: the instant of the change, UTC milliseconds
 */
gint64
benk_scope_get_wall_ms (BenkScope *self)
{
  return self->wall_ms;
}

const BenkChange *
benk_scope_get_change (BenkScope *self)
{
  return &self->change;
}

/**
 * benk_scope_set_subject:
 *
 * Sets the subject when it becomes known inside the scope.
 */
void
benk_scope_set_subject (BenkScope *self, const BenkId *subject)
{
  self->change.subject = *subject;
}

/**
 * benk_scope_set_reason:
 *
 * Sets the note that holds the reason when it is written inside the scope.
 */
void
benk_scope_set_reason (BenkScope *self, const BenkId *reason_note)
{
  self->change.reason_note = *reason_note;
}

/**
 * benk_scope_set_cancellable:
 * @self: an open scope
 * @cancellable: (nullable): a cancellable
 *
 * A change of thousands of rows can be stopped until it is on the disk; nothing is
 * changed then.
 */
void
benk_scope_set_cancellable (BenkScope *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-stmt.h"

#include <string.h>

#include "benk-db-private.h"

struct _BenkStmt
{
  BenkDb *db;
  sqlite3_stmt *handle;
  char *sql;
  int bind_code; /* the first failed bind */
};

/* Statements are long and differ somewhere: some of their characters are enough. */
guint
benk_stmt_hash_sql (gconstpointer sql)
{
  const char *text = sql;
  gsize length = strlen (text);
  gsize step = 1 + length / 32;
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i += step)
    hash = hash * 33 + (guchar) text[i];

  return hash;
}

BenkStmt *
benk_stmt_new (BenkDb *db, sqlite3_stmt *handle, char *sql)
{
  BenkStmt *self = g_new0 (BenkStmt, 1);

  self->db = db;
  self->handle = handle;
  self->sql = sql; /* taken */
  self->bind_code = SQLITE_OK;

  return self;
}

static void
keep_code (BenkStmt *self, int code)
{
  if (code != SQLITE_OK && self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

/**
 * benk_stmt_bind_null:
 * @param: counted from 1
 *
 * Binds NULL.
 */
void
benk_stmt_bind_null (BenkStmt *self, int param)
{
  benk_db_assert_owner (self->db);
  keep_code (self, sqlite3_bind_null (self->handle, param));
}

/**
 * benk_stmt_bind_int64:
 * @param: counted from 1
 *
 * Binds a whole number.
 */
void
benk_stmt_bind_int64 (BenkStmt *self, int param, gint64 value)
{
  benk_db_assert_owner (self->db);
  keep_code (self, sqlite3_bind_int64 (self->handle, param, value));
}

/**
 * benk_stmt_bind_double:
 * @param: counted from 1
 *
 * Binds a real number.
 */
void
benk_stmt_bind_double (BenkStmt *self, int param, double value)
{
  benk_db_assert_owner (self->db);
  keep_code (self, sqlite3_bind_double (self->handle, param, value));
}

/**
 * benk_stmt_bind_text:
 * @param: counted from 1
 * @value: (nullable): UTF-8, copied; %NULL binds NULL
 *
 * Binds text.
 */
void
benk_stmt_bind_text (BenkStmt *self, int param, const char *value)
{
  benk_db_assert_owner (self->db);
  keep_code (self, sqlite3_bind_text (self->handle, param, value, -1, SQLITE_TRANSIENT));
}

/**
 * benk_stmt_bind_id:
 * @param: counted from 1
 * @value: (nullable): %NULL and the nil id bind NULL
 *
 * Binds an id as its 16 bytes.
 */
void
benk_stmt_bind_id (BenkStmt *self, int param, const BenkId *value)
{
  benk_db_assert_owner (self->db);

  if (value == NULL || benk_id_is_nil (value))
    keep_code (self, sqlite3_bind_null (self->handle, param));
  else
    keep_code (self, sqlite3_bind_blob (self->handle, param, value->b, sizeof value->b,
                                        SQLITE_TRANSIENT));
}

/**
 * benk_stmt_bind_blob:
 * @param: counted from 1
 * @data: (nullable): copied; %NULL with @length 0 binds an empty blob
 *
 * Binds bytes.
 */
void
benk_stmt_bind_blob (BenkStmt *self, int param, gconstpointer data, gsize length)
{
  benk_db_assert_owner (self->db);
  keep_code (self, sqlite3_bind_blob64 (self->handle, param, data != NULL ? data : "",
                                        length, SQLITE_TRANSIENT));
}

/**
 * benk_stmt_bind_bytes:
 * @param: counted from 1
 * @value: (nullable): copied; %NULL binds NULL
 *
 * Binds bytes.
 */
void
benk_stmt_bind_bytes (BenkStmt *self, int param, GBytes *value)
{
  gconstpointer data;
  gsize length;

  if (value == NULL)
    {
      benk_stmt_bind_null (self, param);
      return;
    }

  data = g_bytes_get_data (value, &length);
  benk_stmt_bind_blob (self, param, data, length);
}

/**
 * benk_stmt_step:
 *
 * Goes to the next row.
 *
 * Returns: %TRUE on a row; %FALSE at the end with @error unset, or on failure with @error
 * set. The statement is reset at the end and on failure; its bindings stay.
 */
gboolean
benk_stmt_step (BenkStmt *self, GError **error)
{
  int code;

  benk_db_assert_owner (self->db);

  if (self->bind_code != SQLITE_OK)
    {
      benk_db_set_error (self->db, self->bind_code, "bind", error);
      return FALSE;
    }

  code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    return TRUE;

  if (code != SQLITE_DONE)
    benk_db_set_error (self->db, code, NULL, error);
  sqlite3_reset (self->handle);

  return FALSE;
}

/**
 * benk_stmt_run:
 *
 * Runs a statement to its end, rows passed over, and resets it for the next binds.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_stmt_run (BenkStmt *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (benk_stmt_step (self, &local))
    ;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_stmt_reset:
 *
 * Ends the walk over rows and clears all bindings.
 */
void
benk_stmt_reset (BenkStmt *self)
{
  benk_db_assert_owner (self->db);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_code = SQLITE_OK;
}

void
benk_stmt_free (BenkStmt *self)
{
  if (self == NULL)
    return;

  benk_stmt_reset (self);
  benk_db_give_back (self->db, g_steal_pointer (&self->sql), self->handle);
  g_free (self);
}

/**
 * benk_stmt_get_n_columns:
 *
 * Returns: how many columns a row of the result has
 */
int
benk_stmt_get_n_columns (BenkStmt *self)
{
  benk_db_assert_owner (self->db);
  return sqlite3_column_count (self->handle);
}

/**
 * benk_stmt_get_column_name:
 *
 * Returns: (transfer none): the name, valid until the statement is freed
 */
const char *
benk_stmt_get_column_name (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);
  return sqlite3_column_name (self->handle, column);
}

BenkValueType
benk_stmt_get_value_type (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);

  switch (sqlite3_column_type (self->handle, column))
    {
    case SQLITE_INTEGER:
      return BENK_VALUE_INTEGER;
    case SQLITE_FLOAT:
      return BENK_VALUE_REAL;
    case SQLITE_TEXT:
      return BENK_VALUE_TEXT;
    case SQLITE_BLOB:
      return BENK_VALUE_BLOB;
    default:
      return BENK_VALUE_NULL;
    }
}

gboolean
benk_stmt_is_null (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * benk_stmt_get_int64:
 *
 * Returns: the number; 0 for NULL
 */
gint64
benk_stmt_get_int64 (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * benk_stmt_get_int64_or:
 *
 * Returns: the number; @fallback for NULL
 */
gint64
benk_stmt_get_int64_or (BenkStmt *self, int column, gint64 fallback)
{
  return benk_stmt_is_null (self, column) ? fallback : benk_stmt_get_int64 (self, column);
}

double
benk_stmt_get_double (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);
  return sqlite3_column_double (self->handle, column);
}

/**
 * benk_stmt_get_text:
 *
 * Returns: (transfer none) (nullable): the text, valid until the next step; %NULL for
 * NULL
 */
const char *
benk_stmt_get_text (BenkStmt *self, int column)
{
  benk_db_assert_owner (self->db);
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * benk_stmt_dup_text:
 *
 * Returns: (transfer full) (nullable): the text; %NULL for NULL
 */
char *
benk_stmt_dup_text (BenkStmt *self, int column)
{
  return g_strdup (benk_stmt_get_text (self, column));
}

/**
 * benk_stmt_get_id:
 * @out: (out): the id; nil when the column holds none
 *
 * Returns: %TRUE when the column holds 16 bytes
 */
gboolean
benk_stmt_get_id (BenkStmt *self, int column, BenkId *out)
{
  gsize length;
  gconstpointer data = benk_stmt_get_blob (self, column, &length);

  *out = (BenkId){ 0 };
  if (data == NULL || length != sizeof out->b)
    return FALSE;

  memcpy (out->b, data, sizeof out->b);
  return TRUE;
}

/**
 * benk_stmt_get_blob:
 * @length: (out): bytes
 *
 * Returns: (transfer none) (nullable): the bytes, valid until the next step; %NULL for
 * NULL and for an empty blob
 */
gconstpointer
benk_stmt_get_blob (BenkStmt *self, int column, gsize *length)
{
  gconstpointer data;

  benk_db_assert_owner (self->db);

  data = sqlite3_column_blob (self->handle, column);
  *length = (gsize) sqlite3_column_bytes (self->handle, column);

  return data;
}

/**
 * benk_stmt_get_bytes:
 *
 * Returns: (transfer full): a copy; empty for NULL
 */
GBytes *
benk_stmt_get_bytes (BenkStmt *self, int column)
{
  gsize length;
  gconstpointer data = benk_stmt_get_blob (self, column, &length);

  return g_bytes_new (data, length);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-id.h"

G_BEGIN_DECLS

typedef struct _BenkDb BenkDb;

/**
 * BenkStmt:
 *
 * A prepared statement. Parameters are counted from 1, columns from 0, as in SQLite.
 *
 * A failed bind is kept and returned by the next [func@benk_stmt_step], so that binds
 * need no check of their own. Freeing hands the statement back to the connection, which
 * keeps it prepared for the next use of the same text.
 */
typedef struct _BenkStmt BenkStmt;

/**
 * BenkValueType:
 *
 * What a column of a row holds.
 */
typedef enum
{
  BENK_VALUE_NULL,
  BENK_VALUE_INTEGER,
  BENK_VALUE_REAL,
  BENK_VALUE_TEXT,
  BENK_VALUE_BLOB,
} BenkValueType;

void benk_stmt_bind_null (BenkStmt *self, int param);
void benk_stmt_bind_int64 (BenkStmt *self, int param, gint64 value);
void benk_stmt_bind_double (BenkStmt *self, int param, double value);
void benk_stmt_bind_text (BenkStmt *self, int param, const char *value);
void benk_stmt_bind_id (BenkStmt *self, int param, const BenkId *value);
void benk_stmt_bind_blob (BenkStmt *self, int param, gconstpointer data, gsize length);
void benk_stmt_bind_bytes (BenkStmt *self, int param, GBytes *value);

gboolean benk_stmt_step (BenkStmt *self, GError **error);
gboolean benk_stmt_run (BenkStmt *self, GError **error);
void benk_stmt_reset (BenkStmt *self);
void benk_stmt_free (BenkStmt *self);

int benk_stmt_get_n_columns (BenkStmt *self);
const char *benk_stmt_get_column_name (BenkStmt *self, int column);
BenkValueType benk_stmt_get_value_type (BenkStmt *self, int column);
gboolean benk_stmt_is_null (BenkStmt *self, int column);
gint64 benk_stmt_get_int64 (BenkStmt *self, int column);
gint64 benk_stmt_get_int64_or (BenkStmt *self, int column, gint64 fallback);
double benk_stmt_get_double (BenkStmt *self, int column);
const char *benk_stmt_get_text (BenkStmt *self, int column);
char *benk_stmt_dup_text (BenkStmt *self, int column);
gboolean benk_stmt_get_id (BenkStmt *self, int column, BenkId *out);
gconstpointer benk_stmt_get_blob (BenkStmt *self, int column, gsize *length);
GBytes *benk_stmt_get_bytes (BenkStmt *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkStmt, benk_stmt_free)

G_END_DECLS

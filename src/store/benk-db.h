/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-clock.h"
#include "benk-error.h"
#include "benk-id.h"
#include "benk-stmt.h"

G_BEGIN_DECLS

/**
 * BenkDbFlags:
 * @BENK_DB_READ_WRITE: an existing database, for reading and writing
 * @BENK_DB_READ_ONLY: an existing database, for reading only
 * @BENK_DB_CREATE: for reading and writing; made if it is missing
 */
typedef enum
{
  BENK_DB_READ_WRITE,
  BENK_DB_READ_ONLY,
  BENK_DB_CREATE,
} BenkDbFlags;

BenkDb *
benk_db_open (const char *path, BenkDbFlags flags, BenkClock *clock, GError **error);
BenkDb *benk_db_open_vfs (
  const char *path, BenkDbFlags flags, BenkClock *clock, const char *vfs, GError **error);
BenkDb *benk_db_open_memory (BenkClock *clock, GError **error);
void benk_db_close (BenkDb *self);
BenkClock *benk_db_get_clock (BenkDb *self);
gint64 benk_db_get_wall_ms (BenkDb *self);
gboolean benk_db_is_read_only (BenkDb *self);

BenkStmt *benk_db_prepare (BenkDb *self, const char *sql, GError **error);
gboolean benk_db_exec (BenkDb *self, const char *sql, GError **error);
gboolean benk_db_get_int64 (BenkDb *self, const char *sql, gint64 *value, GError **error);
gint64 benk_db_get_changes (BenkDb *self);
gboolean benk_db_in_transaction (BenkDb *self);
gboolean benk_db_set_foreign_keys (BenkDb *self, gboolean enforce, GError **error);
gboolean benk_db_truncate_wal (BenkDb *self, GError **error);

int benk_db_map_code (int sqlite_code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDb, benk_db_close)

/**
 * BenkTx:
 *
 * A transaction over local tables, outside the journal. Rolls back when freed before
 * [func@benk_tx_commit]. Journalled tables are written in a #BenkScope only.
 */
typedef struct _BenkTx BenkTx;

BenkTx *benk_tx_begin (BenkDb *db, GError **error);
BenkTx *benk_tx_begin_read (BenkDb *db, GError **error);
gboolean benk_tx_commit (BenkTx *self, GError **error);
void benk_tx_free (BenkTx *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkTx, benk_tx_free)

G_END_DECLS

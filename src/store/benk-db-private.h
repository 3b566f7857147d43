/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "benk-db.h"

G_BEGIN_DECLS

/* At most so much memory a connection, in KiB as SQLite wants it (negative); more while
 * it writes. */
#define BENK_DB_CACHE_KIB "-1024"

typedef struct _BenkScope BenkScope;
typedef struct _BenkDeviceCatalog BenkDeviceCatalog;

struct _BenkDb
{
  sqlite3 *handle;
  GThread *owner;
  BenkClock *clock;
  GHashTable *idle; /* text → prepared statement not in use */
  BenkScope *scope; /* the open change scope, if any */
  char *path;
  gint64 last_seq;   /* newest row committed through this connection; 0: none */
  gboolean in_batch; /* scopes are parts of one transaction */
  gint64 batch_seq;  /* newest row of the batch; 0: none */
  gboolean read_only;
  BenkDeviceCatalog *catalog; /* of a connection that only reads */
};

#define benk_db_assert_owner(db) g_assert ((db)->owner == g_thread_self ())

guint benk_stmt_hash_sql (gconstpointer sql);
BenkStmt *benk_stmt_new (BenkDb *db, sqlite3_stmt *handle, char *sql);
void benk_db_give_back (BenkDb *self, char *sql, sqlite3_stmt *handle);
void benk_db_set_error (BenkDb *self, int code, const char *doing, GError **error);
gboolean benk_db_begin (BenkDb *self, const char *sql, GError **error);
void benk_db_rollback (BenkDb *self);

G_END_DECLS

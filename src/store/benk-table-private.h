/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-scope.h"

G_BEGIN_DECLS

/* When a row was written: the place of its change in the change log. What comes first is
 * asked by it, never by instants, for a laptop's clock may be set forward and back. Rows
 * of the open scope come last. */
#define BENK_TABLE_ROW_SEQ(table, alias)                                                 \
  "ifnull ((SELECT min (w.seq) FROM touch w WHERE w.tbl = '" table                       \
  "' AND w.row_id = " alias ".id), 9000000000000000000)"

/* The same of a run, which is written when it begins and again when it ends. */
#define BENK_TABLE_RUN_SEQ(alias)                                                        \
  "ifnull ((SELECT max (w.seq) FROM touch w WHERE w.tbl = 'run' AND w.row_id = " alias   \
  ".id), 9000000000000000000)"

/* Whether a row was written later than a proof. */
#define BENK_TABLE_AFTER_PROOF(table, alias, proof)                                      \
  BENK_TABLE_ROW_SEQ (table, alias) " > " BENK_TABLE_ROW_SEQ ("proof", proof)

#define BENK_TABLE_RUN_AFTER_PROOF(alias, proof)                                         \
  BENK_TABLE_RUN_SEQ (alias) " > " BENK_TABLE_ROW_SEQ ("proof", proof)

gboolean
benk_table_change (BenkDb *db, GError **error, const char *sql, const char *types, ...);
gboolean benk_table_change_local (
  BenkDb *db, GError **error, const char *sql, const char *types, ...);
BenkStmt *
benk_table_select (BenkDb *db, GError **error, const char *sql, const char *types, ...);
gboolean
benk_table_find (BenkStmt *stmt, const char *what, const char *which, GError **error);

gboolean benk_table_ended (BenkStmt *stmt, GError **local, GError **error);
GPtrArray *
benk_table_read_all (BenkStmt *stmt, gpointer (*read) (BenkStmt *), GError **error);

gboolean benk_table_get_person (BenkDb *db,
                                const BenkId *device,
                                BenkId *out_person,
                                GError **error);
gboolean benk_table_require_change (BenkDb *db, const char *what, GError **error);

G_END_DECLS

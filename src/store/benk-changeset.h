/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db-private.h"

G_BEGIN_DECLS

/**
 * BenkChangesetOp:
 * @table: valid until the next operation
 * @op: SQLITE_INSERT, SQLITE_UPDATE or SQLITE_DELETE
 * @n_columns: columns of the table when the changeset was made
 * @key_first: whether the key is the first column and no other
 * @row: the key
 * @iter: for the values
 *
 * One operation of a changeset.
 */
typedef struct
{
  const char *table;
  int op;
  int n_columns;
  gboolean key_first;
  BenkId row;
  sqlite3_changeset_iter *iter;
} BenkChangesetOp;

/* Returns FALSE with the error set to stop the walk. */
typedef gboolean (*BenkChangesetFunc) (const BenkChangesetOp *op,
                                       gpointer data,
                                       GError **error);

gboolean benk_changeset_walk (GBytes *changeset,
                              BenkChangesetFunc func,
                              gpointer data,
                              GError **error);
gboolean benk_changeset_get_row (sqlite3_changeset_iter *iter, int op, BenkId *row);
gboolean benk_changeset_is_well_formed (GBytes *changeset);
GBytes *
benk_changeset_pick (GBytes *changeset, const gboolean *keep, guint n, GError **error);
GBytes *benk_changeset_invert (GBytes *changeset, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkConflict:
 * @table: the table, or %NULL when only a key between tables is broken
 * @row: the row
 *
 * A row that is not as a changeset expects it.
 */
typedef struct
{
  char *table;
  BenkId row;
} BenkConflict;

/**
 * BenkApplyFlags:
 * @BENK_APPLY_ALL: every table
 * @BENK_APPLY_LEAVE_FACTS: tables of facts are passed over
 */
typedef enum
{
  BENK_APPLY_ALL,
  BENK_APPLY_LEAVE_FACTS,
} BenkApplyFlags;

gboolean benk_apply (BenkDb *db,
                     GBytes *changeset,
                     gint64 schema,
                     BenkApplyFlags flags,
                     GPtrArray *conflicts,
                     GError **error);

gboolean benk_apply_check (BenkDb *db, GBytes *changeset, gint64 schema, GError **error);

BenkConflict *benk_conflict_new (const char *table, const BenkId *row);
void benk_conflict_free (BenkConflict *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BenkTablePrintOf:
 * @BENK_TABLE_PRINT_JOURNALLED: what the change log tells
 * @BENK_TABLE_PRINT_ALL: every table, the change log itself included
 *
 * Which tables are looked at.
 */
typedef enum
{
  BENK_TABLE_PRINT_JOURNALLED,
  BENK_TABLE_PRINT_ALL,
} BenkTablePrintOf;

/* Of each table one line: its name, how many rows, and the SHA-256 of all their octets,
 * types and lengths included. */
char *benk_table_print_take (BenkDb *db, BenkTablePrintOf of);
void benk_table_print_assert_equal (const char *one, const char *other);

/* The change log applied to an empty store, row by row. */
BenkDb *benk_table_print_replay (BenkDb *db);
void benk_table_print_assert_replays (BenkDb *db);
void benk_table_print_assert_sound (BenkDb *db);

G_END_DECLS

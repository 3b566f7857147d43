/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BENK_SCHEMA_APPLICATION_ID:
 *
 * "Dbnk": what `PRAGMA application_id` of a store holds.
 */
#define BENK_SCHEMA_APPLICATION_ID 0x44626e6b

/**
 * BenkTableClass:
 * @BENK_TABLE_JOURNALLED: state and facts; every change is in the journal
 * @BENK_TABLE_LOCAL: of this laptop only; not in the journal
 * @BENK_TABLE_PERSONAL: words about people; erasable, not in the journal
 * @BENK_TABLE_CHAIN: the journal itself, and what names the store
 */
typedef enum
{
  BENK_TABLE_JOURNALLED,
  BENK_TABLE_LOCAL,
  BENK_TABLE_PERSONAL,
  BENK_TABLE_CHAIN,
} BenkTableClass;

/**
 * BenkTableInfo:
 * @name: the table
 * @table_class: its class
 * @fact: rows are only ever added; undo leaves them
 */
typedef struct
{
  const char *name;
  BenkTableClass table_class;
  gboolean fact;
} BenkTableInfo;

/**
 * BenkSchemaStep:
 * @version: `user_version` after the step; steps count 1, 2, 3 …
 * @sql: the statements
 * @data: (nullable): a change of data, run after @sql
 *
 * One step of the schema. One step is one transaction.
 */
typedef struct
{
  int version;
  const char *sql;
  gboolean (*data) (BenkDb *db, GError **error);
} BenkSchemaStep;

const BenkTableInfo *benk_schema_get_tables (gsize *n_tables);
const BenkTableInfo *benk_schema_find_table (const char *name);

int benk_schema_get_version (void);
gboolean benk_schema_check (BenkDb *db, int *version, GError **error);
gboolean
benk_schema_create (BenkDb *db, const BenkId *site, gboolean demo, GError **error);
gboolean benk_schema_create_empty (BenkDb *db, GError **error);
gboolean benk_schema_migrate (BenkDb *db, GError **error);
gboolean benk_schema_run_steps (BenkDb *db,
                                const BenkSchemaStep *steps,
                                gsize n_steps,
                                GError **error);

G_END_DECLS

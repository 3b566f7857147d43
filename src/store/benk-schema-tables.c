/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-schema.h"

/* Every table of the store, once. */
static const BenkTableInfo tables[] = {
  { "store", BENK_TABLE_CHAIN, FALSE },
  { "journal", BENK_TABLE_CHAIN, FALSE },
  { "touch", BENK_TABLE_LOCAL, FALSE },
};

/**
 * benk_schema_get_tables:
 * @n_tables: (out): how many
 *
 * Returns: (transfer none) (array length=n_tables): every table with its class
 */
const BenkTableInfo *
benk_schema_get_tables (gsize *n_tables)
{
  *n_tables = G_N_ELEMENTS (tables);
  return tables;
}

/**
 * benk_schema_find_table:
 *
 * Returns: (transfer none) (nullable): what is known of a table, or %NULL
 */
const BenkTableInfo *
benk_schema_find_table (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_strcmp0 (tables[i].name, name) == 0)
      return &tables[i];

  return NULL;
}

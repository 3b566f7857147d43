/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-schema.h"

/* Every table of the store, once. */
static const BenkTableInfo tables[] = {
  { "store", BENK_TABLE_CHAIN, FALSE },
  { "journal", BENK_TABLE_CHAIN, FALSE },
  { "touch", BENK_TABLE_LOCAL, FALSE },
  { "feed", BENK_TABLE_LOCAL, FALSE },
  { "feed_seen", BENK_TABLE_LOCAL, FALSE },
  { "outbox", BENK_TABLE_LOCAL, FALSE },
  { "alarm_local", BENK_TABLE_LOCAL, FALSE },
  { "alarm_version", BENK_TABLE_LOCAL, FALSE },
  { "dispense", BENK_TABLE_LOCAL, FALSE },
  { "watch_log", BENK_TABLE_LOCAL, FALSE },
  { "import_map", BENK_TABLE_LOCAL, FALSE },
  { "import_profile", BENK_TABLE_LOCAL, FALSE },
  { "stock_warning", BENK_TABLE_LOCAL, FALSE },
  { "place", BENK_TABLE_JOURNALLED, FALSE },
  { "device", BENK_TABLE_JOURNALLED, FALSE },
  { "placement", BENK_TABLE_JOURNALLED, FALSE },
  { "plan", BENK_TABLE_JOURNALLED, FALSE },
  { "fact", BENK_TABLE_JOURNALLED, TRUE },
  { "run", BENK_TABLE_JOURNALLED, TRUE },
  { "proof", BENK_TABLE_JOURNALLED, TRUE },
  { "alarm", BENK_TABLE_JOURNALLED, FALSE },
  { "alarm_step", BENK_TABLE_JOURNALLED, TRUE },
  { "consignment", BENK_TABLE_JOURNALLED, FALSE },
  { "return_case", BENK_TABLE_JOURNALLED, FALSE },
  { "return_step", BENK_TABLE_JOURNALLED, TRUE },
  { "transition", BENK_TABLE_JOURNALLED, FALSE },
  { "owed_task", BENK_TABLE_JOURNALLED, FALSE },
  { "alias", BENK_TABLE_JOURNALLED, FALSE },
  { "checklist_version", BENK_TABLE_JOURNALLED, TRUE },
  { "checklist_decision", BENK_TABLE_JOURNALLED, TRUE },
  { "checklist_work", BENK_TABLE_JOURNALLED, FALSE },
  { "checklist_member", BENK_TABLE_JOURNALLED, FALSE },
  { "checklist_tick", BENK_TABLE_JOURNALLED, TRUE },
  { "checklist_photo", BENK_TABLE_JOURNALLED, FALSE },
  { "plan_template", BENK_TABLE_JOURNALLED, FALSE },
  { "usb_binding", BENK_TABLE_JOURNALLED, FALSE },
  { "visit", BENK_TABLE_JOURNALLED, FALSE },
  { "accessory", BENK_TABLE_JOURNALLED, FALSE },
  { "reservation", BENK_TABLE_JOURNALLED, FALSE },
  { "stock_limit", BENK_TABLE_JOURNALLED, FALSE },
  { "stocktake", BENK_TABLE_JOURNALLED, FALSE },
  { "stocktake_item", BENK_TABLE_JOURNALLED, FALSE },
  { "model_file", BENK_TABLE_JOURNALLED, FALSE },
  { "deadline_decision", BENK_TABLE_JOURNALLED, FALSE },
  { "deadline", BENK_TABLE_JOURNALLED, FALSE },
  { "duty_team", BENK_TABLE_JOURNALLED, FALSE },
  { "duty_override", BENK_TABLE_JOURNALLED, FALSE },
  { "vendor_contact", BENK_TABLE_JOURNALLED, FALSE },
  { "vendor_call", BENK_TABLE_JOURNALLED, TRUE },
  { "guidance_version", BENK_TABLE_JOURNALLED, FALSE },
  { "guidance_decision", BENK_TABLE_JOURNALLED, FALSE },
  { "person", BENK_TABLE_PERSONAL, FALSE },
  { "staff", BENK_TABLE_PERSONAL, FALSE },
  { "note", BENK_TABLE_PERSONAL, FALSE },
  { "alarm_text", BENK_TABLE_PERSONAL, FALSE },
  { "device_search", BENK_TABLE_PERSONAL, FALSE },
  { "run_secret", BENK_TABLE_PERSONAL, FALSE },
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-settings.h"

#include "benk-config.h"

/**
 * benk_settings_new:
 *
 * Returns: (transfer full) (nullable): the program's settings; %NULL where they are not
 * installed, and nothing is kept then
 */
GSettings *
benk_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source ? g_settings_schema_source_lookup (source, BENK_APP_ID, TRUE) : NULL;

  /* g_settings_new () ends the program when the schema is missing. */
  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-window-size.h"

#include "benk-config.h"

/**
 * benk_window_size_keep:
 * @window: a window
 *
 * Gives @window the size it had last, and keeps the size it gets. Where the settings are
 * not installed, nothing is kept.
 */
void
benk_window_size_keep (GtkWindow *window)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source ? g_settings_schema_source_lookup (source, BENK_APP_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;

  /* g_settings_new () ends the program when the schema is missing. */
  if (!schema)
    return;
  settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_bind (settings, "window-width", window, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-window-size.h"

#include "benk-settings.h"

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
  g_autoptr (GSettings) settings = benk_settings_new ();

  if (!settings)
    return;
  g_settings_bind (settings, "window-width", window, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
}

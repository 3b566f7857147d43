/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Goes once round @window with Tab, as the display server sends it, and fails where a
 * control that can be seen and used was never reached. Of a group of which one is chosen
 * Tab reaches that one. Returns: how many places were reached. */
guint benk_tab_round (GtkWindow *window);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on the time between keys in @window and its dialogs is what benk_keys_type()
 * says, however busy the machine is. */
void benk_keys_use (GtkWindow *window);

/* Presses keys as hardware would, through the display server, as if with so many
 * milliseconds between them, and runs the main loop until all are pressed. @then: a key's
 * name, such as "Return", or NULL. */
void benk_keys_type (const char *text, guint gap_ms, const char *then);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this thread asks of the files below a folder: a window would stand still while a
 * slow disk or a share answers. */
void benk_main_files_watch (const char *folder);
char *benk_main_files_take (void);

G_END_DECLS

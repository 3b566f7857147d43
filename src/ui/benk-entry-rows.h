/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The lines of a small form: a boxed list of entry rows, and what is typed in them. */
GtkWidget *benk_entry_rows_new (void);
GtkWidget *benk_entry_rows_add (GtkWidget *list,
                                const char *title,
                                GCallback changed,
                                gpointer self);
char *benk_entry_rows_get_text (gpointer row);
char *benk_entry_rows_get_optional (gpointer row);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first widget below @from, itself included, that is asked for; NULL if none is. */
GtkWidget *benk_find_typed (GtkWidget *from, GType type);
/* Only what is on the screen: a label with @text in it, a button with just @label. */
GtkWidget *benk_find_text (GtkWidget *from, const char *text);
GtkWidget *benk_find_button (GtkWidget *from, const char *label);

/* The same, once it is there; fails if it does not come. */
GtkWidget *benk_find_wait_text (GtkWidget *from, const char *text);

G_END_DECLS

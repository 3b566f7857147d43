/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A value in big type, to be read out over the telephone, with a button that copies it.
 */
GtkWidget *benk_big_fact_new (const char *title, const char *value);
GtkWidget *benk_big_fact_new_asked (const char *title,
                                    const char *action,
                                    GCallback clicked,
                                    gpointer self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef gboolean (*BenkShotCondition) (gpointer user_data);

gboolean benk_shot_wait (BenkShotCondition condition, gpointer user_data, int seconds);
void benk_shot_settle (GtkWidget *widget);
gboolean benk_shot_save (GtkWidget *widget, const char *path, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void benk_failure_window_show (GtkApplication *application, const GError *error);

G_END_DECLS

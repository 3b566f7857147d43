/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void benk_undo_dialog_refused (GtkWindow *parent, const GError *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-document.h"

G_BEGIN_DECLS

void benk_save_reset_ask (GtkWidget *parent,
                          BenkSession *session,
                          const BenkId *devices,
                          guint n_devices,
                          const char *serial);
void benk_save_reset_to (GtkWidget *parent,
                         BenkSession *session,
                         const BenkId *devices,
                         guint n_devices,
                         GFile *file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

void benk_save_list_ask (GtkWidget *parent,
                         BenkSession *session,
                         const BenkDeviceQuery *query);
void benk_save_list_to (GtkWidget *parent,
                        BenkSession *session,
                        const BenkDeviceQuery *query,
                        GFile *file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

void benk_save_list_ask (GtkWidget *parent,
                         BenkSession *session,
                         const BenkDeviceQuery *query);

G_END_DECLS

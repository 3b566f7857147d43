/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

void benk_device_columns_add (GtkColumnView *view, BenkInventory *inventory);
BenkDeviceSort benk_device_columns_get_sort (guint column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

/* In which order the list of devices is and of which model, by the heads of columns and
 * by menus: the actions "sort", "descending" and "model" of @actions. Signal "changed".
 */
#define BENK_TYPE_DEVICE_ORDER (benk_device_order_get_type ())
G_DECLARE_FINAL_TYPE (BenkDeviceOrder, benk_device_order, BENK, DEVICE_ORDER, GObject)

BenkDeviceOrder *benk_device_order_new (GtkColumnView *view, BenkInventory *inventory);

BenkDeviceSort benk_device_order_get_sort (BenkDeviceOrder *self);
gboolean benk_device_order_is_descending (BenkDeviceOrder *self);
const char *benk_device_order_get_model (BenkDeviceOrder *self);
void benk_device_order_show_model (BenkDeviceOrder *self, const char *model);
void benk_device_order_clear_model (BenkDeviceOrder *self);

GActionGroup *benk_device_order_get_actions (BenkDeviceOrder *self);
GMenuModel *benk_device_order_make_sort_menu (BenkDeviceOrder *self);
GMenuModel *benk_device_order_make_model_menu (BenkDeviceOrder *self);

G_END_DECLS

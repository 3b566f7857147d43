/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-id.h"

G_BEGIN_DECLS

#define BENK_TYPE_LISTED_DEVICES (benk_listed_devices_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkListedDevices, benk_listed_devices, BENK, LISTED_DEVICES, GObject)

BenkListedDevices *benk_listed_devices_new (GtkColumnView *view);
void benk_listed_devices_show (BenkListedDevices *self, GListModel *devices);
const BenkId *benk_listed_devices_get_current (BenkListedDevices *self);
gboolean benk_listed_devices_holds_current (BenkListedDevices *self);
gboolean benk_listed_devices_focus (BenkListedDevices *self);
void benk_listed_devices_set_current (BenkListedDevices *self, const BenkId *id);
GListModel *benk_listed_devices_get_result (GtkSelectionModel *selection);

G_END_DECLS

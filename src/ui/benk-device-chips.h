/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-device.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEVICE_CHIPS (benk_device_chips_get_type ())
G_DECLARE_FINAL_TYPE (BenkDeviceChips, benk_device_chips, BENK, DEVICE_CHIPS, GtkWidget)

void benk_device_chips_show_counts (BenkDeviceChips *self, const guint *counts);
void benk_device_chips_choose (BenkDeviceChips *self, guint32 states, const char *within);
void benk_device_chips_clear (BenkDeviceChips *self);
guint32 benk_device_chips_get_states (BenkDeviceChips *self);
gboolean benk_device_chips_get_reserved (BenkDeviceChips *self);
const char *benk_device_chips_get_within (BenkDeviceChips *self);

G_END_DECLS

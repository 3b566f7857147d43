/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "benk-id.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEVICE_DETAILS (benk_device_details_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkDeviceDetails, benk_device_details, BENK, DEVICE_DETAILS, GtkWidget)

void benk_device_details_set_session (BenkDeviceDetails *self, BenkSession *session);
void benk_device_details_edit (BenkDeviceDetails *self);
gboolean benk_device_details_note_call (BenkDeviceDetails *self);
void benk_device_details_show_many (BenkDeviceDetails *self, guint n_devices);
gboolean benk_device_details_clear (BenkDeviceDetails *self);
void benk_device_details_end_many (BenkDeviceDetails *self);
void benk_device_details_show (BenkDeviceDetails *self, const BenkId *device);

G_END_DECLS

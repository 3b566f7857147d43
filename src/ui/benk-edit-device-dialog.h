/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_EDIT_DEVICE_DIALOG (benk_edit_device_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkEditDeviceDialog, benk_edit_device_dialog, BENK, EDIT_DEVICE_DIALOG, AdwWindow)

GtkWidget *
benk_edit_device_dialog_new (GtkWindow *parent, BenkSession *session, BenkDevice *device);

G_END_DECLS

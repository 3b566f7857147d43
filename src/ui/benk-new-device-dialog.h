/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-scan.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_NEW_DEVICE_DIALOG (benk_new_device_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkNewDeviceDialog, benk_new_device_dialog, BENK, NEW_DEVICE_DIALOG, AdwWindow)

GtkWidget *
benk_new_device_dialog_new (GtkWindow *parent, BenkSession *session, const char *serial);
GtkWidget *benk_new_device_dialog_new_scanned (GtkWindow *parent,
                                               BenkSession *session,
                                               const BenkScan *scan);

G_END_DECLS

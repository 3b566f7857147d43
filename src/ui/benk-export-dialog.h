/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-inventory.h"

G_BEGIN_DECLS

#define BENK_TYPE_EXPORT_DIALOG (benk_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkExportDialog, benk_export_dialog, BENK, EXPORT_DIALOG, AdwWindow)

void benk_export_dialog_run (GtkWidget *widget,
                             BenkSession *session,
                             const BenkDeviceQuery *query,
                             GFile *file);

G_END_DECLS

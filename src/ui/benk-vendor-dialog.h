/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_VENDOR_DIALOG (benk_vendor_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkVendorDialog, benk_vendor_dialog, BENK, VENDOR_DIALOG, AdwWindow)

GtkWidget *benk_vendor_dialog_new (GtkWindow *parent,
                                   BenkSession *session,
                                   const BenkId *alarm,
                                   const BenkId *device);

G_END_DECLS

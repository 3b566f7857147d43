/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"
#include "benk-vendor-card.h"

G_BEGIN_DECLS

#define BENK_TYPE_VENDOR_CONTACT_DIALOG (benk_vendor_contact_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkVendorContactDialog,
                      benk_vendor_contact_dialog,
                      BENK,
                      VENDOR_CONTACT_DIALOG,
                      AdwMessageDialog)

GtkWidget *benk_vendor_contact_dialog_new (GtkWindow *parent,
                                           BenkSession *session,
                                           const BenkVendorContact *contact);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_USB_ITEMS_DIALOG (benk_usb_items_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkUsbItemsDialog, benk_usb_items_dialog, BENK, USB_ITEMS_DIALOG, AdwWindow)

GtkWidget *benk_usb_items_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device-card.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_RESERVE_DIALOG (benk_reserve_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkReserveDialog, benk_reserve_dialog, BENK, RESERVE_DIALOG, AdwWindow)

/* More lines than this nobody fills in at once. */
#define BENK_RESERVE_DIALOG_MAX 40

GtkWidget *benk_reserve_dialog_new (GtkWidget *widget,
                                    BenkSession *session,
                                    const BenkId *devices,
                                    guint n_devices);
GtkWidget *benk_reserve_dialog_new_change (GtkWidget *widget,
                                           BenkSession *session,
                                           BenkDeviceCard *card);

G_END_DECLS

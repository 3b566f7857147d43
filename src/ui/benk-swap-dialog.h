/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-swap.h"

G_BEGIN_DECLS

#define BENK_TYPE_SWAP_DIALOG (benk_swap_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkSwapDialog, benk_swap_dialog, BENK, SWAP_DIALOG, AdwWindow)

GtkWidget *benk_swap_dialog_new (GtkWindow *parent, BenkSession *session, BenkSwap *swap);
/* Reads the swap of a device and shows it over @parent; a refusal is told there. */
void
benk_swap_dialog_open (GtkWindow *parent, BenkSession *session, const BenkId *device);

G_END_DECLS

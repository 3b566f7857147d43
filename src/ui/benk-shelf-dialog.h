/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-shelf-reset.h"

G_BEGIN_DECLS

#define BENK_TYPE_SHELF_DIALOG (benk_shelf_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkShelfDialog, benk_shelf_dialog, BENK, SHELF_DIALOG, AdwWindow)

GtkWidget *benk_shelf_dialog_new (GtkWindow *parent, BenkSession *session);
BenkShelfReset *benk_shelf_dialog_get_shelf (BenkShelfDialog *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bulk.h"

G_BEGIN_DECLS

#define BENK_TYPE_BULK_DIALOG (benk_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkBulkDialog, benk_bulk_dialog, BENK, BULK_DIALOG, AdwWindow)

void benk_bulk_dialog_run (GtkWidget *widget,
                           BenkSession *session,
                           BenkBulk *bulk,
                           const char *done);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench-checklist.h"
#include "benk-device.h"

G_BEGIN_DECLS

/* Which devices of one make a list is for. Signal "chosen" (GArray of BenkId). */
#define BENK_TYPE_CHECKLIST_BATCH_DIALOG (benk_checklist_batch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkChecklistBatchDialog,
                      benk_checklist_batch_dialog,
                      BENK,
                      CHECKLIST_BATCH_DIALOG,
                      AdwWindow)

GtkWidget *benk_checklist_batch_dialog_new (GtkWindow *parent,
                                            BenkSession *session,
                                            BenkDevice *device,
                                            BenkTask task);

G_END_DECLS

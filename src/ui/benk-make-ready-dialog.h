/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_MAKE_READY_DIALOG (benk_make_ready_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkMakeReadyDialog, benk_make_ready_dialog, BENK, MAKE_READY_DIALOG, AdwWindow)

GtkWidget *benk_make_ready_dialog_new (GtkWindow *parent,
                                       BenkSession *session,
                                       BenkBenchDevice *device);
/* Whether @device is with a user, so that its settings change and nothing else. */
gboolean benk_make_ready_dialog_only_changes (BenkBenchDevice *device);

G_END_DECLS

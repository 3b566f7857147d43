/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_GUIDANCE_IMPORT_DIALOG (benk_guidance_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkGuidanceImportDialog,
                      benk_guidance_import_dialog,
                      BENK,
                      GUIDANCE_IMPORT_DIALOG,
                      AdwWindow)

GtkWidget *
benk_guidance_import_dialog_new (GtkWindow *parent, BenkSession *session, GFile *file);

G_END_DECLS

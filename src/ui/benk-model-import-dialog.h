/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-model.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_MODEL_IMPORT_DIALOG (benk_model_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkModelImportDialog, benk_model_import_dialog, BENK, MODEL_IMPORT_DIALOG, AdwWindow)

GtkWidget *
benk_model_import_dialog_new (GtkWindow *parent, BenkSession *session, GFile *file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-model.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_MODELS_DIALOG (benk_models_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkModelsDialog, benk_models_dialog, BENK, MODELS_DIALOG, AdwWindow)

GtkWidget *benk_models_dialog_new (GtkWindow *parent, BenkSession *session);
void benk_models_dialog_export_to (BenkModelsDialog *self, GFile *file);
void benk_models_dialog_import_from (BenkModelsDialog *self, GFile *file);

G_END_DECLS

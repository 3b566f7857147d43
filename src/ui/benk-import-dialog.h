/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_IMPORT_DIALOG (benk_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkImportDialog, benk_import_dialog, BENK, IMPORT_DIALOG, AdwWindow)

GtkWidget *benk_import_dialog_new (GtkWindow *parent, BenkSession *session);
GtkWidget *benk_import_dialog_new_alarms (GtkWindow *parent, BenkSession *session);
void benk_import_dialog_read (BenkImportDialog *self, GFile *file);

G_END_DECLS

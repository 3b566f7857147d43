/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_LABEL_DIALOG (benk_label_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkLabelDialog, benk_label_dialog, BENK, LABEL_DIALOG, AdwWindow)

GtkWidget *benk_label_dialog_new (GtkWidget *widget,
                                  BenkSession *session,
                                  const BenkId *devices,
                                  guint n_devices);
/* Without asking where to; the rest as the dialog's buttons do. */
void benk_label_dialog_save_to (BenkLabelDialog *self, GFile *file);
void benk_label_dialog_print (BenkLabelDialog *self,
                              GtkPrintOperationAction action,
                              const char *export_path);

G_END_DECLS

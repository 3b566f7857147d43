/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_CALL_DIALOG (benk_call_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkCallDialog, benk_call_dialog, BENK, CALL_DIALOG, AdwMessageDialog)

GtkWidget *benk_call_dialog_new (GtkWindow *parent,
                                 BenkSession *session,
                                 const BenkId *device,
                                 const char *named);

G_END_DECLS

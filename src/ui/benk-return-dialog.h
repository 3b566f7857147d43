/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-device.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURN_DIALOG (benk_return_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkReturnDialog, benk_return_dialog, BENK, RETURN_DIALOG, AdwMessageDialog)

GtkWidget *
benk_return_dialog_new (GtkWindow *parent, BenkSession *session, BenkDevice *device);

G_END_DECLS

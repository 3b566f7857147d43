/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_CLOSED_DIALOG (benk_closed_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkClosedDialog, benk_closed_dialog, BENK, CLOSED_DIALOG, AdwWindow)

GtkWidget *benk_closed_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS

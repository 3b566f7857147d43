/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* Asks until when the desktop is to be quiet. */
#define BENK_TYPE_QUIET_DIALOG (benk_quiet_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkQuietDialog, benk_quiet_dialog, BENK, QUIET_DIALOG, AdwWindow)

GtkWidget *benk_quiet_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS

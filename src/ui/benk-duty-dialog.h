/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

/* How the duties of each team go, and what is another for a time. */
#define BENK_TYPE_DUTY_DIALOG (benk_duty_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkDutyDialog, benk_duty_dialog, BENK, DUTY_DIALOG, AdwWindow)

GtkWidget *benk_duty_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEADLINES_DIALOG (benk_deadlines_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkDeadlinesDialog, benk_deadlines_dialog, BENK, DEADLINES_DIALOG, AdwWindow)

GtkWidget *benk_deadlines_dialog_new (GtkWindow *parent, BenkSession *session);

G_END_DECLS

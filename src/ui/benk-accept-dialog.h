/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_ACCEPT_DIALOG (benk_accept_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkAcceptDialog, benk_accept_dialog, BENK, ACCEPT_DIALOG, AdwMessageDialog)

GtkWidget *
benk_accept_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm);

G_END_DECLS

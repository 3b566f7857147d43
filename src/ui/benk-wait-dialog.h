/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_WAIT_DIALOG (benk_wait_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkWaitDialog, benk_wait_dialog, BENK, WAIT_DIALOG, AdwWindow)

GtkWidget *
benk_wait_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm);
GtkWidget *
benk_wait_dialog_new_for_all (GtkWindow *parent, BenkSession *session, GPtrArray *alarms);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_NEW_ALARM_DIALOG (benk_new_alarm_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkNewAlarmDialog, benk_new_alarm_dialog, BENK, NEW_ALARM_DIALOG, AdwWindow)

GtkWidget *
benk_new_alarm_dialog_new (GtkWindow *parent, BenkSession *session, const char *device);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_HAND_OVER_DIALOG (benk_hand_over_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkHandOverDialog, benk_hand_over_dialog, BENK, HAND_OVER_DIALOG, AdwWindow)

GtkWidget *
benk_hand_over_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm);
GtkWidget *benk_hand_over_dialog_new_for_all (GtkWindow *parent,
                                              BenkSession *session,
                                              GPtrArray *alarms);

G_END_DECLS

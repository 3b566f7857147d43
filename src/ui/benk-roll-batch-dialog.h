/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-alarm.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* Of what batch is the roll? Typed, or scanned from its label. */
#define BENK_TYPE_ROLL_BATCH_DIALOG (benk_roll_batch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkRollBatchDialog, benk_roll_batch_dialog, BENK, ROLL_BATCH_DIALOG, AdwWindow)

GtkWidget *
benk_roll_batch_dialog_new (GtkWindow *parent, BenkSession *session, BenkAlarm *alarm);

G_END_DECLS

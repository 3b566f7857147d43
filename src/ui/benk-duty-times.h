/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-duty-roster.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* What is another than usual for a time, and the lines for something more. */
#define BENK_TYPE_DUTY_TIMES (benk_duty_times_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkDutyTimes, benk_duty_times, BENK, DUTY_TIMES, AdwPreferencesGroup)

void
benk_duty_times_show (BenkDutyTimes *self, BenkSession *session, BenkDutyRoster *roster);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

/* How many alarms of February there are after benk_reports_hand_fill(), of all, and of
 * the users 4711, 4702 and 4733. */
#define BENK_REPORTS_HAND_ALL 8
#define BENK_REPORTS_HAND_OF_USERS 6

/* A February of alarms for the three users 4711, 4702, 4733 and a device of nobody, as
 * followed up in many ways. It is March when it returns. */
void benk_reports_hand_fill (BenkStage *stage);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"

G_BEGIN_DECLS

/* Runs as fast as the real one, from an instant of one's choice, so that pictures say the
 * same at any hour. */
#define BENK_TYPE_STAGE_CLOCK (benk_stage_clock_get_type ())
G_DECLARE_FINAL_TYPE (BenkStageClock, benk_stage_clock, BENK, STAGE_CLOCK, BenkClock)

BenkClock *benk_stage_clock_new (gint64 wall_ms);
void benk_stage_clock_turn (BenkStageClock *self, gint64 ms);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-clock.h"

G_BEGIN_DECLS

#define BENK_TYPE_FAKE_CLOCK (benk_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (BenkFakeClock, benk_fake_clock, BENK, FAKE_CLOCK, BenkClock)

BenkFakeClock *benk_fake_clock_new (gint64 wall_ms);
void benk_fake_clock_advance (BenkFakeClock *self, gint64 ms);
void benk_fake_clock_suspend (BenkFakeClock *self, gint64 ms);
void benk_fake_clock_set_wall (BenkFakeClock *self, gint64 wall_ms);
guint benk_fake_clock_get_n_timers (BenkFakeClock *self);

G_END_DECLS

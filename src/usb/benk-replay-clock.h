/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"

G_BEGIN_DECLS

#define BENK_TYPE_REPLAY_CLOCK (benk_replay_clock_get_type ())
G_DECLARE_FINAL_TYPE (BenkReplayClock, benk_replay_clock, BENK, REPLAY_CLOCK, BenkClock)

BenkClock *benk_replay_clock_new (gint64 wall_ms);

G_END_DECLS

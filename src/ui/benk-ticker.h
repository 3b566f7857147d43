/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-clock.h"

G_BEGIN_DECLS

/* Signal "tick": relative times on screen are to be said anew. */
#define BENK_TYPE_TICKER (benk_ticker_get_type ())
G_DECLARE_FINAL_TYPE (BenkTicker, benk_ticker, BENK, TICKER, GObject)

BenkTicker *benk_ticker_new (BenkClock *clock, gint64 interval_ms);
gint64 benk_ticker_get_now_ms (BenkTicker *self);

G_END_DECLS

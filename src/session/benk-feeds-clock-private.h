/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-clock-skew.h"
#include "benk-feeds-clock.h"

G_BEGIN_DECLS

/* What the sources' answers say of this computer's clock. */
typedef struct _BenkFeedsClock BenkFeedsClock;

BenkFeedsClock *benk_feeds_clock_new (BenkClock *clock);
void benk_feeds_clock_free (BenkFeedsClock *self);
BenkFeedsClock *benk_feeds_get_server_clock (BenkFeeds *self);

void
benk_feeds_note_date (BenkFeeds *self, const BenkId *feed, const BenkClockSample *sample);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-feeds-private.h"

G_BEGIN_DECLS

/* The watch over the watch: its log, whether it comes late, whether there is a network,
 * and for how long a source has been silent. */
typedef struct _BenkFeedsWatch BenkFeedsWatch;

BenkFeedsWatch *benk_feeds_watch_new (BenkFeeds *feeds, BenkClock *clock);
void benk_feeds_watch_free (BenkFeedsWatch *self);
void benk_feeds_watch_begin (BenkFeedsWatch *self);
void benk_feeds_watch_end (BenkFeedsWatch *self);
void benk_feeds_watch_write_rest (BenkFeedsWatch *self);
void benk_feeds_watch_look_at_clock (BenkFeedsWatch *self);
void benk_feeds_watch_look_at_silence (BenkFeedsWatch *self, GListModel *feeds);
void benk_feeds_watch_set_network (BenkFeedsWatch *self, GNetworkMonitor *network);
void benk_feeds_watch_judge (BenkFeedsWatch *self, BenkTroubleNote *note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFeedsWatch, benk_feeds_watch_free)

G_END_DECLS

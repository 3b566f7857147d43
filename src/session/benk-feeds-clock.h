/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-feeds.h"

G_BEGIN_DECLS

gint64 benk_feeds_get_clock_skew_ms (BenkFeeds *self);
gint64 benk_feeds_get_now_ms (BenkFeeds *self);
char *benk_feeds_describe_clock (BenkFeeds *self);
char *benk_feeds_explain_clock (BenkFeeds *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-notice-private.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* Tells once that a source is silent, or that none has been asked for long. */
typedef struct _BenkNotifierWatch BenkNotifierWatch;

BenkNotifierWatch *benk_notifier_watch_new (BenkSession *session, BenkNoticeDesk *desk);
void benk_notifier_watch_free (BenkNotifierWatch *self);
void benk_notifier_watch_set_silent (BenkNotifierWatch *self, gboolean silent);
gboolean benk_notifier_watch_owns (const char *key);

G_END_DECLS

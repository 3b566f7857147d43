/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-notice-private.h"
#include "benk-notifier.h"
#include "benk-sounder-private.h"

G_BEGIN_DECLS

BenkNoticeDesk *benk_notifier_get_desk (BenkNotifier *self);
BenkSounder *benk_notifier_get_sounder (BenkNotifier *self);

G_END_DECLS

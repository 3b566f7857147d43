/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-device-card.h"
#include "benk-guard.h"
#include "benk-lifecycle.h"
#include "benk-store.h"

G_BEGIN_DECLS

BenkNextGuard *benk_next_guard_new (const BenkGuard *guard,
                                    gboolean met,
                                    gint64 due_ms,
                                    const char *reason);
BenkNextGuard *benk_next_guard_new_result (const BenkGuardResult *result);
BenkNextState *benk_next_state_new (const BenkLifecycleView *view, BenkDeviceState to);

BenkDeviceCard *benk_device_card_read (BenkDb *db, const BenkId *device, GError **error);

G_END_DECLS

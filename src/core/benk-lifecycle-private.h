/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-guard.h"
#include "benk-lifecycle-view.h"

G_BEGIN_DECLS

gboolean benk_lifecycle_view_meets (const BenkLifecycleView *self,
                                    const BenkGuard *guard);
G_END_DECLS

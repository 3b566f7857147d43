/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plans.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

BenkSession *benk_plans_get_session (BenkPlans *self);

G_END_DECLS

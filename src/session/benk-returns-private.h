/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-returns.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

BenkSession *benk_returns_get_session (BenkReturns *self);

G_END_DECLS

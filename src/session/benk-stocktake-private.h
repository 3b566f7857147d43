/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-session-private.h"
#include "benk-stocktake.h"

G_BEGIN_DECLS

BenkSession *benk_stocktake_get_session (BenkStocktake *self);
BenkCount *benk_stocktake_require_open (BenkDb *db, GError **error);

G_END_DECLS

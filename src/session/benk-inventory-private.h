/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"
#include "benk-session-private.h"

G_BEGIN_DECLS

BenkSession *benk_inventory_get_session (BenkInventory *self);

G_END_DECLS

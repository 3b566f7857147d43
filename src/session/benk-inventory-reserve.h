/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-inventory.h"

G_BEGIN_DECLS

gboolean benk_inventory_check_wanted (BenkInventory *inventory,
                                      const char *wanted_date,
                                      GError **error);

G_END_DECLS

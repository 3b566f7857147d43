/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_undo_check (BenkDb *db, GBytes *undone, GError **error);

gboolean benk_undo_check_device (BenkDb *db, const BenkId *device, GError **error);

G_END_DECLS

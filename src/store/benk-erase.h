/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-scope.h"

G_BEGIN_DECLS

gboolean benk_erase_person (BenkDb *db,
                            const BenkChange *actor,
                            const BenkId *person,
                            GError **error);
gboolean
benk_erase_note (BenkDb *db, const BenkChange *actor, const BenkId *note, GError **error);
gboolean benk_erase_sweep (BenkDb *db, GError **error);

G_END_DECLS

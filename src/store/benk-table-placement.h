/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-state.h"

G_BEGIN_DECLS

gboolean benk_table_placement_follow (BenkDb *db,
                                      const BenkId *device,
                                      BenkDeviceState state,
                                      const BenkId *person,
                                      const BenkId *team,
                                      GError **error);
gboolean benk_table_placement_is_active (BenkDb *db,
                                         const BenkId *person,
                                         const BenkId *except_device,
                                         BenkId *out_device,
                                         GError **error);
gboolean benk_table_placement_get_trial_before (BenkDb *db,
                                                const BenkId *device,
                                                gint64 *before_ms,
                                                GError **error);

G_END_DECLS

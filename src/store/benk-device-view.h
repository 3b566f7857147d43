/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-lifecycle.h"

G_BEGIN_DECLS

BenkLifecycleView *
benk_device_view_load (BenkDb *db, const BenkId *device, GError **error);

gboolean benk_device_change_state (BenkDb *db,
                                   const BenkId *device,
                                   BenkDeviceState to,
                                   GHashTable *owed_reasons,
                                   guint return_conditions,
                                   const BenkId *reason_note,
                                   GError **error);
gboolean benk_device_set_accessories (BenkDb *db,
                                      const BenkId *device,
                                      GPtrArray *words,
                                      GError **error);

G_END_DECLS

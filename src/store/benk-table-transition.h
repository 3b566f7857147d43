/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-state.h"

G_BEGIN_DECLS

gboolean benk_table_transition_insert (BenkDb *db,
                                       const BenkId *device,
                                       const char *from,
                                       BenkDeviceState to,
                                       const BenkId *reason_note,
                                       GError **error);
gboolean benk_table_transition_get_newest (BenkDb *db,
                                           const BenkId *device,
                                           guint32 states,
                                           BenkDeviceState *state,
                                           GError **error);
gboolean benk_table_transition_get_stay_before (BenkDb *db,
                                                const BenkId *device,
                                                gint64 *order,
                                                GError **error);
gboolean benk_table_transition_get_end_of_use (BenkDb *db,
                                               const BenkId *device,
                                               gint64 *order,
                                               GError **error);

G_END_DECLS

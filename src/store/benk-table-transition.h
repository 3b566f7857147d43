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
gboolean benk_table_transition_get_last (
  BenkDb *db, const BenkId *device, guint32 states, gint64 *at_ms, GError **error);

G_END_DECLS

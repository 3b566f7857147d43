/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_alarm_hand_over (BenkDb *db,
                                     const BenkId *id,
                                     const char *step_kind,
                                     const char *place,
                                     const char *role,
                                     const char *to,
                                     GError **error);
gboolean benk_table_alarm_accept (BenkDb *db,
                                  const BenkId *id,
                                  const char *step_kind,
                                  const char *place,
                                  const BenkId *staff,
                                  const char *by,
                                  gint64 at_ms,
                                  GError **error);
gboolean benk_table_alarm_keep (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_alarm_get_holder (BenkDb *db,
                                      const BenkId *id,
                                      BenkId *out_staff,
                                      GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_alarm_reopen (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_alarm_set_confirmed (BenkDb *db,
                                         const BenkId *id,
                                         gint64 confirmed_ms,
                                         GError **error);

gboolean
benk_table_alarm_set_told (BenkDb *db, const BenkId *id, gint64 told_ms, GError **error);

G_END_DECLS

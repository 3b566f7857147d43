/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-duty-roster.h"

G_BEGIN_DECLS

BenkDutyRoster *benk_table_duty_load (BenkDb *db, GError **error);
gboolean benk_table_duty_set_team (BenkDb *db, const BenkDutyTeam *team, GError **error);
gboolean
benk_table_duty_add_override (BenkDb *db, BenkDutyOverride *override, GError **error);
gboolean benk_table_duty_end_override (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-staff.h"

G_BEGIN_DECLS

gboolean benk_table_staff_insert (BenkDb *db, BenkStaff *staff, GError **error);
gboolean benk_table_staff_update (BenkDb *db, BenkStaff *staff, GError **error);
gboolean benk_table_staff_erase (BenkDb *db, const BenkId *id, GError **error);
BenkStaff *benk_table_staff_find (BenkDb *db, const char *initials, GError **error);
BenkStaff *benk_table_staff_get (BenkDb *db, const BenkId *id, GError **error);
GPtrArray *benk_table_staff_list (BenkDb *db, GError **error);

G_END_DECLS

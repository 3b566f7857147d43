/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

/* In SQL: the id of a row of device, or of the row that it was joined to. */
#define BENK_TABLE_ALIAS_RESOLVE(device)                                                 \
  "ifnull ((SELECT z.target_id FROM alias z WHERE z.id = " device ".id"                  \
  " AND z.kind = 'device' AND z.ended_ms IS NULL), " device ".id)"

/* In SQL: whether a row of device stands for itself; others are shown nowhere. */
#define BENK_TABLE_ALIAS_IS_NONE(device)                                                 \
  device ".id NOT IN (SELECT z.id FROM alias z WHERE z.kind = 'device'"                  \
         " AND z.ended_ms IS NULL)"

gboolean benk_table_alias_join (BenkDb *db,
                                const BenkId *device,
                                const BenkId *target,
                                GError **error);
gboolean benk_table_alias_part (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_table_alias_resolve (BenkDb *db,
                                   const BenkId *device,
                                   BenkId *out_target,
                                   GError **error);
gboolean
benk_table_alias_check_visible (BenkDb *db, const BenkId *device, GError **error);
GArray *benk_table_alias_list (BenkDb *db, const BenkId *target, GError **error);

G_END_DECLS

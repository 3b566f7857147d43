/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_consignment_insert (BenkDb *db,
                                        const char *vendor,
                                        BenkId *out_id,
                                        GError **error);
gboolean benk_table_consignment_find_open (BenkDb *db,
                                           const char *vendor,
                                           BenkId *out_id,
                                           GError **error);
gboolean benk_table_consignment_set_sent (BenkDb *db,
                                          const BenkId *id,
                                          const char *tracking,
                                          GError **error);
gboolean
benk_table_consignment_set_received (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS

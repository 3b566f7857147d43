/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-accessory-list.h"
#include "benk-db.h"
#include "benk-journal.h"

G_BEGIN_DECLS

gboolean benk_table_accessory_insert (BenkDb *db,
                                      const BenkId *device,
                                      const char *kind,
                                      BenkAccessoryStatus status,
                                      GError **error);
gboolean benk_table_accessory_feed (BenkDb *db,
                                    const BenkId *device,
                                    BenkAccessoryList *list,
                                    GError **error);
gboolean benk_table_accessory_find_missing (BenkDb *db,
                                            const BenkId *device,
                                            gboolean power_only,
                                            GError **error);
const char *benk_table_accessory_say (gint64 present);
char *benk_table_accessory_say_before (
  BenkDb *db, const BenkId *row, const BenkId *device, const char *kind, GError **error);
gboolean benk_table_accessory_check_undo (BenkDb *db,
                                          const BenkJournalRow *undone,
                                          GError **error);

G_END_DECLS

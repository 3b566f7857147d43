/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean
benk_compare_schema (BenkDb *db, BenkDb *replay, char **difference, GError **error);
gboolean benk_compare_table (BenkDb *db,
                             BenkDb *replay,
                             const char *table,
                             BenkId *row,
                             char **difference,
                             GError **error);

G_END_DECLS

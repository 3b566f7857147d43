/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

char *benk_search_fold (const char *text);
char **benk_search_split (const char *text);

gboolean benk_search_refresh_device (BenkDb *db, const BenkId *device, GError **error);
gboolean benk_search_refresh_row (
  BenkDb *db, const char *table, const BenkId *row, gboolean inserted, GError **error);
gboolean benk_search_refresh_missing (BenkDb *db, GError **error);

G_END_DECLS

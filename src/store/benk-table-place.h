/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-place.h"

G_BEGIN_DECLS

gboolean
benk_table_place_find (BenkDb *db, const char *name, BenkId *out_id, GError **error);
gboolean benk_table_place_find_kind (BenkDb *db,
                                     const char *name,
                                     BenkPlaceKind *out_kind,
                                     GError **error);
gboolean benk_table_place_ensure (
  BenkDb *db, const char *name, BenkPlaceKind kind, BenkId *out_id, GError **error);
GPtrArray *benk_table_place_list (BenkDb *db, GError **error);
BenkPlaceKind benk_table_place_guess_kind (const char *name);

G_END_DECLS

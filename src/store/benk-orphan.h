/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

typedef gboolean (*BenkPointerFunc) (
  BenkDb *db, const char *table, const char *column, gpointer data, GError **error);

gboolean benk_orphan_each_pointer (BenkDb *db,
                                   BenkPointerFunc func,
                                   gpointer data,
                                   GError **error);
gboolean benk_orphan_forget (BenkDb *db, GBytes *inverse, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-undo.h"

G_BEGIN_DECLS

gboolean benk_held_add (BenkDb *db,
                        const char *table,
                        const BenkId *row,
                        gint64 after,
                        GPtrArray *held,
                        GError **error);
gboolean benk_held_find_dependents (
  BenkDb *db, GBytes *inverse, gint64 after, GPtrArray *held, GError **error);

G_END_DECLS

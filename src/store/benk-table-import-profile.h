/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_import_profile_set (BenkDb *db,
                                        const char *headings,
                                        const char *columns,
                                        const char *words,
                                        GError **error);
gboolean benk_table_import_profile_get (
  BenkDb *db, const char *headings, char **columns, char **words, GError **error);

G_END_DECLS

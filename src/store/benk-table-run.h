/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-run.h"

G_BEGIN_DECLS

gboolean
benk_table_run_insert (BenkDb *db, BenkRun *run, const char *reading, GError **error);
gboolean
benk_table_run_finish (BenkDb *db, BenkRun *run, const char *reading, GError **error);
BenkRun *benk_table_run_get (BenkDb *db, const BenkId *id, GError **error);
char *benk_table_run_get_reading (BenkDb *db, const BenkId *id, GError **error);
gboolean benk_table_run_get_order (BenkDb *db,
                                   const BenkId *id,
                                   gint64 *out_order,
                                   GError **error);
GPtrArray *benk_table_run_list (BenkDb *db, const BenkId *device, GError **error);

gboolean benk_table_run_secret_insert (BenkDb *db,
                                       const BenkId *run,
                                       GBytes *salt,
                                       GError **error);
GBytes *benk_table_run_secret_get (BenkDb *db, const BenkId *run, GError **error);

G_END_DECLS

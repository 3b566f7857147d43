/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_backup_write (BenkDb *db, const char *path, GError **error);
char *benk_backup_get_migration_path (const char *store_path, int schema);
GPtrArray *benk_backup_list (const char *store_path);
gboolean benk_backup_sync_folder (const char *path, GError **error);

G_END_DECLS

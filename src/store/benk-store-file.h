/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean
benk_store_file_make (const char *path, gboolean demo, BenkClock *clock, GError **error);
gboolean benk_store_file_check (const char *path, BenkClock *clock, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_watch_log_add (
  BenkDb *db, const char *kind, const BenkId *feed, const char *detail, GError **error);

G_END_DECLS

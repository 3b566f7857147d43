/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-watch-gap.h"

G_BEGIN_DECLS

gboolean benk_table_watch_log_add (BenkDb *db,
                                   gint64 at_ms,
                                   const char *kind,
                                   const BenkId *feed,
                                   const char *detail,
                                   GError **error);
/* Up to when an absence was told and put away; stored. */
#define BENK_WATCH_PUT_AWAY "put-away"

gboolean benk_table_watch_log_find_state (
  BenkDb *db, const BenkId *feed, gboolean *running, gint64 *last_ms, GError **error);
gboolean
benk_table_watch_log_find_put_away (BenkDb *db, gint64 *until_ms, GError **error);
GArray *benk_table_watch_log_list (BenkDb *db, const BenkId *feed, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-deadline.h"

G_BEGIN_DECLS

gboolean benk_table_deadline_decide (BenkDb *db,
                                     const BenkDeadlineDecision *decision,
                                     const GPtrArray *deadlines,
                                     BenkId *out_id,
                                     GError **error);
BenkDeadline *benk_table_deadline_get_current (
  BenkDb *db, const char *code, const char *model_id, const char *day, GError **error);
GPtrArray *
benk_table_deadline_list_versions (BenkDb *db, const char *code, GError **error);
gboolean benk_table_deadline_get_decision (BenkDb *db,
                                           const BenkId *id,
                                           BenkDeadlineDecision *decision,
                                           GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-plan-template.h"

G_BEGIN_DECLS

GPtrArray *benk_table_plan_template_list (BenkDb *db, GError **error);
gboolean benk_table_plan_template_insert (
  BenkDb *db, const char *name, const char *body, BenkId *out_id, GError **error);
gboolean benk_table_plan_template_rename (BenkDb *db,
                                          const BenkId *id,
                                          const char *name,
                                          GError **error);
gboolean benk_table_plan_template_delete (BenkDb *db, const BenkId *id, GError **error);

G_END_DECLS

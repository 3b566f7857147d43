/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"
#include "benk-guidance-version.h"

G_BEGIN_DECLS

gboolean
benk_table_guidance_insert (BenkDb *db, BenkGuidanceVersion *version, GError **error);
gboolean benk_table_guidance_decide (BenkDb *db,
                                     const BenkId *version,
                                     const char *decided_by,
                                     GError **error);
GPtrArray *benk_table_guidance_list_current (BenkDb *db, GError **error);
GPtrArray *
benk_table_guidance_list_at_end (BenkDb *db, const BenkId *alarm, GError **error);
GPtrArray *benk_table_guidance_list_versions (BenkDb *db,
                                              const char *model_id,
                                              const char *code,
                                              BenkGuidancePart part,
                                              GError **error);

G_END_DECLS

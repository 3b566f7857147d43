/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-version.h"
#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_checklist_ensure_proposed (BenkDb *db,
                                               const char *model_id,
                                               const BenkChecklistForm *form,
                                               BenkId *out_id,
                                               GError **error);
gboolean benk_table_checklist_insert (BenkDb *db,
                                      const char *model_id,
                                      BenkChecklistForm *form,
                                      const char *origin,
                                      const BenkId *based_on,
                                      BenkId *out_id,
                                      GError **error);
gboolean benk_table_checklist_decide (BenkDb *db,
                                      const char *model_id,
                                      BenkTask task,
                                      const BenkId *version,
                                      const char *decided_by,
                                      GError **error);

BenkChecklistVersion *
benk_table_checklist_get (BenkDb *db, const BenkId *id, GError **error);
GPtrArray *benk_table_checklist_list (BenkDb *db,
                                      const char *model_id,
                                      BenkTask task,
                                      const BenkChecklistForm *proposed,
                                      GError **error);
BenkChecklistVersion *benk_table_checklist_get_current (BenkDb *db,
                                                        const char *model_id,
                                                        BenkTask task,
                                                        const BenkChecklistForm *proposed,
                                                        GError **error);

G_END_DECLS

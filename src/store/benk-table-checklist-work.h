/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-work.h"
#include "benk-db.h"

G_BEGIN_DECLS

gboolean benk_table_checklist_work_insert (BenkDb *db,
                                           const BenkId *version,
                                           const BenkId *person,
                                           const BenkId *plan,
                                           BenkId *out_id,
                                           GError **error);
gboolean benk_table_checklist_work_add_member (BenkDb *db,
                                               const BenkId *work,
                                               const BenkId *device,
                                               GError **error);
gboolean benk_table_checklist_work_leave_out (BenkDb *db,
                                              const BenkId *member,
                                              gboolean left_out,
                                              const char *reason,
                                              GError **error);
gboolean benk_table_checklist_work_set_run (BenkDb *db,
                                            const BenkId *member,
                                            const BenkId *run,
                                            GError **error);
gboolean benk_table_checklist_work_set_plan (BenkDb *db,
                                             const BenkId *work,
                                             const BenkId *plan,
                                             GError **error);
gboolean benk_table_checklist_work_end (
  BenkDb *db, const BenkId *work, const char *state, const char *reason, GError **error);
gboolean benk_table_checklist_work_tick (BenkDb *db,
                                         const BenkId *work,
                                         const BenkId *about,
                                         BenkChecklistTick *tick,
                                         GError **error);
gboolean benk_table_checklist_work_add_photo (BenkDb *db,
                                              const BenkId *work,
                                              BenkChecklistPhoto *photo,
                                              GError **error);
gboolean
benk_table_checklist_work_erase_photo (BenkDb *db, const BenkId *photo, GError **error);

BenkChecklistWork *
benk_table_checklist_work_get (BenkDb *db, const BenkId *id, GError **error);
BenkChecklistWork *
benk_table_checklist_work_get_of_run (BenkDb *db, const BenkId *run, GError **error);
GPtrArray *benk_table_checklist_work_list (BenkDb *db, gboolean all, GError **error);
gboolean benk_table_checklist_work_find_open (
  BenkDb *db, const BenkId *device, BenkTask task, BenkId *out_id, GError **error);

G_END_DECLS

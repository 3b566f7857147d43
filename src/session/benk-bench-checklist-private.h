/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-bench-checklist.h"
#include "benk-run.h"
#include "benk-session-change.h"

G_BEGIN_DECLS

/* One change of a list, inside its scope. */
typedef struct _BenkListChange BenkListChange;
typedef gboolean (*BenkListWork) (BenkDb *db,
                                  BenkScope *scope,
                                  BenkListChange *change,
                                  BenkChecklistWork *work,
                                  GError **error);

struct _BenkListChange
{
  BenkListWork func;
  BenkId work;
  BenkId member;
  BenkChecklistTick *tick;
  gboolean left_out;
  char *reason;
  GBytes *picture;
  BenkId photo;
  char *sentence;           /* answer */
  BenkChecklistWork *after; /* answer: the list as it is now */
};

BenkListChange *benk_list_change_new (BenkChecklist *list, BenkListWork func);
void benk_list_change_run (BenkChecklist *list,
                           BenkVerb verb,
                           BenkListChange *change,
                           gpointer tag,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

BenkChecklist *benk_checklist_new (BenkSession *session, BenkChecklistWork *work);
gboolean benk_checklist_load_proposed (BenkSession *session,
                                       const char *model_id,
                                       BenkTask task,
                                       BenkChecklistForm **form,
                                       GError **error);
BenkRunKind benk_checklist_get_run_kind (BenkTask task);
gboolean benk_checklist_allow (BenkTask task, BenkDeviceState state, GError **error);
gboolean benk_checklist_touch (BenkDb *db,
                               const BenkChecklistWork *work,
                               const char *step,
                               const BenkId *member,
                               GError **error);
gboolean benk_checklist_complete_work (BenkDb *db,
                                       BenkScope *scope,
                                       BenkListChange *change,
                                       BenkChecklistWork *work,
                                       GError **error);

G_END_DECLS

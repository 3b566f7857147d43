/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"
#include "benk-deadline.h"

G_BEGIN_DECLS

/* What counts now, one for each code in the order of the national list, for a make or for
 * every make. */
void benk_alarms_load_deadlines_async (BenkAlarms *self,
                                       const char *model_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *benk_alarms_load_deadlines_finish (BenkAlarms *self,
                                              GAsyncResult *result,
                                              GPtrArray **versions,
                                              GError **error);

void benk_alarms_decide_deadlines_async (BenkAlarms *self,
                                         const BenkDeadlineDecision *decision,
                                         const GPtrArray *deadlines,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean benk_alarms_decide_deadlines_finish (BenkAlarms *self,
                                              GAsyncResult *result,
                                              gint64 *seq,
                                              GError **error);

G_END_DECLS

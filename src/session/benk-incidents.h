/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarms.h"
#include "benk-incident.h"

G_BEGIN_DECLS

void benk_alarms_draft_incident_async (BenkAlarms *self,
                                       const BenkId *alarms,
                                       guint n_alarms,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
BenkIncident *benk_alarms_draft_incident_finish (BenkAlarms *self,
                                                 GAsyncResult *result,
                                                 GError **error);
char *benk_incident_dup_text (const BenkIncident *incident);

/* As PDF where the name ends in .pdf, else as text. */
void benk_alarms_save_incident_async (BenkAlarms *self,
                                      BenkIncident *incident,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
benk_alarms_save_incident_finish (BenkAlarms *self, GAsyncResult *result, GError **error);

G_END_DECLS

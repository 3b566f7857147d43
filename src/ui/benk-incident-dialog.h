/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_INCIDENT_DIALOG (benk_incident_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkIncidentDialog, benk_incident_dialog, BENK, INCIDENT_DIALOG, AdwWindow)

GtkWidget *benk_incident_dialog_new (GtkWindow *parent,
                                     BenkSession *session,
                                     const BenkId *alarms,
                                     guint n_alarms);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench-checklist.h"

G_BEGIN_DECLS

#define BENK_TYPE_CHECKLIST_VERSIONS (benk_checklist_versions_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkChecklistVersions, benk_checklist_versions, BENK, CHECKLIST_VERSIONS, AdwWindow)

GtkWidget *benk_checklist_versions_new (GtkWindow *parent,
                                        BenkSession *session,
                                        const char *model_id,
                                        BenkTask task);
void benk_checklist_versions_choose (BenkChecklistVersions *self, gint64 number);

G_END_DECLS

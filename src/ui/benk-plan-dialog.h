/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-bench.h"
#include "benk-plan-draft.h"
#include "benk-session.h"

G_BEGIN_DECLS

/* The settings of a user: to make a dispenser ready with, to change what it holds, or to
 * keep until there is one. */
#define BENK_TYPE_PLAN_DIALOG (benk_plan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanDialog, benk_plan_dialog, BENK, PLAN_DIALOG, AdwWindow)

GtkWidget *benk_plan_dialog_new (GtkWindow *parent,
                                 BenkSession *session,
                                 BenkBenchDevice *device,
                                 const char *reference);
BenkPlanDraft *benk_plan_dialog_get_draft (BenkPlanDialog *self);
gboolean benk_plan_dialog_only_changes (BenkBenchDevice *device);

G_END_DECLS

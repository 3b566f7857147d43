/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plan-dialog.h"
#include "benk-plans.h"

G_BEGIN_DECLS

BenkPlans *benk_plan_dialog_get_plans (BenkPlanDialog *self);
GCancellable *benk_plan_dialog_get_cancellable (BenkPlanDialog *self);
GtkMenuButton *benk_plan_dialog_get_templates_button (BenkPlanDialog *self);
/* Words instead of what was asked for; NULL takes them away. A cancelled question tells
 * nothing. */
void benk_plan_dialog_tell (BenkPlanDialog *self, const GError *error);
/* Templates and files. */
void benk_plan_dialog_add_menus (BenkPlanDialog *self);

G_END_DECLS

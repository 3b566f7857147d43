/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-plan.h"

G_BEGIN_DECLS

BenkPlan *benk_plan_propose (const char *times, GError **error);
BenkDoseTime benk_plan_propose_dose (guint minute);
guint benk_plan_propose_delay (BenkAlarmCondition condition);
BenkPlanParts benk_plan_find_proposed (const BenkPlan *self);
void benk_plan_apply (BenkPlan *self, const BenkPlan *pattern);
char *benk_plan_describe_proposed (const BenkPlan *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-clock.h"
#include "benk-model.h"
#include "benk-plan.h"

G_BEGIN_DECLS

/**
 * BenkPlanDraft:
 *
 * A plan that is being edited, with undo. The signal "changed" says that plan, model,
 * what it is compared with, or what can be undone is another now.
 */
#define BENK_TYPE_PLAN_DRAFT (benk_plan_draft_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanDraft, benk_plan_draft, BENK, PLAN_DRAFT, GObject)

BenkPlanDraft *benk_plan_draft_new (BenkClock *clock);

BenkPlan *benk_plan_draft_get_plan (BenkPlanDraft *self);
void benk_plan_draft_take (BenkPlanDraft *self, BenkPlan *plan, const char *what);
void benk_plan_draft_end_run (BenkPlanDraft *self);
void benk_plan_draft_reset (BenkPlanDraft *self, BenkPlan *plan);
void benk_plan_draft_decide (BenkPlanDraft *self);

guint benk_plan_draft_set_dose (BenkPlanDraft *self,
                                guint i,
                                const BenkDoseTime *dose,
                                const char *what);
guint benk_plan_draft_add_dose (BenkPlanDraft *self, guint minute);
void benk_plan_draft_remove_dose (BenkPlanDraft *self, guint i);
void benk_plan_draft_set_rule (BenkPlanDraft *self,
                               BenkAlarmCondition condition,
                               gboolean on,
                               guint delay_min);
void benk_plan_draft_set_periods (BenkPlanDraft *self,
                                  const char *role,
                                  BenkDutyPeriods periods);

gboolean benk_plan_draft_can_undo (BenkPlanDraft *self);
gboolean benk_plan_draft_can_redo (BenkPlanDraft *self);
void benk_plan_draft_undo (BenkPlanDraft *self);
void benk_plan_draft_redo (BenkPlanDraft *self);

BenkModel *benk_plan_draft_get_model (BenkPlanDraft *self);
void benk_plan_draft_set_model (BenkPlanDraft *self, BenkModel *model);
BenkPlan *benk_plan_draft_get_base (BenkPlanDraft *self);
void benk_plan_draft_set_base (BenkPlanDraft *self, BenkPlan *base);
GPtrArray *benk_plan_draft_list_problems (BenkPlanDraft *self);
gboolean benk_plan_draft_is_complete (BenkPlanDraft *self);
char **benk_plan_draft_diff (BenkPlanDraft *self);

G_END_DECLS

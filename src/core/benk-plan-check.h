/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-model.h"
#include "benk-plan.h"

G_BEGIN_DECLS

/**
 * BenkPlanField:
 *
 * The part of a plan that a problem is about.
 */
typedef enum
{
  BENK_PLAN_FIELD_DOSES,
  BENK_PLAN_FIELD_ALARMS,
  BENK_PLAN_FIELD_DAY,
  BENK_PLAN_FIELD_EVENING,
  BENK_PLAN_FIELD_WEEKEND,
  BENK_PLAN_FIELD_RECIPIENTS,
  BENK_PLAN_FIELD_ZONE,
  BENK_PLAN_FIELD_LANGUAGE,
  BENK_PLAN_FIELD_VOLUME,
  BENK_PLAN_FIELD_VALID_FROM,
} BenkPlanField;

#define BENK_N_PLAN_FIELDS (BENK_PLAN_FIELD_VALID_FROM + 1)

const char *benk_plan_field_to_name (BenkPlanField field);
gboolean benk_plan_field_from_name (const char *name, BenkPlanField *out_field);
const char *benk_plan_field_get_label (BenkPlanField field);

/**
 * BenkPlanProblem:
 * @field: what it is about
 * @item: number of the dose time, alarm or recipient; -1 = the whole field
 * @blocks: whether it keeps the plan from being written; else it is a warning
 * @sentence: what is wrong, translated
 *
 * Something that is missing in a plan, or that a person should look at.
 */
typedef struct
{
  BenkPlanField field;
  int item;
  gboolean blocks;
  char *sentence;
} BenkPlanProblem;

void benk_plan_problem_free (BenkPlanProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPlanProblem, benk_plan_problem_free)

GPtrArray *
benk_plan_list_problems (const BenkPlan *self, BenkModel *model, gint64 wall_ms);

G_END_DECLS

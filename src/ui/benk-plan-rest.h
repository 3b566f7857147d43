/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-check.h"
#include "benk-plan-draft.h"

G_BEGIN_DECLS

/* Language, volume, zone and first day. */
#define BENK_TYPE_PLAN_REST (benk_plan_rest_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanRest, benk_plan_rest, BENK, PLAN_REST, GtkGrid)

void benk_plan_rest_set_draft (BenkPlanRest *self, BenkPlanDraft *draft);
void benk_plan_rest_edit (BenkPlanRest *self, BenkPlanField field);

G_END_DECLS

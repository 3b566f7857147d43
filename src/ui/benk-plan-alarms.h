/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-draft.h"

G_BEGIN_DECLS

/* Which alarms a dispenser raises: a switch and a delay each. */
#define BENK_TYPE_PLAN_ALARMS (benk_plan_alarms_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanAlarms, benk_plan_alarms, BENK, PLAN_ALARMS, GtkGrid)

void benk_plan_alarms_set_draft (BenkPlanAlarms *self, BenkPlanDraft *draft);

G_END_DECLS

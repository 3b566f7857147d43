/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-plan-check.h"

G_BEGIN_DECLS

void benk_plan_say (GPtrArray *problems,
                    BenkPlanField field,
                    int item,
                    gboolean blocks,
                    const char *format,
                    ...) G_GNUC_PRINTF (5, 6);
void benk_plan_say_dose (GPtrArray *problems,
                         const BenkPlan *plan,
                         guint i,
                         gboolean blocks,
                         const char *sentence);
void benk_plan_warn_windows (const BenkPlan *plan, GPtrArray *problems);
void
benk_plan_warn_clock_changes (const BenkPlan *plan, gint64 wall_ms, GPtrArray *problems);
void benk_plan_check_model (const BenkPlan *plan, BenkModel *model, GPtrArray *problems);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-job.h"
#include "benk-plan.h"

G_BEGIN_DECLS

gboolean
benk_job_plan_from_plan (BenkJobPlan *self, const BenkPlan *plan, GError **error);
BenkPlan *benk_job_plan_to_plan (const BenkJobPlan *self, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-plan.h"

G_BEGIN_DECLS

char **benk_plan_diff (const BenkPlan *before, const BenkPlan *after);

G_END_DECLS

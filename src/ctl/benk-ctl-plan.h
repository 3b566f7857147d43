/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ctl.h"
#include "benk-plan.h"

G_BEGIN_DECLS

BenkPlan *benk_ctl_read_plan (BenkCtl *ctl, const char *path, GError **error);
gboolean benk_ctl_run_plan_template (BenkCtl *ctl, int argc, char **argv, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-strip.h"

G_BEGIN_DECLS

/* The selected dose time in fields: time, window, weekdays, alarm. */
#define BENK_TYPE_PLAN_DOSE_BAR (benk_plan_dose_bar_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanDoseBar, benk_plan_dose_bar, BENK, PLAN_DOSE_BAR, GtkBox)

void benk_plan_dose_bar_set_strip (BenkPlanDoseBar *self,
                                   BenkPlanStrip *strip,
                                   BenkPlanDraft *draft);
void benk_plan_dose_bar_edit (BenkPlanDoseBar *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan.h"

G_BEGIN_DECLS

/* One dose time on the strip of the day: a knob with the time on a band, its window. */
#define BENK_TYPE_PLAN_HANDLE (benk_plan_handle_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanHandle, benk_plan_handle, BENK, PLAN_HANDLE, GtkWidget)

GtkWidget *benk_plan_handle_new (void);
void benk_plan_handle_set_dose (BenkPlanHandle *self, const BenkDoseTime *dose);
void benk_plan_handle_set_selected (BenkPlanHandle *self, gboolean selected);
int benk_plan_handle_get_knob_width (BenkPlanHandle *self);
void
benk_plan_handle_place (BenkPlanHandle *self, int band_x, int band_width, int knob_x);
gboolean benk_plan_handle_is_on_knob (BenkPlanHandle *self, double x, double y);

G_END_DECLS

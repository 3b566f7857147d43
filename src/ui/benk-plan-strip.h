/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-draft.h"

G_BEGIN_DECLS

/* The day as a strip: dose times and their windows, to be dragged or moved by keys.
 * Property "selected": the number of a dose time, -1 for none. Signal "edit": Enter was
 * pressed on the selected one. */
#define BENK_TYPE_PLAN_STRIP (benk_plan_strip_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanStrip, benk_plan_strip, BENK, PLAN_STRIP, GtkWidget)

void benk_plan_strip_set_draft (BenkPlanStrip *self, BenkPlanDraft *draft);
int benk_plan_strip_get_selected (BenkPlanStrip *self);
void benk_plan_strip_select (BenkPlanStrip *self, int i, gboolean focus);
void benk_plan_strip_add (BenkPlanStrip *self);
void benk_plan_strip_remove (BenkPlanStrip *self);

G_END_DECLS

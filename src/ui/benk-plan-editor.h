/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-draft.h"

G_BEGIN_DECLS

/* A plan as one edits it: the day as a strip, alarms, recipients and the rest, what is
 * missing as links to where it is, and what changes. */
#define BENK_TYPE_PLAN_EDITOR (benk_plan_editor_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanEditor, benk_plan_editor, BENK, PLAN_EDITOR, GtkBox)

void benk_plan_editor_set_draft (BenkPlanEditor *self, BenkPlanDraft *draft);
void benk_plan_editor_set_compared (BenkPlanEditor *self, const char *heading);

G_END_DECLS

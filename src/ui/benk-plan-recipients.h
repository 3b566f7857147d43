/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-plan-draft.h"

G_BEGIN_DECLS

/* Who receives the alarms: roles down, day, evening and weekend side by side. */
#define BENK_TYPE_PLAN_RECIPIENTS (benk_plan_recipients_get_type ())
G_DECLARE_FINAL_TYPE (
  BenkPlanRecipients, benk_plan_recipients, BENK, PLAN_RECIPIENTS, GtkGrid)

void benk_plan_recipients_set_draft (BenkPlanRecipients *self, BenkPlanDraft *draft);
void benk_plan_recipients_edit (BenkPlanRecipients *self, BenkDutyPeriods period);

G_END_DECLS

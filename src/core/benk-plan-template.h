/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkPlanTemplate:
 *
 * A plan to start from.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name; nil = built in, a proposal of the program
 * - `name`: what a person called it
 * - `body`: the plan as JSON, see data/plan.schema.json
 * - `made-ms`: UTC ms; 0 = built in
 */
#define BENK_TYPE_PLAN_TEMPLATE (benk_plan_template_get_type ())
G_DECLARE_FINAL_TYPE (BenkPlanTemplate, benk_plan_template, BENK, PLAN_TEMPLATE, GObject)

BenkPlanTemplate *benk_plan_template_new (void);

const BenkId *benk_plan_template_get_id (BenkPlanTemplate *self);
void benk_plan_template_set_id (BenkPlanTemplate *self, const BenkId *value);
const char *benk_plan_template_get_name (BenkPlanTemplate *self);
void benk_plan_template_set_name (BenkPlanTemplate *self, const char *value);
const char *benk_plan_template_get_body (BenkPlanTemplate *self);
void benk_plan_template_set_body (BenkPlanTemplate *self, const char *value);
gint64 benk_plan_template_get_made_ms (BenkPlanTemplate *self);
void benk_plan_template_set_made_ms (BenkPlanTemplate *self, gint64 value);

gboolean benk_plan_template_is_builtin (BenkPlanTemplate *self);

G_END_DECLS

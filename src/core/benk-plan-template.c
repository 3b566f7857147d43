/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-plan-template.h"

#include "benk-record.h"

struct _BenkPlanTemplate
{
  GObject parent_instance;

  BenkId id;
  char *name;
  char *body;
  gint64 made_ms;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkPlanTemplate, id),
  BENK_FIELD (STRING, BenkPlanTemplate, name),
  BENK_FIELD (STRING, BenkPlanTemplate, body),
  BENK_FIELD (INT64, BenkPlanTemplate, made_ms),
};

BENK_DEFINE_RECORD (BenkPlanTemplate, benk_plan_template)

BENK_RECORD_ID (BenkPlanTemplate, benk_plan_template, id)
BENK_RECORD_STRING (BenkPlanTemplate, benk_plan_template, name)
BENK_RECORD_STRING (BenkPlanTemplate, benk_plan_template, body)
BENK_RECORD_VALUE (BenkPlanTemplate, benk_plan_template, gint64, made_ms)

/**
 * benk_plan_template_is_builtin:
 * @self: a template
 *
 * Returns: whether it is a proposal of the program; then it cannot be renamed or deleted
 */
gboolean
benk_plan_template_is_builtin (BenkPlanTemplate *self)
{
  return benk_id_is_nil (&self->id);
}

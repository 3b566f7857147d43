/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist.h"
#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BENK_FORM_MAX_STEPS:
 *
 * How many steps a list may have; a bound for what comes from files.
 */
#define BENK_FORM_MAX_STEPS 80

/**
 * BenkFormStep:
 * @id: unique in its list; of the program's own step, or "own-N"
 * @kind: what it asks for
 * @text: (nullable): the district's own words; %NULL = the program's
 * @text_id: where the own words are kept; nil = nowhere yet
 *
 * A step as it stands in a list.
 */
typedef struct
{
  char *id;
  BenkStepKind kind;
  char *text;
  BenkId text_id;
} BenkFormStep;

const char *benk_form_step_get_text (const BenkFormStep *self);
BenkFactKind benk_form_step_get_fact (const BenkFormStep *self);

/**
 * BenkChecklistForm:
 * @task: what the list is for
 * @kind: what its devices are; a dispenser where nothing is said
 * @steps: (element-type BenkFormStep): in order
 *
 * The steps of one version of a list.
 */
typedef struct
{
  BenkTask task;
  BenkModelKind kind;
  GPtrArray *steps;
} BenkChecklistForm;

BenkChecklistForm *benk_checklist_form_new (BenkTask task);
BenkChecklistForm *benk_checklist_form_copy (const BenkChecklistForm *self);
BenkChecklistForm *
benk_checklist_form_new_proposed (BenkModelKind kind, BenkTask task, GPtrArray *steps);
void benk_checklist_form_free (BenkChecklistForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkChecklistForm, benk_checklist_form_free)

BenkFormStep *benk_checklist_form_add (BenkChecklistForm *self,
                                       const char *id,
                                       BenkStepKind kind,
                                       const char *text);
BenkFormStep *benk_checklist_form_add_own (BenkChecklistForm *self,
                                           BenkStepKind kind,
                                           const char *text);
const BenkFormStep *benk_checklist_form_find (const BenkChecklistForm *self,
                                              const char *step);
gboolean benk_checklist_form_check (const BenkChecklistForm *self, GError **error);

char *benk_checklist_form_to_body (const BenkChecklistForm *self);
BenkChecklistForm *
benk_checklist_form_from_body (BenkTask task, const char *body, GError **error);
GBytes *benk_checklist_form_digest (const BenkChecklistForm *self);
GStrv benk_checklist_form_compare (const BenkChecklistForm *before,
                                   const BenkChecklistForm *after);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-form.h"

G_BEGIN_DECLS

/**
 * BENK_VERSION_PROGRAM:
 *
 * The origin of a version that the program proposes; the others are "district" (changed
 * here) and "imported" (from a file).
 */
#define BENK_VERSION_PROGRAM "program"
#define BENK_VERSION_DISTRICT "district"
#define BENK_VERSION_IMPORTED "imported"

/**
 * BenkChecklistVersion:
 * @id: the version; nil = the program's proposal, which nobody has used yet
 * @model_id: the make
 * @number: counts from 1 for each make and task
 * @origin: one of the BENK_VERSION_ origins
 * @based_on: what it was changed from; nil = nothing
 * @made_ms: UTC ms; 0 = not kept yet
 * @initials: (nullable): who changed it
 * @current: whether it counts now
 * @decided_ms: UTC ms it was decided last; 0 = nobody has
 * @decided_by: (nullable): the named person who decided it; "" when erased
 * @decided_initials: (nullable): who recorded that
 * @form: its steps
 *
 * One version of the list of a make for a task.
 */
typedef struct
{
  BenkId id;
  char *model_id;
  gint64 number;
  char *origin;
  BenkId based_on;
  gint64 made_ms;
  char *initials;
  gboolean current;
  gint64 decided_ms;
  char *decided_by;
  char *decided_initials;
  BenkChecklistForm *form;
} BenkChecklistVersion;

BenkChecklistVersion *benk_checklist_version_new (const char *model_id, BenkTask task);
void benk_checklist_version_free (BenkChecklistVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkChecklistVersion, benk_checklist_version_free)

gboolean benk_checklist_version_is_proposed (const BenkChecklistVersion *self);
char *benk_checklist_version_describe (const BenkChecklistVersion *self);

G_END_DECLS

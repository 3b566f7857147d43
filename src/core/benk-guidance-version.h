/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-version.h"
#include "benk-duty.h"
#include "benk-model.h"

G_BEGIN_DECLS

/* What a list of steps may be at most. */
#define BENK_GUIDANCE_MAX_STEPS 12
#define BENK_GUIDANCE_MAX_STEP 400

/**
 * BENK_VERSION_MODEL:
 *
 * The origin of a version that stands in the file of a make.
 */
#define BENK_VERSION_MODEL "model"

/**
 * BenkGuidancePart:
 * @BENK_GUIDANCE_ANY: any time that has nothing of its own.
 * @BENK_GUIDANCE_DAY: office hours of a working day.
 * @BENK_GUIDANCE_EVENING: evening and night of a working day.
 * @BENK_GUIDANCE_WEEKEND: weekend and holiday.
 *
 * In which part of the week something is to be done.
 */
typedef enum
{
  BENK_GUIDANCE_ANY,
  BENK_GUIDANCE_DAY,
  BENK_GUIDANCE_EVENING,
  BENK_GUIDANCE_WEEKEND,
} BenkGuidancePart;

#define BENK_N_GUIDANCE_PARTS (BENK_GUIDANCE_WEEKEND + 1)

const char *benk_guidance_part_to_name (BenkGuidancePart value);
gboolean benk_guidance_part_from_name (const char *name, BenkGuidancePart *out_value);
const char *benk_guidance_part_get_label (BenkGuidancePart value);
BenkGuidancePart benk_guidance_part_of (BenkDuty duty);

/**
 * BenkGuidanceVersion:
 * @id: the version; nil = nobody has kept one
 * @model_id: (nullable): the make; every make without
 * @code: the alarm code
 * @part: the part of the week
 * @number: counts from 1 for each make, code and part; 0 = not kept
 * @origin: one of the BENK_VERSION_ origins
 * @steps: (nullable): what to do, in order; those of the program are msgids. Without, it
 *   has none of its own and the next that fits counts
 * @based_on: the version it was changed from; nil = none
 * @made_ms: UTC ms; 0 = not kept
 * @initials: (nullable): who changed it
 * @decided_ms: UTC ms it was decided; 0 = nobody has
 * @decided_by: (nullable): the named person who decided it; "" when erased
 *
 * One version of what to do at an alarm.
 */
typedef struct
{
  BenkId id;
  char *model_id;
  char *code;
  BenkGuidancePart part;
  gint64 number;
  char *origin;
  GStrv steps;
  BenkId based_on;
  gint64 made_ms;
  char *initials;
  gint64 decided_ms;
  char *decided_by;
} BenkGuidanceVersion;

BenkGuidanceVersion *
benk_guidance_version_new (const char *model_id, const char *code, BenkGuidancePart part);
BenkGuidanceVersion *benk_guidance_version_copy (const BenkGuidanceVersion *self);
void benk_guidance_version_free (BenkGuidanceVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkGuidanceVersion, benk_guidance_version_free)

GStrv benk_guidance_version_dup_steps (const BenkGuidanceVersion *self);
char *benk_guidance_version_describe (const BenkGuidanceVersion *self);
char *benk_guidance_version_describe_place (const BenkGuidanceVersion *self,
                                            BenkModel *model);

GStrv benk_guidance_split (const char *text);
char *benk_guidance_join (const char *const *steps);
gboolean benk_guidance_check (const char *const *steps, GError **error);

const BenkGuidanceVersion *benk_guidance_find (const GPtrArray *current,
                                               const char *model_id,
                                               const char *code,
                                               BenkGuidancePart part);
BenkGuidanceVersion *benk_guidance_resolve (const GPtrArray *current,
                                            BenkModel *model,
                                            const char *code,
                                            BenkGuidancePart part);

G_END_DECLS

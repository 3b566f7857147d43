/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plan-handle.h"
#include "benk-plan-strip.h"

G_BEGIN_DECLS

/* Pixels: beside the day, one row of handles where there is room, all rows, and the hours
 * below them. */
#define BENK_PLAN_STRIP_PAD 28
#define BENK_PLAN_STRIP_LANE 44
#define BENK_PLAN_STRIP_ROOM 104
#define BENK_PLAN_STRIP_AXIS 24

typedef enum
{
  BENK_PLAN_DRAG_NONE,
  BENK_PLAN_DRAG_TIME,
  BENK_PLAN_DRAG_BEFORE,
  BENK_PLAN_DRAG_AFTER,
} BenkPlanDragPart;

/* What the pointer holds, as it was when it was taken. */
typedef struct
{
  BenkPlanDragPart part;
  int i;
  BenkDoseTime dose;
  double start_x;
} BenkPlanDrag;

BenkPlanDrag *benk_plan_strip_get_drag (BenkPlanStrip *self);
BenkPlanDraft *benk_plan_strip_get_draft (BenkPlanStrip *self);
gboolean benk_plan_strip_is_locked (BenkPlanStrip *self);
int benk_plan_strip_get_minute (BenkPlanStrip *self, double x);
BenkPlanHandle *
benk_plan_strip_find_handle (BenkPlanStrip *self, double x, double y, int *i);
void benk_plan_strip_edit (BenkPlanStrip *self);
void benk_plan_strip_add_controllers (BenkPlanStrip *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-fact.h"

G_BEGIN_DECLS

/**
 * BenkTask:
 * @BENK_TASK_RECEIVE: check a device that has arrived.
 * @BENK_TASK_MAKE_READY: make it ready for a user.
 * @BENK_TASK_SETTINGS: change the settings of one that is with a user.
 * @BENK_TASK_RESET: reset it.
 * @BENK_TASK_COLLECT: collect it from a home.
 *
 * What a checklist is for.
 */
typedef enum
{
  BENK_TASK_RECEIVE,
  BENK_TASK_MAKE_READY,
  BENK_TASK_SETTINGS,
  BENK_TASK_RESET,
  BENK_TASK_COLLECT,
} BenkTask;

#define BENK_N_TASKS (BENK_TASK_COLLECT + 1)

/**
 * BenkChecklistStep:
 * @id: stable name
 * @text: what to do, a msgid; see benk_checklist_step_get_text()
 * @fact: the fact that a tick attests, or %BENK_FACT_NONE
 *
 * A step of a checklist. Written for this program: proposed, not a maker's procedure.
 */
typedef struct
{
  const char *id;
  const char *text;
  BenkFactKind fact;
} BenkChecklistStep;

const char *benk_task_to_name (BenkTask task);
gboolean benk_task_from_name (const char *name, BenkTask *out_task);
const char *benk_task_get_label (BenkTask task);

const BenkChecklistStep *benk_checklist_step_find (const char *id);
const char *benk_checklist_step_get_text (const BenkChecklistStep *self);
const char *benk_proposed_label (void);

G_END_DECLS

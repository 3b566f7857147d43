/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-fact.h"
#include "benk-model-kind.h"

G_BEGIN_DECLS

/**
 * BenkTask:
 * @BENK_TASK_RECEIVE: check a device that has arrived.
 * @BENK_TASK_MAKE_READY: make it ready for a user.
 * @BENK_TASK_SETTINGS: change the settings of one that is with a user.
 * @BENK_TASK_RESET: reset it.
 * @BENK_TASK_COLLECT: collect it from a home.
 * @BENK_TASK_SWAP: make it ready to take the place of another.
 * @BENK_TASK_NO_ANSWER: it does not answer and cannot be reset (the exception to a proven
 *   reset before a return); never a proof of reset.
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
  BENK_TASK_SWAP,
  BENK_TASK_NO_ANSWER,
} BenkTask;

#define BENK_N_TASKS (BENK_TASK_NO_ANSWER + 1)

/** BENK_STEP_ATTEMPT: the ids of steps that are attempts at a reset begin with it */
#define BENK_STEP_ATTEMPT "attempt-"

/**
 * BenkStepKind:
 * @BENK_STEP_KIND_TICK: a tick is enough.
 * @BENK_STEP_KIND_VALUE: something is typed, as a case number or a time.
 * @BENK_STEP_KIND_NAME: the name of who states it is typed.
 * @BENK_STEP_KIND_PHOTO: a picture is taken.
 * @BENK_STEP_KIND_EVIDENCE: a picture is taken, or it is typed where the log lies.
 *
 * What a step of a checklist asks for.
 */
typedef enum
{
  BENK_STEP_KIND_TICK,
  BENK_STEP_KIND_VALUE,
  BENK_STEP_KIND_NAME,
  BENK_STEP_KIND_PHOTO,
  BENK_STEP_KIND_EVIDENCE,
} BenkStepKind;

#define BENK_N_STEP_KINDS (BENK_STEP_KIND_EVIDENCE + 1)

/**
 * BenkChecklistStep:
 * @id: stable name
 * @text: what to do, a msgid; see benk_checklist_step_get_text()
 * @fact: the fact that a tick attests, or %BENK_FACT_NONE
 * @kind: what it asks for
 *
 * A step of a checklist. Written for this program: proposed, not a maker's procedure.
 */
typedef struct
{
  const char *id;
  const char *text;
  BenkFactKind fact;
  BenkStepKind kind;
} BenkChecklistStep;

const char *benk_task_to_name (BenkTask task);
gboolean benk_task_from_name (const char *name, BenkTask *out_task);
const char *benk_task_get_label (BenkTask task);
gboolean benk_task_gives_proof (BenkTask task);
const char *const *benk_task_get_required (BenkTask task, BenkModelKind kind);

const char *benk_step_kind_to_name (BenkStepKind kind);
gboolean benk_step_kind_from_name (const char *name, BenkStepKind *out_kind);
const char *benk_step_kind_get_label (BenkStepKind kind);

const BenkChecklistStep *benk_checklist_step_find (const char *id);
const char *benk_checklist_step_get_text (const BenkChecklistStep *self);
const char *benk_proposed_label (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-fact.h"
#include "benk-model-kind.h"
#include "benk-proof.h"

G_BEGIN_DECLS

/**
 * BENK_TRIAL_MIN_DAYS:
 *
 * How many days a trial lasts at least. Proposed by the program, not decided by the
 * district.
 */
#define BENK_TRIAL_MIN_DAYS 7

/**
 * BENK_OWED_DAYS:
 *
 * Within how many days what was put off is due. Proposed by the program, not decided by
 * the district.
 */
#define BENK_OWED_DAYS 14

/**
 * BENK_RESET_ATTEMPTS:
 *
 * How many attempts must be on record before a device counts as one that cannot be reset.
 * Proposed by the program, not decided by the district.
 */
#define BENK_RESET_ATTEMPTS 3

/**
 * BenkGuardClass:
 * @BENK_GUARD_HARD: without it nothing goes on.
 * @BENK_GUARD_OWED: one may go on with a reason; it becomes a task with a date.
 *
 * What happens when something is missing.
 */
typedef enum
{
  BENK_GUARD_HARD,
  BENK_GUARD_OWED,
} BenkGuardClass;

/**
 * BenkGuardWhere:
 * @BENK_GUARD_WHERE_DEVICE: the card of the device.
 * @BENK_GUARD_WHERE_BENCH: the bench: plugged in or by checklist.
 * @BENK_GUARD_WHERE_ALARMS: the alarms of the device.
 * @BENK_GUARD_WHERE_RETURN: the return case of the device.
 *
 * Where in the program what is missing can be done.
 */
typedef enum
{
  BENK_GUARD_WHERE_DEVICE,
  BENK_GUARD_WHERE_BENCH,
  BENK_GUARD_WHERE_ALARMS,
  BENK_GUARD_WHERE_RETURN,
} BenkGuardWhere;

/**
 * BenkGuardProof:
 * @BENK_GUARD_PROOF_NONE: no proof satisfies the guard.
 * @BENK_GUARD_PROOF_RESET: a valid proof of reset, younger than the last use.
 * @BENK_GUARD_PROOF_READY: a valid proof of read-back, of this stay in the state.
 * @BENK_GUARD_PROOF_STILL_READY: a valid proof of read-back, since it was in stock.
 */
typedef enum
{
  BENK_GUARD_PROOF_NONE,
  BENK_GUARD_PROOF_RESET,
  BENK_GUARD_PROOF_READY,
  BENK_GUARD_PROOF_STILL_READY,
} BenkGuardProof;

/**
 * BenkGuardCondition:
 * @BENK_CONDITION_NONE: no condition satisfies the guard.
 * @BENK_CONDITION_NO_OPEN_ALARMS: no alarm of the device is open.
 * @BENK_CONDITION_NO_OPEN_RETURN: no return case of the device is open.
 * @BENK_CONDITION_ONE_ACTIVE_DEVICE: its user has no other active device.
 * @BENK_CONDITION_LEASE_ACTIVE: its lease was not terminated.
 * @BENK_CONDITION_PLAN_VALID: its plan is complete, or was set by checklist.
 * @BENK_CONDITION_NOT_RESERVED_FOR_OTHER: it is kept for nobody but its user.
 * @BENK_CONDITION_SECOND_PERSON_NOT_ASKED: the district asks for no second person.
 * @BENK_CONDITION_TRIAL_LONG_ENOUGH: the trial has lasted %BENK_TRIAL_MIN_DAYS.
 * @BENK_CONDITION_WAS_IN_OPERATION: it came from regular use.
 * @BENK_CONDITION_NOT_STOPPED_IN_TRIAL: it did not come from a trial.
 * @BENK_CONDITION_ACCESSORIES: all that belongs to it was seen, see #BenkAccessoryList;
 *   the facts of the guard count as words about all of them.
 * @BENK_CONDITION_POWER: the same of what gives it power.
 * @BENK_CONDITION_POWER_NOT_MISSING: nobody has found it missing since.
 * @BENK_CONDITION_RETURN: a #BenkReturnCondition of its return case.
 *
 * What the program itself can see, see benk-lifecycle-view.h.
 */
typedef enum
{
  BENK_CONDITION_NONE,
  BENK_CONDITION_NO_OPEN_ALARMS,
  BENK_CONDITION_NO_OPEN_RETURN,
  BENK_CONDITION_ONE_ACTIVE_DEVICE,
  BENK_CONDITION_LEASE_ACTIVE,
  BENK_CONDITION_PLAN_VALID,
  BENK_CONDITION_NOT_RESERVED_FOR_OTHER,
  BENK_CONDITION_SECOND_PERSON_NOT_ASKED,
  BENK_CONDITION_TRIAL_LONG_ENOUGH,
  BENK_CONDITION_WAS_IN_OPERATION,
  BENK_CONDITION_NOT_STOPPED_IN_TRIAL,
  BENK_CONDITION_ACCESSORIES,
  BENK_CONDITION_POWER,
  BENK_CONDITION_POWER_NOT_MISSING,
  BENK_CONDITION_RETURN,
} BenkGuardCondition;

#define BENK_GUARD_MAX_FACTS 4

/**
 * BenkGuard:
 * @id: stable name
 * @klass: hard or owed
 * @proof: a proof that satisfies it
 * @condition: a condition that satisfies it
 * @return_condition: with %BENK_CONDITION_RETURN, the bit of the return case
 * @facts: facts of which any satisfies it, up to %BENK_FACT_NONE
 * @doses_only: asked only of what gives doses, never of other equipment
 * @where: where to do it
 * @message: what is missing, a sentence; a msgid, see benk_guard_get_message()
 *
 * Something that must hold before a device changes its state. A proof, a condition or a
 * fact satisfies it; one is enough.
 */
typedef struct
{
  const char *id;
  BenkGuardClass klass;
  BenkGuardProof proof;
  BenkGuardCondition condition;
  guint return_condition;
  BenkFactKind facts[BENK_GUARD_MAX_FACTS + 1];
  gboolean doses_only;
  BenkGuardWhere where;
  const char *message;
} BenkGuard;

const char *benk_guard_get_message (const BenkGuard *self);
const char *benk_guard_get_where_label (const BenkGuard *self);
gboolean benk_guard_applies (const BenkGuard *self, BenkModelKind kind);
gboolean benk_guard_is_about_accessories (const BenkGuard *self);
const BenkGuard *benk_guard_find (const char *id);

G_END_DECLS

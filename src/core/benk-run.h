/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-link-kind.h"

G_BEGIN_DECLS

/**
 * BenkRunKind:
 * @BENK_RUN_KIND_READ: reads the device.
 * @BENK_RUN_KIND_PROVISION: writes a whole plan and reads it back.
 * @BENK_RUN_KIND_SETTINGS: writes a whole plan to a device that is with a user.
 * @BENK_RUN_KIND_RESET: wipes the device and verifies that it is wiped.
 * @BENK_RUN_KIND_CHECKLIST: a checklist that is none of the others, as receiving.
 *
 * What a job does.
 */
typedef enum
{
  BENK_RUN_KIND_READ,
  BENK_RUN_KIND_PROVISION,
  BENK_RUN_KIND_SETTINGS,
  BENK_RUN_KIND_RESET,
  BENK_RUN_KIND_CHECKLIST,
} BenkRunKind;

#define BENK_N_RUN_KINDS (BENK_RUN_KIND_CHECKLIST + 1)

const char *benk_run_kind_to_name (BenkRunKind value);
gboolean benk_run_kind_from_name (const char *name, BenkRunKind *out_value);
const char *benk_run_kind_get_label (BenkRunKind value);

/**
 * BenkRunOutcome:
 * @BENK_RUN_OUTCOME_VERIFIED: done and read back.
 * @BENK_RUN_OUTCOME_UNTOUCHED: the plan of the device is what it was, proven; its clock
 *   may have been set.
 * @BENK_RUN_OUTCOME_REDO: something was changed; it must be done again.
 * @BENK_RUN_OUTCOME_UNKNOWN: what the device holds is not known.
 *
 * How a job ended; exactly one of these.
 */
typedef enum
{
  BENK_RUN_OUTCOME_VERIFIED,
  BENK_RUN_OUTCOME_UNTOUCHED,
  BENK_RUN_OUTCOME_REDO,
  BENK_RUN_OUTCOME_UNKNOWN,
} BenkRunOutcome;

#define BENK_N_RUN_OUTCOMES (BENK_RUN_OUTCOME_UNKNOWN + 1)

const char *benk_run_outcome_to_name (BenkRunOutcome value);
gboolean benk_run_outcome_from_name (const char *name, BenkRunOutcome *out_value);
const char *benk_run_outcome_get_label (BenkRunOutcome value);

/**
 * BenkRun:
 *
 * One job on one device, and how it ended.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `device-id`: the device
 * - `kind`: what was done
 * - `link-kind`: how
 * - `outcome`: how it ended
 * - `started-ms`: UTC ms
 * - `ended-ms`: UTC ms; 0 = not yet
 * - `plan-id`: the plan that was written; nil = none
 * - `detail`: one sentence for people, or NULL
 */
#define BENK_TYPE_RUN (benk_run_get_type ())
G_DECLARE_FINAL_TYPE (BenkRun, benk_run, BENK, RUN, GObject)

BenkRun *benk_run_new (void);

const BenkId *benk_run_get_id (BenkRun *self);
void benk_run_set_id (BenkRun *self, const BenkId *value);
const BenkId *benk_run_get_device_id (BenkRun *self);
void benk_run_set_device_id (BenkRun *self, const BenkId *value);
BenkRunKind benk_run_get_kind (BenkRun *self);
void benk_run_set_kind (BenkRun *self, BenkRunKind value);
BenkLinkKind benk_run_get_link_kind (BenkRun *self);
void benk_run_set_link_kind (BenkRun *self, BenkLinkKind value);
BenkRunOutcome benk_run_get_outcome (BenkRun *self);
void benk_run_set_outcome (BenkRun *self, BenkRunOutcome value);
gint64 benk_run_get_started_ms (BenkRun *self);
void benk_run_set_started_ms (BenkRun *self, gint64 value);
gint64 benk_run_get_ended_ms (BenkRun *self);
void benk_run_set_ended_ms (BenkRun *self, gint64 value);
const BenkId *benk_run_get_plan_id (BenkRun *self);
void benk_run_set_plan_id (BenkRun *self, const BenkId *value);
const char *benk_run_get_detail (BenkRun *self);
void benk_run_set_detail (BenkRun *self, const char *value);

G_END_DECLS

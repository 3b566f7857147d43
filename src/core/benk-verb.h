/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkVerb:
 *
 * What a change does; the verb of a row of the change log. The numbers are not stored;
 * the names are, and never change.
 */
typedef enum
{
  BENK_VERB_REGISTER,
  BENK_VERB_IMPORT,
  BENK_VERB_EDIT,
  BENK_VERB_MOVE,
  BENK_VERB_LABEL,
  BENK_VERB_RESERVE,
  BENK_VERB_GIVE_UP,
  BENK_VERB_STOCKTAKE,
  BENK_VERB_LIMIT,
  BENK_VERB_ACCESSORIES,
  BENK_VERB_MODEL,
  BENK_VERB_DUTY,
  BENK_VERB_SET_STATE,
  BENK_VERB_ATTEST,
  BENK_VERB_PLAN,
  BENK_VERB_PLACE_ADD,
  BENK_VERB_PERSON_ADD,
  BENK_VERB_STAFF_ADD,
  BENK_VERB_FEED_ADD,
  BENK_VERB_FEED_EDIT,
  BENK_VERB_INTAKE,
  BENK_VERB_ALARM_ADD,
  BENK_VERB_TAKE,
  BENK_VERB_CLOSE,
  BENK_VERB_REOPEN,
  BENK_VERB_WAIT,
  BENK_VERB_STOP_WAITING,
  BENK_VERB_HAND_OVER,
  BENK_VERB_ACCEPT,
  BENK_VERB_NOTE_BATCH,
  BENK_VERB_FOLLOWUP,
  BENK_VERB_RUN,
  BENK_VERB_PROOF,
  BENK_VERB_OWED_DONE,
  BENK_VERB_RETURN_OPEN,
  BENK_VERB_RETURN_STEP,
  BENK_VERB_VISIT,
  BENK_VERB_SWAP,
  BENK_VERB_DEADLINES,
  BENK_VERB_VENDOR,
  BENK_VERB_VENDOR_CALL,
  BENK_VERB_GUIDANCE,
  BENK_VERB_CHECKLIST,
  BENK_VERB_CHECKLIST_EDIT,
  BENK_VERB_CHECKLIST_DECIDE,
  BENK_VERB_JOIN,
  BENK_VERB_JOIN_DEVICES,
  BENK_VERB_PART_DEVICES,
  BENK_VERB_CALL,
  BENK_VERB_UNDO,
  BENK_VERB_MIGRATION,
  BENK_VERB_ERASE,
} BenkVerb;

#define BENK_N_VERBS (BENK_VERB_ERASE + 1)

/**
 * BenkUndoable:
 * @BENK_UNDOABLE_NEVER: it left the laptop, touched a device or is a fact; corrected by a
 * new row.
 * @BENK_UNDOABLE_ALWAYS: a change of our own list only.
 * @BENK_UNDOABLE_STATE: a change of state; only one without an outside effect, see
 *   benk_lifecycle_can_undo().
 *
 * Whether a change may be taken back.
 */
typedef enum
{
  BENK_UNDOABLE_NEVER,
  BENK_UNDOABLE_ALWAYS,
  BENK_UNDOABLE_STATE,
} BenkUndoable;

const char *benk_verb_to_name (BenkVerb verb);
gboolean benk_verb_from_name (const char *name, BenkVerb *out_verb);
const char *benk_verb_get_label (BenkVerb verb);
BenkUndoable benk_verb_get_undoable (BenkVerb verb);

G_END_DECLS

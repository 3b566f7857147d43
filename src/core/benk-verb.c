/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-verb.h"

#include "benk-config.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *label;
  BenkUndoable undoable;
} verbs[BENK_N_VERBS] = {
  [BENK_VERB_REGISTER] = { "register", N_ ("Registered"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_IMPORT] = { "import", N_ ("Imported"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_EDIT] = { "edit", N_ ("Edited"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_MOVE] = { "move", N_ ("Moved"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_LABEL] = { "label", N_ ("Labelled"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_RESERVE] = { "reserve", N_ ("Reserved"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_GIVE_UP] = { "give-up", N_ ("Reservation given up"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_STOCKTAKE] = { "stocktake", N_ ("Stocktake"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_LIMIT] = { "limit", N_ ("Low-stock limit set"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_ACCESSORIES] = { "accessories", N_ ("Accessories"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_MODEL] = { "model", N_ ("Models changed"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_DUTY] = { "duty", N_ ("Duties changed"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_SET_STATE] = { "set-state", N_ ("State changed"), BENK_UNDOABLE_STATE },
  [BENK_VERB_ATTEST] = { "attest", N_ ("Attested"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_PLAN] = { "plan", N_ ("Plan changed"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_PLACE_ADD] = { "place-add", N_ ("Place added"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_PERSON_ADD] = { "person-add", N_ ("User added"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_STAFF_ADD] = { "staff-add", N_ ("Staff added"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_FEED_ADD] = { "feed-add", N_ ("Alarm source added"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_FEED_EDIT] = { "feed-edit", N_ ("Alarm source changed"),
                            BENK_UNDOABLE_NEVER },
  [BENK_VERB_INTAKE] = { "intake", N_ ("Alarm received"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_ALARM_ADD] = { "alarm-add", N_ ("Alarm registered"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_TAKE] = { "take", N_ ("Alarm taken"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_CLOSE] = { "close", N_ ("Alarm closed"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_REOPEN] = { "reopen", N_ ("Alarm opened again"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_WAIT] = { "wait", N_ ("Waiting set"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_STOP_WAITING] = { "stop-waiting", N_ ("Waiting stopped"),
                               BENK_UNDOABLE_NEVER },
  [BENK_VERB_HAND_OVER] = { "hand-over", N_ ("Alarm handed over"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_ACCEPT] = { "accept", N_ ("Alarm accepted"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_NOTE_BATCH] = { "note-batch", N_ ("Roll batch noted"),
                             BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_FOLLOWUP] = { "followup", N_ ("Follow-up document"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_RUN] = { "run", N_ ("Run on the device"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_PROOF] = { "proof", N_ ("Proof written"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_OWED_DONE] = { "owed-done", N_ ("Owed task done"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_RETURN_OPEN] = { "return-open", N_ ("Return registered"),
                              BENK_UNDOABLE_NEVER },
  [BENK_VERB_RETURN_STEP] = { "return-step", N_ ("Return step"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_VISIT] = { "visit", N_ ("Home visit"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_SWAP] = { "swap", N_ ("Swapped"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_DEADLINES] = { "deadlines", N_ ("Deadlines decided"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_VENDOR] = { "vendor", N_ ("Vendor’s numbers changed"),
                         BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_VENDOR_CALL] = { "vendor-call", N_ ("Phoned the vendor"),
                              BENK_UNDOABLE_NEVER },
  [BENK_VERB_GUIDANCE] = { "guidance", N_ ("What to do changed"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_CHECKLIST] = { "checklist", N_ ("Checklist worked on"),
                            BENK_UNDOABLE_NEVER },
  [BENK_VERB_CHECKLIST_EDIT] = { "checklist-edit", N_ ("Checklist changed"),
                                 BENK_UNDOABLE_NEVER },
  [BENK_VERB_CHECKLIST_DECIDE] = { "checklist-decide", N_ ("Checklist decided"),
                                   BENK_UNDOABLE_NEVER },
  [BENK_VERB_JOIN] = { "join", N_ ("Joined"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_JOIN_DEVICES] = { "join-devices", N_ ("Two rows made one"),
                               BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_PART_DEVICES] = { "part-devices", N_ ("Taken apart"), BENK_UNDOABLE_ALWAYS },
  [BENK_VERB_CALL] = { "call", N_ ("Call noted"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_UNDO] = { "undo", N_ ("Undone"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_MIGRATION] = { "migration", N_ ("Store updated"), BENK_UNDOABLE_NEVER },
  [BENK_VERB_ERASE] = { "erase", N_ ("Erased"), BENK_UNDOABLE_NEVER },
};

/**
 * benk_verb_to_name:
 * @verb: a verb
 *
 * Returns: (transfer none): the stable name, or %NULL if @verb is out of range
 */
const char *
benk_verb_to_name (BenkVerb verb)
{
  return (guint) verb < BENK_N_VERBS ? verbs[verb].name : NULL;
}

/**
 * benk_verb_from_name:
 * @name: (nullable): a stable name
 * @out_verb: (out): the verb, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a verb
 */
gboolean
benk_verb_from_name (const char *name, BenkVerb *out_verb)
{
  for (guint i = 0; i < BENK_N_VERBS; i++)
    if (g_strcmp0 (name, verbs[i].name) == 0)
      {
        *out_verb = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_verb_get_label:
 * @verb: a verb
 *
 * Returns: (transfer none): translated words for the history, or %NULL if out of range
 */
const char *
benk_verb_get_label (BenkVerb verb)
{
  return (guint) verb < BENK_N_VERBS ? g_dgettext (GETTEXT_PACKAGE, verbs[verb].label)
                                     : NULL;
}

/**
 * benk_verb_get_undoable:
 * @verb: a verb
 *
 * Returns: whether a change with this verb can be undone
 */
BenkUndoable
benk_verb_get_undoable (BenkVerb verb)
{
  return (guint) verb < BENK_N_VERBS ? verbs[verb].undoable : BENK_UNDOABLE_NEVER;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName task_names[] = {
  [BENK_TASK_RECEIVE] = { "receive", N_ ("Receive") },
  [BENK_TASK_MAKE_READY] = { "make-ready", N_ ("Make ready") },
  [BENK_TASK_SETTINGS] = { "settings", N_ ("Change settings") },
  [BENK_TASK_RESET] = { "reset", N_ ("Reset") },
  [BENK_TASK_COLLECT] = { "collect", N_ ("Collect") },
  [BENK_TASK_SWAP] = { "swap", N_ ("Swap in") },
  [BENK_TASK_NO_ANSWER] = { "no-answer", N_ ("Does not answer") },
};

BENK_DEFINE_NAMES (BenkTask, benk_task, task_names)

static const BenkName kind_names[] = {
  [BENK_STEP_KIND_TICK] = { "tick", N_ ("Tick") },
  [BENK_STEP_KIND_VALUE] = { "value", N_ ("Tick and something typed") },
  [BENK_STEP_KIND_NAME] = { "name", N_ ("Tick and the name of who states it") },
  [BENK_STEP_KIND_PHOTO] = { "photo", N_ ("Tick and a picture") },
  [BENK_STEP_KIND_EVIDENCE] = { "evidence",
                                N_ ("Tick and a picture, or where the log lies") },
};

BENK_DEFINE_NAMES (BenkStepKind, benk_step_kind, kind_names)

/* What a list must keep however a district changes it: without these steps it would say
 * more than was done. */
static const char *const required[BENK_N_TASKS][10] = {
  [BENK_TASK_MAKE_READY] = { "reset-before", "portal-times", "portal-alarms",
                             "portal-recipients", "read-out-settings", "clock-checked",
                             "signal-ok" },
  [BENK_TASK_SETTINGS] = { "read-out-settings", "next-dose-told" },
  [BENK_TASK_RESET] = { "medicine-out", "portal-unpaired", "no-person-shown",
                        "no-times-shown" },
  [BENK_TASK_COLLECT] = { "medicine-removed" },
  [BENK_TASK_SWAP] = { "old-device-noted", "reset-before", "portal-times",
                       "portal-alarms", "portal-recipients", "read-out-settings",
                       "clock-checked", "signal-ok", "next-dose-told" },
  [BENK_TASK_NO_ANSWER] = { "attempt-1", "attempt-2", "attempt-3", "fault-described",
                            "second-person-states", "fault-evidence", "data-marked" },
};

/* The same of other equipment: nothing about medicine and plans. */
static const char *const required_other[BENK_N_TASKS][8] = {
  [BENK_TASK_RESET] = { "portal-unpaired", "no-person-shown" },
  [BENK_TASK_NO_ANSWER] = { "attempt-1", "attempt-2", "attempt-3", "fault-described",
                            "second-person-states", "fault-evidence", "data-marked" },
};

/* clang-format off */
static const BenkChecklistStep steps[] = {
  /* receive */
  { "label-read", N_ ("Read the label and compare the serial with the card."), BENK_FACT_LABEL_READ, BENK_STEP_KIND_TICK },
  { "ce-mark", N_ ("Look for the CE mark."), BENK_FACT_CE_MARK, BENK_STEP_KIND_TICK },
  { "power-on-test", N_ ("Switch the device on and see that it starts."), BENK_FACT_POWER_ON_TEST, BENK_STEP_KIND_TICK },
  { "accessories-complete", N_ ("Count the accessories: adapter, key, tray or cartridge."), BENK_FACT_ACCESSORIES_COMPLETE, BENK_STEP_KIND_TICK },

  /* make ready */
  { "reset-before", N_ ("See on the card that the reset is proven."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "adapter-present", N_ ("Connect the power adapter of this device."), BENK_FACT_ADAPTER_PRESENT, BENK_STEP_KIND_TICK },
  { "power-source", N_ ("See to its power: batteries or adapter, as the maker's guide says."), BENK_FACT_ADAPTER_PRESENT, BENK_STEP_KIND_TICK },
  { "fit-collection-tray", N_ ("Fit the collection tray."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "vendor-activates", N_ ("Switch the device on, then phone the vendor's support to have it activated."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-pair", N_ ("Pair the device and the user in the vendor's portal."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-user", N_ ("See in the vendor's portal that the device belongs to the right user."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-times", N_ ("Set the dose times in the vendor's portal."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-alarms", N_ ("Switch on the alarms in the vendor's portal."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-recipients", N_ ("Set who receives alarms by day, in the evening and in the weekend."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "read-out-settings", N_ ("Read dose times, alarms and recipients aloud and compare with the plan."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "clock-checked", N_ ("Compare the clock of the device with a right one: at most one minute apart."), BENK_FACT_CLOCK_CHECKED, BENK_STEP_KIND_TICK },
  { "signal-ok", N_ ("See that the signal is good enough."), BENK_FACT_SIGNAL_OK, BENK_STEP_KIND_TICK },
  { "portal-test-message", N_ ("Send the test message from the vendor's portal and see that it arrives."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "test-alarm-seen", N_ ("Raise a test alarm and see that the recipient gets it."), BENK_FACT_TEST_ALARM_SEEN, BENK_STEP_KIND_TICK },
  { "next-dose-told", N_ ("Tell user and home care when the next dose comes; type what was told."), BENK_FACT_NONE, BENK_STEP_KIND_VALUE },

  /* reset */
  { "medicine-out", N_ ("See that no medicine is in the device."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "portal-unpaired", N_ ("Take the user off the device in the vendor's portal."), BENK_FACT_PORTAL_UNPAIRED, BENK_STEP_KIND_TICK },
  { "vendor-reset", N_ ("Reset the device as the vendor's guide says, or ask the vendor's support."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "no-person-shown", N_ ("Start it and see that nothing about a person is shown."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "no-times-shown", N_ ("See that no dose times, recipients or log are left, in device and portal."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "cleaned", N_ ("Clean it as the vendor's guide says."), BENK_FACT_CLEANED, BENK_STEP_KIND_TICK },
  { "label-removed", N_ ("Remove labels about the user."), BENK_FACT_LABEL_REMOVED, BENK_STEP_KIND_TICK },

  /* collect */
  { "user-covered", N_ ("Ask home care how the user gets the next doses."), BENK_FACT_USER_COVERED, BENK_STEP_KIND_TICK },
  { "medicine-removed", N_ ("Have health personnel take the medicine out and count it; note the name."), BENK_FACT_MEDICINE_REMOVED, BENK_STEP_KIND_NAME },
  { "packed-dry", N_ ("Switch it off and pack it for the way."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },

  /* swap in */
  { "portal-move", N_ ("Move the user from the old device to this one in the vendor's portal."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "old-device-noted", N_ ("Note the serial of the device that it replaces."), BENK_FACT_REPLACED_DEVICE, BENK_STEP_KIND_VALUE },
  { "medicine-moved", N_ ("Have health personnel load the medicine; note the name."), BENK_FACT_MEDICINE_LOADED, BENK_STEP_KIND_NAME },

  /* does not answer */
  { "attempt-1", N_ ("First attempt: charge it, switch it on, wait ten minutes. It does not answer."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "attempt-2", N_ ("Second attempt, with another cable and socket. It does not answer."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "attempt-3", N_ ("Third attempt, with the vendor's guide or support. It does not answer."), BENK_FACT_NONE, BENK_STEP_KIND_TICK },
  { "fault-described", N_ ("Type why it cannot be reset."), BENK_FACT_NONE, BENK_STEP_KIND_VALUE },
  { "second-person-states", N_ ("A second person has seen it and states the same; note the name."), BENK_FACT_NONE, BENK_STEP_KIND_NAME },
  { "fault-evidence", N_ ("Take a picture of it, or type where its log lies."), BENK_FACT_NONE, BENK_STEP_KIND_EVIDENCE },
  { "data-marked", N_ ("Write “may contain personal data” on the device and on its packing list."), BENK_FACT_PERSONAL_DATA_MARKED, BENK_STEP_KIND_TICK },
};
/* clang-format on */

/**
 * benk_checklist_step_find:
 * @id: (nullable): the id of a step
 *
 * Returns: (transfer none) (nullable): the step, or %NULL
 */
const BenkChecklistStep *
benk_checklist_step_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (id, steps[i].id) == 0)
      return &steps[i];

  return NULL;
}

/**
 * benk_checklist_step_get_text:
 * @self: a step
 *
 * Returns: (transfer none): what to do, translated
 */
const char *
benk_checklist_step_get_text (const BenkChecklistStep *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->text);
}

/**
 * benk_task_gives_proof:
 * @task: a task
 *
 * Returns: whether a complete list of it is a proof of reset or of readiness
 */
gboolean
benk_task_gives_proof (BenkTask task)
{
  return task == BENK_TASK_MAKE_READY || task == BENK_TASK_SWAP ||
         task == BENK_TASK_RESET;
}

/**
 * benk_task_get_required:
 * @task: a task
 * @kind: what the devices of the list are
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of the steps that every list of
 *   it must have
 */
const char *const *
benk_task_get_required (BenkTask task, BenkModelKind kind)
{
  return benk_model_kind_gives_doses (kind) ? required[task] : required_other[task];
}

/**
 * benk_proposed_label:
 *
 * The sentence that stands at every value and step nobody has decided.
 *
 * Returns: (transfer none): the sentence, translated
 */
const char *
benk_proposed_label (void)
{
  return _ ("Proposed by the program, not decided by the district");
}

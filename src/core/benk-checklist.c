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
};

BENK_DEFINE_NAMES (BenkTask, benk_task, task_names)

/* clang-format off */
static const BenkChecklistStep steps[] = {
  /* receive */
  { "label-read", N_ ("Read the label and compare the serial with the card."), BENK_FACT_LABEL_READ },
  { "ce-mark", N_ ("Look for the CE mark."), BENK_FACT_CE_MARK },
  { "power-on-test", N_ ("Switch the device on and see that it starts."), BENK_FACT_POWER_ON_TEST },
  { "accessories-complete", N_ ("Count the accessories: adapter, key, tray or cartridge."), BENK_FACT_ACCESSORIES_COMPLETE },

  /* make ready */
  { "reset-before", N_ ("See on the card that the reset is proven."), BENK_FACT_NONE },
  { "adapter-present", N_ ("Connect the power adapter of this device."), BENK_FACT_ADAPTER_PRESENT },
  { "power-source", N_ ("See to its power: batteries or adapter, as the maker's guide says."), BENK_FACT_ADAPTER_PRESENT },
  { "fit-collection-tray", N_ ("Fit the collection tray."), BENK_FACT_NONE },
  { "vendor-activates", N_ ("Switch the device on, then phone the vendor's support to have it activated."), BENK_FACT_NONE },
  { "portal-pair", N_ ("Pair the device and the user in the vendor's portal."), BENK_FACT_NONE },
  { "portal-user", N_ ("See in the vendor's portal that the device belongs to the right user."), BENK_FACT_NONE },
  { "portal-times", N_ ("Set the dose times in the vendor's portal."), BENK_FACT_NONE },
  { "portal-alarms", N_ ("Switch on the alarms in the vendor's portal."), BENK_FACT_NONE },
  { "portal-recipients", N_ ("Set who receives alarms by day, in the evening and in the weekend."), BENK_FACT_NONE },
  { "read-out-settings", N_ ("Read dose times, alarms and recipients aloud and compare with the plan."), BENK_FACT_NONE },
  { "clock-checked", N_ ("Compare the clock of the device with a right one."), BENK_FACT_CLOCK_CHECKED },
  { "signal-ok", N_ ("See that the signal is good enough."), BENK_FACT_SIGNAL_OK },
  { "portal-test-message", N_ ("Send the test message from the vendor's portal and see that it arrives."), BENK_FACT_NONE },
  { "test-alarm-seen", N_ ("Raise a test alarm and see that the recipient gets it."), BENK_FACT_TEST_ALARM_SEEN },
  { "next-dose-told", N_ ("Tell user and home care when the next dose comes."), BENK_FACT_NONE },

  /* reset */
  { "medicine-out", N_ ("See that no medicine is in the device."), BENK_FACT_NONE },
  { "portal-unpaired", N_ ("Take the user off the device in the vendor's portal."), BENK_FACT_PORTAL_UNPAIRED },
  { "vendor-reset", N_ ("Reset the device as the vendor's guide says, or ask the vendor's support."), BENK_FACT_NONE },
  { "no-person-shown", N_ ("Start it and see that nothing about a person is shown."), BENK_FACT_NONE },
  { "no-times-shown", N_ ("See that no dose times, recipients or log are left, in device and portal."), BENK_FACT_NONE },
  { "cleaned", N_ ("Clean it as the vendor's guide says."), BENK_FACT_CLEANED },
  { "label-removed", N_ ("Remove labels about the user."), BENK_FACT_LABEL_REMOVED },

  /* collect */
  { "user-covered", N_ ("Ask home care how the user gets the next doses."), BENK_FACT_USER_COVERED },
  { "medicine-removed", N_ ("Have health personnel take the medicine out and count it; note the name."), BENK_FACT_MEDICINE_REMOVED },
  { "packed-dry", N_ ("Switch it off and pack it for the way."), BENK_FACT_NONE },
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guard.h"

#include "benk-config.h"
#include "benk-lifecycle-view.h"

#include <glib/gi18n.h>

#define HARD BENK_GUARD_HARD
#define OWED BENK_GUARD_OWED
#define AT_DEVICE BENK_GUARD_WHERE_DEVICE
#define AT_BENCH BENK_GUARD_WHERE_BENCH
#define AT_ALARMS BENK_GUARD_WHERE_ALARMS
#define AT_RETURN BENK_GUARD_WHERE_RETURN
#define FACTS(...) .facts = { __VA_ARGS__ }
#define PROOF(kind) .proof = BENK_GUARD_PROOF_##kind
#define CONDITION(kind) .condition = BENK_CONDITION_##kind
#define RETURN(bit)                                                                      \
  .condition = BENK_CONDITION_RETURN, .return_condition = BENK_RETURN_##bit
#define DOSES .doses_only = TRUE
#define SAY(text, at) .message = (text), .where = (at)

/* clang-format off */
static const BenkGuard guards[] = {
  /* on arrival */
  { "label-read", HARD, FACTS (BENK_FACT_LABEL_READ),
    SAY (N_ ("The label has not been read."), AT_BENCH) },
  { "ce-mark", HARD, FACTS (BENK_FACT_CE_MARK),
    SAY (N_ ("The CE mark has not been seen."), AT_BENCH) },
  { "power-on-test", HARD, FACTS (BENK_FACT_POWER_ON_TEST),
    SAY (N_ ("The device has not been switched on and tried."), AT_BENCH) },
  { "accessories-complete", HARD, CONDITION (ACCESSORIES),
    FACTS (BENK_FACT_ACCESSORIES_COMPLETE),
    SAY (N_ ("The accessories have not been found complete."), AT_DEVICE) },
  { "no-open-return", HARD, CONDITION (NO_OPEN_RETURN),
    SAY (N_ ("Its return case is not closed."), AT_RETURN) },

  /* clean */
  { "clean", HARD, PROOF (RESET),
    FACTS (BENK_FACT_FACTORY_NEW, BENK_FACT_RESET_ACCEPTED, BENK_FACT_VENDOR_ERASURE),
    SAY (N_ ("The reset is not proven."), AT_BENCH) },
  { "reset-proven", HARD, PROOF (RESET),
    SAY (N_ ("The reset is not proven."), AT_BENCH) },
  { "reset-or-exception", HARD, PROOF (RESET),
    FACTS (BENK_FACT_FACTORY_NEW, BENK_FACT_RESET_IMPOSSIBLE),
    SAY (N_ ("The reset is not proven."), AT_BENCH) },
  { "personal-data-marked", HARD, PROOF (RESET),
    FACTS (BENK_FACT_FACTORY_NEW, BENK_FACT_PERSONAL_DATA_MARKED),
    SAY (N_ ("The packing list does not say that the device may contain personal data."),
         AT_RETURN) },
  { "erasure", HARD, PROOF (RESET), FACTS (BENK_FACT_FACTORY_NEW, BENK_FACT_VENDOR_ERASURE),
    SAY (N_ ("The vendor has not confirmed the erasure in writing."), AT_RETURN) },
  { "wiped-or-destroyed", HARD, PROOF (RESET), FACTS (BENK_FACT_MEMORY_DESTROYED),
    SAY (N_ ("The memory is neither wiped nor destroyed."), AT_BENCH) },
  { "cleaned", HARD, FACTS (BENK_FACT_CLEANED),
    SAY (N_ ("The device has not been cleaned."), AT_BENCH) },
  { "portal-unpaired", HARD, FACTS (BENK_FACT_PORTAL_UNPAIRED),
    SAY (N_ ("The user has not been taken off the device in the vendor's portal."), AT_BENCH) },
  { "label-removed", HARD, FACTS (BENK_FACT_LABEL_REMOVED),
    SAY (N_ ("Labels about the user have not been removed."), AT_BENCH) },

  /* being made ready */
  { "adapter-present", HARD, DOSES, CONDITION (POWER),
    FACTS (BENK_FACT_ADAPTER_PRESENT, BENK_FACT_ACCESSORIES_COMPLETE),
    SAY (N_ ("The power adapter has not been seen."), AT_DEVICE) },
  { "adapter-not-missing", HARD, CONDITION (POWER_NOT_MISSING),
    SAY (N_ ("What gives it power is missing."), AT_DEVICE) },
  { "lease-active", HARD, CONDITION (LEASE_ACTIVE),
    SAY (N_ ("The lease has ended."), AT_DEVICE) },
  { "read-back", HARD, DOSES, PROOF (READY),
    SAY (N_ ("The settings have not been read back and found equal."), AT_BENCH) },
  { "still-ready", HARD, DOSES, PROOF (STILL_READY),
    SAY (N_ ("It is not proven that the device still holds the settings of its user."),
         AT_BENCH) },
  { "plan-valid", HARD, DOSES, CONDITION (PLAN_VALID),
    SAY (N_ ("The plan is not complete."), AT_BENCH) },
  { "clock-checked", HARD, DOSES, PROOF (READY), FACTS (BENK_FACT_CLOCK_CHECKED),
    SAY (N_ ("The clock has not been checked."), AT_BENCH) },
  { "signal-ok", HARD, DOSES, PROOF (READY), FACTS (BENK_FACT_SIGNAL_OK),
    SAY (N_ ("The signal has not been checked."), AT_BENCH) },
  { "test-alarm-seen", OWED, FACTS (BENK_FACT_TEST_ALARM_SEEN),
    SAY (N_ ("No test alarm has been seen to arrive."), AT_ALARMS) },
  { "second-person", OWED, DOSES, CONDITION (SECOND_PERSON_NOT_ASKED), FACTS (BENK_FACT_SECOND_PERSON),
    SAY (N_ ("No second person has checked the settings."), AT_DEVICE) },
  { "not-reserved-for-other", OWED, CONDITION (NOT_RESERVED_FOR_OTHER),
    SAY (N_ ("It is reserved for another user, who needs another device then."), AT_DEVICE) },

  /* to the user */
  { "decision-reference", OWED, FACTS (BENK_FACT_DECISION_REFERENCE),
    SAY (N_ ("The decision of the service has no reference."), AT_DEVICE) },
  { "needs-assessment", OWED, DOSES, FACTS (BENK_FACT_NEEDS_ASSESSMENT),
    SAY (N_ ("The needs assessment is not done."), AT_DEVICE) },
  { "baseline", OWED, DOSES, FACTS (BENK_FACT_BASELINE),
    SAY (N_ ("The baseline is not recorded."), AT_DEVICE) },
  { "training-user", OWED, FACTS (BENK_FACT_TRAINING_USER),
    SAY (N_ ("The training of the user is not recorded."), AT_DEVICE) },
  { "recommendation", OWED, DOSES, FACTS (BENK_FACT_RECOMMENDATION),
    SAY (N_ ("The choice of model is not answered."), AT_DEVICE) },
  { "medicine-loaded", HARD, DOSES, FACTS (BENK_FACT_MEDICINE_LOADED),
    SAY (N_ ("Named health personnel have not loaded the medicine."), AT_DEVICE) },
  { "one-active-device", HARD, DOSES, CONDITION (ONE_ACTIVE_DEVICE),
    SAY (N_ ("The user has another active device."), AT_DEVICE) },
  { "replaced-device", HARD, DOSES, FACTS (BENK_FACT_REPLACED_DEVICE),
    SAY (N_ ("It replaces no device in regular use, so a trial comes first."), AT_DEVICE) },

  /* the trial ends */
  { "trial-length", HARD, DOSES, CONDITION (TRIAL_LONG_ENOUGH), FACTS (BENK_FACT_TRIAL_SHORTENED),
    SAY (N_ ("The trial is shorter than its least number of days, without a reason."),
         AT_DEVICE) },
  { "evaluation", OWED, FACTS (BENK_FACT_EVALUATION),
    SAY (N_ ("The evaluation is not filled in."), AT_DEVICE) },
  { "settings-documented", HARD, DOSES, FACTS (BENK_FACT_SETTINGS_DOCUMENTED),
    SAY (N_ ("Changes of settings are not documented."), AT_DEVICE) },
  { "handed-over", HARD, FACTS (BENK_FACT_HANDED_OVER),
    SAY (N_ ("The receiving team has not taken over."), AT_DEVICE) },

  /* temporary stop */
  { "pause-planned", HARD, FACTS (BENK_FACT_PAUSE_PLANNED),
    SAY (N_ ("The temporary stop has no reason, first day and planned last day."), AT_DEVICE) },
  { "alarms-rerouted", HARD, FACTS (BENK_FACT_ALARMS_REROUTED),
    SAY (N_ ("It is not settled where alarms go meanwhile."), AT_DEVICE) },
  { "alarms-cleared", HARD, CONDITION (NO_OPEN_ALARMS), FACTS (BENK_FACT_ALARMS_MOVED),
    SAY (N_ ("The device has open alarms."), AT_ALARMS) },
  { "medicine-secured", HARD, DOSES, FACTS (BENK_FACT_MEDICINE_SECURED),
    SAY (N_ ("Named health personnel have not secured the medicine."), AT_DEVICE) },
  { "home-care-informed", HARD, FACTS (BENK_FACT_HOME_CARE_INFORMED),
    SAY (N_ ("Home care is not informed."), AT_DEVICE) },
  { "medicine-checked", HARD, DOSES, FACTS (BENK_FACT_MEDICINE_CHECKED),
    SAY (N_ ("Named health personnel have not checked date and person on the roll or tray."),
         AT_DEVICE) },
  { "times-confirmed", HARD, DOSES, FACTS (BENK_FACT_TIMES_CONFIRMED),
    SAY (N_ ("The dose times are not confirmed."), AT_DEVICE) },
  { "not-stopped-in-trial", HARD, CONDITION (NOT_STOPPED_IN_TRIAL),
    SAY (N_ ("It was stopped in its trial, so the trial goes on first."), AT_DEVICE) },

  /* fault, end of service, collection */
  { "user-covered", HARD, DOSES, FACTS (BENK_FACT_USER_COVERED),
    SAY (N_ ("The user is not covered by a swap unit or doses by hand."), AT_DEVICE) },
  { "test-dispense", HARD, DOSES, FACTS (BENK_FACT_TEST_DISPENSE),
    SAY (N_ ("No test dispense has come out."), AT_BENCH) },
  { "was-in-operation", HARD, CONDITION (WAS_IN_OPERATION),
    SAY (N_ ("It was not in regular use when it became faulty."), AT_DEVICE) },
  { "decision-ended", OWED, FACTS (BENK_FACT_DECISION_ENDED),
    SAY (N_ ("The end of the decision has no reference."), AT_DEVICE) },
  { "medicine-taken-over", HARD, DOSES, FACTS (BENK_FACT_MEDICINE_TAKEN_OVER),
    SAY (N_ ("Nobody named is responsible for the medicine from now on."), AT_DEVICE) },
  { "medicine-removed", HARD, DOSES, FACTS (BENK_FACT_MEDICINE_REMOVED),
    SAY (N_ ("Named health personnel have not taken the medicine out."), AT_DEVICE) },
  { "no-open-alarms", HARD, CONDITION (NO_OPEN_ALARMS),
    SAY (N_ ("The device has open alarms."), AT_ALARMS) },

  /* return */
  { "return-case", HARD, RETURN (BY_CASE),
    SAY (N_ ("Only a step of its return case does this."), AT_RETURN) },
  { "return-reason", HARD, RETURN (REASON),
    SAY (N_ ("The return has no reason."), AT_RETURN) },
  { "return-answered", HARD, RETURN (ANSWERED),
    SAY (N_ ("The vendor has not answered with a return number."), AT_RETURN) },
  { "return-serial", HARD, RETURN (SERIAL_CHECKED),
    SAY (N_ ("The serial in the box has not been compared with the return."), AT_RETURN) },
  { "return-accessories", HARD, RETURN (ACCESSORIES_COUNTED),
    SAY (N_ ("The accessories have not been counted."), AT_RETURN) },
  { "return-no-names", HARD, RETURN (NO_NAMES),
    SAY (N_ ("It has not been checked that no name or address is on the list or box."),
         AT_RETURN) },
  { "return-handed-over", HARD, RETURN (HANDED_OVER),
    SAY (N_ ("There is no tracking number or hand-over receipt."), AT_RETURN) },
  { "return-confirmed", HARD, RETURN (VENDOR_CONFIRMED),
    SAY (N_ ("The vendor has not confirmed to have it."), AT_RETURN) },
  { "return-outcome", HARD, RETURN (OUTCOME),
    SAY (N_ ("The outcome of the return is not recorded."), AT_RETURN) },
  { "return-lease", HARD, RETURN (LEASE_RECORDED),
    SAY (N_ ("It is not recorded whether and when the lease ends."), AT_RETURN) },
  { "return-ended", HARD, RETURN (ENDED),
    SAY (N_ ("The return is neither cancelled nor refused."), AT_RETURN) },

  /* scrapping, loss */
  { "ee-waste-receipt", HARD, FACTS (BENK_FACT_EE_WASTE_RECEIPT),
    SAY (N_ ("There is no receipt for electronic waste."), AT_DEVICE) },
  { "search-done", HARD, FACTS (BENK_FACT_SEARCH_DONE),
    SAY (N_ ("The device has not been searched for."), AT_DEVICE) },
  { "sim-blocked", HARD, FACTS (BENK_FACT_SIM_BLOCKED),
    SAY (N_ ("The SIM card is not blocked."), AT_DEVICE) },
  { "breach-assessed", HARD, FACTS (BENK_FACT_BREACH_ASSESSED),
    SAY (N_ ("It is not assessed whether personal data is lost."), AT_DEVICE) },
};
/* clang-format on */

/**
 * benk_guard_get_message:
 * @self: a guard
 *
 * Returns: (transfer none): what is missing when it does not hold, a translated sentence
 */
const char *
benk_guard_get_message (const BenkGuard *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->message);
}

/**
 * benk_guard_get_where_label:
 * @self: a guard
 *
 * Returns: (transfer none): where to do what is missing, translated
 */
const char *
benk_guard_get_where_label (const BenkGuard *self)
{
  switch (self->where)
    {
    case BENK_GUARD_WHERE_BENCH:
      return _ ("Bench");
    case BENK_GUARD_WHERE_ALARMS:
      return _ ("Alarms");
    case BENK_GUARD_WHERE_RETURN:
      return _ ("Returns");
    case BENK_GUARD_WHERE_DEVICE:
    default:
      return _ ("Devices");
    }
}

/**
 * benk_guard_applies:
 * @self: a guard
 * @kind: what the device is
 *
 * A guard about a dose, a plan or medicine asks nothing of a smoke detector. What is
 * about personal data, returns and the shelf is asked of every device.
 *
 * Returns: whether the guard is asked of such a device
 */
gboolean
benk_guard_applies (const BenkGuard *self, BenkModelKind kind)
{
  return !self->doses_only || benk_model_kind_gives_doses (kind);
}

/**
 * benk_guard_is_about_accessories:
 * @self: a guard
 *
 * Returns: whether it is met by saying which accessories are there
 */
gboolean
benk_guard_is_about_accessories (const BenkGuard *self)
{
  return self->condition == BENK_CONDITION_ACCESSORIES ||
         self->condition == BENK_CONDITION_POWER ||
         self->condition == BENK_CONDITION_POWER_NOT_MISSING;
}

/**
 * benk_guard_find:
 * @id: (nullable): the id of a guard
 *
 * Returns: (transfer none) (nullable): the guard, or %NULL
 */
const BenkGuard *
benk_guard_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (guards); i++)
    if (g_strcmp0 (id, guards[i].id) == 0)
      return &guards[i];

  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-fact.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  BenkFactScope scope;
  gboolean needs_ref;
  gboolean needs_stated_by;
  const char *label; /* msgid */
} FactKind;

#define REF TRUE
#define STATED TRUE
#define NO FALSE

/* clang-format off */
static const FactKind kinds[BENK_N_FACT_KINDS] = {
  [BENK_FACT_LABEL_READ] = { "label-read", BENK_FACT_SCOPE_ARRIVAL, NO, NO,
    N_ ("The label was read and is the device's") },
  [BENK_FACT_CE_MARK] = { "ce-mark", BENK_FACT_SCOPE_ARRIVAL, NO, NO,
    N_ ("The CE mark was seen") },
  [BENK_FACT_POWER_ON_TEST] = { "power-on-test", BENK_FACT_SCOPE_ARRIVAL, NO, NO,
    N_ ("The device was switched on and works") },
  [BENK_FACT_ACCESSORIES_COMPLETE] = { "accessories-complete", BENK_FACT_SCOPE_ARRIVAL, NO, NO,
    N_ ("The accessories are complete") },
  [BENK_FACT_ADAPTER_PRESENT] = { "adapter-present", BENK_FACT_SCOPE_ARRIVAL, NO, NO,
    N_ ("The power adapter is there") },
  [BENK_FACT_FACTORY_NEW] = { "factory-new", BENK_FACT_SCOPE_USE, NO, NO,
    N_ ("The device is new from the factory and was never in use") },
  [BENK_FACT_RESET_ACCEPTED] = { "reset-accepted", BENK_FACT_SCOPE_USE, NO, STATED,
    N_ ("The device is accepted for first use without a proven reset") },
  [BENK_FACT_CLOCK_CHECKED] = { "clock-checked", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The clock was compared and is right to the minute") },
  [BENK_FACT_SIGNAL_OK] = { "signal-ok", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The signal is good enough") },
  [BENK_FACT_TEST_ALARM_SEEN] = { "test-alarm-seen", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("A test alarm was seen to arrive") },
  [BENK_FACT_SECOND_PERSON] = { "second-person", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("A second person has checked the settings") },
  [BENK_FACT_DECISION_REFERENCE] = { "decision-reference", BENK_FACT_SCOPE_CYCLE, REF, NO,
    N_ ("The decision of the service has a reference") },
  [BENK_FACT_NEEDS_ASSESSMENT] = { "needs-assessment", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("The needs assessment is done") },
  [BENK_FACT_BASELINE] = { "baseline", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("The baseline is recorded") },
  [BENK_FACT_TRAINING_USER] = { "training-user", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("The user, and next of kin where it matters, has had training") },
  [BENK_FACT_RECOMMENDATION] = { "recommendation", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("The choice of model was answered with reasons") },
  [BENK_FACT_MEDICINE_LOADED] = { "medicine-loaded", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("The medicine was loaded by named health personnel") },
  [BENK_FACT_REPLACED_DEVICE] = { "replaced-device", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The device replaces one in regular use with the same user") },
  [BENK_FACT_RIGHT_DEVICE] = { "right-device", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The device in hand is the one on the card") },
  [BENK_FACT_POWER_AT_HOME] = { "power-at-home", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("It stands at a socket that stays on") },
  [BENK_FACT_COVERAGE_AT_HOME] = { "coverage-at-home", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The coverage where it stands was looked at") },
  [BENK_FACT_TRAINING_KIN] = { "training-kin", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("Next of kin has had training") },
  [BENK_FACT_SHEET_LEFT] = { "sheet-left", BENK_FACT_SCOPE_CYCLE, NO, NO,
    N_ ("The sheet with what to do was left in the home") },
  [BENK_FACT_ACCESSORIES_COUNTED] = { "accessories-counted", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The accessories that came back were counted") },
  [BENK_FACT_TRIAL_SHORTENED] = { "trial-shortened", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The trial ends early, with a reason") },
  [BENK_FACT_EVALUATION] = { "evaluation", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The evaluation is filled in") },
  [BENK_FACT_SETTINGS_DOCUMENTED] = { "settings-documented", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("Changes of settings are documented") },
  [BENK_FACT_HANDED_OVER] = { "handed-over", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The receiving team has taken over") },
  [BENK_FACT_PAUSE_PLANNED] = { "pause-planned", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The temporary stop has a reason, a first day and a planned last day") },
  [BENK_FACT_ALARMS_REROUTED] = { "alarms-rerouted", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("Alarms are switched off or go to somebody else meanwhile") },
  [BENK_FACT_ALARMS_MOVED] = { "alarms-moved", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("Open alarms were handed to somebody else") },
  [BENK_FACT_MEDICINE_SECURED] = { "medicine-secured", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("The medicine was secured by named health personnel") },
  [BENK_FACT_HOME_CARE_INFORMED] = { "home-care-informed", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("Home care is informed") },
  [BENK_FACT_MEDICINE_CHECKED] = { "medicine-checked", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("Date and person on the roll or tray were checked by named health personnel") },
  [BENK_FACT_TIMES_CONFIRMED] = { "times-confirmed", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The dose times are confirmed") },
  [BENK_FACT_USER_COVERED] = { "user-covered", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The user is covered: a swap unit, or doses by hand") },
  [BENK_FACT_TEST_DISPENSE] = { "test-dispense", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("A test dispense came out") },
  [BENK_FACT_DECISION_ENDED] = { "decision-ended", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("The decision of the service is ended or changed") },
  [BENK_FACT_MEDICINE_TAKEN_OVER] = { "medicine-taken-over", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("Somebody named is responsible for the medicine from now on") },
  [BENK_FACT_MEDICINE_REMOVED] = { "medicine-removed", BENK_FACT_SCOPE_STAY, NO, STATED,
    N_ ("The medicine is out, counted and handed over by named health personnel") },
  [BENK_FACT_CLEANED] = { "cleaned", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The device is cleaned") },
  [BENK_FACT_PORTAL_UNPAIRED] = { "portal-unpaired", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The user is taken off the device in the vendor's portal") },
  [BENK_FACT_LABEL_REMOVED] = { "label-removed", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("Labels about the user are removed") },
  [BENK_FACT_RESET_IMPOSSIBLE] = { "reset-impossible", BENK_FACT_SCOPE_USE, REF, STATED,
    N_ ("The device does not answer and cannot be reset") },
  [BENK_FACT_PERSONAL_DATA_MARKED] = { "personal-data-marked", BENK_FACT_SCOPE_USE, NO, NO,
    N_ ("The packing list says: may contain personal data") },
  [BENK_FACT_VENDOR_ERASURE] = { "vendor-erasure", BENK_FACT_SCOPE_USE, REF, NO,
    N_ ("The vendor has confirmed the erasure in writing") },
  [BENK_FACT_MEMORY_DESTROYED] = { "memory-destroyed", BENK_FACT_SCOPE_USE, NO, STATED,
    N_ ("The memory was destroyed") },
  [BENK_FACT_EE_WASTE_RECEIPT] = { "ee-waste-receipt", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("There is a receipt for electronic waste") },
  [BENK_FACT_SEARCH_DONE] = { "search-done", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The device was searched for") },
  [BENK_FACT_SIM_BLOCKED] = { "sim-blocked", BENK_FACT_SCOPE_STAY, NO, NO,
    N_ ("The SIM card is blocked, or there is none") },
  [BENK_FACT_BREACH_ASSESSED] = { "breach-assessed", BENK_FACT_SCOPE_STAY, REF, NO,
    N_ ("It was assessed whether personal data is lost") },
  [BENK_FACT_CALL] = { "call", BENK_FACT_SCOPE_DEVICE, REF, STATED,
    N_ ("Somebody called about the device") },
};
/* clang-format on */

static const FactKind *
get_kind (BenkFactKind kind)
{
  return kind > BENK_FACT_NONE && (guint) kind < BENK_N_FACT_KINDS ? &kinds[kind] : NULL;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped == '\0';
}

/**
 * benk_fact_kind_to_name:
 * @kind: a fact
 *
 * Returns: (transfer none) (nullable): the stable name, or %NULL if there is none
 */
const char *
benk_fact_kind_to_name (BenkFactKind kind)
{
  const FactKind *row = get_kind (kind);

  return row != NULL ? row->name : NULL;
}

/**
 * benk_fact_kind_from_name:
 * @name: (nullable): a stable name
 * @out_kind: (out): the fact, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a fact
 */
gboolean
benk_fact_kind_from_name (const char *name, BenkFactKind *out_kind)
{
  for (guint i = BENK_FACT_NONE + 1; name != NULL && i < BENK_N_FACT_KINDS; i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *out_kind = (BenkFactKind) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_fact_kind_get_label:
 * @kind: a fact
 *
 * Returns: (transfer none) (nullable): what is attested, translated, or %NULL
 */
const char *
benk_fact_kind_get_label (BenkFactKind kind)
{
  const FactKind *row = get_kind (kind);

  return row != NULL ? g_dgettext (GETTEXT_PACKAGE, row->label) : NULL;
}

/**
 * benk_fact_kind_get_scope:
 * @kind: a fact
 *
 * Returns: how far back it still speaks for the device
 */
BenkFactScope
benk_fact_kind_get_scope (BenkFactKind kind)
{
  const FactKind *row = get_kind (kind);

  return row != NULL ? row->scope : BENK_FACT_SCOPE_STAY;
}

/**
 * benk_fact_kind_needs_ref:
 * @kind: a fact
 *
 * Returns: %TRUE if it counts only with a reference
 */
gboolean
benk_fact_kind_needs_ref (BenkFactKind kind)
{
  const FactKind *row = get_kind (kind);

  return row != NULL && row->needs_ref;
}

/**
 * benk_fact_kind_needs_stated_by:
 * @kind: a fact
 *
 * Returns: %TRUE if it counts only with the name of who states it
 */
gboolean
benk_fact_kind_needs_stated_by (BenkFactKind kind)
{
  const FactKind *row = get_kind (kind);

  return row != NULL && row->needs_stated_by;
}

/**
 * benk_fact_kind_check:
 * @kind: a fact
 * @ref: (nullable): the reference given
 * @stated_by: (nullable): the name given
 * @error: return location for a %BENK_ERROR_REFUSED
 *
 * Checks that a fact about to be attested comes with what it needs.
 *
 * Returns: %TRUE if it may be attested
 */
gboolean
benk_fact_kind_check (BenkFactKind kind,
                      const char *ref,
                      const char *stated_by,
                      GError **error)
{
  const FactKind *row = get_kind (kind);

  if (row == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("There is no such fact."));
      return FALSE;
    }

  if (row->needs_ref && is_blank (ref))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED, _ ("“%s” needs a reference."),
                   benk_fact_kind_get_label (kind));
      return FALSE;
    }

  if (row->needs_stated_by && is_blank (stated_by))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   _ ("“%s” needs the name of who states it."),
                   benk_fact_kind_get_label (kind));
      return FALSE;
    }

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkFactKind:
 * @BENK_FACT_NONE: no fact; the end of a list.
 *
 * What a person can attest of a device, one by one. The numbers are not stored; the names
 * are, see benk_fact_kind_to_name(). What each means is its label.
 */
typedef enum
{
  BENK_FACT_NONE,

  /* on arrival */
  BENK_FACT_LABEL_READ,
  BENK_FACT_CE_MARK,
  BENK_FACT_POWER_ON_TEST,
  BENK_FACT_ACCESSORIES_COMPLETE,
  BENK_FACT_ADAPTER_PRESENT,
  BENK_FACT_FACTORY_NEW,
  BENK_FACT_RESET_ACCEPTED,

  /* being made ready */
  BENK_FACT_CLOCK_CHECKED,
  BENK_FACT_SIGNAL_OK,
  BENK_FACT_TEST_ALARM_SEEN,
  BENK_FACT_SECOND_PERSON,

  /* to the user */
  BENK_FACT_DECISION_REFERENCE,
  BENK_FACT_NEEDS_ASSESSMENT,
  BENK_FACT_BASELINE,
  BENK_FACT_TRAINING_USER,
  BENK_FACT_RECOMMENDATION,
  BENK_FACT_MEDICINE_LOADED,
  BENK_FACT_REPLACED_DEVICE,

  /* in the home */
  BENK_FACT_RIGHT_DEVICE,
  BENK_FACT_POWER_AT_HOME,
  BENK_FACT_COVERAGE_AT_HOME,
  BENK_FACT_TRAINING_KIN,
  BENK_FACT_SHEET_LEFT,
  BENK_FACT_ACCESSORIES_COUNTED,

  /* the trial ends */
  BENK_FACT_TRIAL_SHORTENED,
  BENK_FACT_EVALUATION,
  BENK_FACT_SETTINGS_DOCUMENTED,
  BENK_FACT_HANDED_OVER,

  /* temporary stop */
  BENK_FACT_PAUSE_PLANNED,
  BENK_FACT_ALARMS_REROUTED,
  BENK_FACT_ALARMS_MOVED,
  BENK_FACT_MEDICINE_SECURED,
  BENK_FACT_HOME_CARE_INFORMED,
  BENK_FACT_MEDICINE_CHECKED,
  BENK_FACT_TIMES_CONFIRMED,

  /* fault, end of service, collection */
  BENK_FACT_USER_COVERED,
  BENK_FACT_TEST_DISPENSE,
  BENK_FACT_DECISION_ENDED,
  BENK_FACT_MEDICINE_TAKEN_OVER,
  BENK_FACT_MEDICINE_REMOVED,

  /* reset, return, scrapping, loss */
  BENK_FACT_CLEANED,
  BENK_FACT_PORTAL_UNPAIRED,
  BENK_FACT_LABEL_REMOVED,
  BENK_FACT_RESET_IMPOSSIBLE,
  BENK_FACT_PERSONAL_DATA_MARKED,
  BENK_FACT_VENDOR_ERASURE,
  BENK_FACT_MEMORY_DESTROYED,
  BENK_FACT_EE_WASTE_RECEIPT,
  BENK_FACT_SEARCH_DONE,
  BENK_FACT_SIM_BLOCKED,
  BENK_FACT_BREACH_ASSESSED,

  /* at any time; asked for by no guard, and the last */
  BENK_FACT_CALL,
} BenkFactKind;

#define BENK_N_FACT_KINDS (BENK_FACT_CALL + 1)

/**
 * BenkFactScope:
 * @BENK_FACT_SCOPE_DEVICE: as long as the device exists.
 * @BENK_FACT_SCOPE_ARRIVAL: since the device last entered received or reset.
 * @BENK_FACT_SCOPE_CYCLE: since the device last entered stock or received.
 * @BENK_FACT_SCOPE_USE: since the device may last have taken up something personal.
 * @BENK_FACT_SCOPE_STAY: since the device entered the state it is in.
 *
 * How far back a fact still speaks for the device.
 */
typedef enum
{
  BENK_FACT_SCOPE_DEVICE,
  BENK_FACT_SCOPE_ARRIVAL,
  BENK_FACT_SCOPE_CYCLE,
  BENK_FACT_SCOPE_USE,
  BENK_FACT_SCOPE_STAY,
} BenkFactScope;

const char *benk_fact_kind_to_name (BenkFactKind kind);
gboolean benk_fact_kind_from_name (const char *name, BenkFactKind *out_kind);
const char *benk_fact_kind_get_label (BenkFactKind kind);
BenkFactScope benk_fact_kind_get_scope (BenkFactKind kind);
gboolean benk_fact_kind_needs_ref (BenkFactKind kind);
gboolean benk_fact_kind_needs_stated_by (BenkFactKind kind);
gboolean benk_fact_kind_check (BenkFactKind kind,
                               const char *ref,
                               const char *stated_by,
                               GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-caller.h"

#include "benk-config.h"
#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName caller_names[] = {
  [BENK_CALLER_USER] = { "user", N_ ("User") },
  [BENK_CALLER_NEXT_OF_KIN] = { "next-of-kin", N_ ("Next of kin") },
  [BENK_CALLER_HOME_CARE] = { "home-care", N_ ("Home care") },
  [BENK_CALLER_COORDINATOR] = { "coordinator", N_ ("Coordinator") },
  [BENK_CALLER_CHARGE_NURSE] = { "charge-nurse", N_ ("Charge nurse") },
  [BENK_CALLER_VENDOR] = { "vendor", N_ ("Vendor") },
  [BENK_CALLER_OTHER] = { "other", N_ ("Somebody else") },
};

/**
 * benk_caller_to_name:
 * @value: a role
 *
 * Returns: (transfer none): the stable name, or %NULL if @value is out of range
 */
/**
 * benk_caller_from_name:
 * @name: (nullable): a stable name
 * @out_value: (out): the role, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a role
 */
/**
 * benk_caller_get_label:
 * @value: a role
 *
 * Returns: (transfer none): the role for a person, translated, or %NULL
 */
BENK_DEFINE_NAMES (BenkCaller, benk_caller, caller_names)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-visit-kind.h"

#include <glib/gi18n.h>

static const BenkName kinds[BENK_N_VISIT_KINDS] = {
  [BENK_VISIT_INSTALL] = { "install", N_ ("Installation") },
  [BENK_VISIT_SETTINGS] = { "settings", N_ ("Change of settings") },
  [BENK_VISIT_SWAP] = { "swap", N_ ("Swap") },
  [BENK_VISIT_COLLECT] = { "collect", N_ ("Collection") },
};

static const BenkName known[BENK_N_SETTINGS_KNOWN] = {
  [BENK_SETTINGS_NOT_PROVEN] = { "not-proven", N_ ("not proven") },
  [BENK_SETTINGS_UNCERTAIN] = { "uncertain", N_ ("not known, must be read again") },
  [BENK_SETTINGS_BY_CHECKLIST] = { "checklist",
                                   N_ ("by checklist, not read from the dispenser") },
  [BENK_SETTINGS_READ_BACK] = { "read-back", N_ ("read back and equal") },
  [BENK_SETTINGS_SIMULATED] = { "simulated",
                                N_ ("read back from a simulated device – not valid as "
                                    "proof") },
};

BENK_DEFINE_NAMES (BenkVisitKind, benk_visit_kind, kinds)
BENK_DEFINE_NAMES (BenkSettingsKnown, benk_settings_known, known)

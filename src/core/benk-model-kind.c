/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-model-kind.h"

#include "benk-names.h"

#include <glib/gi18n.h>

static const BenkName kind_names[BENK_N_MODEL_KINDS] = {
  [BENK_MODEL_KIND_DISPENSER] = { "dispenser", N_ ("Dispenser") },
  [BENK_MODEL_KIND_SAFETY_ALARM] = { "safety-alarm", N_ ("Safety alarm") },
  [BENK_MODEL_KIND_SMOKE_DETECTOR] = { "smoke-detector", N_ ("Smoke detector") },
  [BENK_MODEL_KIND_GPS] = { "gps", N_ ("GPS locator") },
  [BENK_MODEL_KIND_OTHER] = { "other", N_ ("Other equipment") },
};

BENK_DEFINE_NAMES (BenkModelKind, benk_model_kind, kind_names)

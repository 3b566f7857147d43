/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-names.h"

G_BEGIN_DECLS

/**
 * BenkVisitKind:
 * @BENK_VISIT_INSTALL: a device comes to its user and the trial starts.
 * @BENK_VISIT_SETTINGS: the settings of a device that stands with its user are changed.
 * @BENK_VISIT_SWAP: another device takes over from one.
 * @BENK_VISIT_COLLECT: the service has ended and the device comes back.
 *
 * What is done in a home.
 */
typedef enum
{
  BENK_VISIT_INSTALL,
  BENK_VISIT_SETTINGS,
  BENK_VISIT_SWAP,
  BENK_VISIT_COLLECT,
} BenkVisitKind;

#define BENK_N_VISIT_KINDS (BENK_VISIT_COLLECT + 1)

const char *benk_visit_kind_to_name (BenkVisitKind value);
gboolean benk_visit_kind_from_name (const char *name, BenkVisitKind *out_value);
const char *benk_visit_kind_get_label (BenkVisitKind value);

/**
 * BenkSettingsKnown:
 * @BENK_SETTINGS_NOT_PROVEN: nothing says what the device holds.
 * @BENK_SETTINGS_UNCERTAIN: the newest work on it may have changed it and was not read
 *   back.
 * @BENK_SETTINGS_BY_CHECKLIST: a whole checklist says so; nothing was read.
 * @BENK_SETTINGS_READ_BACK: read back and equal.
 * @BENK_SETTINGS_SIMULATED: read back from a simulated device.
 *
 * How it is known what settings a device holds.
 */
typedef enum
{
  BENK_SETTINGS_NOT_PROVEN,
  BENK_SETTINGS_UNCERTAIN,
  BENK_SETTINGS_BY_CHECKLIST,
  BENK_SETTINGS_READ_BACK,
  BENK_SETTINGS_SIMULATED,
} BenkSettingsKnown;

#define BENK_N_SETTINGS_KNOWN (BENK_SETTINGS_SIMULATED + 1)

const char *benk_settings_known_to_name (BenkSettingsKnown value);
gboolean benk_settings_known_from_name (const char *name, BenkSettingsKnown *out_value);
const char *benk_settings_known_get_label (BenkSettingsKnown value);

G_END_DECLS

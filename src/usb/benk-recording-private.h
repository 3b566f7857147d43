/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-recording.h"

G_BEGIN_DECLS

/* The first line; the number is the version. */
#define BENK_RECORDING_MAGIC "Dosebenk dialogue "

/* How the kinds that are no APDU are written, in the order of #BenkRecordingKind. */
const char *benk_recording_kind_get_name (BenkRecordingKind kind);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-plan.h"

G_BEGIN_DECLS

/**
 * BENK_DISPENSE_KEPT_MS:
 *
 * How long what was handed out is kept, as an alarm of that time may still come: 30 days,
 * proposed by the program.
 */
#define BENK_DISPENSE_KEPT_MS (30 * 24 * G_GINT64_CONSTANT (3600000))

gboolean benk_dispense_concerns (const char *code);
gboolean benk_dispense_settles (const char *event, const char *code);
gint64
benk_dispense_get_until_ms (const char *code, gint64 raised_ms, const BenkPlan *plan);
const char *benk_dispense_event_get_label (const char *event);

G_END_DECLS

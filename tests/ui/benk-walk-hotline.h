/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-stage.h"

G_BEGIN_DECLS

#define BENK_WALK_HOTLINE_SERIAL "PS-000077"

/* A dispenser of a vendor whose numbers are known, and its alarm, taken and shown. */
void benk_walk_hotline_set_up (BenkStage *stage);

/* From the alarm: the card, the number of the case that the vendor gives, until when; by
 * keys and pointer. @until: (nullable): as typed; what is proposed without. */
void
benk_walk_hotline_call (BenkStage *stage, const char *case_number, const char *until);

/* Waits until the alarm shows the call and what it waits for. */
void benk_walk_hotline_expect (BenkStage *stage, const char *case_number);

G_END_DECLS

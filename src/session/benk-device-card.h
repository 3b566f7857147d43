/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-call-facts.h"
#include "benk-device.h"
#include "benk-inventory.h"
#include "benk-plan-version.h"
#include "benk-reservation.h"

G_BEGIN_DECLS

#define BENK_TYPE_DEVICE_CARD (benk_device_card_get_type ())
G_DECLARE_FINAL_TYPE (BenkDeviceCard, benk_device_card, BENK, DEVICE_CARD, GObject)

/* One guard of a next state: met or not, what is missing, and where it is done. */
#define BENK_TYPE_NEXT_GUARD (benk_next_guard_get_type ())
G_DECLARE_FINAL_TYPE (BenkNextGuard, benk_next_guard, BENK, NEXT_GUARD, GObject)
const char *benk_next_guard_get_id (BenkNextGuard *self);
const char *benk_next_guard_get_text (BenkNextGuard *self);
gboolean benk_next_guard_is_met (BenkNextGuard *self);
gboolean benk_next_guard_is_owed (BenkNextGuard *self);
/* The fact that is signed first to satisfy it, or -1; and the page where it is done
 * otherwise: "bench", "returns", "alarms" or NULL. */
int benk_next_guard_get_fact (BenkNextGuard *self);
const char *benk_next_guard_get_page (BenkNextGuard *self);
gboolean benk_next_guard_is_about_accessories (BenkNextGuard *self);
/* Of one that was put off: when it is due (else 0), and why ("" if erased). */
gint64 benk_next_guard_get_due_ms (BenkNextGuard *self);
const char *benk_next_guard_get_reason (BenkNextGuard *self);

/* A state that the device may go to next. */
#define BENK_TYPE_NEXT_STATE (benk_next_state_get_type ())
G_DECLARE_FINAL_TYPE (BenkNextState, benk_next_state, BENK, NEXT_STATE, GObject)
BenkDeviceState benk_next_state_get_state (BenkNextState *self);
gboolean benk_next_state_is_open (BenkNextState *self);
gboolean benk_next_state_needs_reason (BenkNextState *self);
GListModel *benk_next_state_get_guards (BenkNextState *self);

BenkDevice *benk_device_card_get_device (BenkDeviceCard *self);
/* The state as a sentence: "In quarantine since Thursday: medicine removed, not reset".
 */
const char *benk_device_card_get_sentence (BenkDeviceCard *self);
GListModel *benk_device_card_get_next (BenkDeviceCard *self);
GListModel *benk_device_card_get_facts (BenkDeviceCard *self);
GListModel *benk_device_card_get_runs (BenkDeviceCard *self);
GListModel *benk_device_card_get_proofs (BenkDeviceCard *self);
GListModel *benk_device_card_get_alarms (BenkDeviceCard *self);
GListModel *benk_device_card_get_returns (BenkDeviceCard *self);
BenkPlanVersion *benk_device_card_get_plan (BenkDeviceCard *self);
GListModel *benk_device_card_get_owed (BenkDeviceCard *self);
/* How its accessories stand, as BenkAccessory. */
GPtrArray *benk_device_card_get_accessories (BenkDeviceCard *self);
/* Rows that were joined to it, and other devices with the same serial, as BenkDevice. */
GListModel *benk_device_card_get_joined (BenkDeviceCard *self);
GListModel *benk_device_card_get_doubles (BenkDeviceCard *self);
GListModel *benk_device_card_get_history (BenkDeviceCard *self);
const BenkReservation *benk_device_card_get_reservation (BenkDeviceCard *self);
const BenkCallFacts *benk_device_card_get_call_facts (BenkDeviceCard *self);

G_END_DECLS

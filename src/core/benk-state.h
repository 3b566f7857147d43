/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenkDeviceState:
 * @BENK_DEVICE_STATE_ORDERED: ordered, not here yet.
 * @BENK_DEVICE_STATE_RECEIVED: received, not checked.
 * @BENK_DEVICE_STATE_STOCK: on the shelf, without settings.
 * @BENK_DEVICE_STATE_PREPARING: being made ready.
 * @BENK_DEVICE_STATE_READY: made ready for one user.
 * @BENK_DEVICE_STATE_TRIAL: with a user, trial period.
 * @BENK_DEVICE_STATE_OPERATION: with a user, in regular use.
 * @BENK_DEVICE_STATE_PAUSED: temporary stop.
 * @BENK_DEVICE_STATE_TO_COLLECT: the service has ended, still with the user.
 * @BENK_DEVICE_STATE_QUARANTINE: back, not reset.
 * @BENK_DEVICE_STATE_RESET: reset, proven.
 * @BENK_DEVICE_STATE_FAULTY: a fault is being looked into.
 * @BENK_DEVICE_STATE_RMA_REQUESTED: return registered with the vendor.
 * @BENK_DEVICE_STATE_RMA_PACKED: packed for return.
 * @BENK_DEVICE_STATE_SENT: sent to the vendor.
 * @BENK_DEVICE_STATE_WITH_VENDOR: the vendor has it.
 * @BENK_DEVICE_STATE_RMA_CLOSED: the return is closed.
 * @BENK_DEVICE_STATE_SCRAPPED: scrapped.
 * @BENK_DEVICE_STATE_LOST: lost or stolen.
 *
 * Where a device is in its life. The numbers are not stored; the names are.
 */
typedef enum
{
  BENK_DEVICE_STATE_ORDERED,
  BENK_DEVICE_STATE_RECEIVED,
  BENK_DEVICE_STATE_STOCK,
  BENK_DEVICE_STATE_PREPARING,
  BENK_DEVICE_STATE_READY,
  BENK_DEVICE_STATE_TRIAL,
  BENK_DEVICE_STATE_OPERATION,
  BENK_DEVICE_STATE_PAUSED,
  BENK_DEVICE_STATE_TO_COLLECT,
  BENK_DEVICE_STATE_QUARANTINE,
  BENK_DEVICE_STATE_RESET,
  BENK_DEVICE_STATE_FAULTY,
  BENK_DEVICE_STATE_RMA_REQUESTED,
  BENK_DEVICE_STATE_RMA_PACKED,
  BENK_DEVICE_STATE_SENT,
  BENK_DEVICE_STATE_WITH_VENDOR,
  BENK_DEVICE_STATE_RMA_CLOSED,
  BENK_DEVICE_STATE_SCRAPPED,
  BENK_DEVICE_STATE_LOST,
} BenkDeviceState;

#define BENK_N_DEVICE_STATES (BENK_DEVICE_STATE_LOST + 1)

/**
 * BENK_DEVICE_STATE_MASK:
 * @state: a #BenkDeviceState
 *
 * One bit for a state, for sets of states.
 */
#define BENK_DEVICE_STATE_MASK(state) (1u << (state))

/**
 * BENK_DEVICE_STATES_WITH_PERSON:
 *
 * The states in which a device may carry the reference of a person.
 */
#define BENK_DEVICE_STATES_WITH_PERSON                                                   \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_OPERATION) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PAUSED) |                                   \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TO_COLLECT) |                               \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_QUARANTINE) |                               \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_FAULTY))

/**
 * BENK_DEVICE_STATES_BY_RETURN_CASE:
 *
 * The states that only a step of a return case sets.
 */
#define BENK_DEVICE_STATES_BY_RETURN_CASE                                                \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_REQUESTED) |                            \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_PACKED) |                               \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_SENT) |                                     \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_WITH_VENDOR) |                              \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_RMA_CLOSED))

const char *benk_device_state_to_name (BenkDeviceState state);
gboolean benk_device_state_from_name (const char *name, BenkDeviceState *out_state);
const char *benk_device_state_get_label (BenkDeviceState state, gboolean reset_proven);
gboolean benk_device_state_may_have_person (BenkDeviceState state);

G_END_DECLS

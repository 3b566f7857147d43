/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-state.h"

#include "benk-config.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *label;
} states[BENK_N_DEVICE_STATES] = {
  [BENK_DEVICE_STATE_ORDERED] = { "ordered", N_ ("Ordered") },
  [BENK_DEVICE_STATE_RECEIVED] = { "received", N_ ("Received, not checked") },
  [BENK_DEVICE_STATE_STOCK] = { "stock", N_ ("In stock") },
  [BENK_DEVICE_STATE_PREPARING] = { "preparing", N_ ("Being made ready") },
  [BENK_DEVICE_STATE_READY] = { "ready", N_ ("Ready") },
  [BENK_DEVICE_STATE_TRIAL] = { "trial", N_ ("Trial") },
  [BENK_DEVICE_STATE_OPERATION] = { "operation", N_ ("In use") },
  [BENK_DEVICE_STATE_PAUSED] = { "paused", N_ ("Temporary stop") },
  [BENK_DEVICE_STATE_TO_COLLECT] = { "to-collect", N_ ("To be collected") },
  [BENK_DEVICE_STATE_QUARANTINE] = { "quarantine", N_ ("Quarantine") },
  [BENK_DEVICE_STATE_RESET] = { "reset", N_ ("Reset, proven") },
  [BENK_DEVICE_STATE_FAULTY] = { "faulty", N_ ("Faulty") },
  [BENK_DEVICE_STATE_RMA_REQUESTED] = { "rma-requested", N_ ("Return registered") },
  [BENK_DEVICE_STATE_RMA_PACKED] = { "rma-packed", N_ ("Packed for return") },
  [BENK_DEVICE_STATE_SENT] = { "sent", N_ ("Sent to vendor") },
  [BENK_DEVICE_STATE_WITH_VENDOR] = { "with-vendor", N_ ("With vendor") },
  [BENK_DEVICE_STATE_RMA_CLOSED] = { "rma-closed", N_ ("Return closed") },
  [BENK_DEVICE_STATE_SCRAPPED] = { "scrapped", N_ ("Scrapped") },
  [BENK_DEVICE_STATE_LOST] = { "lost", N_ ("Lost") },
};

/**
 * benk_device_state_to_name:
 * @state: a state
 *
 * Returns: (transfer none): the stable name, or %NULL if @state is out of range
 */
const char *
benk_device_state_to_name (BenkDeviceState state)
{
  return (guint) state < BENK_N_DEVICE_STATES ? states[state].name : NULL;
}

/**
 * benk_device_state_from_name:
 * @name: (nullable): a stable name
 * @out_state: (out): the state, untouched if there is none
 *
 * Returns: %TRUE if @name is the name of a state
 */
gboolean
benk_device_state_from_name (const char *name, BenkDeviceState *out_state)
{
  for (guint i = 0; i < BENK_N_DEVICE_STATES; i++)
    if (g_strcmp0 (name, states[i].name) == 0)
      {
        *out_state = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * benk_device_state_get_label:
 * @state: a state
 * @reset_proven: whether a reset of the device is proven
 *
 * The word for people. A device in stock whose reset is not proven says so.
 *
 * Returns: (transfer none): a translated label, or %NULL if @state is out of range
 */
const char *
benk_device_state_get_label (BenkDeviceState state, gboolean reset_proven)
{
  if ((guint) state >= BENK_N_DEVICE_STATES)
    return NULL;

  if (state == BENK_DEVICE_STATE_STOCK && !reset_proven)
    return g_dgettext (GETTEXT_PACKAGE, N_ ("In stock, reset not proven"));

  return g_dgettext (GETTEXT_PACKAGE, states[state].label);
}

/**
 * benk_device_state_may_have_person:
 * @state: a state
 *
 * Returns: %TRUE if a device in @state may carry the reference of a person
 */
gboolean
benk_device_state_may_have_person (BenkDeviceState state)
{
  return (guint) state < BENK_N_DEVICE_STATES &&
         (BENK_DEVICE_STATES_WITH_PERSON & BENK_DEVICE_STATE_MASK (state)) != 0;
}

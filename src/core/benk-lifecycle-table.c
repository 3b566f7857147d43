/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-lifecycle.h"

#define STATE(name) BENK_DEVICE_STATE_##name

/* What a reset is worth nothing without, wherever the device comes from. */
#define RESET_GUARDS                                                                     \
  "no-open-alarms", "cleaned", "reset-proven", "portal-unpaired", "label-removed"

#define TO_LOST(name, from)                                                              \
  {                                                                                      \
    name, from, STATE (LOST), { "search-done", "sim-blocked", "breach-assessed" }        \
  }

/*
 * The life cycle of a device: every allowed change of state, and what must hold before
 * it. What is not here is not allowed. Import sets the first state of a device without
 * it, see benk_lifecycle_allow_start ().
 */
/* clang-format off */
static const BenkLifecycleRow rows[] = {
  { "ordered→received", STATE (ORDERED), STATE (RECEIVED), { NULL } },
  { "received→stock", STATE (RECEIVED), STATE (STOCK),
    { "label-read", "ce-mark", "power-on-test", "accessories-complete", "no-open-return" } },
  { "received→faulty", STATE (RECEIVED), STATE (FAULTY), { NULL } },
  { "received→rma-requested", STATE (RECEIVED), STATE (RMA_REQUESTED),
    { "return-case", "return-reason", "reset-or-exception" } },

  { "stock→preparing", STATE (STOCK), STATE (PREPARING),
    { "clean", "adapter-present", "lease-active" } },
  { "stock→faulty", STATE (STOCK), STATE (FAULTY), { NULL } },
  { "preparing→ready", STATE (PREPARING), STATE (READY),
    { "read-back", "plan-valid", "clock-checked", "signal-ok", "adapter-not-missing",
      "test-alarm-seen", "second-person", "not-reserved-for-other" } },
  { "preparing→stock", STATE (PREPARING), STATE (STOCK), { "reset-proven" } },
  { "preparing→faulty", STATE (PREPARING), STATE (FAULTY), { NULL } },

  { "ready→trial", STATE (READY), STATE (TRIAL),
    { "still-ready", "medicine-loaded", "one-active-device", "decision-reference", "needs-assessment",
      "baseline", "training-user", "recommendation", "not-reserved-for-other" } },
  { "ready→operation", STATE (READY), STATE (OPERATION),
    { "still-ready", "medicine-loaded", "one-active-device", "replaced-device",
      "not-reserved-for-other" } },
  { "ready→stock", STATE (READY), STATE (STOCK), { "reset-proven" } },
  { "ready→faulty", STATE (READY), STATE (FAULTY), { NULL } },

  { "trial→operation", STATE (TRIAL), STATE (OPERATION),
    { "trial-length", "evaluation", "settings-documented", "handed-over" } },
  { "trial→paused", STATE (TRIAL), STATE (PAUSED),
    { "pause-planned", "alarms-rerouted", "medicine-secured", "home-care-informed",
      "alarms-cleared" } },
  { "trial→to-collect", STATE (TRIAL), STATE (TO_COLLECT), { "evaluation" } },
  { "trial→quarantine", STATE (TRIAL), STATE (QUARANTINE),
    { "medicine-removed", "user-covered" } },
  { "trial→faulty", STATE (TRIAL), STATE (FAULTY), { "user-covered" } },

  { "operation→paused", STATE (OPERATION), STATE (PAUSED),
    { "pause-planned", "alarms-rerouted", "medicine-secured", "home-care-informed",
      "alarms-cleared" } },
  { "operation→to-collect", STATE (OPERATION), STATE (TO_COLLECT),
    { "decision-ended", "medicine-taken-over" } },
  { "operation→quarantine", STATE (OPERATION), STATE (QUARANTINE),
    { "medicine-removed", "user-covered" } },
  { "operation→faulty", STATE (OPERATION), STATE (FAULTY), { "user-covered" } },

  { "paused→trial", STATE (PAUSED), STATE (TRIAL),
    { "medicine-checked", "times-confirmed", "one-active-device", "test-alarm-seen" } },
  { "paused→operation", STATE (PAUSED), STATE (OPERATION),
    { "medicine-checked", "times-confirmed", "one-active-device", "not-stopped-in-trial",
      "test-alarm-seen" } },
  { "paused→to-collect", STATE (PAUSED), STATE (TO_COLLECT), { NULL } },
  { "paused→quarantine", STATE (PAUSED), STATE (QUARANTINE), { "medicine-removed" } },
  { "paused→faulty", STATE (PAUSED), STATE (FAULTY), { NULL } },

  { "to-collect→quarantine", STATE (TO_COLLECT), STATE (QUARANTINE), { "medicine-removed" } },
  { "quarantine→reset", STATE (QUARANTINE), STATE (RESET), { RESET_GUARDS } },
  { "quarantine→faulty", STATE (QUARANTINE), STATE (FAULTY), { NULL } },

  { "reset→stock", STATE (RESET), STATE (STOCK), { "accessories-complete", "lease-active", "no-open-return" } },
  { "reset→rma-requested", STATE (RESET), STATE (RMA_REQUESTED),
    { "return-case", "return-reason", "reset-proven" } },
  { "reset→faulty", STATE (RESET), STATE (FAULTY), { NULL } },
  { "reset→scrapped", STATE (RESET), STATE (SCRAPPED),
    { "wiped-or-destroyed", "ee-waste-receipt" } },

  { "faulty→operation", STATE (FAULTY), STATE (OPERATION),
    { "was-in-operation", "test-dispense", "one-active-device", "test-alarm-seen" } },
  { "faulty→quarantine", STATE (FAULTY), STATE (QUARANTINE), { "medicine-removed" } },
  { "faulty→reset", STATE (FAULTY), STATE (RESET), { "medicine-removed", RESET_GUARDS } },
  { "faulty→rma-requested", STATE (FAULTY), STATE (RMA_REQUESTED),
    { "return-case", "return-reason", "medicine-removed", "reset-or-exception" } },
  { "faulty→scrapped", STATE (FAULTY), STATE (SCRAPPED),
    { "medicine-removed", "wiped-or-destroyed", "ee-waste-receipt" } },

  { "rma-requested→rma-packed", STATE (RMA_REQUESTED), STATE (RMA_PACKED),
    { "return-case", "return-answered", "return-serial", "return-accessories", "return-no-names",
      "reset-or-exception", "personal-data-marked" } },
  { "rma-requested→reset", STATE (RMA_REQUESTED), STATE (RESET),
    { "return-ended", "reset-proven" } },
  { "rma-requested→quarantine", STATE (RMA_REQUESTED), STATE (QUARANTINE), { "return-ended" } },
  { "rma-packed→sent", STATE (RMA_PACKED), STATE (SENT), { "return-case", "return-handed-over" } },
  { "rma-packed→reset", STATE (RMA_PACKED), STATE (RESET), { "return-ended", "reset-proven" } },
  { "rma-packed→quarantine", STATE (RMA_PACKED), STATE (QUARANTINE), { "return-ended" } },
  { "sent→with-vendor", STATE (SENT), STATE (WITH_VENDOR), { "return-case", "return-confirmed" } },
  { "with-vendor→rma-closed", STATE (WITH_VENDOR), STATE (RMA_CLOSED),
    { "return-case", "return-outcome", "return-lease", "erasure" } },
  { "rma-closed→received", STATE (RMA_CLOSED), STATE (RECEIVED), { NULL } },

  { "lost→quarantine", STATE (LOST), STATE (QUARANTINE), { "medicine-removed" } },
  TO_LOST ("ordered→lost", STATE (ORDERED)),
  TO_LOST ("received→lost", STATE (RECEIVED)),
  TO_LOST ("stock→lost", STATE (STOCK)),
  TO_LOST ("preparing→lost", STATE (PREPARING)),
  TO_LOST ("ready→lost", STATE (READY)),
  TO_LOST ("trial→lost", STATE (TRIAL)),
  TO_LOST ("operation→lost", STATE (OPERATION)),
  TO_LOST ("paused→lost", STATE (PAUSED)),
  TO_LOST ("to-collect→lost", STATE (TO_COLLECT)),
  TO_LOST ("quarantine→lost", STATE (QUARANTINE)),
  TO_LOST ("reset→lost", STATE (RESET)),
  TO_LOST ("faulty→lost", STATE (FAULTY)),
  TO_LOST ("rma-requested→lost", STATE (RMA_REQUESTED)),
  TO_LOST ("rma-packed→lost", STATE (RMA_PACKED)),
  TO_LOST ("sent→lost", STATE (SENT)),
  TO_LOST ("with-vendor→lost", STATE (WITH_VENDOR)),
  TO_LOST ("rma-closed→lost", STATE (RMA_CLOSED)),
};

/* Other equipment has no settings to be written and no trial: it goes from the shelf to
 * its user. */
static const BenkLifecycleRow other_rows[] = {
  { "stock→operation", STATE (STOCK), STATE (OPERATION),
    { "clean", "lease-active", "decision-reference", "training-user", "test-alarm-seen" } },
};
/* clang-format on */

#define STATES_WITH_DOSES_ONLY                                                           \
  (BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_PREPARING) |                                \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_READY) |                                    \
   BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_TRIAL))

static gboolean
is_open_to (BenkModelKind kind, const BenkLifecycleRow *row)
{
  return benk_model_kind_gives_doses (kind) ||
         (STATES_WITH_DOSES_ONLY & BENK_DEVICE_STATE_MASK (row->to)) == 0;
}

/**
 * benk_lifecycle_get_rows:
 * @n_rows: (out): how many
 *
 * Returns: (array length=n_rows) (transfer none): every allowed change of state of a
 * dispenser
 */
const BenkLifecycleRow *
benk_lifecycle_get_rows (gsize *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);

  return rows;
}

/**
 * benk_lifecycle_find:
 * @kind: what the device is
 * @from: the state before
 * @to: the state after
 *
 * Returns: (transfer none) (nullable): the row, or %NULL if the change is not allowed
 */
const BenkLifecycleRow *
benk_lifecycle_find (BenkModelKind kind, BenkDeviceState from, BenkDeviceState to)
{
  g_autoptr (GPtrArray) next = benk_lifecycle_next (kind, from);

  for (guint i = 0; i < next->len; i++)
    if (((const BenkLifecycleRow *) g_ptr_array_index (next, i))->to == to)
      return g_ptr_array_index (next, i);

  return NULL;
}

/**
 * benk_lifecycle_next:
 * @kind: what the device is
 * @from: a state
 *
 * Other equipment has the life cycle of dispensers without what is about settings and
 * doses; its guards see to themselves, see benk_guard_applies().
 *
 * Returns: (element-type BenkLifecycleRow) (transfer container): the rows that leave
 * @from
 */
GPtrArray *
benk_lifecycle_next (BenkModelKind kind, BenkDeviceState from)
{
  GPtrArray *next = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].from == from && is_open_to (kind, &rows[i]))
      g_ptr_array_add (next, (gpointer) &rows[i]);
  for (gsize i = 0; !benk_model_kind_gives_doses (kind) && i < G_N_ELEMENTS (other_rows);
       i++)
    if (other_rows[i].from == from)
      g_ptr_array_add (next, (gpointer) &other_rows[i]);

  return next;
}

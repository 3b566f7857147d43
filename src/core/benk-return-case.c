/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-return-case.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkReturnCase
{
  GObject parent_instance;

  BenkId id;
  BenkId device_id;
  char *device_label;
  char *vendor;
  BenkReturnState state;
  char *rma_number;
  gboolean no_rma;
  char *reason;
  gint64 opened_ms;
  gint64 deadline_ms;
  BenkId consignment_id;
  char *tracking;
  char *outcome;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkReturnCase, id),
  BENK_FIELD (ID, BenkReturnCase, device_id),
  BENK_FIELD (STRING, BenkReturnCase, device_label),
  BENK_FIELD (STRING, BenkReturnCase, vendor),
  BENK_FIELD (INT, BenkReturnCase, state),
  BENK_FIELD (STRING, BenkReturnCase, rma_number),
  BENK_FIELD (BOOLEAN, BenkReturnCase, no_rma),
  BENK_FIELD (STRING, BenkReturnCase, reason),
  BENK_FIELD (INT64, BenkReturnCase, opened_ms),
  BENK_FIELD (INT64, BenkReturnCase, deadline_ms),
  BENK_FIELD (ID, BenkReturnCase, consignment_id),
  BENK_FIELD (STRING, BenkReturnCase, tracking),
  BENK_FIELD (STRING, BenkReturnCase, outcome),
};

BENK_DEFINE_RECORD (BenkReturnCase, benk_return_case)

BENK_RECORD_ID (BenkReturnCase, benk_return_case, id)
BENK_RECORD_ID (BenkReturnCase, benk_return_case, device_id)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, device_label)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, vendor)
BENK_RECORD_VALUE (BenkReturnCase, benk_return_case, BenkReturnState, state)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, rma_number)
BENK_RECORD_VALUE (BenkReturnCase, benk_return_case, gboolean, no_rma)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, reason)
BENK_RECORD_VALUE (BenkReturnCase, benk_return_case, gint64, opened_ms)
BENK_RECORD_VALUE (BenkReturnCase, benk_return_case, gint64, deadline_ms)
BENK_RECORD_ID (BenkReturnCase, benk_return_case, consignment_id)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, tracking)
BENK_RECORD_STRING (BenkReturnCase, benk_return_case, outcome)

static const BenkName return_state_names[] = {
  [BENK_RETURN_STATE_REGISTERED] = { "registered", N_ ("Return registered") },
  [BENK_RETURN_STATE_ANSWERED] = { "answered", N_ ("Vendor has answered") },
  [BENK_RETURN_STATE_PACKED] = { "packed", N_ ("Packed for return") },
  [BENK_RETURN_STATE_SENT] = { "sent", N_ ("Sent to vendor") },
  [BENK_RETURN_STATE_RECEIVED] = { "received", N_ ("With vendor") },
  [BENK_RETURN_STATE_OUTCOME] = { "outcome", N_ ("Outcome known") },
  [BENK_RETURN_STATE_CLOSED] = { "closed", N_ ("Return closed") },
  [BENK_RETURN_STATE_CANCELLED] = { "cancelled", N_ ("Return cancelled") },
};

BENK_DEFINE_NAMES (BenkReturnState, benk_return_state, return_state_names)

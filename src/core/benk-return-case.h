/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkReturnState:
 * @BENK_RETURN_STATE_REGISTERED: reported to the vendor.
 * @BENK_RETURN_STATE_ANSWERED: a return number was given, or none is used.
 * @BENK_RETURN_STATE_PACKED: packed.
 * @BENK_RETURN_STATE_SENT: handed to the carrier.
 * @BENK_RETURN_STATE_RECEIVED: the vendor confirms to have it.
 * @BENK_RETURN_STATE_OUTCOME: repaired, replaced, credited, lease ended or refused.
 * @BENK_RETURN_STATE_CLOSED: nothing is left to do.
 * @BENK_RETURN_STATE_CANCELLED: not sent after all, or refused.
 *
 * Where a return is.
 */
typedef enum
{
  BENK_RETURN_STATE_REGISTERED,
  BENK_RETURN_STATE_ANSWERED,
  BENK_RETURN_STATE_PACKED,
  BENK_RETURN_STATE_SENT,
  BENK_RETURN_STATE_RECEIVED,
  BENK_RETURN_STATE_OUTCOME,
  BENK_RETURN_STATE_CLOSED,
  BENK_RETURN_STATE_CANCELLED,
} BenkReturnState;

#define BENK_N_RETURN_STATES (BENK_RETURN_STATE_CANCELLED + 1)

const char *benk_return_state_to_name (BenkReturnState value);
gboolean benk_return_state_from_name (const char *name, BenkReturnState *out_value);
const char *benk_return_state_get_label (BenkReturnState value);

/**
 * BenkReturnCase:
 *
 * A return of one device to a vendor.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `device-id`: the device
 * - `device-label`: what to call the device in a row, for showing
 * - `vendor`: who gets it
 * - `state`: where it is
 * - `rma-number`: return number of the vendor, or NULL
 * - `no-rma`: the vendor uses no return numbers
 * - `reason`: why, free text (personal)
 * - `opened-ms`: UTC ms it was registered
 * - `deadline-ms`: UTC ms the next answer is due; 0 = none
 * - `consignment-id`: the consignment it travels in; nil = none
 * - `tracking`: tracking number, or NULL
 * - `outcome`: outcome code, or NULL
 */
#define BENK_TYPE_RETURN_CASE (benk_return_case_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturnCase, benk_return_case, BENK, RETURN_CASE, GObject)

BenkReturnCase *benk_return_case_new (void);

const BenkId *benk_return_case_get_id (BenkReturnCase *self);
void benk_return_case_set_id (BenkReturnCase *self, const BenkId *value);
const BenkId *benk_return_case_get_device_id (BenkReturnCase *self);
void benk_return_case_set_device_id (BenkReturnCase *self, const BenkId *value);
const char *benk_return_case_get_device_label (BenkReturnCase *self);
void benk_return_case_set_device_label (BenkReturnCase *self, const char *value);
const char *benk_return_case_get_vendor (BenkReturnCase *self);
void benk_return_case_set_vendor (BenkReturnCase *self, const char *value);
BenkReturnState benk_return_case_get_state (BenkReturnCase *self);
void benk_return_case_set_state (BenkReturnCase *self, BenkReturnState value);
const char *benk_return_case_get_rma_number (BenkReturnCase *self);
void benk_return_case_set_rma_number (BenkReturnCase *self, const char *value);
gboolean benk_return_case_get_no_rma (BenkReturnCase *self);
void benk_return_case_set_no_rma (BenkReturnCase *self, gboolean value);
const char *benk_return_case_get_reason (BenkReturnCase *self);
void benk_return_case_set_reason (BenkReturnCase *self, const char *value);
gint64 benk_return_case_get_opened_ms (BenkReturnCase *self);
void benk_return_case_set_opened_ms (BenkReturnCase *self, gint64 value);
gint64 benk_return_case_get_deadline_ms (BenkReturnCase *self);
void benk_return_case_set_deadline_ms (BenkReturnCase *self, gint64 value);
const BenkId *benk_return_case_get_consignment_id (BenkReturnCase *self);
void benk_return_case_set_consignment_id (BenkReturnCase *self, const BenkId *value);
const char *benk_return_case_get_tracking (BenkReturnCase *self);
void benk_return_case_set_tracking (BenkReturnCase *self, const char *value);
const char *benk_return_case_get_outcome (BenkReturnCase *self);
void benk_return_case_set_outcome (BenkReturnCase *self, const char *value);

G_END_DECLS

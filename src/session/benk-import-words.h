/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-device.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkImportField:
 * @BENK_IMPORT_FIELD_NONE: a column that is left alone
 * @BENK_IMPORT_FIELD_MODEL: make and model
 * @BENK_IMPORT_FIELD_SERIAL: serial number
 * @BENK_IMPORT_FIELD_IMEI: IMEI of the modem
 * @BENK_IMPORT_FIELD_ASSET: the office's own number
 * @BENK_IMPORT_FIELD_STATE: state in the office's words
 * @BENK_IMPORT_FIELD_PLACE: shelf, district, user's home …
 * @BENK_IMPORT_FIELD_TEAM: the team that owns its alarms
 * @BENK_IMPORT_FIELD_VENDOR: vendor
 * @BENK_IMPORT_FIELD_RECEIVED: date received
 * @BENK_IMPORT_FIELD_WARRANTY: end of warranty
 * @BENK_IMPORT_FIELD_OWNER: whose it is, in the office's words
 * @BENK_IMPORT_FIELD_LEASE_END: last day of the lease
 * @BENK_IMPORT_FIELD_REFERENCE: reference of the user in the patient record
 * @BENK_IMPORT_FIELD_COMMENT: free text
 *
 * What a column of an imported list holds. The names are stored, the numbers are not.
 */
typedef enum
{
  BENK_IMPORT_FIELD_NONE,
  BENK_IMPORT_FIELD_MODEL,
  BENK_IMPORT_FIELD_SERIAL,
  BENK_IMPORT_FIELD_IMEI,
  BENK_IMPORT_FIELD_ASSET,
  BENK_IMPORT_FIELD_STATE,
  BENK_IMPORT_FIELD_PLACE,
  BENK_IMPORT_FIELD_TEAM,
  BENK_IMPORT_FIELD_VENDOR,
  BENK_IMPORT_FIELD_RECEIVED,
  BENK_IMPORT_FIELD_WARRANTY,
  BENK_IMPORT_FIELD_OWNER,
  BENK_IMPORT_FIELD_LEASE_END,
  BENK_IMPORT_FIELD_REFERENCE,
  BENK_IMPORT_FIELD_COMMENT,
} BenkImportField;

#define BENK_N_IMPORT_FIELDS (BENK_IMPORT_FIELD_COMMENT + 1)

const char *benk_import_field_to_name (BenkImportField field);
gboolean benk_import_field_from_name (const char *name, BenkImportField *out_field);
const char *benk_import_field_get_label (BenkImportField field);

char *benk_import_fold_word (const char *text);
BenkImportField benk_import_guess_field (const char *heading);
gboolean benk_import_guess_state (const char *text, BenkDeviceState *out_state);
gboolean benk_import_guess_owner (const char *text, BenkOwner *out_owner);

G_END_DECLS

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
 * @BENK_IMPORT_FIELD_EVENT: the alarm's code or its name
 * @BENK_IMPORT_FIELD_EVENT_TEXT: what is written about the alarm
 * @BENK_IMPORT_FIELD_RAISED: when it was raised
 * @BENK_IMPORT_FIELD_RAISED_CLOCK: the time of day of it
 * @BENK_IMPORT_FIELD_CLOSED: when it was closed
 * @BENK_IMPORT_FIELD_CLOSED_CLOCK: the time of day of it
 * @BENK_IMPORT_FIELD_STATUS: open or closed, in the portal's words
 * @BENK_IMPORT_FIELD_SEVERITY: how grave it is
 * @BENK_IMPORT_FIELD_EVENT_ID: the portal's number for the alarm
 *
 * What a column of an imported list holds: of devices up to the comment, of alarms the
 * numbers of the device and what follows the comment. The names are stored, the numbers
 * are not.
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
  BENK_IMPORT_FIELD_EVENT,
  BENK_IMPORT_FIELD_EVENT_TEXT,
  BENK_IMPORT_FIELD_RAISED,
  BENK_IMPORT_FIELD_RAISED_CLOCK,
  BENK_IMPORT_FIELD_CLOSED,
  BENK_IMPORT_FIELD_CLOSED_CLOCK,
  BENK_IMPORT_FIELD_STATUS,
  BENK_IMPORT_FIELD_SEVERITY,
  BENK_IMPORT_FIELD_EVENT_ID,
} BenkImportField;

#define BENK_N_IMPORT_FIELDS (BENK_IMPORT_FIELD_COMMENT + 1)
#define BENK_N_IMPORT_ALL_FIELDS (BENK_IMPORT_FIELD_EVENT_ID + 1)

const char *benk_import_field_to_name (BenkImportField field);
gboolean benk_import_field_from_name (const char *name, BenkImportField *out_field);
const char *benk_import_field_get_label (BenkImportField field);

const BenkImportField *benk_import_list_alarm_fields (guint *n_fields);

char *benk_import_fold_word (const char *text);
BenkImportField benk_import_guess_field (const char *heading);
gboolean benk_import_guess_state (const char *text, BenkDeviceState *out_state);
gboolean benk_import_guess_owner (const char *text, BenkOwner *out_owner);

BenkImportField benk_import_guess_alarm_field (const char *heading);
gboolean benk_import_guess_alarm_code (const char *text, int *out_index);

/* Of an alarm, as a portal says where it is. */
typedef enum
{
  BENK_IMPORT_STATUS_UNKNOWN,
  BENK_IMPORT_STATUS_OPEN,
  BENK_IMPORT_STATUS_TAKEN,
  BENK_IMPORT_STATUS_CLOSED,
  BENK_IMPORT_STATUS_SETTLED,
} BenkImportStatus;

BenkImportStatus benk_import_guess_alarm_status (const char *text);
int benk_import_guess_severity (const char *text);

G_END_DECLS

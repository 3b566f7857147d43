/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"
#include "benk-link-kind.h"
#include "benk-state.h"

G_BEGIN_DECLS

/**
 * BenkOrigin:
 * @BENK_ORIGIN_REGISTERED: registered one by one.
 * @BENK_ORIGIN_IMPORTED: taken over from a list; nothing is proven by that.
 *
 * How a device came into the store.
 */
typedef enum
{
  BENK_ORIGIN_REGISTERED,
  BENK_ORIGIN_IMPORTED,
} BenkOrigin;

#define BENK_N_ORIGINS (BENK_ORIGIN_IMPORTED + 1)

const char *benk_origin_to_name (BenkOrigin value);
gboolean benk_origin_from_name (const char *name, BenkOrigin *out_value);
const char *benk_origin_get_label (BenkOrigin value);

/**
 * BenkOwner:
 * @BENK_OWNER_UNKNOWN: nobody has said.
 * @BENK_OWNER_OWN: the municipality or the district.
 * @BENK_OWNER_LEASE: leased from the vendor.
 * @BENK_OWNER_AIDS_STORE: lent by the store of aids.
 *
 * Whose a device is.
 */
typedef enum
{
  BENK_OWNER_UNKNOWN,
  BENK_OWNER_OWN,
  BENK_OWNER_LEASE,
  BENK_OWNER_AIDS_STORE,
} BenkOwner;

#define BENK_N_OWNERS (BENK_OWNER_AIDS_STORE + 1)

const char *benk_owner_to_name (BenkOwner value);
gboolean benk_owner_from_name (const char *name, BenkOwner *out_value);
const char *benk_owner_get_label (BenkOwner value);

/**
 * BENK_ENDING_SOON_DAYS:
 *
 * How many days before its last day a warranty or a lease is said to end soon. Proposed
 * by the program, not decided by the district.
 */
#define BENK_ENDING_SOON_DAYS 60

/**
 * BenkEnding:
 * @BENK_ENDING_NONE: there is no last day, or it is not a date.
 * @BENK_ENDING_LATER: it is far off.
 * @BENK_ENDING_SOON: it is within %BENK_ENDING_SOON_DAYS; the last day counts.
 * @BENK_ENDING_OVER: it is past.
 *
 * How near the last day of a warranty or a lease is.
 */
typedef enum
{
  BENK_ENDING_NONE,
  BENK_ENDING_LATER,
  BENK_ENDING_SOON,
  BENK_ENDING_OVER,
} BenkEnding;

BenkEnding benk_ending_of (const char *date, gint64 now_ms, GTimeZone *zone);

/**
 * BenkDevice:
 *
 * A device: one box with a serial number.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name; nil before it is stored
 * - `model-id`: id of its model, see benk-model.h
 * - `serial`: serial number as it was given
 * - `former-serials`: earlier serials of the same device, newest first, or NULL
 * - `imei`: IMEI as given, or NULL
 * - `asset`: short asset number (D-037), or NULL
 * - `state`: state of the life cycle
 * - `state-since-ms`: UTC ms since it is in the state
 * - `origin`: how it came into the store
 * - `reset-proven`: whether a reset is proven by something that counts in this store
 * - `place-id`: where it is; nil = unknown
 * - `place-name`: name of the place, for showing
 * - `vendor`: vendor, or NULL
 * - `received-date`: "YYYY-MM-DD", or NULL
 * - `warranty-date`: "YYYY-MM-DD", or NULL
 * - `person-id`: the user it is with or made ready for; nil = none
 * - `person-ref`: reference used in the patient record (personal), or NULL
 * - `team`: team that owns its alarms, or NULL
 * - `note`: free text (personal), or NULL
 * - `owner`: whose it is
 * - `lease-end-date`: last day of the lease, "YYYY-MM-DD", or NULL
 * - `labelled-ms`: UTC ms when a label was last made for it; 0 = never
 * - `reserved-date`: the day for which it is kept, "YYYY-MM-DD"; NULL = not reserved
 * - `reserved-ref`: for whom: reference used in the patient record (personal), or NULL
 */
#define BENK_TYPE_DEVICE (benk_device_get_type ())
G_DECLARE_FINAL_TYPE (BenkDevice, benk_device, BENK, DEVICE, GObject)

BenkDevice *benk_device_new (void);

const BenkId *benk_device_get_id (BenkDevice *self);
void benk_device_set_id (BenkDevice *self, const BenkId *value);
const char *benk_device_get_model_id (BenkDevice *self);
void benk_device_set_model_id (BenkDevice *self, const char *value);
const char *benk_device_get_serial (BenkDevice *self);
void benk_device_set_serial (BenkDevice *self, const char *value);
const char *const *benk_device_get_former_serials (BenkDevice *self);
void benk_device_set_former_serials (BenkDevice *self, const char *const *value);
const char *benk_device_get_imei (BenkDevice *self);
void benk_device_set_imei (BenkDevice *self, const char *value);
const char *benk_device_get_asset (BenkDevice *self);
void benk_device_set_asset (BenkDevice *self, const char *value);
BenkDeviceState benk_device_get_state (BenkDevice *self);
void benk_device_set_state (BenkDevice *self, BenkDeviceState value);
gint64 benk_device_get_state_since_ms (BenkDevice *self);
void benk_device_set_state_since_ms (BenkDevice *self, gint64 value);
BenkOrigin benk_device_get_origin (BenkDevice *self);
void benk_device_set_origin (BenkDevice *self, BenkOrigin value);
gboolean benk_device_get_reset_proven (BenkDevice *self);
void benk_device_set_reset_proven (BenkDevice *self, gboolean value);
gboolean benk_device_get_ready_proven (BenkDevice *self);
void benk_device_set_ready_proven (BenkDevice *self, gboolean value);
BenkLinkKind benk_device_get_ready_link (BenkDevice *self);
void benk_device_set_ready_link (BenkDevice *self, BenkLinkKind value);
const char *benk_device_describe_state (BenkDevice *self);
const BenkId *benk_device_get_place_id (BenkDevice *self);
void benk_device_set_place_id (BenkDevice *self, const BenkId *value);
const char *benk_device_get_place_name (BenkDevice *self);
void benk_device_set_place_name (BenkDevice *self, const char *value);
const char *benk_device_get_vendor (BenkDevice *self);
void benk_device_set_vendor (BenkDevice *self, const char *value);
const char *benk_device_get_received_date (BenkDevice *self);
void benk_device_set_received_date (BenkDevice *self, const char *value);
const char *benk_device_get_warranty_date (BenkDevice *self);
void benk_device_set_warranty_date (BenkDevice *self, const char *value);
const BenkId *benk_device_get_person_id (BenkDevice *self);
void benk_device_set_person_id (BenkDevice *self, const BenkId *value);
const char *benk_device_get_person_ref (BenkDevice *self);
void benk_device_set_person_ref (BenkDevice *self, const char *value);
const char *benk_device_get_team (BenkDevice *self);
void benk_device_set_team (BenkDevice *self, const char *value);
const char *benk_device_get_note (BenkDevice *self);
void benk_device_set_note (BenkDevice *self, const char *value);
BenkOwner benk_device_get_owner (BenkDevice *self);
void benk_device_set_owner (BenkDevice *self, BenkOwner value);
const char *benk_device_get_lease_end_date (BenkDevice *self);
void benk_device_set_lease_end_date (BenkDevice *self, const char *value);
gint64 benk_device_get_labelled_ms (BenkDevice *self);
void benk_device_set_labelled_ms (BenkDevice *self, gint64 value);
const char *benk_device_get_reserved_date (BenkDevice *self);
void benk_device_set_reserved_date (BenkDevice *self, const char *value);
const char *benk_device_get_reserved_ref (BenkDevice *self);
void benk_device_set_reserved_ref (BenkDevice *self, const char *value);

G_END_DECLS

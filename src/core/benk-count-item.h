/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkCountVerdict:
 * @BENK_COUNT_FOUND: expected and found where it should be
 * @BENK_COUNT_MISSING: expected and not found
 * @BENK_COUNT_WRONG_PLACE: found, but the list has it in another place or in none
 * @BENK_COUNT_WRONG_STATE: found, but by its state it is not on a shelf
 * @BENK_COUNT_ADDED: found where it should be; it came after the count began
 * @BENK_COUNT_UNKNOWN: scanned, and not in the list
 *
 * What a count says of one device.
 */
typedef enum
{
  BENK_COUNT_FOUND,
  BENK_COUNT_MISSING,
  BENK_COUNT_WRONG_PLACE,
  BENK_COUNT_WRONG_STATE,
  BENK_COUNT_ADDED,
  BENK_COUNT_UNKNOWN,
} BenkCountVerdict;

#define BENK_N_COUNT_VERDICTS (BENK_COUNT_UNKNOWN + 1)

const char *benk_count_verdict_to_name (BenkCountVerdict value);
gboolean benk_count_verdict_from_name (const char *name, BenkCountVerdict *out_value);
const char *benk_count_verdict_get_label (BenkCountVerdict value);

/**
 * BenkCountItem:
 *
 * A device of a count, or a code that no device has.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `verdict`: what the count says of it
 * - `expected`: whether it was expected when the count began
 * - `device-id`: the device; nil for a code that no device has
 * - `model-id`, `serial`, `imei`, `asset`: of the device, or NULL
 * - `code`: what was scanned where no device had it, or NULL
 * - `state`: name of the state it had then, or NULL
 * - `place-id`, `place-name`: where the list had it; nil and NULL = nowhere
 * - `found-place-id`, `found-place-name`: where it was found; nil and NULL = somewhere in
 *   what is counted
 * - `found-ms`: when it was found, UTC ms; 0 = not
 * - `who`: initials of who scanned it, or NULL
 * - `settled`: what was done about it, as benk_count_settled_describe() reads it, or NULL
 */
#define BENK_TYPE_COUNT_ITEM (benk_count_item_get_type ())
G_DECLARE_FINAL_TYPE (BenkCountItem, benk_count_item, BENK, COUNT_ITEM, GObject)

BenkCountItem *benk_count_item_new (void);

const BenkId *benk_count_item_get_id (BenkCountItem *self);
void benk_count_item_set_id (BenkCountItem *self, const BenkId *value);
BenkCountVerdict benk_count_item_get_verdict (BenkCountItem *self);
void benk_count_item_set_verdict (BenkCountItem *self, BenkCountVerdict value);
gboolean benk_count_item_get_expected (BenkCountItem *self);
void benk_count_item_set_expected (BenkCountItem *self, gboolean value);
const BenkId *benk_count_item_get_device_id (BenkCountItem *self);
void benk_count_item_set_device_id (BenkCountItem *self, const BenkId *value);
const char *benk_count_item_get_model_id (BenkCountItem *self);
void benk_count_item_set_model_id (BenkCountItem *self, const char *value);
const char *benk_count_item_get_serial (BenkCountItem *self);
void benk_count_item_set_serial (BenkCountItem *self, const char *value);
const char *benk_count_item_get_imei (BenkCountItem *self);
void benk_count_item_set_imei (BenkCountItem *self, const char *value);
const char *benk_count_item_get_asset (BenkCountItem *self);
void benk_count_item_set_asset (BenkCountItem *self, const char *value);
const char *benk_count_item_get_code (BenkCountItem *self);
void benk_count_item_set_code (BenkCountItem *self, const char *value);
const char *benk_count_item_get_state (BenkCountItem *self);
void benk_count_item_set_state (BenkCountItem *self, const char *value);
const BenkId *benk_count_item_get_place_id (BenkCountItem *self);
void benk_count_item_set_place_id (BenkCountItem *self, const BenkId *value);
const char *benk_count_item_get_place_name (BenkCountItem *self);
void benk_count_item_set_place_name (BenkCountItem *self, const char *value);
const BenkId *benk_count_item_get_found_place_id (BenkCountItem *self);
void benk_count_item_set_found_place_id (BenkCountItem *self, const BenkId *value);
const char *benk_count_item_get_found_place_name (BenkCountItem *self);
void benk_count_item_set_found_place_name (BenkCountItem *self, const char *value);
gint64 benk_count_item_get_found_ms (BenkCountItem *self);
void benk_count_item_set_found_ms (BenkCountItem *self, gint64 value);
const char *benk_count_item_get_who (BenkCountItem *self);
void benk_count_item_set_who (BenkCountItem *self, const char *value);
const char *benk_count_item_get_settled (BenkCountItem *self);
void benk_count_item_set_settled (BenkCountItem *self, const char *value);

const char *benk_count_item_get_name (BenkCountItem *self);
char *benk_count_item_describe (BenkCountItem *self);

/**
 * BenkCountFix:
 * @BENK_COUNT_FIX_MOVE: the list says from now on that it is where it was found
 * @BENK_COUNT_FIX_STATE: its state was changed
 * @BENK_COUNT_FIX_REGISTER: it was registered
 * @BENK_COUNT_FIX_LEAVE: left as it is, after a look
 *
 * What is done about a difference.
 */
typedef enum
{
  BENK_COUNT_FIX_MOVE,
  BENK_COUNT_FIX_STATE,
  BENK_COUNT_FIX_REGISTER,
  BENK_COUNT_FIX_LEAVE,
} BenkCountFix;

#define BENK_N_COUNT_FIXES (BENK_COUNT_FIX_LEAVE + 1)

const char *benk_count_fix_to_name (BenkCountFix value);
gboolean benk_count_fix_from_name (const char *name, BenkCountFix *out_value);
const char *benk_count_fix_get_label (BenkCountFix value);
char *benk_count_settled_describe (const char *settled);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-count-item.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"
#include "benk-state.h"

#include <glib/gi18n.h>

struct _BenkCountItem
{
  GObject parent_instance;

  BenkId id;
  BenkCountVerdict verdict;
  gboolean expected;
  BenkId device_id;
  char *model_id;
  char *serial;
  char *imei;
  char *asset;
  char *code;
  char *state;
  BenkId place_id;
  char *place_name;
  BenkId found_place_id;
  char *found_place_name;
  gint64 found_ms;
  char *who;
  char *settled;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkCountItem, id),
  BENK_FIELD (INT, BenkCountItem, verdict),
  BENK_FIELD (BOOLEAN, BenkCountItem, expected),
  BENK_FIELD (ID, BenkCountItem, device_id),
  BENK_FIELD (STRING, BenkCountItem, model_id),
  BENK_FIELD (STRING, BenkCountItem, serial),
  BENK_FIELD (STRING, BenkCountItem, imei),
  BENK_FIELD (STRING, BenkCountItem, asset),
  BENK_FIELD (STRING, BenkCountItem, code),
  BENK_FIELD (STRING, BenkCountItem, state),
  BENK_FIELD (ID, BenkCountItem, place_id),
  BENK_FIELD (STRING, BenkCountItem, place_name),
  BENK_FIELD (ID, BenkCountItem, found_place_id),
  BENK_FIELD (STRING, BenkCountItem, found_place_name),
  BENK_FIELD (INT64, BenkCountItem, found_ms),
  BENK_FIELD (STRING, BenkCountItem, who),
  BENK_FIELD (STRING, BenkCountItem, settled),
};

BENK_DEFINE_RECORD (BenkCountItem, benk_count_item)

BENK_RECORD_ID (BenkCountItem, benk_count_item, id)
BENK_RECORD_VALUE (BenkCountItem, benk_count_item, BenkCountVerdict, verdict)
BENK_RECORD_VALUE (BenkCountItem, benk_count_item, gboolean, expected)
BENK_RECORD_ID (BenkCountItem, benk_count_item, device_id)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, model_id)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, serial)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, imei)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, asset)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, code)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, state)
BENK_RECORD_ID (BenkCountItem, benk_count_item, place_id)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, place_name)
BENK_RECORD_ID (BenkCountItem, benk_count_item, found_place_id)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, found_place_name)
BENK_RECORD_VALUE (BenkCountItem, benk_count_item, gint64, found_ms)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, who)
BENK_RECORD_STRING (BenkCountItem, benk_count_item, settled)

static const BenkName verdict_names[] = {
  [BENK_COUNT_FOUND] = { "found", N_ ("Found") },
  [BENK_COUNT_MISSING] = { "missing", N_ ("Missing") },
  [BENK_COUNT_WRONG_PLACE] = { "wrong-place", N_ ("Wrong place") },
  [BENK_COUNT_WRONG_STATE] = { "wrong-state", N_ ("Not expected here") },
  [BENK_COUNT_ADDED] = { "added", N_ ("Came during the count") },
  [BENK_COUNT_UNKNOWN] = { "unknown", N_ ("Unknown device, not registered") },
};

BENK_DEFINE_NAMES (BenkCountVerdict, benk_count_verdict, verdict_names)

static const BenkName fix_names[] = {
  [BENK_COUNT_FIX_MOVE] = { "move", N_ ("Moved to where it was found") },
  [BENK_COUNT_FIX_STATE] = { "state", N_ ("State changed") },
  [BENK_COUNT_FIX_REGISTER] = { "register", N_ ("Registered") },
  [BENK_COUNT_FIX_LEAVE] = { "leave", N_ ("Left as it is") },
};

BENK_DEFINE_NAMES (BenkCountFix, benk_count_fix, fix_names)

/**
 * benk_count_item_get_name:
 * @self: an item
 *
 * Returns: (transfer none): the short name for a person: the asset number, else the
 *   serial, else what was scanned
 */
const char *
benk_count_item_get_name (BenkCountItem *self)
{
  g_return_val_if_fail (BENK_IS_COUNT_ITEM (self), NULL);

  if (self->asset != NULL)
    return self->asset;

  return self->serial != NULL ? self->serial : self->code;
}

static const char *
describe_state (BenkCountItem *self)
{
  BenkDeviceState state;

  return benk_device_state_from_name (self->state, &state)
           ? benk_device_state_get_label (state, TRUE)
           : "?";
}

/**
 * benk_count_item_describe:
 * @self: an item
 *
 * Returns: (transfer full): what the count says of it in a sentence: where it should be,
 *   or how it stands in the list
 */
char *
benk_count_item_describe (BenkCountItem *self)
{
  g_return_val_if_fail (BENK_IS_COUNT_ITEM (self), NULL);

  switch (self->verdict)
    {
    case BENK_COUNT_MISSING:
      return g_strdup_printf (_ ("Should be at: %s"),
                              self->place_name != NULL ? self->place_name : "?");
    case BENK_COUNT_WRONG_PLACE:
      return self->place_name != NULL
               ? g_strdup_printf (_ ("Should be at: %s"), self->place_name)
               : g_strdup (_ ("The list has no place for it"));
    case BENK_COUNT_WRONG_STATE:
      return g_strdup_printf (_ ("By the list it is “%s”"), describe_state (self));
    case BENK_COUNT_UNKNOWN:
      return g_strdup (_ ("No device with this number is registered."));
    case BENK_COUNT_ADDED:
    case BENK_COUNT_FOUND:
    default:
      return g_strdup (self->found_place_name != NULL ? self->found_place_name
                                                      : describe_state (self));
    }
}

/**
 * benk_count_settled_describe:
 * @settled: (nullable): a fix by its name, after a colon the new state
 *
 * Returns: (transfer full) (nullable): what was done, in words
 */
char *
benk_count_settled_describe (const char *settled)
{
  g_auto (GStrv) parts = settled != NULL ? g_strsplit (settled, ":", 2) : NULL;
  BenkCountFix fix;
  BenkDeviceState state;

  if (parts == NULL || !benk_count_fix_from_name (parts[0], &fix))
    return g_strdup (settled);
  if (parts[1] != NULL && benk_device_state_from_name (parts[1], &state))
    /* Translators: what was done about a difference, then the new state of the device. */
    return g_strdup_printf (_ ("%s: %s"), benk_count_fix_get_label (fix),
                            benk_device_state_get_label (state, TRUE));

  return g_strdup (benk_count_fix_get_label (fix));
}

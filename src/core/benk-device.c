/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkDevice
{
  GObject parent_instance;

  BenkId id;
  char *model_id;
  char *serial;
  char **former_serials;
  char *imei;
  char *asset;
  BenkDeviceState state;
  gint64 state_since_ms;
  BenkOrigin origin;
  gboolean reset_proven;
  gboolean ready_proven;
  BenkLinkKind ready_link;
  BenkId place_id;
  char *place_name;
  char *vendor;
  char *received_date;
  char *warranty_date;
  BenkId person_id;
  char *person_ref;
  char *team;
  char *note;
  BenkOwner owner;
  char *lease_end_date;
  gint64 labelled_ms;
  char *reserved_date;
  char *reserved_ref;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkDevice, id),
  BENK_FIELD (STRING, BenkDevice, model_id),
  BENK_FIELD (STRING, BenkDevice, serial),
  BENK_FIELD (STRV, BenkDevice, former_serials),
  BENK_FIELD (STRING, BenkDevice, imei),
  BENK_FIELD (STRING, BenkDevice, asset),
  BENK_FIELD (INT, BenkDevice, state),
  BENK_FIELD (INT64, BenkDevice, state_since_ms),
  BENK_FIELD (INT, BenkDevice, origin),
  BENK_FIELD (BOOLEAN, BenkDevice, reset_proven),
  BENK_FIELD (BOOLEAN, BenkDevice, ready_proven),
  BENK_FIELD (INT, BenkDevice, ready_link),
  BENK_FIELD (ID, BenkDevice, place_id),
  BENK_FIELD (STRING, BenkDevice, place_name),
  BENK_FIELD (STRING, BenkDevice, vendor),
  BENK_FIELD (STRING, BenkDevice, received_date),
  BENK_FIELD (STRING, BenkDevice, warranty_date),
  BENK_FIELD (ID, BenkDevice, person_id),
  BENK_FIELD (STRING, BenkDevice, person_ref),
  BENK_FIELD (STRING, BenkDevice, team),
  BENK_FIELD (STRING, BenkDevice, note),
  BENK_FIELD (INT, BenkDevice, owner),
  BENK_FIELD (STRING, BenkDevice, lease_end_date),
  BENK_FIELD (INT64, BenkDevice, labelled_ms),
  BENK_FIELD (STRING, BenkDevice, reserved_date),
  BENK_FIELD (STRING, BenkDevice, reserved_ref),
};

BENK_DEFINE_RECORD (BenkDevice, benk_device)

BENK_RECORD_ID (BenkDevice, benk_device, id)
BENK_RECORD_STRING (BenkDevice, benk_device, model_id)
BENK_RECORD_STRING (BenkDevice, benk_device, serial)
BENK_RECORD_STRV (BenkDevice, benk_device, former_serials)
BENK_RECORD_STRING (BenkDevice, benk_device, imei)
BENK_RECORD_STRING (BenkDevice, benk_device, asset)
BENK_RECORD_VALUE (BenkDevice, benk_device, BenkDeviceState, state)
BENK_RECORD_VALUE (BenkDevice, benk_device, gint64, state_since_ms)
BENK_RECORD_VALUE (BenkDevice, benk_device, BenkOrigin, origin)
BENK_RECORD_VALUE (BenkDevice, benk_device, gboolean, reset_proven)
BENK_RECORD_VALUE (BenkDevice, benk_device, gboolean, ready_proven)
BENK_RECORD_VALUE (BenkDevice, benk_device, BenkLinkKind, ready_link)
BENK_RECORD_ID (BenkDevice, benk_device, place_id)
BENK_RECORD_STRING (BenkDevice, benk_device, place_name)
BENK_RECORD_STRING (BenkDevice, benk_device, vendor)
BENK_RECORD_STRING (BenkDevice, benk_device, received_date)
BENK_RECORD_STRING (BenkDevice, benk_device, warranty_date)
BENK_RECORD_ID (BenkDevice, benk_device, person_id)
BENK_RECORD_STRING (BenkDevice, benk_device, person_ref)
BENK_RECORD_STRING (BenkDevice, benk_device, team)
BENK_RECORD_STRING (BenkDevice, benk_device, note)
BENK_RECORD_VALUE (BenkDevice, benk_device, BenkOwner, owner)
BENK_RECORD_STRING (BenkDevice, benk_device, lease_end_date)
BENK_RECORD_VALUE (BenkDevice, benk_device, gint64, labelled_ms)
BENK_RECORD_STRING (BenkDevice, benk_device, reserved_date)
BENK_RECORD_STRING (BenkDevice, benk_device, reserved_ref)

static const BenkName origin_names[] = {
  [BENK_ORIGIN_REGISTERED] = { "registered", N_ ("Registered") },
  [BENK_ORIGIN_IMPORTED] = { "imported", N_ ("Imported") },
};

BENK_DEFINE_NAMES (BenkOrigin, benk_origin, origin_names)

static const BenkName owner_names[] = {
  [BENK_OWNER_UNKNOWN] = { "unknown", N_ ("Not known") },
  [BENK_OWNER_OWN] = { "own", N_ ("Owned") },
  [BENK_OWNER_LEASE] = { "lease", N_ ("Leased") },
  [BENK_OWNER_AIDS_STORE] = { "aids-store", N_ ("Lent by the store of aids") },
};

BENK_DEFINE_NAMES (BenkOwner, benk_owner, owner_names)

/**
 * benk_ending_of:
 * @date: (nullable): the last day of something, "YYYY-MM-DD"
 * @now_ms: the present, UTC ms
 * @zone: where the day is
 *
 * Returns: how near it is; over from midnight after the last day
 */
BenkEnding
benk_ending_of (const char *date, gint64 now_ms, GTimeZone *zone)
{
  g_autofree char *midnight = date != NULL ? g_strdup_printf ("%sT00:00:00", date) : NULL;
  g_autoptr (GDateTime) last =
    midnight != NULL ? g_date_time_new_from_iso8601 (midnight, zone) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) over = last != NULL ? g_date_time_add_days (last, 1) : NULL;
  g_autoptr (GDateTime) soon =
    last != NULL ? g_date_time_add_days (last, -BENK_ENDING_SOON_DAYS) : NULL;

  if (over == NULL || soon == NULL)
    return BENK_ENDING_NONE;
  if (g_date_time_compare (now, over) >= 0)
    return BENK_ENDING_OVER;

  return g_date_time_compare (now, soon) >= 0 ? BENK_ENDING_SOON : BENK_ENDING_LATER;
}

/**
 * benk_device_describe_state:
 * @self: a device
 *
 * The state in words that claim no more than is proven: in stock says whether its reset
 * is, ready says whether its settings were read back or done by checklist.
 *
 * Returns: (transfer none): a translated label
 */
const char *
benk_device_describe_state (BenkDevice *self)
{
  if (self->state != BENK_DEVICE_STATE_READY)
    return benk_device_state_get_label (self->state, self->reset_proven);

  if (!self->ready_proven)
    return g_dgettext (GETTEXT_PACKAGE, N_ ("Ready, not proven"));

  return self->ready_link == BENK_LINK_KIND_CHECKLIST
           ? g_dgettext (GETTEXT_PACKAGE, N_ ("Ready, by checklist"))
           : g_dgettext (GETTEXT_PACKAGE, N_ ("Ready, read back"));
}

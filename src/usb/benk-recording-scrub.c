/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-recording-scrub.h"

#include "benk-apdu.h"
#include "benk-ext.h"
#include "benk-mds.h"
#include "benk-phd-config.h"
#include "benk-pm.h"

#include <string.h>

#define N_TABLES 6
/* Where the parts of an APDU are that has been parsed, so whose lengths are right. */
#define PRST_HEADER 12
#define ACTION_INFO 18
#define EVENT_INFO 22
#define ATTR_COUNT 14
#define ATTRS 18
/* No table is longer; what a device announces beyond is not remembered. */
#define MAX_TABLE 65536

/* What was written of one table. */
typedef struct
{
  gboolean known;
  guint32 total;
  guint32 crc;
  GByteArray *octets;
} Written;

struct _BenkScrub
{
  Written written[N_TABLES];
  guint16 table; /* of the transfer that is open */
  guint16 direction;
  guint32 total;
};

/* The octets of one APDU on their way. */
typedef struct
{
  guint8 *data;
  gsize length;
} Octets;

/* What says nothing about a person: the device itself, its clock, power and state. */
static const guint16 kept_attrs[] = {
  BENK_ATTR_CONFIRM_TIMEOUT,  BENK_ATTR_SYSTEM_MODEL,      BENK_ATTR_PRODUCTION_SPEC,
  BENK_ATTR_POWER_STATUS,     BENK_ATTR_SYSTEM_ID,         BENK_ATTR_DATE_TIME,
  BENK_ATTR_BATTERY_TIME,     BENK_ATTR_BATTERY_LEVEL,     BENK_ATTR_CONFIG_ID,
  BENK_ATTR_TIME_INFO,        BENK_ATTR_REG_CERT,          BENK_ATTR_TYPE_SPECS,
  BENK_ATTR_SEGMENT_INSTANCE, BENK_ATTR_STORE_ALGORITHM,   BENK_ATTR_STORE_USAGE,
  BENK_ATTR_SEGMENTS,         BENK_ATTR_OPERATIONAL_STATE, BENK_ATTR_SEGMENT_USAGE,
  BENK_ATTR_CLEAR_TIMEOUT,    BENK_ATTR_TRANSFER_TIMEOUT,  BENK_ATTR_STORE_CAPAB,
  BENK_ATTR_ENTRY_MAP,        BENK_EXT_ATTR_PROFILE,       BENK_EXT_ATTR_PROV_STATE,
  BENK_EXT_ATTR_WIPE_STATE,   BENK_EXT_ATTR_SELFTEST,      BENK_EXT_ATTR_MODE,
  BENK_EXT_ATTR_ZONE,         BENK_EXT_ATTR_LANGUAGE,      BENK_EXT_ATTR_VOLUME,
  BENK_EXT_ATTR_EVENTS,
};

/* Actions whose information has no payload. */
static const guint16 kept_actions[] = {
  BENK_ACT_SEG_CLR,    BENK_ACT_SEG_TRIG_XFER, BENK_ACT_SET_TIME,   BENK_EXT_ACT_BEGIN,
  BENK_EXT_ACT_ABORT,  BENK_EXT_ACT_RESET,     BENK_EXT_ACT_VERIFY, BENK_EXT_ACT_SELFTEST,
  BENK_EXT_ACT_COMMIT, BENK_EXT_ACT_ACTIVATE,
};

static gboolean
is_among (const guint16 *codes, guint n_codes, guint16 code)
{
  for (guint i = 0; i < n_codes; i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

static guint16
get_u16 (const Octets *octets, gsize at)
{
  return at + 2 <= octets->length
           ? (guint16) (octets->data[at] << 8 | octets->data[at + 1])
           : 0;
}

static guint32
get_u32 (const Octets *octets, gsize at)
{
  return (guint32) get_u16 (octets, at) << 16 | get_u16 (octets, at + 2);
}

static void
put_u32 (Octets *octets, gsize at, guint32 value)
{
  if (at + 4 > octets->length)
    return;
  octets->data[at] = (guint8) (value >> 24);
  octets->data[at + 1] = (guint8) (value >> 16);
  octets->data[at + 2] = (guint8) (value >> 8);
  octets->data[at + 3] = (guint8) value;
}

static void
blank (Octets *octets, gsize at, gsize length)
{
  if (at < octets->length)
    memset (octets->data + at, 0, MIN (length, octets->length - at));
}

static void
blank_from (Octets *octets, gsize at)
{
  blank (octets, at, octets->length);
}

static Written *
find_written (BenkScrub *self, guint16 table)
{
  return table < N_TABLES && self->written[table].known ? &self->written[table] : NULL;
}

/* A checksum of few octets gives them away, so it becomes that of the zeros; one that
 * does not fit what was written stays one that does not fit. */
static guint32
replace_crc (BenkScrub *self, guint16 table, guint32 length, guint32 crc)
{
  const Written *written = find_written (self, table);
  g_autofree guint8 *zeros = NULL;
  guint32 replaced;

  if (length == 0 || length > MAX_TABLE)
    return length == 0 ? crc : 0;
  zeros = g_malloc0 (length);
  replaced = benk_crc32 (zeros, length);
  return written != NULL && written->total == length && written->crc != crc ? replaced ^ 1
                                                                            : replaced;
}

/* List of {table, rev, length, crc} behind the set-id; in F205 of {table, -, crc}. */
static void
scrub_states (BenkScrub *self, Octets *octets, gsize at, gsize end, gboolean activate)
{
  gsize item = activate ? 8 : 14;
  guint count = get_u16 (octets, at + 4);

  at += 8;
  for (guint i = 0; i < count && at + item <= end; i++, at += item)
    {
      guint16 table = get_u16 (octets, at);
      const Written *written = find_written (self, table);
      guint32 length = !activate         ? get_u32 (octets, at + 6)
                       : written != NULL ? written->total
                                         : 0;
      gsize where = at + item - 4;

      put_u32 (octets, where, replace_crc (self, table, length, get_u32 (octets, where)));
    }
}

static void
scrub_attr (BenkScrub *self, Octets *octets, guint16 id, gsize at, gsize length)
{
  if (!is_among (kept_attrs, G_N_ELEMENTS (kept_attrs), id))
    blank (octets, at, length);
  else if (id == BENK_EXT_ATTR_PROV_STATE)
    scrub_states (self, octets, at, at + length, FALSE);
}

/* Attributes {id, length, value}, each of @lead octets more; Returns: where they end */
static gsize
scrub_attrs (BenkScrub *self, Octets *octets, gsize at, guint count, gsize lead)
{
  for (guint i = 0; i < count && at + lead + 4 <= octets->length; i++)
    {
      gsize length = get_u16 (octets, at + lead + 2);

      scrub_attr (self, octets, get_u16 (octets, at + lead), at + lead + 4, length);
      at += lead + 4 + length;
    }
  return at;
}

static void
begin_transfer (BenkScrub *self, Octets *octets)
{
  guint32 total = get_u32 (octets, ACTION_INFO + 4);
  guint32 crc = get_u32 (octets, ACTION_INFO + 8);
  Written *written;

  self->table = get_u16 (octets, ACTION_INFO);
  self->direction = get_u16 (octets, ACTION_INFO + 2);
  self->total = total;
  if (self->direction != BENK_EXT_WRITE || self->table >= N_TABLES || total > MAX_TABLE)
    {
      put_u32 (octets, ACTION_INFO + 8, 0);
      return;
    }
  written = &self->written[self->table];
  written->known = TRUE;
  written->total = total;
  written->crc = crc;
  g_clear_pointer (&written->octets, g_byte_array_unref);
  written->octets = g_byte_array_new ();
  put_u32 (octets, ACTION_INFO + 8, replace_crc (self, self->table, total, crc));
}

static void
keep_chunk (BenkScrub *self, const Octets *octets, gsize offset, gsize at, gsize length)
{
  Written *written = find_written (self, self->table);

  if (written == NULL || offset + length > written->total ||
      offset > written->octets->len)
    return;
  if (offset + length > written->octets->len)
    g_byte_array_set_size (written->octets, (guint) (offset + length));
  memcpy (written->octets->data + offset, octets->data + at, length);
}

/* Returns: the first octet that is not what was written, or %BENK_SCRUB_EQUAL */
static guint
compare_chunk (
  BenkScrub *self, const Octets *octets, gsize offset, gsize at, gsize length)
{
  const Written *written = find_written (self, self->table);

  if (written == NULL || written->octets->len != written->total)
    return BENK_SCRUB_EQUAL;
  for (gsize i = 0; i < length; i++)
    if (offset + i >= written->total ||
        written->octets->data[offset + i] != octets->data[at + i])
      return (guint) (at + i);
  return BENK_SCRUB_EQUAL;
}

static guint
scrub_chunk (BenkScrub *self, Octets *octets, gboolean to_device)
{
  /* xfer-id, (result,) offset, then the length of the octets and the octets */
  gsize start = ACTION_INFO + (to_device ? 2 : 4);
  gsize length = get_u16 (octets, start + 4);
  gsize at = start + 6;
  guint32 offset = get_u32 (octets, start);
  guint differs_at = BENK_SCRUB_EQUAL;

  length = at < octets->length ? MIN (length, octets->length - at) : 0;
  if (to_device)
    keep_chunk (self, octets, offset, at, length);
  else
    differs_at = compare_chunk (self, octets, offset, at, length);
  blank_from (octets, at);
  return differs_at;
}

static guint
scrub_action (BenkScrub *self, Octets *octets, const BenkApdu *apdu, gboolean to_device)
{
  gboolean asks = apdu->choice != BENK_CHOICE_ACTION_RESPONSE;
  gsize crc_at;

  if ((apdu->type == BENK_EXT_ACT_DATA && asks) ||
      (apdu->type == BENK_EXT_ACT_READ && !asks))
    return scrub_chunk (self, octets, asks);
  if (apdu->type == BENK_EXT_ACT_DATA || apdu->type == BENK_EXT_ACT_READ)
    return BENK_SCRUB_EQUAL;
  if (apdu->type == BENK_EXT_ACT_PARAM)
    scrub_attr (self, octets, get_u16 (octets, ACTION_INFO), ACTION_INFO + 4,
                octets->length);
  else if (apdu->type == BENK_ACT_SEG_GET_INFO && !asks)
    {
      gsize at = ACTION_INFO + 4;

      for (guint i = get_u16 (octets, ACTION_INFO); i > 0 && at < octets->length; i--)
        at = scrub_attrs (self, octets, at + 6, get_u16 (octets, at + 2), 0);
    }
  else if (apdu->type == BENK_EXT_ACT_BEGIN && asks)
    begin_transfer (self, octets);
  else if (apdu->type == BENK_EXT_ACT_COMMIT)
    {
      crc_at = ACTION_INFO + (asks ? 4 : 8);
      put_u32 (octets, crc_at,
               replace_crc (self, self->table, self->total, get_u32 (octets, crc_at)));
    }
  else if (apdu->type == BENK_EXT_ACT_ACTIVATE && asks)
    scrub_states (self, octets, ACTION_INFO, octets->length, TRUE);
  else if (!is_among (kept_actions, G_N_ELEMENTS (kept_actions), apdu->type) &&
           apdu->type != BENK_ACT_SEG_GET_INFO)
    blank_from (octets, ACTION_INFO);
  return BENK_SCRUB_EQUAL;
}

/* What a dispenser reports of doses: which and when. Its shape stays. */
static void
scrub_report (BenkScrub *self, Octets *octets, gboolean fixed)
{
  gsize at = EVENT_INFO + 8;

  for (guint i = get_u16 (octets, EVENT_INFO + 4); i > 0 && at + 4 <= octets->length; i--)
    if (fixed)
      {
        blank (octets, at + 4, get_u16 (octets, at + 2));
        at += 4 + get_u16 (octets, at + 2);
      }
    else
      at = scrub_attrs (self, octets, at + 6, get_u16 (octets, at + 2), 0);
  blank_from (octets, at);
}

static void
scrub_event (BenkScrub *self, Octets *octets, const BenkApdu *apdu)
{
  gboolean says = apdu->choice != BENK_CHOICE_EVENT_RESPONSE;

  if (apdu->type == BENK_EVT_CONFIG || (!says && apdu->type == BENK_EVT_SEGMENT_DATA))
    return;
  if (says && apdu->type == BENK_EVT_SEGMENT_DATA)
    blank_from (octets, EVENT_INFO + 14);
  else if (says && (apdu->type == BENK_EVT_SCAN_FIXED || apdu->type == BENK_EVT_SCAN_VAR))
    scrub_report (self, octets, apdu->type == BENK_EVT_SCAN_FIXED);
  else
    blank_from (octets, EVENT_INFO);
}

/* The number of this machine says which one it is; options of an agent are its own. */
static void
scrub_association (Octets *octets, const BenkApdu *apdu)
{
  gsize at = apdu->tag == BENK_APDU_AARE ? 6 : 12;
  gboolean is_ours = apdu->tag == BENK_APDU_AARE;

  while (at + 4 <= octets->length)
    {
      gsize length = get_u16 (octets, at + 2);
      gsize info = at + 4;

      if (get_u16 (octets, at) != BENK_PROTO_20601)
        blank (octets, info, length);
      else
        {
          gsize id_length = get_u16 (octets, info + 18);
          gsize options = info + 20 + id_length + 6;

          if (is_ours)
            blank (octets, info + 20, id_length);
          if (options + 4 < info + length)
            blank (octets, options + 4, info + length - options - 4);
        }
      at = info + length;
    }
}

static guint
scrub_service (BenkScrub *self, Octets *octets, const BenkApdu *apdu, gboolean to_device)
{
  switch (apdu->choice)
    {
    case BENK_CHOICE_EVENT:
    case BENK_CHOICE_EVENT_CONFIRMED:
    case BENK_CHOICE_EVENT_RESPONSE:
      scrub_event (self, octets, apdu);
      break;
    case BENK_CHOICE_GET_RESPONSE:
    case BENK_CHOICE_SET_RESPONSE:
      scrub_attrs (self, octets, ATTRS, get_u16 (octets, ATTR_COUNT), 0);
      break;
    case BENK_CHOICE_SET:
    case BENK_CHOICE_SET_CONFIRMED:
      scrub_attrs (self, octets, ATTRS, get_u16 (octets, ATTR_COUNT), 2);
      break;
    case BENK_CHOICE_ACTION:
    case BENK_CHOICE_ACTION_CONFIRMED:
    case BENK_CHOICE_ACTION_RESPONSE:
      return scrub_action (self, octets, apdu, to_device);
    case BENK_CHOICE_GET:
    case BENK_CHOICE_ERROR:
    case BENK_CHOICE_REJECT:
      break;
    default:
      blank_from (octets, PRST_HEADER);
      break;
    }
  return BENK_SCRUB_EQUAL;
}

/** benk_scrub_new: Returns: (transfer full): for one conversation from its beginning */
BenkScrub *
benk_scrub_new (void)
{
  return g_new0 (BenkScrub, 1);
}

/** benk_scrub_free: forgets what was written */
void
benk_scrub_free (BenkScrub *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_clear_pointer (&self->written[i].octets, g_byte_array_unref);
  g_free (self);
}

/**
 * benk_scrub_apdu:
 * @self: a scrub that has seen everything before
 * @apdu: what went over the link
 * @to_device: which way
 * @differs_at: (out) (optional): where the first octet of a chunk read back stands that
 * is not what was written, else %BENK_SCRUB_EQUAL
 *
 * What is not known to be harmless becomes zeros: payloads of tables, reports and logs of
 * doses, unknown attributes and actions, APDUs that cannot be understood.
 *
 * Returns: (transfer full): as many octets
 */
GBytes *
benk_scrub_apdu (BenkScrub *self, GBytes *apdu, gboolean to_device, guint *differs_at)
{
  g_autoptr (BenkApdu) parsed = benk_apdu_parse (apdu, NULL);
  Octets octets = { g_memdup2 (g_bytes_get_data (apdu, NULL), g_bytes_get_size (apdu)),
                    g_bytes_get_size (apdu) };
  guint differs = BENK_SCRUB_EQUAL;

  if (parsed == NULL)
    blank_from (&octets, PRST_HEADER);
  else if (parsed->tag == BENK_APDU_AARQ || parsed->tag == BENK_APDU_AARE)
    scrub_association (&octets, parsed);
  else if (parsed->tag == BENK_APDU_PRST)
    differs = scrub_service (self, &octets, parsed, to_device);
  if (differs_at != NULL)
    *differs_at = differs;
  return g_bytes_new_take (octets.data, octets.length);
}

/** benk_scrub_get_table_length: Returns: octets of a table that was written, or 0 */
guint
benk_scrub_get_table_length (BenkScrub *self, guint16 table)
{
  const Written *written = find_written (self, table);

  return written != NULL ? written->total : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-fault.h"

#include <string.h>

#include "benk-apdu.h"
#include "benk-error.h"

#include <glib/gi18n.h>

/* What the number behind the colon says. */
typedef enum
{
  PLACE_NONE,
  PLACE_MS,
  PLACE_TABLE,
  PLACE_REGION,
} PlaceKind;

typedef struct
{
  const char *name;
  PlaceKind place;
  guint at; /* unless another transfer is given */
  const char *description;
} FaultRow;

/* Transfers are APDUs in either direction, from 1 since the fault was set. Without a
 * number SHORT, ODD and GARBAGE damage every presentation APDU that the dispenser sends,
 * and what is so from a transfer on is so from the start. */
static const FaultRow rows[BENK_VIRTUAL_N_FAULTS] = {
  [BENK_VIRTUAL_FAULT_NONE] = { "none", PLACE_NONE, 0, N_ ("Nothing is wrong") },
  [BENK_VIRTUAL_FAULT_SILENT] = { "silent", PLACE_NONE, 1,
                                  N_ ("From transfer K on the dispenser says nothing") },
  [BENK_VIRTUAL_FAULT_STALL] = { "stall", PLACE_NONE, 5,
                                 N_ ("Transfer K stalls the endpoint, once") },
  [BENK_VIRTUAL_FAULT_SHORT] = { "short", PLACE_NONE, 0,
                                 N_ ("Transfer K arrives as its first half") },
  [BENK_VIRTUAL_FAULT_ODD] = { "odd", PLACE_NONE, 0,
                               N_ ("Transfer K arrives one octet short") },
  [BENK_VIRTUAL_FAULT_GARBAGE] = { "garbage", PLACE_NONE, 0,
                                   N_ ("Transfer K arrives as other octets") },
  [BENK_VIRTUAL_FAULT_DISCONNECT] = { "disconnect", PLACE_NONE, 1,
                                      N_ ("The dispenser leaves the bus at transfer K, "
                                          "which is lost") },
  [BENK_VIRTUAL_FAULT_DISCONNECT_AFTER] = { "disconnect-after", PLACE_NONE, 1,
                                            N_ ("The dispenser leaves the bus after "
                                                "transfer K; its answer is lost") },
  [BENK_VIRTUAL_FAULT_SLOW] = { "slow", PLACE_MS, 0,
                                N_ ("From transfer K on the dispenser answers after N "
                                    "milliseconds; without N ten times as late as "
                                    "usual") },
  [BENK_VIRTUAL_FAULT_WRONG_SERIAL] = { "wrong-serial", PLACE_NONE, 0,
                                        N_ ("The dispenser leaves the bus at transfer K; "
                                            "another one comes back onto it") },
  [BENK_VIRTUAL_FAULT_WRONG_CONFIG] = { "wrong-config", PLACE_NONE, 0,
                                        N_ (
                                          "From transfer K on the dispenser says that it "
                                          "is a thermometer") },
  [BENK_VIRTUAL_FAULT_FULL] = { "full", PLACE_TABLE, 0,
                                N_ ("From transfer K on the dispenser has no room for "
                                    "table N; without N for none") },
  [BENK_VIRTUAL_FAULT_CRC_LIE] = { "crc-lie", PLACE_TABLE, 0,
                                   N_ ("From transfer K on the dispenser stores a "
                                       "changed octet of table N, without N of every "
                                       "one, and answers the right checksum") },
  [BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION] = { "wipe-leaves-region", PLACE_REGION, 0,
                                              N_ ("From transfer K on a wipe leaves "
                                                  "region N of 8, without N the seventh, "
                                                  "and the dispenser says that it is "
                                                  "wiped") },
  [BENK_VIRTUAL_FAULT_LOW_BATTERY] = { "low-battery", PLACE_NONE, 0,
                                       N_ ("From transfer K on the battery is at 9 "
                                           "percent and "
                                           "there is no mains") },
  [BENK_VIRTUAL_FAULT_LID_OPEN] = { "lid-open", PLACE_NONE, 0,
                                    N_ ("From transfer K on the lid is open") },
  [BENK_VIRTUAL_FAULT_DISPENSING] = { "dispensing", PLACE_NONE, 0,
                                      N_ ("From transfer K on a dose is being handed "
                                          "out") },
};

#define MOST_TRANSFERS 1000000
#define MOST_MS (60 * 1000)

static guint
get_most (PlaceKind place)
{
  switch (place)
    {
    case PLACE_TABLE:
      return BENK_AGENT_TABLES;
    case PLACE_REGION:
      return 8;
    case PLACE_MS:
      return MOST_MS;
    case PLACE_NONE:
    default:
      return 0;
    }
}

static guint
get_usual (PlaceKind place)
{
  switch (place)
    {
    case PLACE_MS:
      return 2500;
    case PLACE_REGION:
      return 7;
    case PLACE_TABLE:
    case PLACE_NONE:
    default:
      return 0;
    }
}

static const FaultRow *
find_row (const char *name)
{
  for (guint i = 0; i < BENK_VIRTUAL_N_FAULTS; i++)
    if (strcmp (rows[i].name, name) == 0)
      return &rows[i];

  return NULL;
}

static gboolean
parse_number (
  const char *name, const char *text, guint most, guint *number, GError **error)
{
  guint64 parsed = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, most, &parsed, NULL))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("The fault “%s” needs a number from 1 to %u, not “%s”."), name,
                   most, text);
      return FALSE;
    }
  *number = (guint) parsed;

  return TRUE;
}

/**
 * benk_virtual_fault_parse:
 * @text: (nullable): "NAME", "NAME@K", "NAME:N" or "NAME:N@K"; %NULL or "" = none
 * @fault: (out): the fault
 * @error: %BENK_ERROR_USAGE
 *
 * K is always a transfer; N says which table or region, or how many milliseconds.
 *
 * Returns: whether there is such a fault
 */
gboolean
benk_virtual_fault_parse (const char *text, BenkVirtualFault *fault, GError **error)
{
  g_auto (GStrv) when =
    g_strsplit (text != NULL && text[0] != '\0' ? text : "none", "@", 2);
  g_auto (GStrv) what = g_strsplit (when[0], ":", 2);
  const FaultRow *row = what[0] != NULL ? find_row (what[0]) : NULL;

  *fault = (BenkVirtualFault){ .kind = BENK_VIRTUAL_FAULT_NONE };
  if (row == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("A simulated dispenser has no fault “%s”."), when[0]);
      return FALSE;
    }

  fault->kind = (BenkVirtualFaultKind) (row - rows);
  fault->at = row->at;
  fault->place = get_usual (row->place);
  fault->given = when[1] != NULL;
  if ((fault->given && fault->kind == BENK_VIRTUAL_FAULT_NONE) ||
      (what[1] != NULL && row->place == PLACE_NONE))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("The fault “%s” takes no number behind “%c”."), row->name,
                   what[1] != NULL ? ':' : '@');
      return FALSE;
    }
  if (what[1] != NULL &&
      !parse_number (row->name, what[1], get_most (row->place), &fault->place, error))
    return FALSE;

  return !fault->given ||
         parse_number (row->name, when[1], MOST_TRANSFERS, &fault->at, error);
}

/**
 * benk_virtual_fault_get_name:
 * @kind: a fault
 *
 * Returns: its name on the command line
 */
const char *
benk_virtual_fault_get_name (BenkVirtualFaultKind kind)
{
  g_return_val_if_fail (kind < BENK_VIRTUAL_N_FAULTS, NULL);

  return rows[kind].name;
}

/**
 * benk_virtual_fault_get_usage:
 * @kind: a fault
 *
 * Returns: (transfer full): its name and the numbers it takes, as "full[:N][@K]"
 */
char *
benk_virtual_fault_get_usage (BenkVirtualFaultKind kind)
{
  g_return_val_if_fail (kind < BENK_VIRTUAL_N_FAULTS, NULL);

  return g_strconcat (rows[kind].name, rows[kind].place != PLACE_NONE ? "[:N]" : "",
                      kind != BENK_VIRTUAL_FAULT_NONE ? "[@K]" : "", NULL);
}

/**
 * benk_virtual_fault_get_description:
 * @kind: a fault
 *
 * Returns: what it does, in the language of the program
 */
const char *
benk_virtual_fault_get_description (BenkVirtualFaultKind kind)
{
  g_return_val_if_fail (kind < BENK_VIRTUAL_N_FAULTS, NULL);

  return _ (rows[kind].description);
}

static gboolean
is_presentation (GBytes *apdu)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (apdu, &length);

  return length >= 2 && data[0] == BENK_APDU_PRST >> 8;
}

/* Other octets of the same length; no bit pattern an APDU begins with. */
static GBytes *
make_garbage (GBytes *apdu)
{
  gsize length = g_bytes_get_size (apdu);
  guint8 *octets = g_malloc (MAX (length, 1));
  guint32 state = 0x5eed1234;

  for (gsize i = 0; i < length; i++)
    {
      state = state * 1664525u + 1013904223u;
      octets[i] = (guint8) (state >> 24);
    }
  if (length > 0)
    octets[0] = 0x5a;

  return g_bytes_new_take (octets, length);
}

static void
damage (const BenkVirtualFault *fault, GBytes **apdu)
{
  gsize length = g_bytes_get_size (*apdu);
  GBytes *damaged;

  if (fault->kind == BENK_VIRTUAL_FAULT_GARBAGE)
    damaged = make_garbage (*apdu);
  else if (fault->kind == BENK_VIRTUAL_FAULT_SHORT)
    damaged = g_bytes_new_from_bytes (*apdu, 0, length / 2);
  else
    damaged = g_bytes_new_from_bytes (*apdu, 0, length - MIN (length, 1));
  g_bytes_unref (*apdu);
  *apdu = damaged;
}

/**
 * benk_virtual_fault_judge:
 * @fault: a fault; one that happens once remembers that it has
 * @transfer: number of the transfer, from 1
 * @to_host: whether the dispenser sends it
 * @apdu: (inout) (transfer full): its octets, which a fault may change
 *
 * Returns: what becomes of the transfer
 */
BenkVirtualVerdict
benk_virtual_fault_judge (BenkVirtualFault *fault,
                          guint transfer,
                          gboolean to_host,
                          GBytes **apdu)
{
  gboolean here = transfer == fault->at && !fault->spent;

  switch (fault->kind)
    {
    case BENK_VIRTUAL_FAULT_SILENT:
      return to_host && transfer >= fault->at ? BENK_VIRTUAL_LOSE : BENK_VIRTUAL_PASS;
    case BENK_VIRTUAL_FAULT_STALL:
      fault->spent |= here;
      return here ? BENK_VIRTUAL_STALL : BENK_VIRTUAL_PASS;
    case BENK_VIRTUAL_FAULT_DISCONNECT:
    case BENK_VIRTUAL_FAULT_WRONG_SERIAL:
      fault->spent |= here;
      return here ? BENK_VIRTUAL_DROP : BENK_VIRTUAL_PASS;
    case BENK_VIRTUAL_FAULT_DISCONNECT_AFTER:
      fault->spent |= here;
      return here ? BENK_VIRTUAL_DROP_AFTER : BENK_VIRTUAL_PASS;
    case BENK_VIRTUAL_FAULT_SHORT:
    case BENK_VIRTUAL_FAULT_ODD:
    case BENK_VIRTUAL_FAULT_GARBAGE:
      if (fault->given ? here : to_host && is_presentation (*apdu))
        damage (fault, apdu);
      fault->spent |= fault->given && here;
      return BENK_VIRTUAL_PASS;
    case BENK_VIRTUAL_FAULT_NONE:
    case BENK_VIRTUAL_FAULT_SLOW:
    case BENK_VIRTUAL_FAULT_WRONG_CONFIG:
    case BENK_VIRTUAL_FAULT_FULL:
    case BENK_VIRTUAL_FAULT_CRC_LIE:
    case BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION:
    case BENK_VIRTUAL_FAULT_LOW_BATTERY:
    case BENK_VIRTUAL_FAULT_LID_OPEN:
    case BENK_VIRTUAL_FAULT_DISPENSING:
    default:
      return BENK_VIRTUAL_PASS;
    }
}

/**
 * benk_virtual_fault_is_on:
 * @fault: a fault
 * @kind: what is asked for
 * @transfer: number of the transfer now, from 1; 0 = none yet
 *
 * Returns: whether @fault is of @kind and holds from this transfer on
 */
gboolean
benk_virtual_fault_is_on (const BenkVirtualFault *fault,
                          BenkVirtualFaultKind kind,
                          guint transfer)
{
  return fault->kind == kind && transfer >= fault->at;
}

/**
 * benk_virtual_fault_get_quirks:
 * @fault: a fault
 * @transfer: number of the transfer now, from 1; 0 = none yet
 *
 * Returns: the part of it that lies in the agent
 */
BenkAgentQuirk
benk_virtual_fault_get_quirks (const BenkVirtualFault *fault, guint transfer)
{
  if (transfer < fault->at)
    return BENK_AGENT_QUIRK_NONE;

  switch (fault->kind)
    {
    case BENK_VIRTUAL_FAULT_WRONG_CONFIG:
      return BENK_AGENT_QUIRK_WRONG_CONFIG;
    case BENK_VIRTUAL_FAULT_FULL:
      return BENK_AGENT_QUIRK_FULL;
    case BENK_VIRTUAL_FAULT_CRC_LIE:
      return BENK_AGENT_QUIRK_CRC_LIE;
    case BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION:
      return BENK_AGENT_QUIRK_WIPE_LEAVES;
    default:
      return BENK_AGENT_QUIRK_NONE;
    }
}

/**
 * benk_virtual_fault_get_place:
 * @fault: a fault
 *
 * Returns: the #BenkAgentRegion that a wipe leaves, or the table that has no room or is
 *   stored wrong; 0 = every one
 */
guint16
benk_virtual_fault_get_place (const BenkVirtualFault *fault)
{
  switch (fault->kind)
    {
    case BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION:
      return (guint16) (BENK_AGENT_REGION_SCHEDULE >> (fault->place - 1));
    case BENK_VIRTUAL_FAULT_FULL:
    case BENK_VIRTUAL_FAULT_CRC_LIE:
      return (guint16) fault->place;
    default:
      return 0;
    }
}

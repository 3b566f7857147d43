/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "benk-agent.h"

G_BEGIN_DECLS

typedef enum
{
  BENK_VIRTUAL_FAULT_NONE,
  BENK_VIRTUAL_FAULT_SILENT,
  BENK_VIRTUAL_FAULT_STALL,
  BENK_VIRTUAL_FAULT_SHORT,
  BENK_VIRTUAL_FAULT_ODD,
  BENK_VIRTUAL_FAULT_GARBAGE,
  BENK_VIRTUAL_FAULT_DISCONNECT,
  BENK_VIRTUAL_FAULT_DISCONNECT_AFTER,
  BENK_VIRTUAL_FAULT_SLOW,
  BENK_VIRTUAL_FAULT_WRONG_SERIAL,
  BENK_VIRTUAL_FAULT_WRONG_CONFIG,
  BENK_VIRTUAL_FAULT_FULL,
  BENK_VIRTUAL_FAULT_CRC_LIE,
  BENK_VIRTUAL_FAULT_WIPE_LEAVES_REGION,
  BENK_VIRTUAL_FAULT_LOW_BATTERY,
  BENK_VIRTUAL_FAULT_LID_OPEN,
  BENK_VIRTUAL_FAULT_DISPENSING,
} BenkVirtualFaultKind;

#define BENK_VIRTUAL_N_FAULTS (BENK_VIRTUAL_FAULT_DISPENSING + 1)

/**
 * BenkVirtualFault:
 * @kind: which one
 * @at: the transfer behind the @, or the default of the kind; see the table in the source
 * @place: the number behind the colon: a table, a region or milliseconds; 0 = every one
 * @given: whether @at was given
 * @spent: a fault that happens once has happened
 *
 * A fault on command: what is wrong with a dispenser or with its line.
 */
typedef struct
{
  BenkVirtualFaultKind kind;
  guint at;
  guint place;
  gboolean given;
  gboolean spent;
} BenkVirtualFault;

/**
 * BenkVirtualVerdict:
 * @BENK_VIRTUAL_PASS: the transfer arrives
 * @BENK_VIRTUAL_LOSE: it does not, and nobody is told
 * @BENK_VIRTUAL_STALL: it does not, and the endpoint stalls
 * @BENK_VIRTUAL_DROP: it does not, and the dispenser leaves the bus
 * @BENK_VIRTUAL_DROP_AFTER: it arrives, then the dispenser leaves the bus
 */
typedef enum
{
  BENK_VIRTUAL_PASS,
  BENK_VIRTUAL_LOSE,
  BENK_VIRTUAL_STALL,
  BENK_VIRTUAL_DROP,
  BENK_VIRTUAL_DROP_AFTER,
} BenkVirtualVerdict;

gboolean
benk_virtual_fault_parse (const char *text, BenkVirtualFault *fault, GError **error);
const char *benk_virtual_fault_get_name (BenkVirtualFaultKind kind);
char *benk_virtual_fault_get_usage (BenkVirtualFaultKind kind);
const char *benk_virtual_fault_get_description (BenkVirtualFaultKind kind);

BenkVirtualVerdict benk_virtual_fault_judge (BenkVirtualFault *fault,
                                             guint transfer,
                                             gboolean to_host,
                                             GBytes **apdu);
gboolean benk_virtual_fault_is_on (const BenkVirtualFault *fault,
                                   BenkVirtualFaultKind kind,
                                   guint transfer);
BenkAgentQuirk benk_virtual_fault_get_quirks (const BenkVirtualFault *fault,
                                              guint transfer);
guint16 benk_virtual_fault_get_place (const BenkVirtualFault *fault);

G_END_DECLS

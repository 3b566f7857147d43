/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-agent-memory.h"

G_BEGIN_DECLS

/** A started wipe takes this long, seconds. */
#define BENK_AGENT_WIPE_SECONDS 1
/** A dispenser is off the bus this long after a wipe, milliseconds. */
#define BENK_AGENT_RESTART_MS 500
/** Maintenance mode ends after this long without a request (extension, F104). */
#define BENK_AGENT_MAINTENANCE_MS 60000

typedef enum
{
  BENK_AGENT_STATE_UNASSOCIATED,
  BENK_AGENT_STATE_ASSOCIATING,
  BENK_AGENT_STATE_CONFIGURING,
  BENK_AGENT_STATE_OPERATING,
} BenkAgentState;

typedef enum
{
  BENK_AGENT_TIMER_ASSOCIATION,
  BENK_AGENT_TIMER_CONFIG,
  BENK_AGENT_TIMER_EVENT,
  BENK_AGENT_TIMER_MAINTENANCE,
  BENK_AGENT_TIMER_WIPE,
  BENK_AGENT_TIMER_AGAIN,
} BenkAgentTimer;

#define BENK_AGENT_N_TIMERS (BENK_AGENT_TIMER_AGAIN + 1)

/**
 * BenkAgentActionKind:
 * @BENK_AGENT_SAVE: put the memory where it outlives a power cut, before the next action
 * @BENK_AGENT_SEND: send an APDU
 * @BENK_AGENT_START_TIMER: start or restart a timer
 * @BENK_AGENT_STOP_TIMER: stop a timer
 * @BENK_AGENT_RESTART: leave the bus and come back after a while
 */
typedef enum
{
  BENK_AGENT_SAVE,
  BENK_AGENT_SEND,
  BENK_AGENT_START_TIMER,
  BENK_AGENT_STOP_TIMER,
  BENK_AGENT_RESTART,
} BenkAgentActionKind;

/**
 * BenkAgentAction:
 * @kind: what to do
 * @apdu: (nullable): for %BENK_AGENT_SEND
 * @timer: for the timers
 * @ms: milliseconds, for %BENK_AGENT_START_TIMER and %BENK_AGENT_RESTART
 */
typedef struct
{
  BenkAgentActionKind kind;
  GBytes *apdu;
  BenkAgentTimer timer;
  guint ms;
} BenkAgentAction;

/**
 * BenkAgentQuirk:
 * @BENK_AGENT_QUIRK_WRONG_CONFIG: offers the configuration of a thermometer
 * @BENK_AGENT_QUIRK_FULL: has no room for a table, nor for more of one it has begun
 * @BENK_AGENT_QUIRK_CRC_LIE: stores a changed octet and answers the CRC that was sent
 * @BENK_AGENT_QUIRK_WIPE_LEAVES: says wiped and leaves a region
 * @BENK_AGENT_QUIRK_BO_TIME: has base-offset time in place of absolute time, as newer
 *   devices do
 *
 * Faults and ways that lie in the dispenser and not on its line.
 */
typedef enum
{
  BENK_AGENT_QUIRK_NONE = 0,
  BENK_AGENT_QUIRK_WRONG_CONFIG = 1 << 0,
  BENK_AGENT_QUIRK_FULL = 1 << 1,
  BENK_AGENT_QUIRK_CRC_LIE = 1 << 2,
  BENK_AGENT_QUIRK_WIPE_LEAVES = 1 << 3,
  BENK_AGENT_QUIRK_BO_TIME = 1 << 4,
} BenkAgentQuirk;

/**
 * BenkAgent:
 *
 * The agent side of IEEE 11073-20601 for a medication dispenser (10472) with the service
 * extension: events in, actions out; no I/O, clock or thread of its own.
 */
typedef struct _BenkAgent BenkAgent;

BenkAgent *benk_agent_new (BenkAgentMemory *memory);
void benk_agent_free (BenkAgent *self);
void benk_agent_set_quirks (BenkAgent *self, BenkAgentQuirk quirks, guint16 place);
void benk_agent_set_again (BenkAgent *self, guint ms);
BenkAgentState benk_agent_get_state (const BenkAgent *self);

GPtrArray *benk_agent_power_on (BenkAgent *self, gint64 now_ms);
GPtrArray *benk_agent_up (BenkAgent *self, gint64 now_ms);
GPtrArray *benk_agent_down (BenkAgent *self, gint64 now_ms);
GPtrArray *benk_agent_receive (BenkAgent *self, GBytes *apdu, gint64 now_ms);
GPtrArray *benk_agent_timeout (BenkAgent *self, BenkAgentTimer timer, gint64 now_ms);
GPtrArray *benk_agent_dispense (BenkAgent *self, guint16 count, gint64 now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAgent, benk_agent_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "benk-mder.h"

G_BEGIN_DECLS

/** Writable tables of the service extension: 1 schedule, 2 rules, 3 recipients, 4 labels.
 */
#define BENK_AGENT_TABLES 4
/** Octets that one table may hold. */
#define BENK_AGENT_TABLE_ROOM 16384
/** Rows that the dose log and the audit log keep; the oldest go first. */
#define BENK_AGENT_LOG_ROOM 100

/**
 * BenkAgentRegion:
 *
 * Regions of a wipe, BITS-16 of the service extension's F210.
 */
typedef enum
{
  BENK_AGENT_REGION_SCHEDULE = 0x8000,
  BENK_AGENT_REGION_RULES = 0x4000,
  BENK_AGENT_REGION_RECIPIENTS = 0x2000,
  BENK_AGENT_REGION_LABELS = 0x1000,
  BENK_AGENT_REGION_DOSES = 0x0800,
  BENK_AGENT_REGION_SETTINGS = 0x0400,
  BENK_AGENT_REGION_AUDIT = 0x0200,
  BENK_AGENT_REGION_KEYS = 0x0100,
  BENK_AGENT_REGION_ALL = 0xff00,
} BenkAgentRegion;

/** What an audit row tells. */
typedef enum
{
  BENK_AGENT_AUDIT_ACTIVATED = 1,
  BENK_AGENT_AUDIT_CLOCK_SET = 2,
  BENK_AGENT_AUDIT_SETTING = 3,
  BENK_AGENT_AUDIT_SELF_TEST = 4,
} BenkAgentAuditEvent;

/**
 * BenkAgentTable:
 * @rev: revision; 0 = never written since the last wipe
 * @crc: CRC-32 that the device answers for it
 * @data: (nullable): the octets; %NULL = empty
 */
typedef struct
{
  guint32 rev;
  guint32 crc;
  GBytes *data;
} BenkAgentTable;

/**
 * BenkAgentDose:
 *
 * One row of the dose log.
 */
typedef struct
{
  BenkMderTime when;
  guint16 count;
} BenkAgentDose;

/**
 * BenkAgentAudit:
 *
 * One row of the audit log.
 */
typedef struct
{
  guint32 seq;
  BenkMderTime when;
  guint16 event;
  guint32 arg;
} BenkAgentAudit;

/**
 * BenkAgentMemory:
 *
 * All that a dispenser knows. The plan in force is @set_id with @in_force, always as one
 * whole; @staged is what a manager has written and not yet activated. Lives in the bus
 * thread; owns everything in it.
 *
 * @clock_offset_ms is device local wall time minus UTC, so a drifting clock is an offset
 * that is not a whole zone. @mode and @armed_token are lost with the power.
 */
typedef struct
{
  char *manufacturer;
  char *model;
  char *serial;
  char *hardware;
  char *firmware;
  guint8 system_id[8];
  guint16 max_receive;
  guint16 max_send;

  guint32 set_id;
  BenkMderTime activated_at;
  BenkMderTime changed_at;
  BenkAgentTable in_force[BENK_AGENT_TABLES];
  BenkAgentTable staged[BENK_AGENT_TABLES];

  gboolean clock_set;
  gint64 clock_offset_ms;
  gint16 zone_offset;
  guint16 dst_rule;
  char *zone;
  char *language;
  guint16 volume;
  guint16 event_enable;

  guint16 battery;
  gboolean mains;
  gboolean lid_open;
  gboolean dispensing;
  guint16 mode;

  GArray *doses;
  GArray *audit;
  guint32 audit_seq;
  GBytes *keys;

  guint16 wipe_state;
  guint16 wipe_remaining;
  guint16 wipe_error;
  guint32 wipe_counter;
  guint32 wipe_nonce;
  BenkMderTime wiped_at;

  guint16 test_run;
  guint16 tests;
  guint16 tests_failed;
  gint64 test_done_ms;
  BenkMderTime tested_at;
} BenkAgentMemory;

BenkAgentMemory *benk_agent_memory_new (void);
void benk_agent_memory_free (BenkAgentMemory *self);

BenkMderTime benk_agent_memory_get_time (const BenkAgentMemory *self, gint64 now_ms);
void benk_agent_memory_set_time (BenkAgentMemory *self,
                                 const BenkMderTime *time,
                                 gint64 now_ms);

void benk_agent_table_set (BenkAgentTable *self, guint32 rev, guint32 crc, GBytes *data);
void benk_agent_table_clear (BenkAgentTable *self);
gboolean benk_agent_memory_drop_staged (BenkAgentMemory *self);

void benk_agent_memory_add_dose (BenkAgentMemory *self, guint16 count, gint64 now_ms);
void benk_agent_memory_add_audit (BenkAgentMemory *self,
                                  BenkAgentAuditEvent event,
                                  guint32 arg,
                                  gint64 now_ms);

void benk_agent_memory_wipe (BenkAgentMemory *self, guint16 regions, gint64 now_ms);
guint16 benk_agent_memory_not_blank (const BenkAgentMemory *self, guint16 regions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkAgentMemory, benk_agent_memory_free)

G_END_DECLS

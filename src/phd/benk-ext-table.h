/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-mder.h"

G_BEGIN_DECLS

#define BENK_TABLE_FORMAT 1
#define BENK_TABLE_MAX_RECIPIENTS 16

typedef enum
{
  BENK_TABLE_SCHEDULE = 1,
  BENK_TABLE_ALARM_RULES = 2,
  BENK_TABLE_RECIPIENTS = 3,
  BENK_TABLE_LABELS = 4,
  BENK_TABLE_AUDIT = 5,
} BenkTableId;

typedef enum
{
  BENK_DOSE_EVERY_N_DAYS = 1,
  BENK_DOSE_WEEKDAYS = 2,
  BENK_DOSE_DAY_OF_MONTH = 3,
  BENK_DOSE_ONCE = 4,
} BenkDoseRecurrence;

#define BENK_DOSE_FLAG_ALARM 0x8000
#define BENK_DOSE_FLAG_LOCK 0x4000

typedef enum
{
  BENK_RULE_MISSED = 1,
  BENK_RULE_LATE = 2,
  BENK_RULE_BATTERY_LOW = 3,
  BENK_RULE_EMPTY = 4,
  BENK_RULE_LID_OPEN = 5,
  BENK_RULE_CLOCK_UNSET = 6,
} BenkRuleCondition;

#define BENK_RULE_SOUND 0x8000
#define BENK_RULE_LIGHT 0x4000
#define BENK_RULE_NOTIFY 0x2000

/** BenkDoseEntry: one dose time; amount is a raw SFLOAT, anchor BCD as on the wire. */
typedef struct
{
  guint16 entry_id;
  guint16 compartment;
  guint16 amount;
  guint16 unit;
  guint16 minute;
  guint16 before_min;
  guint16 after_min;
  guint16 recurrence;
  guint32 recurrence_arg;
  guint32 anchor;
  guint16 flags;
  guint16 code_scheme;
  char *code;
  char *label;
} BenkDoseEntry;

typedef struct
{
  guint16 rule_id;
  guint16 condition;
  guint32 threshold;
  guint16 delay_min;
  guint16 repeat_min;
  guint16 repeat_count;
  guint16 action;
  guint16 volume;
  guint n_recipients;
  guint16 recipients[BENK_TABLE_MAX_RECIPIENTS];
} BenkRuleEntry;

typedef struct
{
  guint16 recipient_id;
  guint16 channel;
  guint16 priority;
  char *address;
  char *name;
} BenkRecipientEntry;

typedef struct
{
  guint16 compartment;
  char *label;
} BenkLabel;

typedef struct
{
  guint32 seq;
  BenkMderTime when;
  guint16 event;
  guint32 arg;
} BenkAuditRow;

/**
 * BenkExtTable:
 * @id: a #BenkTableId
 * @valid_from: schedule only, as the two that follow
 * @rows: records of the table: #BenkDoseEntry, #BenkRuleEntry, #BenkRecipientEntry,
 * #BenkLabel or #BenkAuditRow
 *
 * One table of the service extension, decoded.
 */
typedef struct
{
  guint16 id;
  BenkMderTime valid_from;
  BenkMderTime valid_to;
  char *order_ref;
  GArray *rows;
} BenkExtTable;

BenkExtTable *benk_ext_table_new (guint16 id);
void benk_ext_table_free (BenkExtTable *self);
BenkExtTable *benk_ext_table_parse (guint16 id, GBytes *bytes, GError **error);
GBytes *benk_ext_table_compose (const BenkExtTable *self);
const char *benk_ext_table_get_label (guint16 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkExtTable, benk_ext_table_free)

G_END_DECLS

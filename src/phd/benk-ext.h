/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-mder.h"

G_BEGIN_DECLS

/* Version of the extension that has one activation for the whole plan. */
#define BENK_EXT_VERSION 0x0200
#define BENK_EXT_MAX_TABLES 16
#define BENK_EXT_MAX_TESTS 32
/* A peer that declares nothing receives at most 64 octets, so 36 of data. */
#define BENK_EXT_CHUNK_DEFAULT 36
#define BENK_EXT_REV_ANY 0xffffffffu
#define BENK_EXT_SCOPE_ALL 0xff00

/** BenkExtAttr: private attributes of the MDS object. */
typedef enum
{
  BENK_EXT_ATTR_PROFILE = 0xf100,
  BENK_EXT_ATTR_PROV_STATE = 0xf101,
  BENK_EXT_ATTR_WIPE_STATE = 0xf102,
  BENK_EXT_ATTR_SELFTEST = 0xf103,
  BENK_EXT_ATTR_MODE = 0xf104,
  BENK_EXT_ATTR_ZONE = 0xf105,
  BENK_EXT_ATTR_LANGUAGE = 0xf106,
  BENK_EXT_ATTR_VOLUME = 0xf107,
  BENK_EXT_ATTR_EVENTS = 0xf108,
} BenkExtAttr;

/** BenkExtAction: private confirmed actions on the MDS object. */
typedef enum
{
  BENK_EXT_ACT_BEGIN = 0xf200,
  BENK_EXT_ACT_DATA = 0xf201,
  BENK_EXT_ACT_READ = 0xf202,
  BENK_EXT_ACT_COMMIT = 0xf203,
  BENK_EXT_ACT_ABORT = 0xf204,
  BENK_EXT_ACT_ACTIVATE = 0xf205,
  BENK_EXT_ACT_RESET = 0xf210,
  BENK_EXT_ACT_VERIFY = 0xf211,
  BENK_EXT_ACT_SELFTEST = 0xf220,
  BENK_EXT_ACT_PARAM = 0xf230,
} BenkExtAction;

typedef enum
{
  BENK_EXT_CAP_SCHEDULE = 0x80000000u,
  BENK_EXT_CAP_ALARM_RULES = 0x40000000u,
  BENK_EXT_CAP_RECIPIENTS = 0x20000000u,
  BENK_EXT_CAP_LABELS = 0x10000000u,
  BENK_EXT_CAP_RESET = 0x08000000u,
  BENK_EXT_CAP_SELFTEST = 0x04000000u,
  BENK_EXT_CAP_SET = 0x02000000u,
  BENK_EXT_CAP_SIMULATED = 0x01000000u,
} BenkExtCaps;

/** BenkExtDirection: what F200 opens; 2 is in force, 3 is staged. */
typedef enum
{
  BENK_EXT_WRITE = 1,
  BENK_EXT_READ_IN_FORCE = 2,
  BENK_EXT_READ_STAGED = 3,
} BenkExtDirection;

typedef enum
{
  BENK_EXT_OK = 0,
  BENK_EXT_BAD_OFFSET = 1,
  BENK_EXT_CRC_MISMATCH = 2,
  BENK_EXT_REV_CONFLICT = 3,
  BENK_EXT_BUSY = 4,
  BENK_EXT_NO_SPACE = 5,
  BENK_EXT_BAD_STATE = 6,
  BENK_EXT_UNSUPPORTED_TABLE = 7,
  BENK_EXT_VALUE_INVALID = 8,
  BENK_EXT_INTERLOCK = 9,
} BenkExtResult;

/* Return codes behind a ROER 24. */
#define BENK_EXT_CODE_BUSY 1000
#define BENK_EXT_CODE_STORAGE 2000
#define BENK_EXT_CODE_REV_CONFLICT 0xf001
#define BENK_EXT_CODE_LOCKED 0xf002

typedef enum
{
  BENK_EXT_MODE_IDLE = 0,
  BENK_EXT_MODE_DISPENSING = 1,
  BENK_EXT_MODE_MAINTENANCE = 2,
} BenkExtMode;

typedef enum
{
  BENK_EXT_STATUS_DIRTY = 0x8000,
  BENK_EXT_STATUS_CLOCK_UNSET = 0x4000,
  BENK_EXT_STATUS_LID_OPEN = 0x2000,
  BENK_EXT_STATUS_UNPROVISIONED = 0x1000,
} BenkExtStatus;

typedef enum
{
  BENK_EXT_RESET_ARM = 1,
  BENK_EXT_RESET_CONFIRM = 2,
  BENK_EXT_RESET_CANCEL = 3,
} BenkExtResetOp;

typedef enum
{
  BENK_EXT_WIPE_IDLE = 0,
  BENK_EXT_WIPE_ARMED = 1,
  BENK_EXT_WIPE_RUNNING = 2,
  BENK_EXT_WIPE_WIPED = 3,
  BENK_EXT_WIPE_FAILED = 4,
} BenkExtWipe;

/** BenkExtKind: every value and message of the extension. */
typedef enum
{
  BENK_EXT_PROFILE,
  BENK_EXT_PROV_STATE,
  BENK_EXT_WIPE_STATE,
  BENK_EXT_SELFTEST_RESULT,
  BENK_EXT_NUMBER,
  BENK_EXT_ZONE,
  BENK_EXT_TEXT,
  BENK_EXT_BEGIN_REQUEST,
  BENK_EXT_BEGIN_RESPONSE,
  BENK_EXT_DATA_REQUEST,
  BENK_EXT_DATA_RESPONSE,
  BENK_EXT_READ_REQUEST,
  BENK_EXT_READ_RESPONSE,
  BENK_EXT_COMMIT_REQUEST,
  BENK_EXT_COMMIT_RESPONSE,
  BENK_EXT_ABORT,
  BENK_EXT_ACTIVATE_REQUEST,
  BENK_EXT_ACTIVATE_RESPONSE,
  BENK_EXT_RESET_REQUEST,
  BENK_EXT_RESET_RESPONSE,
  BENK_EXT_VERIFY_REQUEST,
  BENK_EXT_VERIFY_RESPONSE,
  BENK_EXT_SELFTEST_REQUEST,
  BENK_EXT_SELFTEST_RESPONSE,
  BENK_EXT_PARAM,
  BENK_EXT_N_KINDS,
} BenkExtKind;

/** BenkExtTableState: one table as F101 lists it; F205 lists @id and @crc only. */
typedef struct
{
  guint16 id;
  guint32 rev;
  guint32 length;
  guint32 crc;
} BenkExtTableState;

typedef struct
{
  guint16 test;
  guint16 code;
  guint32 value;
} BenkExtTestRow;

/**
 * BenkExtMessage:
 *
 * One value or message; @kind says which members count. Lengths are octets, offsets count
 * from the table's first octet, seconds and minutes are named so.
 */
typedef struct
{
  BenkExtKind kind;

  guint8 uuid[16]; /* profile */
  guint16 version; /* profile */
  guint32 caps;    /* profile */
  guint16 max_rx;  /* profile: octets of one APDU the device receives */
  guint16 max_tx;  /* profile */

  guint32 set_id; /* prov-state, activate */
  guint n_tables; /* prov-state, activate */
  BenkExtTableState tables[BENK_EXT_MAX_TABLES];
  guint16 status;    /* prov-state */
  BenkMderTime time; /* prov-state, wipe-state, selftest-result, activate response */

  guint16 state;     /* wipe-state, selftest-result */
  guint16 regions;   /* wipe-state remaining; verify: asked, or not blank */
  guint16 error;     /* wipe-state */
  guint32 counter;   /* wipe-state, verify response */
  guint32 nonce;     /* wipe-state, reset request */
  guint32 challenge; /* verify */

  guint16 run_id; /* selftest */
  guint16 tests;  /* selftest: asked or tested */
  guint16 failed; /* selftest-result */
  guint n_rows;   /* selftest-result */
  BenkExtTestRow rows[BENK_EXT_MAX_TESTS];

  guint16 number; /* mode, volume, event-enable; zone: rule of summer time; param: id */
  gint16 offset_min; /* zone: standard offset from UTC */

  guint16 table_id;  /* begin */
  guint16 direction; /* begin */
  guint32 total;     /* begin */
  guint32 crc;       /* begin, commit */
  guint32 rev;       /* begin, commit response */
  guint16 xfer_id;
  guint16 result;
  guint16 chunk_max; /* begin response; read request: most octets wanted */
  guint32 offset;    /* data, read; data response: next offset */

  guint16 op;         /* reset */
  guint16 scope;      /* reset */
  guint32 token;      /* reset */
  guint16 armed_secs; /* reset response */
  guint16 eta_secs;   /* reset response, selftest response */

  GBytes *data; /* data, read response, param; zone and text: name, padded even */
} BenkExtMessage;

void benk_ext_message_init (BenkExtMessage *self, BenkExtKind kind);
void benk_ext_message_clear (BenkExtMessage *self);
GBytes *benk_ext_message_compose (const BenkExtMessage *self);
gboolean benk_ext_message_parse (BenkExtMessage *self,
                                 BenkExtKind kind,
                                 GBytes *bytes,
                                 GError **error);
char *benk_ext_message_dup_text (const BenkExtMessage *self);
void benk_ext_message_set_text (BenkExtMessage *self, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkExtMessage, benk_ext_message_clear)

const char *benk_ext_kind_get_name (BenkExtKind kind);
const char *benk_ext_result_get_text (guint16 result);
const guint8 *benk_ext_get_uuid (void);
gboolean benk_ext_profile_is_known (const BenkExtMessage *profile);
const BenkExtTableState *benk_ext_find_table (const BenkExtMessage *state, guint16 id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-apdu.h"
#include "benk-ext.h"
#include "benk-link-kind.h"
#include "benk-mds.h"

G_BEGIN_DECLS

#define BENK_JOB_MAX_TABLES 4
/* How long an unplugged device is waited for, unless the caller says otherwise. */
#define BENK_JOB_REATTACH_MS 30000
/* A dispenser below this charge and not on mains is not written to (percent). */
#define BENK_JOB_BATTERY_FLOOR 20
/* The clock is set when it differs by more than this (seconds). */
#define BENK_JOB_CLOCK_LIMIT_S 30

typedef enum
{
  BENK_JOB_READ,
  BENK_JOB_PROVISION,
  BENK_JOB_SETTINGS,
  BENK_JOB_RESET,
} BenkJobKind;

/**
 * BenkJobOutcome:
 * @BENK_JOB_VERIFIED: read back and equal; of a reset: every check passed
 * @BENK_JOB_UNTOUCHED: the device follows the plan it had; nothing was put in force.
 *   Its clock may have been set all the same, see @touched of #BenkJobResult
 * @BENK_JOB_REDO: known to differ from what was wanted; must be redone
 * @BENK_JOB_UNKNOWN: must be read again
 *
 * What is claimed about the device; each claim is made only where it is provably true.
 */
typedef enum
{
  BENK_JOB_VERIFIED,
  BENK_JOB_UNTOUCHED,
  BENK_JOB_REDO,
  BENK_JOB_UNKNOWN,
} BenkJobOutcome;

const char *benk_job_outcome_get_name (BenkJobOutcome outcome);

/**
 * BenkJobInForce:
 * @BENK_JOB_IN_FORCE_UNKNOWN: the old settings or the new ones, each as a whole
 * @BENK_JOB_IN_FORCE_OLD: those it had
 * @BENK_JOB_IN_FORCE_NEW: those that were wanted
 * @BENK_JOB_IN_FORCE_OTHER: neither
 * @BENK_JOB_IN_FORCE_NONE: it has no plan
 *
 * Which settings the device follows, as far as that is proven.
 */
typedef enum
{
  BENK_JOB_IN_FORCE_UNKNOWN,
  BENK_JOB_IN_FORCE_OLD,
  BENK_JOB_IN_FORCE_NEW,
  BENK_JOB_IN_FORCE_OTHER,
  BENK_JOB_IN_FORCE_NONE,
} BenkJobInForce;

typedef enum
{
  BENK_STEP_PENDING,
  BENK_STEP_ACTIVE,
  BENK_STEP_DONE,
  BENK_STEP_SKIPPED,
  BENK_STEP_FAILED,
} BenkJobStepState;

/**
 * BenkJobStep:
 * @id: stable, such as "activate"
 * @label: words for the screen
 * @detail: (nullable): what was found, or why it failed
 */
typedef struct
{
  const char *id;
  const char *label;
  BenkJobStepState state;
  char *detail;
} BenkJobStep;

/**
 * BenkJobTable:
 * @id: table
 * @rev: revision in force
 * @length: octets
 * @crc: CRC-32
 * @rows: records, of table 1 the dose times
 * @equal: 1 equal to what was written, 0 different, -1 not compared
 * @hash: SHA-256 of salt and octets, hexadecimal; empty when not read
 *
 * What is kept of a table that was read; never its octets.
 */
typedef struct
{
  guint16 id;
  guint32 rev;
  guint32 length;
  guint32 crc;
  guint rows;
  int equal;
  char hash[65];
} BenkJobTable;

typedef enum
{
  BENK_JOB_SELF_TEST_UNKNOWN,
  BENK_JOB_SELF_TEST_NONE,
  BENK_JOB_SELF_TEST_RUNNING,
  BENK_JOB_SELF_TEST_PASSED,
  BENK_JOB_SELF_TEST_FAILED,
} BenkJobSelfTest;

/**
 * BenkJobResult:
 * @outcome: the claim
 * @claim: one stable word: "read", "ready", "wiped", "simulated", "read-only",
 *   "untouched", "redo", "unknown"
 * @sentence: the one sentence for the screen
 * @reason: (nullable): what stopped it, in words
 * @failed_step: (nullable): id of the step that stopped it
 * @link_kind: how the device is reached; a simulated device is simulated over any link
 * @simulated: the device says on the wire that it is simulated
 * @counts: whether @outcome may satisfy a guard in this store
 * @extension: whether the device has the service extension
 * @extension_reason: (nullable): why it is read-only
 * @mds: what the device says of itself, as read last
 * @set_id: the plan in force, 0 when none or not known
 * @set_id_known: whether @set_id was read
 * @status: status bits of F101
 * @mode: value of F104, -1 unknown
 * @clock_drift_s: device clock minus ours at the first reading; G_MININT64 unknown
 * @clock_set: whether the clock was set and read back
 * @zone_changed: the zone was, or may have been, changed and not put back
 * @touched: something besides the plan in force was changed, or may have been
 * @in_force: which settings the device follows
 * @next_dose_s: its next dose by them, as seconds since 1970-01-01 00:00 of its local
 *   clock; -1 when there is none or it is not known
 * @next_dose: (nullable): the same in words
 * @dose_times: dose times read back
 * @log_entries: entries in the device's dose log, -1 unknown
 * @log_read: how many of them were read; the dose log itself is not kept
 * @log_whole: whether all were read
 * @log_first_s: the oldest entry by the device's local clock, as @next_dose_s; -1 unknown
 * @log_last_s: the newest entry
 * @self_test: how the device's last self-test ended, as far as it was read
 * @tests_failed: tests that failed, by bit; their meaning is the device's
 * @test_alarm_owed: a test alarm has still to be raised and seen to arrive
 * @wipe_counter: counter of resets as read last
 * @tables: what was read back
 * @n_tables: how many
 */
typedef struct
{
  BenkJobOutcome outcome;
  const char *claim;
  char *sentence;
  char *reason;
  const char *failed_step;
  BenkLinkKind link_kind;
  gboolean simulated;
  gboolean counts;
  gboolean extension;
  char *extension_reason;
  BenkMds mds;
  guint32 set_id;
  gboolean set_id_known;
  guint16 status;
  int mode;
  gint64 clock_drift_s;
  gboolean clock_set;
  gboolean zone_changed;
  gboolean touched;
  BenkJobInForce in_force;
  gint64 next_dose_s;
  char *next_dose;
  guint dose_times;
  gint64 log_entries;
  guint log_read;
  gboolean log_whole;
  gint64 log_first_s;
  gint64 log_last_s;
  BenkJobSelfTest self_test;
  guint16 tests_failed;
  gboolean test_alarm_owed;
  guint32 wipe_counter;
  BenkJobTable tables[BENK_JOB_MAX_TABLES];
  guint n_tables;
} BenkJobResult;

/**
 * BenkJobPlan:
 * @tables: octets of table 1, 2, 3 (schedule, alarm rules, recipients)
 * @language: (nullable): BCP-47, %NULL leaves it
 * @volume: percent, -1 leaves it
 * @zone: (nullable): IANA name, %NULL leaves it
 * @zone_offset_min: standard offset from UTC
 * @zone_dst_rule: 0 no summer time, 1 that of the European Union
 *
 * What a device shall hold, ready to be sent. benk_job_plan_from_plan () makes it.
 */
typedef struct
{
  GBytes *tables[3];
  char *language;
  int volume;
  char *zone;
  gint16 zone_offset_min;
  guint16 zone_dst_rule;
} BenkJobPlan;

void benk_job_plan_clear (BenkJobPlan *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkJobPlan, benk_job_plan_clear)

/**
 * BenkJobSetup:
 * @kind: what to do
 * @link_kind: what the link says of itself
 * @demo_store: whether simulated links count here
 * @serial: (nullable): the serial the device must have; %NULL takes any (read only)
 * @plan: (nullable): provision and settings
 * @set_id: random and not 0, the same when an interrupted run is taken up again
 * @nonce: random; reset
 * @challenge: random; reset
 * @salt: of the hashes that are kept
 * @reattach_ms: how long to wait for an unplugged device; 0 ends at once
 * @default_config: configuration a reset device must offer, 0 = not checked
 * @models: (nullable) (element-type BenkModel): makes whose identities may use the
 *   extension; %NULL lets any
 *
 * Everything a job needs from outside; it has no clock and no source of randomness.
 */
typedef struct
{
  BenkJobKind kind;
  BenkLinkKind link_kind;
  gboolean demo_store;
  const char *serial;
  const BenkJobPlan *plan;
  guint32 set_id;
  guint32 nonce;
  guint32 challenge;
  GBytes *salt;
  guint reattach_ms;
  guint16 default_config;
  GPtrArray *models;
} BenkJobSetup;

/**
 * BenkJobEventKind:
 * @BENK_JOB_EV_ASSOCIATED: with @config_id and @pm_handle of the manager; also after the
 *   device came back
 * @BENK_JOB_EV_RESPONSE: @apdu answers the last request: RORS, ROER or RORJ
 * @BENK_JOB_EV_EVENT: @apdu is an event report
 * @BENK_JOB_EV_ENDED: the association ended; @timed_out when for want of an answer
 * @BENK_JOB_EV_DOWN: the link is gone
 * @BENK_JOB_EV_TIMER: the job's timer ran out
 * @BENK_JOB_EV_CONFIRM: the person typed @text
 * @BENK_JOB_EV_CANCEL: the person wants to stop
 */
typedef enum
{
  BENK_JOB_EV_ASSOCIATED,
  BENK_JOB_EV_RESPONSE,
  BENK_JOB_EV_EVENT,
  BENK_JOB_EV_ENDED,
  BENK_JOB_EV_DOWN,
  BENK_JOB_EV_TIMER,
  BENK_JOB_EV_CONFIRM,
  BENK_JOB_EV_CANCEL,
} BenkJobEventKind;

/**
 * BenkJobEvent:
 * @local_s: now, as seconds since 1970-01-01 00:00 of the local wall clock that the
 * device should show; with every event
 * @utc_offset_min: that clock minus UTC now, summer time included; with every event
 */
typedef struct
{
  BenkJobEventKind kind;
  gint64 local_s;
  gint16 utc_offset_min;
  const BenkApdu *apdu;
  guint16 config_id;
  guint16 pm_handle;
  gboolean timed_out;
  const char *text;
} BenkJobEvent;

/**
 * BenkJobActionKind:
 * @BENK_JOB_ACT_REQUEST: send @request (the manager gives the invoke-id) and wait for
 *   @delay_ms
 * @BENK_JOB_ACT_START_TIMER: (re)start the job's one timer
 * @BENK_JOB_ACT_STOP_TIMER: stop it
 * @BENK_JOB_ACT_CONFIRM: ask the person to type the serial in @text
 * @BENK_JOB_ACT_STEP: step @step changed
 * @BENK_JOB_ACT_RELEASE: release the association
 * @BENK_JOB_ACT_AWAIT: keep watching for the same device: reopen the link when it comes
 *   back, then BENK_JOB_EV_ASSOCIATED; the job's timer ends the wait
 * @BENK_JOB_ACT_FINISHED: benk_job_get_result () is final
 */
typedef enum
{
  BENK_JOB_ACT_REQUEST,
  BENK_JOB_ACT_START_TIMER,
  BENK_JOB_ACT_STOP_TIMER,
  BENK_JOB_ACT_CONFIRM,
  BENK_JOB_ACT_STEP,
  BENK_JOB_ACT_RELEASE,
  BENK_JOB_ACT_AWAIT,
  BENK_JOB_ACT_FINISHED,
} BenkJobActionKind;

typedef struct
{
  BenkJobActionKind kind;
  BenkApdu *request;
  guint delay_ms;
  guint step;
  char *text;
} BenkJobAction;

GPtrArray *benk_job_actions_new (void);

/**
 * BenkJob:
 *
 * One procedure with one device: events in, actions out. Without I/O, clock, randomness
 * and thread.
 */
typedef struct _BenkJob BenkJob;

BenkJob *benk_job_new (const BenkJobSetup *setup);
void benk_job_free (BenkJob *self);
void benk_job_handle (BenkJob *self, const BenkJobEvent *event, GPtrArray *actions);
guint benk_job_get_n_steps (const BenkJob *self);
const BenkJobStep *benk_job_get_step (const BenkJob *self, guint index);
gboolean benk_job_is_finished (const BenkJob *self);
gboolean benk_job_can_cancel (const BenkJob *self);
const BenkJobResult *benk_job_get_result (const BenkJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkJob, benk_job_free)

G_END_DECLS

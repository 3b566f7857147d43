/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-ext-table.h"
#include "benk-job.h"
#include "benk-pm.h"
#include "benk-schedule.h"

G_BEGIN_DECLS

/* No device is believed that wants more time than this (seconds). */
#define BENK_JOB_LONGEST_S 600
/* Attempts at one job, the first included; a device that keeps dropping out ends it. */
#define BENK_JOB_ATTEMPTS 3

/**
 * BenkJobPhase:
 * @BENK_PHASE_CLEAN: nothing was sent that changes what is in force
 * @BENK_PHASE_SENT: activation or wipe was sent; its effect is not proven
 * @BENK_PHASE_DIFFERS: the device is known to hold something else than wanted
 * @BENK_PHASE_PROVEN: every check passed
 *
 * What may be claimed if the job ended now.
 */
typedef enum
{
  BENK_PHASE_CLEAN,
  BENK_PHASE_SENT,
  BENK_PHASE_DIFFERS,
  BENK_PHASE_PROVEN,
} BenkJobPhase;

/* What besides the plan in force a job may have changed. */
typedef enum
{
  BENK_TOUCH_CLOCK = 1 << 0,
  BENK_TOUCH_ZONE = 1 << 1,
  BENK_TOUCH_PAUSE = 1 << 2,
  BENK_TOUCH_GO_ON = 1 << 3,
} BenkJobTouch;

typedef enum
{
  BENK_XFER_BEGIN,
  BENK_XFER_MOVE,
  BENK_XFER_COMMIT,
} BenkXferState;

/**
 * BenkJobStepDef:
 * @cleanup: runs although an earlier step failed
 * @optional: what was done before stands although this step fails
 * @enter: starts the step
 * @answer: (nullable): takes the answer to the step's request
 * @timer: (nullable): takes the job's timer
 * @event: (nullable): takes an event report of the device
 */
typedef struct
{
  const char *id;
  const char *label;
  gboolean cleanup;
  gboolean optional;
  void (*enter) (BenkJob *self);
  void (*answer) (BenkJob *self, const BenkApdu *apdu);
  void (*timer) (BenkJob *self);
  void (*event) (BenkJob *self, const BenkApdu *apdu);
} BenkJobStepDef;

struct _BenkJob
{
  BenkJobKind kind;
  gboolean demo_store;
  char *serial;
  BenkJobPlan plan;
  gboolean has_plan;
  guint32 wanted_set;
  guint32 nonce;
  guint32 challenge;
  GBytes *salt;
  guint reattach_ms;
  guint16 default_config;
  GPtrArray *models;

  const BenkJobStepDef *defs;
  BenkJobStep *steps;
  guint n_steps;
  guint current;
  guint attempt;
  BenkJobPhase phase;
  gboolean started;
  gboolean associated;
  gboolean asked;
  gboolean waiting;
  gboolean restarting;
  gboolean failing;
  gboolean cancelled;
  gboolean finished;
  gboolean silent_gate;
  gboolean identified;
  gint64 local_s;
  gint16 utc_offset_min;
  guint16 config_id;
  guint16 pm_handle;
  GPtrArray *actions;

  BenkExtMessage profile;
  BenkExtMessage state;
  guint16 mode;
  gboolean mode_known;
  gboolean maintenance;
  gboolean by_param;
  gboolean in_force;
  gboolean zone_touched;
  guint tried; /* BenkJobTouch, sent in any attempt and not refused */
  guint done;  /* BenkJobTouch, of these what was answered */
  gboolean other_plan;
  BenkExtMessage old_zone;
  BenkExtTable *old_schedule;
  BenkExtTable *read_schedule;
  guint8 first_id[8];
  gboolean first_id_known;
  char *first_serial;
  guint sub;

  guint table;
  gboolean reading_old;
  BenkXferState xfer_state;
  guint16 xfer_id;
  gboolean xfer_open;
  guint xfer_chunk;
  guint xfer_retries;
  guint32 xfer_total;
  guint32 xfer_offset;
  guint32 xfer_rev;
  GByteArray *got;

  guint polls;
  guint16 run_id;
  BenkPmStore store;
  GArray *segments;
  guint segment;
  guint32 log_index;
  guint log_events;
  guint32 counter_before;
  guint32 token;
  guint16 armed_secs;
  guint16 eta_secs;
  gboolean armed;
  gboolean confirmed;
  gboolean log_cleared;
  gboolean wiping;

  BenkJobResult result;
};

extern const BenkJobStepDef benk_job_read_steps[];
extern const guint benk_job_n_read_steps;
extern const BenkJobStepDef benk_job_provision_steps[];
extern const guint benk_job_n_provision_steps;
extern const BenkJobStepDef benk_job_reset_steps[];
extern const guint benk_job_n_reset_steps;

/* Time to find a device again after its wipe, besides what it announced (seconds). */
#define BENK_JOB_REENUMERATION_S 30

/* What a step may do. */
void benk_job_request (BenkJob *self, BenkApdu *request, guint timeout_ms);
void benk_job_get (BenkJob *self, guint16 handle, const guint16 *ids, guint n_ids);
void benk_job_act (BenkJob *self, guint16 action, const BenkExtMessage *message);
void benk_job_set (BenkJob *self, guint16 attr, const BenkExtMessage *message);
gboolean benk_job_take (BenkJob *self,
                        const BenkApdu *apdu,
                        BenkExtKind kind,
                        BenkExtMessage *message,
                        char **why);
gboolean benk_job_take_attr (const BenkApdu *apdu,
                             guint16 attr,
                             BenkExtKind kind,
                             BenkExtMessage *message,
                             char **why);
char *benk_job_describe (const BenkApdu *apdu);
void benk_job_timer (BenkJob *self, guint delay_ms);
void benk_job_stop_timer (BenkJob *self);
void benk_job_next (BenkJob *self);
void benk_job_skip (BenkJob *self, const char *detail);
void benk_job_note (BenkJob *self, const char *detail);
void benk_job_fail (BenkJob *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void benk_job_miss (BenkJob *self, const char *what);
void benk_job_await (BenkJob *self, guint delay_ms);
guint benk_job_get_wipe_ms (const BenkJob *self);
void benk_job_add_release (BenkJob *self);
void benk_job_add_confirm (BenkJob *self, const char *text);

/* What was sent, until it is known to have been refused. */
static inline void
benk_job_try (BenkJob *self, BenkJobTouch what)
{
  self->tried |= what;
}

/* A refusal changes nothing; an attempt before may have. */
static inline void
benk_job_refused (BenkJob *self, BenkJobTouch what, const BenkApdu *apdu)
{
  if (self->attempt <= 1 &&
      (apdu->choice == BENK_CHOICE_ERROR || apdu->choice == BENK_CHOICE_REJECT))
    self->tried &= ~what;
}

/* Steps that several procedures share, each with its row. */
void benk_step_identify (BenkJob *self);
gboolean benk_job_identify (BenkJob *self, const BenkApdu *apdu);
void benk_step_identify_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_gate (BenkJob *self);
void benk_step_gate_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_state (BenkJob *self);
void benk_step_state_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_interlock (BenkJob *self);
void benk_step_release (BenkJob *self);
void benk_step_ignore_answer (BenkJob *self, const BenkApdu *apdu);

#define BENK_STEP_IDENTITY                                                               \
  {                                                                                      \
    .id = "identity", .label = N_ ("Read identity, clock and battery"),                  \
    .enter = benk_step_identify, .answer = benk_step_identify_answer                     \
  }
#define BENK_STEP_EXTENSION                                                              \
  {                                                                                      \
    .id = "extension", .label = N_ ("Ask for the service extension"),                    \
    .enter = benk_step_gate, .answer = benk_step_gate_answer                             \
  }
#define BENK_STEP_STATE                                                                  \
  {                                                                                      \
    .id = "state", .label = N_ ("Read which plan is in force"),                          \
    .enter = benk_step_state, .answer = benk_step_state_answer                           \
  }
#define BENK_STEP_INTERLOCK                                                              \
  {                                                                                      \
    .id = "interlock", .label = N_ ("Check battery, lid and doses"),                     \
    .enter = benk_step_interlock                                                         \
  }
#define BENK_STEP_RELEASE                                                                \
  {                                                                                      \
    .id = "release", .label = N_ ("Say goodbye"), .cleanup = TRUE,                       \
    .enter = benk_step_release                                                           \
  }

/* Clock, zone and settings. */
void benk_step_clock (BenkJob *self);
void benk_step_clock_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_zone (BenkJob *self);
void benk_step_zone_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_zone_back (BenkJob *self);
void benk_step_zone_back_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_settings (BenkJob *self);
void benk_step_settings_answer (BenkJob *self, const BenkApdu *apdu);
gboolean benk_job_settings_match (BenkJob *self, const BenkApdu *apdu);
gboolean benk_job_wants_param (const BenkJob *self, const BenkApdu *apdu);
gboolean benk_job_take_setting (BenkJob *self,
                                const BenkApdu *apdu,
                                guint16 attr,
                                BenkExtKind kind,
                                BenkExtMessage *value,
                                char **why);

/* Tables. */
void benk_step_old_schedule (BenkJob *self);
void benk_step_read_tables (BenkJob *self);
void benk_step_read_tables_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_write_tables (BenkJob *self);
void benk_step_write_tables_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_abort_upload (BenkJob *self);

/* Self-test and test alarm. */
void benk_job_take_self_test (BenkJob *self, const BenkApdu *apdu);
void benk_step_self_test (BenkJob *self);
void benk_step_self_test_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_self_test_timer (BenkJob *self);
void benk_step_test_alarm (BenkJob *self);

/* Dose log. */
void benk_step_read_log (BenkJob *self);
void benk_step_read_log_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_read_log_event (BenkJob *self, const BenkApdu *apdu);
void benk_step_read_log_timer (BenkJob *self);
void benk_step_clear_log (BenkJob *self);
void benk_step_clear_log_answer (BenkJob *self, const BenkApdu *apdu);
void benk_step_log_empty (BenkJob *self);
void benk_step_log_empty_answer (BenkJob *self, const BenkApdu *apdu);

gboolean benk_job_same_serial (const char *one, const char *other);
void benk_job_conclude (BenkJob *self);

G_END_DECLS

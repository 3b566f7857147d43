/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-alarm.h"
#include "benk-duty-roster.h"
#include "benk-watch-gap.h"

G_BEGIN_DECLS

/**
 * BenkFollowupPlace:
 * @BENK_FOLLOWUP_PLACE_HERE: in this program.
 * @BENK_FOLLOWUP_PLACE_ELSEWHERE: in another system.
 * @BENK_FOLLOWUP_PLACE_PHONE: told by phone.
 *
 * Where a step of an alarm was done.
 */
typedef enum
{
  BENK_FOLLOWUP_PLACE_HERE,
  BENK_FOLLOWUP_PLACE_ELSEWHERE,
  BENK_FOLLOWUP_PLACE_PHONE,
} BenkFollowupPlace;

#define BENK_N_FOLLOWUP_PLACES (BENK_FOLLOWUP_PLACE_PHONE + 1)

const char *benk_followup_place_to_name (BenkFollowupPlace value);
gboolean benk_followup_place_from_name (const char *name, BenkFollowupPlace *out_value);
const char *benk_followup_place_get_label (BenkFollowupPlace value);

/**
 * BenkFollowupOutcome:
 * @BENK_FOLLOWUP_NO_DEADLINE: there is none.
 * @BENK_FOLLOWUP_MET: done in time.
 * @BENK_FOLLOWUP_RUNNING: not done, and not run out yet.
 * @BENK_FOLLOWUP_MISSED: run out.
 * @BENK_FOLLOWUP_IN_GAP: run out while this program did not watch.
 *
 * What came of one deadline.
 */
typedef enum
{
  BENK_FOLLOWUP_NO_DEADLINE,
  BENK_FOLLOWUP_MET,
  BENK_FOLLOWUP_RUNNING,
  BENK_FOLLOWUP_MISSED,
  BENK_FOLLOWUP_IN_GAP,
} BenkFollowupOutcome;

#define BENK_N_FOLLOWUP_OUTCOMES (BENK_FOLLOWUP_IN_GAP + 1)

const char *benk_followup_outcome_to_name (BenkFollowupOutcome value);
gboolean benk_followup_outcome_from_name (const char *name,
                                          BenkFollowupOutcome *out_value);
const char *benk_followup_outcome_get_label (BenkFollowupOutcome value);

/**
 * BenkFollowupVerdict:
 * @BENK_FOLLOWUP_IN_TIME: taken and resolved in time.
 * @BENK_FOLLOWUP_LATE_WITH_REASON: a deadline ran out, and somebody wrote why.
 * @BENK_FOLLOWUP_LATE_WITHOUT_REASON: a deadline ran out, and nobody wrote why.
 * @BENK_FOLLOWUP_GAP: a deadline ran out while this program did not watch, and none else.
 * @BENK_FOLLOWUP_OPEN: still open, and no deadline has run out.
 * @BENK_FOLLOWUP_FREE: closed, and it had no deadline.
 *
 * What a report says of an alarm. Each has exactly one.
 */
typedef enum
{
  BENK_FOLLOWUP_IN_TIME,
  BENK_FOLLOWUP_LATE_WITH_REASON,
  BENK_FOLLOWUP_LATE_WITHOUT_REASON,
  BENK_FOLLOWUP_GAP,
  BENK_FOLLOWUP_OPEN,
  BENK_FOLLOWUP_FREE,
} BenkFollowupVerdict;

#define BENK_N_FOLLOWUP_VERDICTS (BENK_FOLLOWUP_FREE + 1)

const char *benk_followup_verdict_to_name (BenkFollowupVerdict value);
gboolean benk_followup_verdict_from_name (const char *name,
                                          BenkFollowupVerdict *out_value);
const char *benk_followup_verdict_get_label (BenkFollowupVerdict value);

/**
 * BenkFollowupStep:
 * @BENK_FOLLOWUP_RECEIVED: received by this program.
 * @BENK_FOLLOWUP_OPENED: opened by a person.
 * @BENK_FOLLOWUP_TAKEN: taken.
 * @BENK_FOLLOWUP_CLOSED: closed, or settled by the dispenser.
 *
 * The times of an alarm that a report tells.
 */
typedef enum
{
  BENK_FOLLOWUP_RECEIVED,
  BENK_FOLLOWUP_OPENED,
  BENK_FOLLOWUP_TAKEN,
  BENK_FOLLOWUP_CLOSED,
} BenkFollowupStep;

#define BENK_N_FOLLOWUP_STEPS (BENK_FOLLOWUP_CLOSED + 1)

/**
 * BenkFollowupTime:
 * @at_ms: UTC milliseconds; 0 = not
 * @place: where
 */
typedef struct
{
  gint64 at_ms;
  BenkFollowupPlace place;
} BenkFollowupTime;

/**
 * BenkFollowupRow:
 * @id: the alarm
 * @feed: the source it came through; nil = none
 * @device: its device; nil = not registered
 * @code: its code
 * @model_id: (nullable): model of its device
 * @model_name: (nullable): what to call that model
 * @serial: (nullable): serial number
 * @asset: (nullable): asset number
 * @team_id: whose the device was then; nil = not known
 * @team: (nullable): what it is called
 * @severity: 0 to 40
 * @responsibility: whose it was to resolve
 * @via: how it was heard
 * @status: where it is now
 * @raised_ms: UTC milliseconds the device says
 * @received: when this program got it, and whether it was told by phone
 * @opened: when a person opened it here
 * @taken: the first time anybody took it
 * @closed: the last time it was closed; not while it is open
 * @dispensed_ms: UTC milliseconds the dispenser settled it; 0 = it did not
 * @first_closed_ms: the first time, also of an alarm that was opened again
 * @n_reopened: how often it was opened again
 * @reopened_ms: the last time
 * @n_joined: how often it was raised again while it was open
 * @take_deadline_ms: UTC milliseconds; 0 = none
 * @resolve_deadline_ms: UTC milliseconds; 0 = none
 * @proposed: the deadlines are the program's, not the district's
 * @decision: the decision of the district that gave them; nil = none
 * @decided_by: (nullable): who decided them, and when, in words
 * @told_by: (nullable): who told by phone that it was handled, only where reasons were
 *   asked for; "" if erased
 * @has_reason: somebody wrote why it was late
 * @reason: (nullable): what was written, only where it was asked for; "" if erased
 * @take: what came of the first deadline
 * @resolve: what came of the second
 * @gap: why it was not watched, where a deadline is in a gap
 * @verdict: what is said of it in all
 * @duty: which duty it was when the first deadline of those that ran out did so; when the
 *   alarm was raised, where none did
 * @owner: whose it was to see to it then
 * @hours_proposed: the hours of that duty are the program's, not the district's
 *
 * An alarm in a report on follow-up. It names no person.
 */
typedef struct
{
  BenkId id;
  BenkId feed;
  BenkId device;
  char *code;
  char *model_id;
  char *model_name;
  char *serial;
  char *asset;
  BenkId team_id;
  char *team;
  int severity;
  BenkResponsibility responsibility;
  BenkAlarmVia via;
  BenkAlarmStatus status;
  gint64 raised_ms;
  BenkFollowupTime received;
  BenkFollowupTime opened;
  BenkFollowupTime taken;
  BenkFollowupTime closed;
  gint64 dispensed_ms;
  gint64 first_closed_ms;
  guint n_reopened;
  gint64 reopened_ms;
  guint n_joined;
  gint64 take_deadline_ms;
  gint64 resolve_deadline_ms;
  gboolean proposed;
  BenkId decision;
  char *decided_by;
  char *told_by;
  gboolean has_reason;
  char *reason;
  BenkFollowupOutcome take;
  BenkFollowupOutcome resolve;
  BenkGapCause gap;
  BenkFollowupVerdict verdict;
  BenkDuty duty;
  BenkDutyRole owner;
  gboolean hours_proposed;
} BenkFollowupRow;

void benk_followup_row_free (BenkFollowupRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkFollowupRow, benk_followup_row_free)

gboolean benk_followup_row_is_open (const BenkFollowupRow *self);
void benk_followup_row_add_step (BenkFollowupRow *self,
                                 const char *kind,
                                 const char *place,
                                 gint64 at_ms);
void benk_followup_row_judge (BenkFollowupRow *self, const GArray *gaps, gint64 now_ms);
void benk_followup_row_set_duty (BenkFollowupRow *self, const BenkDutyRoster *roster);

char *benk_followup_write_instant (gint64 ms, GTimeZone *zone);
const BenkFollowupTime *benk_followup_row_get_time (const BenkFollowupRow *self,
                                                    BenkFollowupStep step);
const char *benk_followup_row_describe_place (const BenkFollowupRow *self,
                                              BenkFollowupStep step);
char *benk_followup_row_describe_alarm (const BenkFollowupRow *self);
char *benk_followup_row_describe_device (const BenkFollowupRow *self);
char *benk_followup_row_describe_verdict (const BenkFollowupRow *self);

G_END_DECLS

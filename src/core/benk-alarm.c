/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm.h"

#include "benk-config.h"
#include "benk-names.h"
#include "benk-record.h"

#include <glib/gi18n.h>

struct _BenkAlarm
{
  GObject parent_instance;

  BenkId id;
  BenkId device_id;
  char *device_label;
  char *model_id;
  char *serial;
  char *asset;
  char *code;
  char *code_text;
  int severity;
  BenkAlarmVia via;
  BenkId feed_id;
  char *feed_name;
  char *remote_id;
  BenkAlarmStatus status;
  BenkResponsibility responsibility;
  gint64 raised_ms;
  gint64 received_ms;
  gint64 opened_ms;
  gint64 taken_ms;
  char *taken_by;
  gboolean taken_here;
  gint64 closed_ms;
  char *cause;
  char *action;
  BenkId confirmed_by;
  gint64 confirmed_ms;
  gint64 take_deadline_ms;
  gint64 resolve_deadline_ms;
  gboolean deadlines_proposed;
  BenkId deadline_decision_id;
  gint64 next_dose_ms;
  BenkFollowup followup;
  BenkWait waiting_for;
  gint64 waiting_until_ms;
  char *case_number;
  BenkCovered covered;
  char *covered_by;
  gint64 wait_told_ms;
  gint64 clock_skew_ms;
  BenkId team_id;
  char *team_name;
  char *call;
  gint64 handed_ms;
  char *handed_to;
  gint64 accepted_ms;
  gint64 gone_ms;
  gint64 dispensed_ms;
  char *dispensed_event;
  char *dispensed_by;
  char *roll_packer;
  char *roll_batch;
  int n_joined;
  BenkId person_id;
  BenkAlarmGroup group_kind;
  BenkId group_face;
  int n_group;
};

static const BenkField fields[] = {
  BENK_FIELD (ID, BenkAlarm, id),
  BENK_FIELD (ID, BenkAlarm, device_id),
  BENK_FIELD (STRING, BenkAlarm, device_label),
  BENK_FIELD (STRING, BenkAlarm, model_id),
  BENK_FIELD (STRING, BenkAlarm, serial),
  BENK_FIELD (STRING, BenkAlarm, asset),
  BENK_FIELD (STRING, BenkAlarm, code),
  BENK_FIELD (STRING, BenkAlarm, code_text),
  BENK_FIELD (INT, BenkAlarm, severity),
  BENK_FIELD (INT, BenkAlarm, via),
  BENK_FIELD (ID, BenkAlarm, feed_id),
  BENK_FIELD (STRING, BenkAlarm, feed_name),
  BENK_FIELD (STRING, BenkAlarm, remote_id),
  BENK_FIELD (INT, BenkAlarm, status),
  BENK_FIELD (INT, BenkAlarm, responsibility),
  BENK_FIELD (INT64, BenkAlarm, raised_ms),
  BENK_FIELD (INT64, BenkAlarm, received_ms),
  BENK_FIELD (INT64, BenkAlarm, opened_ms),
  BENK_FIELD (INT64, BenkAlarm, taken_ms),
  BENK_FIELD (STRING, BenkAlarm, taken_by),
  BENK_FIELD (BOOLEAN, BenkAlarm, taken_here),
  BENK_FIELD (INT64, BenkAlarm, closed_ms),
  BENK_FIELD (STRING, BenkAlarm, cause),
  BENK_FIELD (STRING, BenkAlarm, action),
  BENK_FIELD (ID, BenkAlarm, confirmed_by),
  BENK_FIELD (INT64, BenkAlarm, confirmed_ms),
  BENK_FIELD (INT64, BenkAlarm, take_deadline_ms),
  BENK_FIELD (INT64, BenkAlarm, resolve_deadline_ms),
  BENK_FIELD (BOOLEAN, BenkAlarm, deadlines_proposed),
  BENK_FIELD (ID, BenkAlarm, deadline_decision_id),
  BENK_FIELD_WITH (INT64, BenkAlarm, next_dose_ms, -1),
  BENK_FIELD (INT, BenkAlarm, followup),
  BENK_FIELD (INT, BenkAlarm, waiting_for),
  BENK_FIELD (INT64, BenkAlarm, waiting_until_ms),
  BENK_FIELD (STRING, BenkAlarm, case_number),
  BENK_FIELD (INT, BenkAlarm, covered),
  BENK_FIELD (STRING, BenkAlarm, covered_by),
  BENK_FIELD (INT64, BenkAlarm, wait_told_ms),
  BENK_FIELD (INT64, BenkAlarm, clock_skew_ms),
  BENK_FIELD (ID, BenkAlarm, team_id),
  BENK_FIELD (STRING, BenkAlarm, team_name),
  BENK_FIELD (STRING, BenkAlarm, call),
  BENK_FIELD (INT64, BenkAlarm, handed_ms),
  BENK_FIELD (STRING, BenkAlarm, handed_to),
  BENK_FIELD (INT64, BenkAlarm, accepted_ms),
  BENK_FIELD (INT64, BenkAlarm, gone_ms),
  BENK_FIELD (INT64, BenkAlarm, dispensed_ms),
  BENK_FIELD (STRING, BenkAlarm, dispensed_event),
  BENK_FIELD (STRING, BenkAlarm, dispensed_by),
  BENK_FIELD (STRING, BenkAlarm, roll_packer),
  BENK_FIELD (STRING, BenkAlarm, roll_batch),
  BENK_FIELD (INT, BenkAlarm, n_joined),
  BENK_FIELD (ID, BenkAlarm, person_id),
  BENK_FIELD (INT, BenkAlarm, group_kind),
  BENK_FIELD (ID, BenkAlarm, group_face),
  BENK_FIELD (INT, BenkAlarm, n_group),
};

BENK_DEFINE_RECORD (BenkAlarm, benk_alarm)

BENK_RECORD_ID (BenkAlarm, benk_alarm, id)
BENK_RECORD_ID (BenkAlarm, benk_alarm, device_id)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, device_label)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, model_id)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, serial)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, asset)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, code)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, code_text)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, int, severity)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkAlarmVia, via)
BENK_RECORD_ID (BenkAlarm, benk_alarm, feed_id)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, feed_name)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, remote_id)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkAlarmStatus, status)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkResponsibility, responsibility)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, raised_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, received_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, opened_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, taken_ms)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, taken_by)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gboolean, taken_here)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, closed_ms)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, cause)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, action)
BENK_RECORD_ID (BenkAlarm, benk_alarm, confirmed_by)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, confirmed_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, take_deadline_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, resolve_deadline_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gboolean, deadlines_proposed)
BENK_RECORD_ID (BenkAlarm, benk_alarm, deadline_decision_id)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, next_dose_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkFollowup, followup)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkWait, waiting_for)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, waiting_until_ms)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, case_number)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkCovered, covered)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, covered_by)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, wait_told_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, clock_skew_ms)
BENK_RECORD_ID (BenkAlarm, benk_alarm, team_id)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, team_name)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, call)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, handed_ms)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, handed_to)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, accepted_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, gone_ms)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, gint64, dispensed_ms)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, dispensed_event)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, dispensed_by)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, roll_packer)
BENK_RECORD_STRING (BenkAlarm, benk_alarm, roll_batch)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, int, n_joined)
BENK_RECORD_ID (BenkAlarm, benk_alarm, person_id)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, BenkAlarmGroup, group_kind)
BENK_RECORD_ID (BenkAlarm, benk_alarm, group_face)
BENK_RECORD_VALUE (BenkAlarm, benk_alarm, int, n_group)

static const BenkName alarm_via_names[] = {
  [BENK_ALARM_VIA_PHONE] = { "phone", N_ ("Phone") },
  [BENK_ALARM_VIA_SMS] = { "sms", N_ ("Text message") },
  [BENK_ALARM_VIA_PORTAL] = { "portal", N_ ("Vendor portal") },
  [BENK_ALARM_VIA_MAIL] = { "mail", N_ ("E-mail") },
  [BENK_ALARM_VIA_SITE] = { "site", N_ ("Seen on site") },
  [BENK_ALARM_VIA_FEED] = { "feed", N_ ("Alarm source") },
};

BENK_DEFINE_NAMES (BenkAlarmVia, benk_alarm_via, alarm_via_names)

static const BenkName alarm_status_names[] = {
  [BENK_ALARM_STATUS_NEW] = { "new", N_ ("New") },
  [BENK_ALARM_STATUS_TAKEN] = { "taken", N_ ("Taken") },
  [BENK_ALARM_STATUS_CLOSED] = { "closed", N_ ("Closed") },
  [BENK_ALARM_STATUS_SETTLED] = { "settled", N_ ("Settled by the dispenser") },
};

BENK_DEFINE_NAMES (BenkAlarmStatus, benk_alarm_status, alarm_status_names)

static const BenkName responsibility_names[] = {
  [BENK_RESPONSIBILITY_TECHNICAL] = { "technical", N_ ("technical") },
  [BENK_RESPONSIBILITY_CARE] = { "care", N_ ("care") },
  [BENK_RESPONSIBILITY_MEDICINE] = { "medicine", N_ ("medicine") },
};

BENK_DEFINE_NAMES (BenkResponsibility, benk_responsibility, responsibility_names)

static const BenkName followup_names[] = {
  [BENK_FOLLOWUP_NONE] = { "none", N_ ("No follow-up") },
  [BENK_FOLLOWUP_QUEUED] = { "queued", N_ ("Waiting to be sent") },
  [BENK_FOLLOWUP_SENT] = { "sent", N_ ("Sent") },
  [BENK_FOLLOWUP_ACCEPTED] = { "accepted", N_ ("Accepted") },
  [BENK_FOLLOWUP_REFUSED] = { "refused", N_ ("Refused") },
};

BENK_DEFINE_NAMES (BenkFollowup, benk_followup, followup_names)

static const BenkName alarm_group_names[] = {
  [BENK_ALARM_GROUP_NONE] = { "none", N_ ("Not in a group") },
  [BENK_ALARM_GROUP_INCIDENT] = { "incident", N_ ("One incident") },
  [BENK_ALARM_GROUP_USER] = { "user", N_ ("Same user") },
  [BENK_ALARM_GROUP_BATCH] = { "batch", N_ ("Same roll batch") },
};

BENK_DEFINE_NAMES (BenkAlarmGroup, benk_alarm_group, alarm_group_names)

/**
 * benk_alarm_get_due_ms:
 * @self: an alarm
 *
 * Which of its two deadlines counts now: the earlier one while nobody has taken it, else
 * that to resolve it.
 *
 * Returns: UTC milliseconds; 0 = none
 */
gint64
benk_alarm_get_due_ms (BenkAlarm *self)
{
  g_return_val_if_fail (BENK_IS_ALARM (self), 0);

  if (self->status != BENK_ALARM_STATUS_NEW || self->take_deadline_ms <= 0)
    return self->resolve_deadline_ms;
  return self->resolve_deadline_ms > 0
           ? MIN (self->take_deadline_ms, self->resolve_deadline_ms)
           : self->take_deadline_ms;
}

/**
 * benk_alarm_copy:
 * @self: an alarm
 * @from: the same alarm as it is now
 *
 * Sets what differs, and notifies of that alone: whoever shows it goes on showing it.
 */
void
benk_alarm_copy (BenkAlarm *self, BenkAlarm *from)
{
  benk_record_copy (self, from, fields, G_N_ELEMENTS (fields));
}

/**
 * benk_alarm_is_critical:
 * @self: an alarm
 *
 * Returns: whether it comes before all that is not
 */
gboolean
benk_alarm_is_critical (BenkAlarm *self)
{
  return benk_alarm_get_severity (self) >= BENK_SEVERITY_CRITICAL;
}

/**
 * benk_alarm_status_is_open:
 * @value: where an alarm is
 *
 * Returns: whether something is still to be done about it
 */
gboolean
benk_alarm_status_is_open (BenkAlarmStatus value)
{
  return value == BENK_ALARM_STATUS_NEW || value == BENK_ALARM_STATUS_TAKEN;
}

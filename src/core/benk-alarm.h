/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/**
 * BenkAlarmVia:
 * @BENK_ALARM_VIA_PHONE: told by telephone.
 * @BENK_ALARM_VIA_SMS: by text message.
 * @BENK_ALARM_VIA_PORTAL: seen in a vendor's portal.
 * @BENK_ALARM_VIA_MAIL: by e-mail.
 * @BENK_ALARM_VIA_SITE: seen at the device.
 * @BENK_ALARM_VIA_FEED: by a feed.
 *
 * How an alarm was heard.
 */
typedef enum
{
  BENK_ALARM_VIA_PHONE,
  BENK_ALARM_VIA_SMS,
  BENK_ALARM_VIA_PORTAL,
  BENK_ALARM_VIA_MAIL,
  BENK_ALARM_VIA_SITE,
  BENK_ALARM_VIA_FEED,
} BenkAlarmVia;

#define BENK_N_ALARM_VIAS (BENK_ALARM_VIA_FEED + 1)

const char *benk_alarm_via_to_name (BenkAlarmVia value);
gboolean benk_alarm_via_from_name (const char *name, BenkAlarmVia *out_value);
const char *benk_alarm_via_get_label (BenkAlarmVia value);

/**
 * BenkAlarmStatus:
 * @BENK_ALARM_STATUS_NEW: nobody has taken it.
 * @BENK_ALARM_STATUS_TAKEN: a named person has it.
 * @BENK_ALARM_STATUS_CLOSED: closed with cause and action.
 * @BENK_ALARM_STATUS_SETTLED: the device sent the opposite event.
 *
 * Where an alarm is.
 */
typedef enum
{
  BENK_ALARM_STATUS_NEW,
  BENK_ALARM_STATUS_TAKEN,
  BENK_ALARM_STATUS_CLOSED,
  BENK_ALARM_STATUS_SETTLED,
} BenkAlarmStatus;

#define BENK_N_ALARM_STATUSES (BENK_ALARM_STATUS_SETTLED + 1)

const char *benk_alarm_status_to_name (BenkAlarmStatus value);
gboolean benk_alarm_status_from_name (const char *name, BenkAlarmStatus *out_value);
const char *benk_alarm_status_get_label (BenkAlarmStatus value);
gboolean benk_alarm_status_is_open (BenkAlarmStatus value);

/**
 * BenkResponsibility:
 * @BENK_RESPONSIBILITY_TECHNICAL: the technical resource person.
 * @BENK_RESPONSIBILITY_CARE: coordinator by day, charge nurse in evenings and weekends.
 * @BENK_RESPONSIBILITY_MEDICINE: nurse: roll, tray and refill.
 *
 * Whose an alarm is to resolve.
 */
typedef enum
{
  BENK_RESPONSIBILITY_TECHNICAL,
  BENK_RESPONSIBILITY_CARE,
  BENK_RESPONSIBILITY_MEDICINE,
} BenkResponsibility;

#define BENK_N_RESPONSIBILITIES (BENK_RESPONSIBILITY_MEDICINE + 1)

const char *benk_responsibility_to_name (BenkResponsibility value);
gboolean benk_responsibility_from_name (const char *name, BenkResponsibility *out_value);
const char *benk_responsibility_get_label (BenkResponsibility value);

/**
 * BenkFollowup:
 * @BENK_FOLLOWUP_NONE: none is to be sent.
 * @BENK_FOLLOWUP_QUEUED: in the outbox.
 * @BENK_FOLLOWUP_SENT: sent, answer not known.
 * @BENK_FOLLOWUP_ACCEPTED: the receiver has accepted it.
 * @BENK_FOLLOWUP_REFUSED: the receiver has refused it.
 *
 * Where the follow-up document of a closed alarm is.
 */
typedef enum
{
  BENK_FOLLOWUP_NONE,
  BENK_FOLLOWUP_QUEUED,
  BENK_FOLLOWUP_SENT,
  BENK_FOLLOWUP_ACCEPTED,
  BENK_FOLLOWUP_REFUSED,
} BenkFollowup;

#define BENK_N_FOLLOWUPS (BENK_FOLLOWUP_REFUSED + 1)

const char *benk_followup_to_name (BenkFollowup value);
gboolean benk_followup_from_name (const char *name, BenkFollowup *out_value);
const char *benk_followup_get_label (BenkFollowup value);

/**
 * BenkWait:
 * @BENK_WAIT_NONE: nothing.
 * @BENK_WAIT_VENDOR: the vendor's answer.
 * @BENK_WAIT_VISIT: a visit to the user.
 * @BENK_WAIT_CARE: something care does.
 * @BENK_WAIT_DELIVERY: something that is delivered.
 *
 * What a taken alarm waits for.
 */
typedef enum
{
  BENK_WAIT_NONE,
  BENK_WAIT_VENDOR,
  BENK_WAIT_VISIT,
  BENK_WAIT_CARE,
  BENK_WAIT_DELIVERY,
} BenkWait;

#define BENK_N_WAITS (BENK_WAIT_DELIVERY + 1)

/**
 * BenkCovered:
 * @BENK_COVERED_UNKNOWN: nobody has said.
 * @BENK_COVERED_YES: the user gets the medicine in another way.
 * @BENK_COVERED_NO: the user does not.
 *
 * Whether the user is covered while an alarm waits, as somebody stated it.
 */
typedef enum
{
  BENK_COVERED_UNKNOWN,
  BENK_COVERED_YES,
  BENK_COVERED_NO,
} BenkCovered;

#define BENK_N_COVEREDS (BENK_COVERED_NO + 1)

/**
 * BenkAlarmGroup:
 * @BENK_ALARM_GROUP_NONE: it stands for itself.
 * @BENK_ALARM_GROUP_INCIDENT: several devices at once, rather one outage.
 * @BENK_ALARM_GROUP_USER: several of one user.
 * @BENK_ALARM_GROUP_BATCH: several devices at rolls of one batch.
 *
 * Why alarms are one thing to do.
 */
typedef enum
{
  BENK_ALARM_GROUP_NONE,
  BENK_ALARM_GROUP_INCIDENT,
  BENK_ALARM_GROUP_USER,
  BENK_ALARM_GROUP_BATCH,
} BenkAlarmGroup;

#define BENK_N_ALARM_GROUPS (BENK_ALARM_GROUP_BATCH + 1)

const char *benk_alarm_group_to_name (BenkAlarmGroup value);
gboolean benk_alarm_group_from_name (const char *name, BenkAlarmGroup *out_value);
const char *benk_alarm_group_get_label (BenkAlarmGroup value);

/**
 * BENK_SEVERITY_CRITICAL:
 *
 * From here on an alarm is critical (vkp-severity-level).
 */
#define BENK_SEVERITY_CRITICAL 40

/**
 * BenkAlarm:
 *
 * An alarm from a device, however it was heard.
 *
 * Properties (each with a getter, a setter and notify):
 * - `id`: birth name
 * - `device-id`: the device; nil = unknown device
 * - `device-label`: what to call the device in a row, for showing
 * - `model-id`: id of the model, or NULL
 * - `serial`: serial number as the source gave it, or NULL
 * - `asset`: asset number, or NULL
 * - `code`: code of the source; may be unknown to benk_alarm_code_find()
 * - `code-text`: text of the source as it came, or NULL
 * - `severity`: 0 not reported, 10, 20, 30, 40 (vkp-severity-level)
 * - `via`: how it was heard
 * - `feed-id`: the feed it came through; nil = none
 * - `feed-name`: name of the feed, for showing
 * - `remote-id`: logical id at the feed, or NULL
 * - `status`: where it is
 * - `responsibility`: whose it is to resolve
 * - `raised-ms`: UTC ms the device says
 * - `received-ms`: UTC ms this program got it
 * - `opened-ms`: UTC ms somebody opened it here; 0 = not
 * - `taken-ms`: UTC ms it was taken; 0 = not
 * - `taken-by`: initials or name of who took it, or NULL
 * - `taken-here`: a person took it in this program
 * - `closed-ms`: UTC ms it was closed; 0 = not
 * - `cause`: cause code at closing, or NULL
 * - `action`: action code at closing, or NULL
 * - `confirmed-by`: note with who confirmed a closing for others; nil = none
 * - `confirmed-ms`: UTC ms they confirmed it; 0 = not told
 * - `take-deadline-ms`: UTC ms to take it within; 0 = none
 * - `resolve-deadline-ms`: UTC ms to resolve it within; 0 = none
 * - `deadlines-proposed`: the deadlines are proposed by the program, not decided
 * - `deadline-decision-id`: the decision that gave them; nil = proposed
 * - `next-dose-ms`: UTC ms of the next dose of the device; -1 = unknown
 * - `followup`: state of the follow-up document
 * - `waiting-for`: what it waits for, or waited for to the end
 * - `waiting-until-ms`: UTC ms the waiting ends; 0 = it does not wait
 * - `case-number`: of the vendor, or NULL; "" if erased
 * - `covered`: whether the user is covered meanwhile
 * - `covered-by`: who said so, or NULL; "" if erased
 * - `wait-told-ms`: the end of waiting that was told on this laptop; 0 = none
 * - `team-id`: whose alarm it is; nil = not known
 * - `team-name`: name of that team, or NULL
 * - `call`: whom to phone when it is overdue, with the number; NULL = it is one's own
 * - `handed-ms`: UTC ms it was handed over by who has it; 0 = it is not
 * - `handed-to`: to whom, or NULL; "" if erased
 * - `accepted-ms`: UTC ms they accepted; 0 = not yet
 * - `gone-ms`: UTC ms since when its source does not know it any more; 0 = it does
 * - `dispensed-ms`: UTC ms the dispenser handed out after it was raised; 0 = not known
 * - `dispensed-event`: what, a code of the national dispense events, or NULL
 * - `dispensed-by`: the source that told it, for showing, or NULL
 * - `roll-packer`: who packed the roll it stopped at, as noted here, or NULL
 * - `roll-batch`: the packer's batch of that roll, as noted here, or NULL
 * - `n-joined`: how many others it stands for: open, of the same code from the same
 * device
 * - `person-id`: the user it was raised for; nil = not known
 * - `group-kind`: what group it is in, together with others of the queue
 * - `group-face`: id of the one that comes first in the queue and stands for the group,
 * itself perhaps; nil = it is in none
 * - `n-group`: how many the group has, itself included; 0 = it is in none
 */
#define BENK_TYPE_ALARM (benk_alarm_get_type ())
G_DECLARE_FINAL_TYPE (BenkAlarm, benk_alarm, BENK, ALARM, GObject)

BenkAlarm *benk_alarm_new (void);

const BenkId *benk_alarm_get_id (BenkAlarm *self);
void benk_alarm_set_id (BenkAlarm *self, const BenkId *value);
const BenkId *benk_alarm_get_device_id (BenkAlarm *self);
void benk_alarm_set_device_id (BenkAlarm *self, const BenkId *value);
const char *benk_alarm_get_device_label (BenkAlarm *self);
void benk_alarm_set_device_label (BenkAlarm *self, const char *value);
const char *benk_alarm_get_model_id (BenkAlarm *self);
void benk_alarm_set_model_id (BenkAlarm *self, const char *value);
const char *benk_alarm_get_serial (BenkAlarm *self);
void benk_alarm_set_serial (BenkAlarm *self, const char *value);
const char *benk_alarm_get_asset (BenkAlarm *self);
void benk_alarm_set_asset (BenkAlarm *self, const char *value);
const char *benk_alarm_get_code (BenkAlarm *self);
void benk_alarm_set_code (BenkAlarm *self, const char *value);
const char *benk_alarm_get_code_text (BenkAlarm *self);
void benk_alarm_set_code_text (BenkAlarm *self, const char *value);
int benk_alarm_get_severity (BenkAlarm *self);
void benk_alarm_set_severity (BenkAlarm *self, int value);
BenkAlarmVia benk_alarm_get_via (BenkAlarm *self);
void benk_alarm_set_via (BenkAlarm *self, BenkAlarmVia value);
const BenkId *benk_alarm_get_feed_id (BenkAlarm *self);
void benk_alarm_set_feed_id (BenkAlarm *self, const BenkId *value);
const char *benk_alarm_get_feed_name (BenkAlarm *self);
void benk_alarm_set_feed_name (BenkAlarm *self, const char *value);
const char *benk_alarm_get_remote_id (BenkAlarm *self);
void benk_alarm_set_remote_id (BenkAlarm *self, const char *value);
BenkAlarmStatus benk_alarm_get_status (BenkAlarm *self);
void benk_alarm_set_status (BenkAlarm *self, BenkAlarmStatus value);
BenkResponsibility benk_alarm_get_responsibility (BenkAlarm *self);
void benk_alarm_set_responsibility (BenkAlarm *self, BenkResponsibility value);
gint64 benk_alarm_get_raised_ms (BenkAlarm *self);
void benk_alarm_set_raised_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_received_ms (BenkAlarm *self);
void benk_alarm_set_received_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_opened_ms (BenkAlarm *self);
void benk_alarm_set_opened_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_taken_ms (BenkAlarm *self);
void benk_alarm_set_taken_ms (BenkAlarm *self, gint64 value);
const char *benk_alarm_get_taken_by (BenkAlarm *self);
void benk_alarm_set_taken_by (BenkAlarm *self, const char *value);
gboolean benk_alarm_get_taken_here (BenkAlarm *self);
void benk_alarm_set_taken_here (BenkAlarm *self, gboolean value);
gint64 benk_alarm_get_closed_ms (BenkAlarm *self);
void benk_alarm_set_closed_ms (BenkAlarm *self, gint64 value);
const char *benk_alarm_get_cause (BenkAlarm *self);
void benk_alarm_set_cause (BenkAlarm *self, const char *value);
const char *benk_alarm_get_action (BenkAlarm *self);
void benk_alarm_set_action (BenkAlarm *self, const char *value);
const BenkId *benk_alarm_get_confirmed_by (BenkAlarm *self);
void benk_alarm_set_confirmed_by (BenkAlarm *self, const BenkId *value);
gint64 benk_alarm_get_confirmed_ms (BenkAlarm *self);
void benk_alarm_set_confirmed_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_take_deadline_ms (BenkAlarm *self);
void benk_alarm_set_take_deadline_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_resolve_deadline_ms (BenkAlarm *self);
void benk_alarm_set_resolve_deadline_ms (BenkAlarm *self, gint64 value);
gboolean benk_alarm_get_deadlines_proposed (BenkAlarm *self);
void benk_alarm_set_deadlines_proposed (BenkAlarm *self, gboolean value);
const BenkId *benk_alarm_get_deadline_decision_id (BenkAlarm *self);
void benk_alarm_set_deadline_decision_id (BenkAlarm *self, const BenkId *value);
gint64 benk_alarm_get_next_dose_ms (BenkAlarm *self);
void benk_alarm_set_next_dose_ms (BenkAlarm *self, gint64 value);
BenkFollowup benk_alarm_get_followup (BenkAlarm *self);
void benk_alarm_set_followup (BenkAlarm *self, BenkFollowup value);
BenkWait benk_alarm_get_waiting_for (BenkAlarm *self);
void benk_alarm_set_waiting_for (BenkAlarm *self, BenkWait value);
gint64 benk_alarm_get_waiting_until_ms (BenkAlarm *self);
void benk_alarm_set_waiting_until_ms (BenkAlarm *self, gint64 value);
const char *benk_alarm_get_case_number (BenkAlarm *self);
void benk_alarm_set_case_number (BenkAlarm *self, const char *value);
BenkCovered benk_alarm_get_covered (BenkAlarm *self);
void benk_alarm_set_covered (BenkAlarm *self, BenkCovered value);
const char *benk_alarm_get_covered_by (BenkAlarm *self);
void benk_alarm_set_covered_by (BenkAlarm *self, const char *value);
gint64 benk_alarm_get_wait_told_ms (BenkAlarm *self);
void benk_alarm_set_wait_told_ms (BenkAlarm *self, gint64 value);
/* What is to be added to this computer's time where it is compared with the alarm's. */
gint64 benk_alarm_get_clock_skew_ms (BenkAlarm *self);
void benk_alarm_set_clock_skew_ms (BenkAlarm *self, gint64 value);
const BenkId *benk_alarm_get_team_id (BenkAlarm *self);
void benk_alarm_set_team_id (BenkAlarm *self, const BenkId *value);
const char *benk_alarm_get_team_name (BenkAlarm *self);
void benk_alarm_set_team_name (BenkAlarm *self, const char *value);
const char *benk_alarm_get_call (BenkAlarm *self);
void benk_alarm_set_call (BenkAlarm *self, const char *value);
gint64 benk_alarm_get_handed_ms (BenkAlarm *self);
void benk_alarm_set_handed_ms (BenkAlarm *self, gint64 value);
const char *benk_alarm_get_handed_to (BenkAlarm *self);
void benk_alarm_set_handed_to (BenkAlarm *self, const char *value);
gint64 benk_alarm_get_accepted_ms (BenkAlarm *self);
void benk_alarm_set_accepted_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_gone_ms (BenkAlarm *self);
void benk_alarm_set_gone_ms (BenkAlarm *self, gint64 value);
gint64 benk_alarm_get_dispensed_ms (BenkAlarm *self);
void benk_alarm_set_dispensed_ms (BenkAlarm *self, gint64 value);
const char *benk_alarm_get_dispensed_event (BenkAlarm *self);
void benk_alarm_set_dispensed_event (BenkAlarm *self, const char *value);
const char *benk_alarm_get_dispensed_by (BenkAlarm *self);
void benk_alarm_set_dispensed_by (BenkAlarm *self, const char *value);
const char *benk_alarm_get_roll_packer (BenkAlarm *self);
void benk_alarm_set_roll_packer (BenkAlarm *self, const char *value);
const char *benk_alarm_get_roll_batch (BenkAlarm *self);
void benk_alarm_set_roll_batch (BenkAlarm *self, const char *value);
int benk_alarm_get_n_joined (BenkAlarm *self);
void benk_alarm_set_n_joined (BenkAlarm *self, int value);
const BenkId *benk_alarm_get_person_id (BenkAlarm *self);
void benk_alarm_set_person_id (BenkAlarm *self, const BenkId *value);
BenkAlarmGroup benk_alarm_get_group_kind (BenkAlarm *self);
void benk_alarm_set_group_kind (BenkAlarm *self, BenkAlarmGroup value);
const BenkId *benk_alarm_get_group_face (BenkAlarm *self);
void benk_alarm_set_group_face (BenkAlarm *self, const BenkId *value);
int benk_alarm_get_n_group (BenkAlarm *self);
void benk_alarm_set_n_group (BenkAlarm *self, int value);

gint64 benk_alarm_get_due_ms (BenkAlarm *self);
gboolean benk_alarm_is_critical (BenkAlarm *self);
void benk_alarm_copy (BenkAlarm *self, BenkAlarm *from);

G_END_DECLS

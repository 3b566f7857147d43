/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** BENK_DISTRICT_ZONE: where the district is, IANA */
#define BENK_DISTRICT_ZONE "Europe/Oslo"

/**
 * BENK_WEEKDAYS_ALL:
 *
 * Every day of the week. Bit 0 is Monday, bit 6 is Sunday.
 */
#define BENK_WEEKDAYS_ALL 0x7fu

/**
 * BENK_PLAN_MAX_DOSES:
 *
 * How many dose times a plan may have; a bound for what comes from files, not a fact of
 * any make.
 */
#define BENK_PLAN_MAX_DOSES 64

/**
 * BENK_PLAN_MAX_WINDOW_MIN:
 *
 * How many minutes before or after its time a dose may come at the most: half a day, so
 * that it belongs to one time only.
 */
#define BENK_PLAN_MAX_WINDOW_MIN 720

/**
 * BENK_MINUTES_PER_DAY:
 *
 * Minutes of a local day, but for the two a year on which the clock is set.
 */
#define BENK_MINUTES_PER_DAY 1440

/**
 * BenkDoseTime:
 * @minute: minute of the local day, 0 to 1439
 * @weekdays: days of the week, bit 0 is Monday; see %BENK_WEEKDAYS_ALL
 * @before_min: how many minutes before @minute the dose may come
 * @after_min: how many minutes after @minute it may still come
 * @alarm: whether a missed dose raises an alarm
 *
 * When a dose comes.
 */
typedef struct
{
  guint minute;
  guint weekdays;
  guint before_min;
  guint after_min;
  gboolean alarm;
} BenkDoseTime;

/**
 * BenkAlarmCondition:
 * @BENK_ALARM_CONDITION_MISSED: a dose was missed.
 * @BENK_ALARM_CONDITION_LATE: a dose is late.
 * @BENK_ALARM_CONDITION_BATTERY_LOW: the battery is low.
 * @BENK_ALARM_CONDITION_EMPTY: the dispenser is empty.
 * @BENK_ALARM_CONDITION_LID_OPEN: the lid is open.
 * @BENK_ALARM_CONDITION_CLOCK_UNSET: the clock is not set.
 *
 * What a dispenser raises an alarm for; the numbers are those of the service extension.
 */
typedef enum
{
  BENK_ALARM_CONDITION_MISSED = 1,
  BENK_ALARM_CONDITION_LATE = 2,
  BENK_ALARM_CONDITION_BATTERY_LOW = 3,
  BENK_ALARM_CONDITION_EMPTY = 4,
  BENK_ALARM_CONDITION_LID_OPEN = 5,
  BENK_ALARM_CONDITION_CLOCK_UNSET = 6,
} BenkAlarmCondition;

/**
 * BenkAlarmRule:
 * @condition: what raises the alarm
 * @delay_min: after how many minutes
 *
 * An alarm that is switched on.
 */
typedef struct
{
  BenkAlarmCondition condition;
  guint delay_min;
} BenkAlarmRule;

/**
 * BenkDutyPeriods:
 * @BENK_DUTY_PERIOD_DAY: working days by day.
 * @BENK_DUTY_PERIOD_EVENING: working days in the evening and at night.
 * @BENK_DUTY_PERIOD_WEEKEND: weekends and holidays.
 *
 * When a recipient receives.
 */
typedef enum
{
  BENK_DUTY_PERIOD_DAY = 1 << 0,
  BENK_DUTY_PERIOD_EVENING = 1 << 1,
  BENK_DUTY_PERIOD_WEEKEND = 1 << 2,
} BenkDutyPeriods;

#define BENK_DUTY_PERIODS_ALL                                                            \
  (BENK_DUTY_PERIOD_DAY | BENK_DUTY_PERIOD_EVENING | BENK_DUTY_PERIOD_WEEKEND)

/**
 * BenkRecipient:
 * @role: id of a role, as "charge-nurse"; never a name or a number
 * @periods: when
 *
 * A role that receives the alarms.
 */
typedef struct
{
  char *role;
  BenkDutyPeriods periods;
} BenkRecipient;

/**
 * BenkPlanParts:
 * @BENK_PLAN_PART_WINDOWS: the windows of the dose times.
 * @BENK_PLAN_PART_ALARMS: which alarms are on, and after how long.
 * @BENK_PLAN_PART_RECIPIENTS: who receives them.
 *
 * Parts of a plan that the program can propose.
 */
typedef enum
{
  BENK_PLAN_PART_WINDOWS = 1 << 0,
  BENK_PLAN_PART_ALARMS = 1 << 1,
  BENK_PLAN_PART_RECIPIENTS = 1 << 2,
} BenkPlanParts;

#define BENK_PLAN_PARTS_ALL                                                              \
  (BENK_PLAN_PART_WINDOWS | BENK_PLAN_PART_ALARMS | BENK_PLAN_PART_RECIPIENTS)

/**
 * BenkPlan:
 *
 * What a dispenser is to do for one user. Reference counted; write to it only until it is
 * handed on, then take benk_plan_copy().
 */
typedef struct _BenkPlan BenkPlan;

#define BENK_TYPE_PLAN (benk_plan_get_type ())

GType benk_plan_get_type (void) G_GNUC_CONST;

BenkPlan *benk_plan_new (void);
BenkPlan *benk_plan_ref (BenkPlan *self);
void benk_plan_unref (BenkPlan *self);
BenkPlan *benk_plan_copy (const BenkPlan *self);
gboolean benk_plan_equal (const BenkPlan *a, const BenkPlan *b);

guint benk_plan_add_dose (BenkPlan *self, const BenkDoseTime *dose);
guint benk_plan_replace_dose (BenkPlan *self, guint i, const BenkDoseTime *dose);
void benk_plan_remove_dose (BenkPlan *self, guint i);
guint benk_plan_get_n_doses (const BenkPlan *self);
const BenkDoseTime *benk_plan_get_dose (const BenkPlan *self, guint i);
void benk_plan_clear_doses (BenkPlan *self);

void benk_plan_add_rule (BenkPlan *self, BenkAlarmCondition condition, guint delay_min);
guint benk_plan_get_n_rules (const BenkPlan *self);
const BenkAlarmRule *benk_plan_get_rule (const BenkPlan *self, guint i);
void benk_plan_clear_rules (BenkPlan *self);
const BenkAlarmRule *benk_plan_find_rule (const BenkPlan *self,
                                          BenkAlarmCondition condition);
void benk_plan_set_rule (BenkPlan *self,
                         BenkAlarmCondition condition,
                         gboolean on,
                         guint delay_min);

void benk_plan_add_recipient (BenkPlan *self, const char *role, BenkDutyPeriods periods);
guint benk_plan_get_n_recipients (const BenkPlan *self);
const BenkRecipient *benk_plan_get_recipient (const BenkPlan *self, guint i);
void benk_plan_clear_recipients (BenkPlan *self);
BenkDutyPeriods benk_plan_get_periods (const BenkPlan *self, const char *role);
void benk_plan_set_periods (BenkPlan *self, const char *role, BenkDutyPeriods periods);

const char *benk_plan_get_zone (const BenkPlan *self);
void benk_plan_set_zone (BenkPlan *self, const char *zone);
const char *benk_plan_get_language (const BenkPlan *self);
void benk_plan_set_language (BenkPlan *self, const char *language);
int benk_plan_get_volume (const BenkPlan *self);
void benk_plan_set_volume (BenkPlan *self, int volume);
const char *benk_plan_get_valid_from (const BenkPlan *self);
void benk_plan_set_valid_from (BenkPlan *self, const char *date);

gboolean benk_plan_get_times_from_roll (const BenkPlan *self);
void benk_plan_set_times_from_roll (BenkPlan *self, gboolean from_roll);
BenkPlanParts benk_plan_get_proposed (const BenkPlan *self);
void benk_plan_set_proposed (BenkPlan *self, BenkPlanParts parts);

char **benk_plan_check (const BenkPlan *self);
gboolean benk_plan_validate (const BenkPlan *self, GError **error);
gint64 benk_plan_next_window (const BenkPlan *self, gint64 wall_ms);
gint64 benk_plan_next_dose (const BenkPlan *self, gint64 wall_ms);
gboolean benk_plan_get_local_date (const BenkPlan *self, gint64 wall_ms, GDate *out_date);
gint64 benk_local_minute_to_ms (const char *zone, const GDate *date, guint minute);
GTimeZone *benk_time_zone_find (const char *zone);
GTimeZone *benk_time_zone_new_district (void);
gboolean benk_date_parse (const char *text, GDate *out_date);

const char *benk_alarm_condition_to_name (BenkAlarmCondition condition);
gboolean benk_alarm_condition_from_name (const char *name,
                                         BenkAlarmCondition *out_condition);
const char *benk_alarm_condition_get_label (BenkAlarmCondition condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkPlan, benk_plan_unref)

G_END_DECLS

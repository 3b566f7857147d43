/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-plan.h"

G_BEGIN_DECLS

/**
 * BenkHoliday:
 * @BENK_HOLIDAY_NEW_YEAR: 1 January.
 * @BENK_HOLIDAY_MAUNDY_THURSDAY: Easter −3.
 * @BENK_HOLIDAY_GOOD_FRIDAY: Easter −2.
 * @BENK_HOLIDAY_EASTER_SUNDAY: Easter.
 * @BENK_HOLIDAY_EASTER_MONDAY: Easter +1.
 * @BENK_HOLIDAY_LABOUR_DAY: 1 May.
 * @BENK_HOLIDAY_CONSTITUTION_DAY: 17 May.
 * @BENK_HOLIDAY_ASCENSION_DAY: Easter +39.
 * @BENK_HOLIDAY_WHIT_SUNDAY: Easter +49.
 * @BENK_HOLIDAY_WHIT_MONDAY: Easter +50.
 * @BENK_HOLIDAY_CHRISTMAS_DAY: 25 December.
 * @BENK_HOLIDAY_BOXING_DAY: 26 December.
 *
 * Public holidays in Norway (helligdagsfredloven § 2; lov om 1. og 17. mai § 1). Two may
 * fall on one day.
 */
typedef enum
{
  BENK_HOLIDAY_NEW_YEAR = 1 << 0,
  BENK_HOLIDAY_MAUNDY_THURSDAY = 1 << 1,
  BENK_HOLIDAY_GOOD_FRIDAY = 1 << 2,
  BENK_HOLIDAY_EASTER_SUNDAY = 1 << 3,
  BENK_HOLIDAY_EASTER_MONDAY = 1 << 4,
  BENK_HOLIDAY_LABOUR_DAY = 1 << 5,
  BENK_HOLIDAY_CONSTITUTION_DAY = 1 << 6,
  BENK_HOLIDAY_ASCENSION_DAY = 1 << 7,
  BENK_HOLIDAY_WHIT_SUNDAY = 1 << 8,
  BENK_HOLIDAY_WHIT_MONDAY = 1 << 9,
  BENK_HOLIDAY_CHRISTMAS_DAY = 1 << 10,
  BENK_HOLIDAY_BOXING_DAY = 1 << 11,
} BenkHoliday;

#define BENK_N_HOLIDAYS 12

/**
 * BenkDutyHours:
 * @day_start: minute of the day the day duty starts
 * @day_end: minute it ends
 * @evening_end: minute the evening duty ends
 * @eve_end: minute the day duty ends on the eves of Easter, Whitsun and Christmas
 * @proposed: nobody of the district has decided these
 * @late_end: minute the day duty ends on New Year's Eve and on the Wednesday before
 * Maundy Thursday; 0 = as on other days
 *
 * When duties change. No source tells clock times: they are proposed until decided.
 */
typedef struct
{
  guint day_start;
  guint day_end;
  guint evening_end;
  guint eve_end;
  gboolean proposed;
  guint late_end;
} BenkDutyHours;

/**
 * BENK_DUTY_HOURS_PROPOSED:
 *
 * 08:00, 15:30, 22:30; eves to 12:00. Proposed by the program, not decided by the
 * district.
 */
#define BENK_DUTY_HOURS_PROPOSED ((BenkDutyHours){ 480, 930, 1350, 720, TRUE, 0 })

/**
 * BenkDuty:
 * @BENK_DUTY_DAY: a working day, by day.
 * @BENK_DUTY_EVENING: a working day, in the evening.
 * @BENK_DUTY_NIGHT: before and after that.
 * @BENK_DUTY_WEEKEND: Saturday, Sunday or a public holiday.
 *
 * Which duty it is.
 */
typedef enum
{
  BENK_DUTY_DAY,
  BENK_DUTY_EVENING,
  BENK_DUTY_NIGHT,
  BENK_DUTY_WEEKEND,
} BenkDuty;

#define BENK_N_DUTIES (BENK_DUTY_WEEKEND + 1)

/**
 * BenkDutyRole:
 * @BENK_DUTY_ROLE_COORDINATOR: the coordinator of the district.
 * @BENK_DUTY_ROLE_CHARGE_NURSE: the charge nurse on duty.
 * @BENK_DUTY_ROLE_TECHNICIAN: the technical resource person.
 * @BENK_DUTY_ROLE_VENDOR: the support of the vendor.
 *
 * Who owns the alarms or supports.
 */
typedef enum
{
  BENK_DUTY_ROLE_COORDINATOR,
  BENK_DUTY_ROLE_CHARGE_NURSE,
  BENK_DUTY_ROLE_TECHNICIAN,
  BENK_DUTY_ROLE_VENDOR,
} BenkDutyRole;

#define BENK_N_DUTY_ROLES (BENK_DUTY_ROLE_VENDOR + 1)

gboolean benk_easter_sunday (guint year, GDate *out_date);
guint benk_holidays_on (const GDate *date);
const char *benk_holiday_get_label (BenkHoliday holiday);
gboolean benk_date_is_workday (const GDate *date);
gboolean benk_date_is_eve (const GDate *date);
gboolean benk_date_is_late_eve (const GDate *date);
gboolean benk_duty_hours_are_valid (const BenkDutyHours *hours);

BenkDuty benk_duty_at (const BenkDutyHours *hours, const char *zone, gint64 wall_ms);
gint64
benk_duty_next_change (const BenkDutyHours *hours, const char *zone, gint64 wall_ms);
gint64 benk_duty_workdays_on (const BenkDutyHours *hours,
                              const char *zone,
                              gint64 wall_ms,
                              guint n_days);
BenkDutyPeriods benk_duty_get_period (BenkDuty duty);
BenkDutyRole benk_duty_get_owner (BenkDuty duty);
BenkDutyRole benk_duty_get_supporter (BenkDuty duty);

const char *benk_duty_to_name (BenkDuty duty);
gboolean benk_duty_from_name (const char *name, BenkDuty *out_duty);
const char *benk_duty_get_label (BenkDuty duty);
const char *benk_duty_role_to_name (BenkDutyRole role);
gboolean benk_duty_role_from_name (const char *name, BenkDutyRole *out_role);
const char *benk_duty_role_get_label (BenkDutyRole role);

G_END_DECLS

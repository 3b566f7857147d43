/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "benk-alarm.h"

G_BEGIN_DECLS

/**
 * BENK_ALARM_CODE_OTHER:
 *
 * The code that stands for an alarm of no known kind.
 */
#define BENK_ALARM_CODE_OTHER "1"

/**
 * BENK_ALARM_CODE_SYSTEM:
 *
 * The national code system, a draft of version 0.9.0.
 */
#define BENK_ALARM_CODE_SYSTEM "http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090"

/**
 * BenkDeadlineKind:
 * @BENK_DEADLINE_NONE: none.
 * @BENK_DEADLINE_MINUTES: a number of minutes.
 * @BENK_DEADLINE_NEXT_DOSE: before the next dose; an hour where that is not known.
 * @BENK_DEADLINE_SHIFT_END: before the duty of the alarm's owner changes.
 * @BENK_DEADLINE_WORKDAYS: the end of a day duty, that many working days on.
 *
 * How a deadline is counted.
 */
typedef enum
{
  BENK_DEADLINE_NONE,
  BENK_DEADLINE_MINUTES,
  BENK_DEADLINE_NEXT_DOSE,
  BENK_DEADLINE_SHIFT_END,
  BENK_DEADLINE_WORKDAYS,
} BenkDeadlineKind;

/**
 * BenkAlarmCode:
 * @code: the code, a string: "1.1" and "1.10" differ
 * @national: the national text, in Norwegian, for documents and details
 * @label: short English text for rows, a msgid; see benk_alarm_code_get_label()
 * @responsibility: whose it is to resolve
 * @severity: 0 to 40 (vkp-severity-level); proposed by the program
 * @take_min: minutes to take it within, 0 = none; proposed by the program
 * @resolve_kind: how the time to resolve it within is counted; proposed by the program
 * @resolve_amount: minutes or working days of it
 *
 * What is known of a code, and what the program proposes for it. No deadline for
 * dispensers is published: what the district decides wins.
 */
typedef struct
{
  const char *code;
  const char *national;
  const char *label;
  BenkResponsibility responsibility;
  int severity;
  guint take_min;
  BenkDeadlineKind resolve_kind;
  guint resolve_amount;
} BenkAlarmCode;

const BenkAlarmCode *benk_alarm_code_get_all (gsize *n_codes);
const BenkAlarmCode *benk_alarm_code_find (const char *code);
const BenkAlarmCode *benk_alarm_code_resolve (const char *code);
const BenkAlarmCode *benk_alarm_code_from_v06 (const char *code);
const char *benk_alarm_code_get_label (const BenkAlarmCode *self);
GPtrArray *benk_alarm_code_match (const char *text);
int benk_alarm_code_get_severity (const BenkAlarmCode *self, const char *model_id);
int benk_alarm_code_get_severity_now (const BenkAlarmCode *self,
                                      const char *model_id,
                                      gint64 raised_ms,
                                      gint64 next_dose_ms,
                                      gint64 now_ms);
guint benk_alarm_code_get_workdays (const BenkAlarmCode *self, const char *model_id);
void benk_alarm_code_get_deadlines (const BenkAlarmCode *self,
                                    const char *model_id,
                                    gint64 start_ms,
                                    gint64 next_dose_ms,
                                    const char *zone,
                                    gint64 *take_ms,
                                    gint64 *resolve_ms);

G_END_DECLS
